"""How mutants are tried: one process collects the tests, and forks once for each mutant.

In plain Python (NUMBA_DISABLE_JIT=1) every caller holds the very function object that a module
defines, so the child gives it the mutated ``__code__`` and runs the room's tests until one fails.
Nothing is written to disk, imported or collected twice; a mutant costs its tests and a fork.
"""

from __future__ import annotations

import ast
import importlib
import json
import os
import resource
import shutil
import sys
import tempfile
import types
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

PATIENCE = 5  # processor seconds beyond what a mutant's tests took unchanged: it does not end
LONGEST = 60_000  # bytes of an answer: it must fit into a pipe
UNCHANGED = "unchanged"


@dataclass
class Job:
    """A mutant to be tried: how to put it in, and below which folders the tests lie."""

    name: str
    put_in: Callable[[], None]
    tests: tuple[str, ...]
    function: tuple[str, str] | None = None  # file and name, where only one function changes


@dataclass
class Verdict:
    """Whether a test noticed, and which one did first; ``wrong`` if it could not be tried."""

    killed: bool
    by: str
    wrong: bool = False


def swap(path: Path, module: str, tree_or_text) -> None:
    """Give the functions of an imported module the code of another source of it.

    What the module defines otherwise (tables) is executed anew where its text differs.
    """
    found = importlib.import_module(module)
    before = compile(path.read_text(encoding="utf-8"), str(path), "exec", dont_inherit=True)
    after = compile(tree_or_text, str(path), "exec", dont_inherit=True)
    codes = _codes(after)
    if not isinstance(tree_or_text, str) or set(_codes(before)) != set(codes):
        names = None
    else:
        names = {name for name, code in _codes(before).items() if code != codes[name]}
    if names == set():
        _define_tables(found, path, tree_or_text)
    for name, function in _functions(found):
        if name in codes:
            function.__code__ = codes[name]


def _define_tables(module: types.ModuleType, path: Path, changed: str) -> None:
    """Execute the statements of a module that are new in its changed source."""
    old = {ast.unparse(node) for node in ast.parse(path.read_text(encoding="utf-8")).body}
    for node in ast.parse(changed).body:
        if ast.unparse(node) not in old:
            code = compile(ast.Module([node], []), str(path), "exec", dont_inherit=True)
            exec(code, module.__dict__)


def _codes(code: types.CodeType) -> dict[str, types.CodeType]:
    """Code objects of a module's functions and methods, by qualified name."""
    found = {}
    for const in code.co_consts:
        if isinstance(const, types.CodeType):
            found[const.co_qualname] = const
            if "<locals>" not in const.co_qualname:
                found |= _codes(const)
    return found


def _functions(module: types.ModuleType) -> list[tuple[str, types.FunctionType]]:
    """Functions that a module defines, and methods of its classes, by qualified name."""
    found, waiting = [], list(vars(module).values())
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, (staticmethod, classmethod)):
            thing = thing.__func__
        if isinstance(thing, property):
            thing = thing.fget
        if isinstance(thing, cached_property):
            thing = thing.func
        if getattr(thing, "__module__", None) != module.__name__:
            continue
        if isinstance(thing, types.FunctionType):
            found.append((thing.__qualname__, thing))
        elif isinstance(thing, type):
            waiting += vars(thing).values()
    return found


