"""What the server allows: how much, how often, from where; and what a browser may load.

A page that a room of strangers can reach answers only what it knows: small messages, at a human
pace, from a page of its own; and it tells the browser to load nothing from anywhere else.
"""

from __future__ import annotations

import time
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 16_384  # of a body, or of a message
PER_SECOND, AT_ONCE = 60.0, 600.0  # requests of one address
MESSAGES_PER_SECOND, MESSAGES_AT_ONCE = 12.0, 40.0  # of one visitor
MOST_ADDRESSES = 10_000
LOADED = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
POLICY = "; ".join(f"{what} {where}" for what, where in LOADED.items())
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


class Allowance:
    """A token bucket: so many at once, and so many a second in the long run."""

    def __init__(self, per_second: float, at_once: float) -> None:
        self.per_second, self.at_once = per_second, at_once
        self.left, self.at = at_once, time.monotonic()

    def is_spent(self) -> bool:
        """Whether none is left just now."""
        now = time.monotonic()
        self.left = min(self.at_once, self.left + (now - self.at) * self.per_second)
        self.at = now
        return self.left < 1.0

    def take(self) -> bool:
        """Whether one more is allowed now; it is taken."""
        if self.is_spent():
            return False
        self.left -= 1.0
        return True


def from_here(headers: Headers) -> bool:
    """Whether a browser's request comes from a page of this server; no origin: from no browser."""
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


class Guard:
    """ASGI middleware: headers on every answer, and a limit on requests of one address."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.allowed: dict[str, Allowance] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = self.app
        if not self._allows((scope.get("client") or ("",))[0]):
            answer = PlainTextResponse("Too many requests.\n", 429)

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await answer(scope, receive, tell)

    def _allows(self, address: str) -> bool:
        if len(self.allowed) > MOST_ADDRESSES:
            self.allowed.clear()
        bucket = self.allowed.setdefault(address, Allowance(PER_SECOND, AT_ONCE))
        return bucket.take()
