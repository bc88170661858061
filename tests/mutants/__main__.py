"""Put small faults into rules and measures, and say which of them no test notices.

    make mutants                                   a fixed sample of each room, and the named ones
    .venv/bin/python tests/mutants --rooms company --per-room 400
    .venv/bin/python tests/mutants --rooms measures --only paired

A runner of our own: mutmut and cosmic-ray write each mutant to disk and start the tests anew, and
here every start imports Numba, pandas and Mesa for two seconds and would compile for a minute.
Ours forks a process that has collected the tests already (see ``runner.py``). Not part of CI.

A room's mutants are tried on its own folder of tests, in plain Python. Each is kept or left by a
hash of the seed and its name, so the sample stays the same when code elsewhere changes. What can
be seen by nobody is listed with its reason in ``equivalent.py`` and not counted.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import time
from functools import partial
from pathlib import Path

os.environ["NUMBA_DISABLE_JIT"] = "1"
TESTS = Path(__file__).resolve().parents[1]
ROOT = TESTS.parent
sys.path[:0] = [str(TESTS), str(ROOT)]

from mutants.equivalent import reason_for  # noqa: E402
from mutants.named import NAMED, Named  # noqa: E402
from mutants.operators import Mutant, mutants  # noqa: E402
from mutants.runner import Job, Verdict, hunt, swap  # noqa: E402

ROOMS = ("journey", "company", "encounter", "measures")
ENOUGH = 0.90  # share of each room's mutants that tests must notice
SLOW = "not plain_python and not coverage and not are_simulated"


def module_of(path: Path) -> str:
    """Dotted name of a source file."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def drawn(name: str, seed: int) -> str:
    """Where a mutant stands in the queue: a hash, so nothing else in the sample moves it."""
    return hashlib.blake2b(f"{seed} {name}".encode()).hexdigest()


def sample(room: str, size: int, seed: int, only: str) -> list[Mutant]:
    """The room's mutants that are tried: those that somebody could see, ``size`` by their hash."""
    found = [m for path in sorted((ROOT / "sim" / room).glob("*.py")) for m in mutants(path)]
    found = [m for m in found if not reason_for(m) and only in m.name]
    return sorted(found, key=lambda m: drawn(m.name, seed))[:size]


def job_of(mutant: Mutant, room: str) -> Job:
    """How a generated mutant is tried."""

    def put_in() -> None:
        swap(mutant.path, module_of(mutant.path), mutant.source())

    where = str(mutant.path), mutant.function
    return Job(f"{room}/{mutant.name}", put_in, (f"tests/{room}/",), where)


def named_job(named: Named) -> Job:
    """How a named mutant is tried."""
    path = ROOT / named.file
    put_in = partial(swap, path, module_of(path), named.applied(path.read_text(encoding="utf-8")))
    return Job(named.name, put_in, named.tests)


def told(title: str, killed: int, of: int) -> str:
    return f"{title:<12}{killed:5} of {of:4} noticed  {100 * killed / max(of, 1):5.1f} %"


def main(arguments: list[str] | None = None) -> int:
    """Try the mutants, print what was noticed; 0 if it was enough."""
    parser = argparse.ArgumentParser(
        prog="tests/mutants", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--rooms", default=",".join(ROOMS), help="rooms, with commas between")
    parser.add_argument("--per-room", type=int, default=110, help="mutants of each room")
    parser.add_argument("--seed", type=int, default=1, help="of the sample")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", default="", help="only mutants whose name contains this")
    parser.add_argument("--show", action="store_true", help="also say which test noticed")
    given = parser.parse_args(arguments)
    rooms = [room for room in given.rooms.split(",") if room]

    began, chosen = time.perf_counter(), {}
    for room in rooms:
        for mutant in sample(room, given.per_room, given.seed, given.only):
            chosen[f"{room}/{mutant.name}"] = mutant
    listed = [n for n in NAMED if n.file.split("/")[1] in rooms or rooms == list(ROOMS)]
    listed = [n for n in listed if given.only in n.name]
    jobs = [job_of(m, name.split("/")[0]) for name, m in chosen.items()]
    jobs += [named_job(named) for named in listed]
    tests = sorted({t for job in jobs for t in job.tests})
    done = 0

    def say(name: str) -> None:
        nonlocal done
        done += 1
        if sys.stderr.isatty() or done % 100 == 0:
            print(f"{done} of {len(jobs) + 1}", end="\r", file=sys.stderr, flush=True)

    verdicts = hunt(jobs, tests, ROOT, given.processes, say, ("-k", SLOW))
    print(f"{len(jobs)} mutants in {time.perf_counter() - began:.0f} s, sample {given.seed}")
    good = report(rooms, chosen, verdicts, given.show)
    lost = [named for named in listed if not verdicts[named.name].killed]
    if listed:
        print(told("named", len(listed) - len(lost), len(listed)))
    for named in lost:
        print(f"  alive  {named.file}: {named.name} {verdicts[named.name].by}")
    if given.show:
        for named in listed:
            print(f"  {named.name}  <-  {verdicts[named.name].by.split('::')[-1]}")
    return 0 if good and not lost else 1


def report(
    rooms: list[str], chosen: dict[str, Mutant], verdicts: dict[str, Verdict], show: bool
) -> bool:
    """Print each room's share and its survivors; whether every share is enough."""
    good = True
    for room in rooms:
        mine = {n: m for n, m in chosen.items() if n.startswith(f"{room}/")}
        tried = {n: m for n, m in mine.items() if not verdicts[n].wrong}
        killed = sum(verdicts[n].killed for n in tried)
        print(told(room, killed, len(tried)))
        good = good and killed >= ENOUGH * len(tried)
        for name, mutant in sorted(mine.items(), key=lambda one: (one[1].path, one[1].line)):
            verdict = verdicts[name]
            if not verdict.killed:
                where = f"{mutant.path.relative_to(ROOT)}:{mutant.line}"
                print(f"  alive  {where} {mutant.function}: {mutant.before} -> {mutant.after}")
                if verdict.wrong:
                    print(f"         {verdict.by}")
            elif show:
                print(f"  {name}  <-  {verdict.by.split('::')[-1]}")
    return good


if __name__ == "__main__":
    sys.exit(main())
