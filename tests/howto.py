"""A how-to page as what it is: changes to files, and commands that run after them.

In the order of the page: a fenced block whose first line is ``# folder/file`` makes that file; a
``diff`` block edits the file named by its ``---`` line; an indented line that calls
``omnijourney``, Python or grep is run; a ``text`` block is what the last command must have printed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

NEW_FILE = re.compile(r"# ((?:[\w.-]+/)+[\w.-]+)\n")
COMMAND = re.compile(r"    ((?:\w+=\S+ )*(?:omnijourney|python|grep) .+)")
SHELL = 'omnijourney() { "$PYTHON" -m sim.cli "$@"; }; python() { "$PYTHON" "$@"; };'


class Step(NamedTuple):
    """One thing the page does: 'make' and 'edit' a file, 'run' a line, 'print' what it said."""

    does: str
    what: str
    content: str = ""


def steps(page: Path) -> Iterator[Step]:
    """What the page does, in its order."""
    text = page.read_text(encoding="utf-8")
    for block in re.finditer(r"^```(\w+)\n(.*?)^```$|^    [^\n]+$", text, re.MULTILINE | re.DOTALL):
        language, body = block[1], block[2]
        if language is None:
            if command := COMMAND.fullmatch(block[0]):
                yield Step("run", command[1])
        elif language == "diff":
            head, _, change = body.partition("\n")
            yield Step("edit", head.removeprefix("--- "), change)
        elif language == "text":
            yield Step("print", body)
        elif new := NEW_FILE.match(body):
            yield Step("make", new[1], body[new.end() :])


def edited(text: str, change: str) -> str:
    """``text`` after the change, whose lines must lie in it once and in this order."""
    lines = change.splitlines(keepends=True)
    before = "".join(line[1:] or "\n" for line in lines if line[0] in " -\n")
    after = "".join(line[1:] or "\n" for line in lines if line[0] in " +\n")
    times = len(re.findall(f"^{re.escape(before)}", text, re.MULTILINE))
    if times != 1:
        raise ValueError(f"must be there once, and is there {times} times:\n{before}")
    return text.replace(before, after)


def follow(page: Path, folder: Path, package: Path) -> list[str]:
    """Do in ``folder`` what the page says, with the ``sim`` of ``package``; the commands run.

    Raises AssertionError where a command fails or prints something else.
    """
    ran, printed = [], ""
    for step in steps(page):
        path = folder / step.what if step.does in ("make", "edit") else folder
        if step.does == "make":
            assert not path.exists(), f"{step.what} is there already"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step.content, encoding="utf-8")
        elif step.does == "edit":
            path.write_text(edited(path.read_text(encoding="utf-8"), step.content), "utf-8")
        elif step.does == "run":
            printed = run(step.what, folder, package)
            ran.append(step.what)
        else:
            lost = [line for line in step.what.splitlines() if line.strip() not in printed]
            assert not lost, f"`{ran[-1]}` did not print {lost}, but:\n{printed}"
    return ran


def run(command: str, folder: Path, package: Path) -> str:
    """What the command printed, on both streams."""
    done = subprocess.run(
        ["bash", "-ec", f"{SHELL} {command}"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(package), "PYTHON": sys.executable},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"`{command}` ended with {done.returncode}:\n{done.stdout}"
    return done.stdout