class Hunt:
    """A pytest plugin: instead of running the collected tests once, try every mutant on them."""

    def __init__(self, jobs: list[Job], processes: int, patience: int, say: Callable[[str], None]):
        self.jobs, self.processes, self.say = jobs, processes, say
        self.patience = patience
        self.killers: Counter[str] = Counter()  # the test that noticed most comes first
        self.seconds: dict[str, float] = {}  # and then the quickest
        self.calls: dict[str, list[list[str]]] = {}  # functions that a test calls
        self.folder = Path(tempfile.mkdtemp(prefix="mutants-"))
        self.verdicts: dict[str, Verdict] = {}
        self.failure = ""

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try the unchanged code, which must pass, and then the mutants, some at a time."""
        if session.testsfailed:
            self.failure = "a test file cannot be collected"
            return True
        self.items = session.items
        tests = tuple(dict.fromkeys(t for job in self.jobs for t in job.tests))
        self._try_all([Job(UNCHANGED, lambda: None, tests)])
        unchanged = self.verdicts.pop(UNCHANGED)
        if unchanged.killed:
            self.failure = f"the unchanged code fails {unchanged.by}"
        else:
            self.seconds, self.calls = json.loads((self.folder / UNCHANGED).read_text())
            self._try_all(self.jobs)
        shutil.rmtree(self.folder)
        return True

    def _try_all(self, jobs: list[Job]) -> None:
        running: dict[int, tuple[Job, int]] = {}
        waiting = list(reversed(jobs))
        while waiting or running:
            while waiting and len(running) < self.processes:
                job = waiting.pop()
                pid, answer = self._start(job)
                running[pid] = job, answer
            pid, status = os.wait()
            job, answer = running.pop(pid)
            with os.fdopen(answer) as pipe:
                self._judge(job, pipe.read(), status)

    def _judge(self, job: Job, told: str, status: int) -> None:
        if told.startswith("wrong "):
            self.verdicts[job.name] = Verdict(False, told, wrong=True)
        elif os.WIFSIGNALED(status):
            self.verdicts[job.name] = Verdict(True, "it does not end")
        else:
            self.verdicts[job.name] = Verdict(bool(told), told)
            if told:
                self.killers[told] += 1
        self.say(job.name)

    def _start(self, job: Job) -> tuple[int, int]:
        """Fork a child that tries ``job``; its process and where it answers."""
        reads, writes = os.pipe()
        sys.stdout.flush()
        pid = os.fork()
        if pid:
            os.close(writes)
            return pid, reads
        try:
            nowhere = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nowhere, stream)
            try:
                job.put_in()
            except Exception as error:
                told = f"wrong {error!r}"
            else:
                told = self._first_to_fail(job)
            os.write(writes, told.encode()[:LONGEST])
        finally:
            os._exit(0)

    def _first_to_fail(self, job: Job) -> str:
        """Name of the first test that fails, of those that call what was changed."""
        mine = [item for item in self.items if item.nodeid.startswith(job.tests)]
        if job.function:
            mine = [i for i in mine if list(job.function) in self.calls[i.nodeid]]
        mine.sort(key=lambda i: (-self.killers[i.nodeid], self.seconds.get(i.nodeid, 0.0)))
        if job.name == UNCHANGED:
            return self._watch(mine)
        longest = self.patience + int(sum(self.seconds[i.nodeid] for i in mine))
        resource.setrlimit(resource.RLIMIT_CPU, (longest, longest))
        for item, following in zip(mine, [*mine[1:], None], strict=True):
            if any(report.failed for report in runtestprotocol(item, False, following)):
                return item.nodeid
        return ""

    def _watch(self, items: list[pytest.Item]) -> str:
        """Run the unchanged code and note for each test how long it takes and what it calls."""
        for item, following in zip(items, [*items[1:], None], strict=True):
            called: set[types.CodeType] = set()
            sys.setprofile(lambda frame, event, _, seen=called: seen.add(frame.f_code))
            reports = runtestprotocol(item, False, following)
            sys.setprofile(None)
            if any(report.failed for report in reports):
                return item.nodeid
            self.seconds[item.nodeid] = sum(report.duration for report in reports)
            self.calls[item.nodeid] = [[c.co_filename, c.co_qualname] for c in called if ours(c)]
        (self.folder / UNCHANGED).write_text(json.dumps([self.seconds, self.calls]))
        return ""


def ours(code: types.CodeType) -> bool:
    """Whether code is a function of the package or of a test's own."""
    return "site-packages" not in code.co_filename and "<" not in code.co_filename


def hunt(
    jobs: list[Job],
    tests: list[str],
    root: Path,
    processes: int = 2,
    say: Callable[[str], None] = lambda name: None,
    options: tuple[str, ...] = (),
    patience: int = PATIENCE,
) -> dict[str, Verdict]:
    """Collect the tests below ``root`` and try each job on those it names; name -> verdict."""
    plugin = Hunt(jobs, processes, patience, say)
    flags = ["-q", "-s", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-header", "--no-summary"]
    os.chdir(root)
    quiet, keep = open(os.devnull, "w"), sys.stdout  # noqa: SIM115
    try:
        sys.stdout = quiet
        pytest.main([*flags, *options, *tests], plugins=[plugin])
    finally:
        sys.stdout = keep
        quiet.close()
    if plugin.failure or len(plugin.verdicts) < len(jobs):
        raise SystemExit(plugin.failure or "the tests could not be collected")
    return plugin.verdicts
