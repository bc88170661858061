"""Claims about the mutants: named ones still apply, and the runner tells dead from alive."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mutants.equivalent import EQUIVALENT
from mutants.named import NAMED
from mutants.operators import mutants

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("named", NAMED, ids=lambda named: named.name)
def test_a_named_mutant_still_applies_to_the_code(named):
    source = (ROOT / named.file).read_text(encoding="utf-8")
    changed = named.applied(source)
    assert changed != source
    compile(changed, named.file, "exec")
    assert all((ROOT / place).exists() for place in named.tests)


def test_no_two_named_mutants_share_a_name():
    assert len({named.name for named in NAMED}) == len(NAMED)


def test_an_equivalent_mutant_is_listed_only_while_it_can_be_made_and_with_its_reason():
    listed = {file for file, *_ in EQUIVALENT}
    paths = [path for path in (ROOT / "sim").glob("*/*.py") if path.name in listed]
    found = [m for path in paths for m in mutants(path)]
    for file, function, piece, reason in EQUIVALENT:
        assert reason
        assert any(
            m.path.name == file
            and function in ("*", m.function)
            and piece in f"{m.before} -> {m.after}"
            for m in found
        ), f"{file} {function} {piece}"


TINY = '''
def clamped(x, low):
    """Not below."""
    return max(x, low)


def larger(x, y):
    if x > y:
        return x
    return y


def endless(n):
    while n > 0:
        n -= 1
    return n
'''
CLAIMS = """
from tiny import clamped, endless, larger

def test_a_number_is_not_below_its_limit():
    assert clamped(1, 3) == 3

def test_the_larger_of_two():
    assert larger(1, 3) == 3 and larger(3, 1) == 3 and larger(2, 2) == 2

def test_it_ends():
    assert endless(3) == 0
"""
TRY = """
import json, sys
from pathlib import Path
from mutants.operators import mutants
from mutants.runner import Job, hunt, swap
here = Path(sys.argv[1])
found = mutants(here / "tiny.py")
jobs = [Job(m.name, lambda m=m: swap(m.path, "tiny", m.source()), ("test_tiny",)) for m in found]
verdicts = hunt(jobs, ["."], here, patience=1)
print(json.dumps({n: v.by if v.killed else "" for n, v in verdicts.items()}))
"""


def test_an_obvious_mutant_dies_an_equivalent_one_lives_and_an_endless_one_ends(tmp_path):
    (tmp_path / "tiny.py").write_text(TINY)
    (tmp_path / "test_tiny.py").write_text(CLAIMS)
    path = os.pathsep.join([str(ROOT / "tests"), str(tmp_path)])
    done = subprocess.run(
        [sys.executable, "-c", TRY, str(tmp_path)],
        env=os.environ | {"PYTHONPATH": path, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    verdicts = json.loads(done.stdout)
    assert "below_its_limit" in verdicts["tiny.py:clamped: max(x, low) -> min(x, low)"]
    assert verdicts["tiny.py:larger: x > y -> x >= y"] == "", "of two alike either is the larger"
    assert verdicts["tiny.py:endless: n -= 1 -> n += 1"] == "it does not end"
    assert verdicts["tiny.py:endless: n -= 1 -> pass"] == "it does not end"
