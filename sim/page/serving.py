"""Starting the page, and looking the evening before whether it will work tomorrow."""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections.abc import Iterator
from urllib.parse import parse_qsl

import uvicorn

from sim.page.choices import SCENARIOS, STEP, Choices, read
from sim.page.game import LEAST_TEAMS, OVER
from sim.page.guard import MOST_BYTES
from sim.page.order import Plans, Wish
from sim.page.ready import LEADER
from sim.page.server import Page
from sim.settings.complaints import BadInput, Stopped
from sim.settings.strategy import DISCIPLINES

HERE = "127.0.0.1"
EVERYWHERE = "0.0.0.0"


def serve(page: Page, host: str, port: int) -> None:
    """Serve the page until it is interrupted. Raises BadInput or Stopped where it cannot be."""
    taken = bound(host, port)
    for address in addresses(host):
        print(f"The page: http://{address}:{port}/", flush=True)
    print("Ctrl-C ends it. Rooms and replays are kept.", flush=True)
    config = uvicorn.Config(
        page.app(),
        log_level="warning",
        access_log=False,
        server_header=False,
        ws_max_size=MOST_BYTES,
        ws_max_queue=8,
        timeout_graceful_shutdown=2,
    )
    uvicorn.Server(config).run(sockets=[taken])


def bound(host: str, port: int) -> socket.socket:
    """A socket of that address. Raises BadInput or Stopped, in one line."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    except OSError:
        raise BadInput("--host", host, "must be an address of this machine") from None
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
    except OSError as problem:
        taken.close()
        said = problem.strerror or problem
        raise Stopped(f"nothing can be served at {host}:{port}: {said}") from None
    return taken


def addresses(host: str) -> list[str]:
    """Under which addresses the page is found."""
    if host != EVERYWHERE:
        return [host]
    found = [HERE]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))  # nothing is sent: which of our addresses would it be?
            found.append(asking.getsockname()[0])
        except OSError:
            pass
    return list(dict.fromkeys(found))


def ahead(page: Page) -> Iterator[tuple[str, Wish | Plans]]:
    """What a workshop is likely to look at first, each by a name: the average, a leader, the
    boardroom's start, every single step of a slider, the average in every scenario; why the leader
    does better; and the plans that a game is held against."""
    now = time.monotonic()
    leader = read(dict(parse_qsl(LEADER)))
    steps = [Choices(**{d: k * STEP}) for d in DISCIPLINES for k in range(int(3 / STEP) + 1)]
    scenarios = [Choices(scenario=name) for name in SCENARIOS[1:]]
    usual = Choices(**dict.fromkeys(DISCIPLINES, 3.0))  # as mature, its policies the average's
    first = [Choices(), leader, usual, page.boardroom.start]
    for choices in (*first, *steps, *scenarios):
        yield choices.key or "the Danish average", Wish(choices, now)
    groups = tuple(page.settings.company.groups)
    yield f"why: {leader.key}", Wish(leader, now, why=groups)
    state = page.game.begin({"teams": LEAST_TEAMS, "budget": "middling"}) | {"phase": OVER}
    yield "plans drawn for the game", Plans(tuple(page.game.replays(state, {})), now)


def check(page: Page, minutes: float) -> bool:
    """Compute ahead what a workshop is likely to look at first, and say what was found.

    Stops after so many ``minutes``. Whether the page is ready: first pictures come.
    """
    until = time.monotonic() + 60 * minutes
    page.pool.start()
    news = threading.Event()
    page.pool.on_news = lambda run: news.set()
    place = page.pool.given[2] or "memory only: the cache folder cannot be written"
    print("Replays are kept in:", place)
    wishes, ready = list(ahead(page)), 0
    for number, (name, wish) in enumerate(wishes, 1):
        begun, first = time.monotonic(), None
        runs = [run for _, run in wish.runs(page.pool.seeds)]
        page.pool.wish("check", wish)
        while time.monotonic() < until:
            states = [page.pool.state(run) for run in runs]
            if any(state.failed for state in states):
                print(f"FAILED: {name}", *page.pool.problems[-1:], sep="\n", file=sys.stderr)
                break
            if first is None and any(state.reached and state.reached.told for state in states):
                first = time.monotonic() - begun
            if all(state.over for state in states):
                ready += 1
                break
            news.wait(0.2)
            news.clear()
        took = "" if first is None else f", first picture after {first:.1f} s"
        print(f"{number} of {len(wishes)}: {name}{took}", flush=True)
        if time.monotonic() >= until:
            break
    page.pool.close()
    print(f"{ready} of {len(wishes)} are ready. Others are replayed while people look.")
    if ready < len(wishes):
        print("omnijourney page --check --minutes 60 gives it more time; what is done is kept.")
    return ready > 0 and not page.pool.problems
