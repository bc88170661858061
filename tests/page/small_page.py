"""A page that is really served, small enough to be replayed while a test waits."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator

import uvicorn
from websockets.sync.client import connect

from sim.page.guard import MOST_BYTES
from sim.page.server import Page
from sim.page.serving import bound
from sim.study.warming import compile_rules

SMALL = ("scale.customers=200", "scale.warmup_days=28", "scale.horizon_days=84", "scale.seeds=3")

PATIENCE = 180.0  # seconds, for a busy machine; what is waited for comes in a few


class Served:
    """A page and where it is."""

    def __init__(self, page: Page, port: int) -> None:
        self.page, self.port = page, port
        self.address = f"http://127.0.0.1:{port}"

    def open(self, **more):
        """A socket of one visitor."""
        return connect(f"ws://127.0.0.1:{self.port}/socket", max_size=None, **more)


@contextlib.contextmanager
def served(*overrides: str, keeps: bool = False, port: int = 0) -> Iterator[Served]:
    compile_rules()
    page = Page((*SMALL, *overrides), None, keeps)
    taken = bound("127.0.0.1", port)
    config = uvicorn.Config(page.app(), log_level="warning", ws_max_size=MOST_BYTES)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield Served(page, taken.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(timeout=20)


def told_until(socket, enough, seconds: float = PATIENCE) -> dict:
    """The first picture that is ``enough``; everything before is thrown away."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        message = json.loads(socket.recv(timeout=until - time.monotonic()))
        if "picture" in message and enough(message["picture"]):
            return message["picture"]
    raise TimeoutError


def look(socket, why: bool = False, tale: str = "", **choices) -> None:
    socket.send(json.dumps({"look": choices, "why": why, "tale": tale}))
