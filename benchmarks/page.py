"""Thirty people before one page: how long each waits for the first picture of what he has chosen.

Serves the page at its ordinary scale in a process of its own, waits until the common pasts have
been lived, and opens thirty sockets. In each round everybody chooses anew at the same moment; told
is when the first figures of his own choice reach each, and whether anybody was sent another's.

    python benchmarks/page.py                two minutes; prints, writes results/page.json
"""

from __future__ import annotations

import asyncio
import json
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from websockets.asyncio.client import connect

from sim.settings.strategy import DISCIPLINES

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "results" / "page.json"
PEOPLE, ROUNDS, PAUSE_SECONDS = 30, 3, 12.0
LIMITS = {"median_s": 3.0, "slowest_s": 8.0, "errors": 0, "anothers": 0, "missing": 0}


def key_of(choices: dict[str, float]) -> str:
    """How the page calls these choices."""
    return "&".join(f"{name}={choices[name]:g}" for name in sorted(choices))


def moved(luck: random.Random) -> dict[str, float]:
    """Three of the sliders somewhere else."""
    return {name: luck.randint(0, 6) / 2 for name in luck.sample(DISCIPLINES, 3)}


async def first_picture(channel, choices: dict[str, float], found: dict) -> None:
    """Choose, and wait for the first figures; what arrives of other choices is counted."""
    begun = time.perf_counter()
    await channel.send(json.dumps({"look": choices}))
    wanted, before = key_of(choices), found["keys"].get(id(channel), "")
    while True:
        message = json.loads(await channel.recv())
        if "refused" in message or "slower" in message:
            found["errors"] += 1
            return
        picture = message["picture"]
        if "failed" in picture:
            found["errors"] += 1
            return
        if picture["key"] not in (wanted, before):
            found["anothers"] += 1
        if picture["key"] == wanted and "figures" in picture:
            found["seconds"].append(time.perf_counter() - begun)
            found["keys"][id(channel)] = wanted
            return


async def listen(channel, until: float) -> None:
    """Take what comes, as a page does that is looked at."""
    while (left := until - time.perf_counter()) > 0:
        try:
            await asyncio.wait_for(channel.recv(), left)
        except TimeoutError:
            return


async def crowd(port: int) -> dict:
    """Everybody chooses anew in each round, at the same moment."""
    address = f"ws://127.0.0.1:{port}/socket"
    found = {"seconds": [], "errors": 0, "anothers": 0, "keys": {}}
    alone: list[float] = []
    async with connect(address, max_size=None) as first:
        await first_picture(first, {}, found)  # the common past has been lived
        deadline = time.perf_counter() + 120
        while time.perf_counter() < deadline:
            picture = json.loads(await first.recv()).get("picture", {})
            if picture.get("worlds") == picture.get("of"):
                break
        for k in range(5):
            found["seconds"].clear()
            await first_picture(first, {"analysis": k / 2, "collection": 2.5}, found)
            alone += found["seconds"]
    found["seconds"].clear()
    luck = random.Random(1)
    channels = [await connect(address, max_size=None) for _ in range(PEOPLE)]
    for _ in range(ROUNDS):
        chosen = [
            {d: luck.randint(0, 6) / 2 for d in luck.sample(DISCIPLINES, 3)} for _ in channels
        ]
        waits = [first_picture(c, w, found) for c, w in zip(channels, chosen, strict=True)]
        await asyncio.wait_for(asyncio.gather(*waits), 120)
        until = time.perf_counter() + PAUSE_SECONDS
        await asyncio.gather(*(listen(c, until) for c in channels))
    for channel in channels:
        await channel.close()
    seconds = sorted(found["seconds"])
    return {
        "alone_s": statistics.median(alone),
        "median_s": statistics.median(seconds),
        "slowest_s": seconds[-1],
        "errors": found["errors"],
        "anothers": found["anothers"],
        "missing": PEOPLE * ROUNDS - len(seconds) - found["errors"],
    }


def main() -> None:
    """Serve, measure, print, write."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        serving = [sys.executable, "-m", "sim.cli", "page", "--port", str(port)]
        page = subprocess.Popen([*serving, f"output.folder={folder}"], cwd=ROOT)
        try:
            for _ in range(1200):
                with socket.socket() as trying:
                    if trying.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            found = asyncio.run(crowd(port))
        finally:
            page.terminate()
            page.wait(10)
    for name, value in found.items():
        limit = f"at most {LIMITS[name]:g}" if name in LIMITS else ""
        print(f"{name:12} {value:8.2f}  {limit}")
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
