"""The page on the network: one HTML page, its data, and a socket for each visitor.

Nothing that a visitor sends is run, or names a file: choices are checked against what is on offer
(:mod:`sim.page.choices`), paths are a fixed list.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import html
import io
import json
import re
import sqlite3
from collections.abc import AsyncIterator
from importlib import resources
from pathlib import Path

import plotly
import segno
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from sim.language import ENGLISH, LANGUAGES, checked, marked, speaking, translations
from sim.page import reports
from sim.page.boardroom import Boardroom
from sim.page.choices import NAME, read
from sim.page.game import Game
from sim.page.guard import MOST_BYTES, Guard
from sim.page.handouts import SHEETS, document
from sim.page.kept import KeptReplays, folder_of
from sim.page.offer import offer
from sim.page.play import Play
from sim.page.pool import Pool
from sim.page.replays import identity, loaded
from sim.page.rooms import ALPHABET, CODE_LENGTH, Rooms
from sim.page.visitors import Visitors
from sim.settings.complaints import Stopped
from sim.settings.strategy import DISCIPLINES

STATIC = {
    "page.css": "text/css",
    "main.js": "text/javascript",
    "words.js": "text/javascript",
    "choose.js": "text/javascript",
    "results.js": "text/javascript",
    "charts.js": "text/javascript",
    "bullseye.js": "text/javascript",
    "assess.js": "text/javascript",
    "why.js": "text/javascript",
    "known.js": "text/javascript",
    "room.js": "text/javascript",
    "game.js": "text/javascript",
    "boardroom.js": "text/javascript",
    "parts.js": "text/javascript",
    "home.js": "text/javascript",
    "language.js": "text/javascript",
    "icon.svg": "image/svg+xml",
    "handouts.css": "text/css",
}
SECRET = ("roles", "card")
HERE = ("127.0.0.1", "::1")
HOST = re.compile(r"[A-Za-z0-9.:\[\]-]{1,255}")
REFUSALS = {
    reports.FAILED: (marked("This report failed. Other choices go on working."), 500),
    reports.FULL: (marked("Too many reports are being made. Try again in some minutes."), 503),
}
A_DAY = "public, max-age=86400"
ANEW = "no-cache"


class Page:
    """The program behind the page: its settings, its workers, its visitors."""

    def __init__(
        self, overrides: tuple[str, ...] = (), config_dir: str | None = None, keeps: bool = True
    ) -> None:
        """Raises BadInput for settings that are none, Stopped where rooms cannot be kept.
        ``keeps``: replays and rooms are kept on disk."""
        self.settings, self.average = loaded(overrides, config_dir)
        folder = folder_of(identity(self.settings, config_dir)) if keeps else None
        scale = self.settings.scale
        seeds = [self.settings.seed + k for k in range(scale.seeds)]
        self.kept = KeptReplays(folder)
        self.loop: asyncio.AbstractEventLoop | None = None
        self.pool = Pool(overrides, config_dir, folder, seeds, scale.workers, self.kept, self._news)
        groups = list(self.settings.company.groups)
        self.offer = offer(self.settings, self.average, config_dir)
        asked = {name: len(self.offer["questions"][name]) for name in DISCIPLINES}
        self.game = Game(self.settings, self.average, seeds)
        self.boardroom = Boardroom(self.settings, self.average, seeds)
        self.offer |= {"game": self.game.offer(), "boardroom": self.boardroom.offer()}
        plays: dict[str, Play] = {"game": self.game, "boardroom": self.boardroom}
        rooms = Path(self.settings.output.folder) / "page" if keeps else None
        try:
            self.rooms = Rooms(rooms, asked, plays)
        except (OSError, sqlite3.Error) as problem:
            said = getattr(problem, "strerror", None) or problem
            raise Stopped(f"rooms cannot be kept in {rooms}: {said}") from None
        self.reports = reports.Reports(
            overrides, config_dir, folder, self.average, len(seeds), self.pool.note
        )
        somebody = (name for turns in self.offer["somebody"].values() for name in turns)
        customers = (*self.offer["stories"], *somebody)
        self.visitors = Visitors(self.pool, self.rooms, groups, customers)

    def _news(self, run) -> None:
        if self.loop is not None:
            with contextlib.suppress(RuntimeError):  # closing
                self.loop.call_soon_threadsafe(self.visitors.hear, run)

    @contextlib.asynccontextmanager
    async def living(self, app: Starlette) -> AsyncIterator[None]:
        """The workers live as long as the server does."""
        self.loop = asyncio.get_running_loop()
        self.pool.start()
        self.reports.start()
        try:
            yield
        finally:
            self.loop = None
            await asyncio.to_thread(self.reports.close)
            await asyncio.to_thread(self.pool.close)
            self.kept.close()
            self.rooms.close()

    def app(self) -> Starlette:
        """The ASGI application."""
        files = {name: packed(read_static(name), kind) for name, kind in STATIC.items()}
        charts = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
        files["plotly.js"] = packed(charts.read_bytes(), "text/javascript", A_DAY)
        said = {name: json.dumps(translations(name)).encode() for name in LANGUAGES}
        words = {name: packed(text, "application/json") for name, text in said.items()}
        front = packed(read_static("index.html"), "text/html")
        levels = self.average.maturity.model_dump()
        sheets = {True: list(SHEETS), False: [name for name in SHEETS if name not in SECRET]}
        papers = {}
        for language in LANGUAGES:
            for here, names in sheets.items():
                with speaking(language):
                    told = document(names, levels, alone=False)
                papers[language, here] = packed(told.encode(), "text/html")

        async def index(request: Request) -> Response:
            return front.answer(request)

        async def handouts(request: Request) -> Response:
            """All sheets to who sits before this machine; to others not what roles alone know."""
            here = request.client is not None and request.client.host in HERE
            found = papers.get((request.query_params.get("language", ENGLISH), here))
            return found.answer(request) if found else await not_found(request, None)

        async def static(request: Request) -> Response:
            found = files.get(request.path_params["name"])
            return found.answer(request) if found else await not_found(request, None)

        async def spoken(request: Request) -> Response:
            found = words.get(request.path_params["language"])
            return found.answer(request) if found else await not_found(request, None)

        async def offered(request: Request) -> Response:
            return JSONResponse(self.offer, headers={"cache-control": ANEW})

        async def yaml_file(request: Request) -> Response:
            try:
                choices = read(dict(request.query_params))
            except ValueError as problem:
                return PlainTextResponse(f"{problem}\n", 400)
            named = f'attachment; filename="{NAME}.yaml"'
            text = choices.document(self.average)
            return Response(text, 200, {"content-disposition": named}, "text/yaml")

        async def report(request: Request) -> Response:
            asked = dict(request.query_params)
            try:
                language = checked(asked.pop("language", ENGLISH))
                choices = read(asked)
            except ValueError as problem:
                return PlainTextResponse(f"{problem}\n", 400)
            state, told = await asyncio.to_thread(self.reports.ask, choices, language)
            if state == reports.READY:
                headers = {**reports.HEADERS, "cache-control": ANEW}
                return FileResponse(told, 200, headers, "text/html; charset=utf-8")
            if state == reports.MAKING:
                return JSONResponse(told, 202, {"cache-control": ANEW})
            said, code = REFUSALS[state]
            return PlainTextResponse(f"{said}\n", code, {"cache-control": ANEW})

        async def qr_code(request: Request) -> Response:
            code = request.query_params.get("room", "")
            if not set(code) <= set(ALPHABET) or len(code) != CODE_LENGTH:
                return await not_found(request, None)
            host = request.headers.get("host", "")
            if not HOST.fullmatch(host):
                return await not_found(request, None)
            drawn = io.BytesIO()
            made = segno.make(f"{request.url.scheme}://{host}/#room?code={code}", error="m")
            made.save(drawn, kind="svg", scale=8, border=2, light="#fff")
            return Response(drawn.getvalue(), 200, {"cache-control": ANEW}, "image/svg+xml")

        async def socket(websocket: WebSocket) -> None:
            await self.visitors.receive(websocket)

        routes = [
            Route("/", index),
            Route("/handouts.html", handouts),
            Route("/static/{name}", static),
            Route("/words/{language}.json", spoken),
            Route("/offer.json", offered),
            Route(f"/{NAME}.yaml", yaml_file),
            Route("/report.html", report),
            Route("/code.svg", qr_code),
            WebSocketRoute("/socket", socket),
        ]
        return Starlette(
            routes=routes,
            middleware=[Middleware(Guard)],
            exception_handlers={404: not_found, 500: broken},
            lifespan=self.living,
            max_body_size=MOST_BYTES,
        )


class Packed:
    """A file in memory, as it is and compressed."""

    def __init__(self, content: bytes, kind: str, keep: str) -> None:
        self.plain, self.small = content, gzip.compress(content, 6, mtime=0)
        self.kind, self.keep = kind, keep

    def answer(self, request: Request) -> Response:
        headers = {"cache-control": self.keep, "vary": "accept-encoding"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["content-encoding"] = "gzip"
            return Response(self.small, 200, headers, self.kind)
        return Response(self.plain, 200, headers, self.kind)


def packed(content: bytes, kind: str, keep: str = ANEW) -> Packed:
    return Packed(content, kind, keep)


def read_static(name: str) -> bytes:
    """A file of the page."""
    return (resources.files("sim.page") / "static" / name).read_bytes()


async def not_found(request: Request, problem: Exception | None) -> Response:
    return PlainTextResponse(f"There is no {html.escape(request.url.path[:100])} here.\n", 404)


async def broken(request: Request, problem: Exception) -> Response:
    return PlainTextResponse("Something went wrong here. Nothing of it was kept.\n", 500)
