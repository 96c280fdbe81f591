"""The front: live updates in the event loop, every page through Django's WSGI handler in a fixed pool of threads.

Django's own ASGI handler would cost each page a third of its throughput and leak a connection per thread; a pool keeps
one warm connection per thread (docs/decisions/0004-server.md).
"""

import socket
from collections.abc import Awaitable, Callable
from typing import Any, cast

import uvicorn
from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from alongside.switchboard.live import close_all, live_app

Scope = Any  # a2wsgi and uvicorn type the same protocol differently; ASGI 3 is the contract here
Receive = Any
Send = Any


def make_application() -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """The ASGI application of one process. `/live` stays in the loop, all else goes to the pool."""
    page_app = WSGIMiddleware(cast(Any, get_wsgi_application()), workers=settings.ENV.page_threads)

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"} and scope["path"] == "/live":
            await live_app(scope, receive, send)
        elif scope["type"] == "http":
            await page_app(scope, receive, send)

    return application


class Server(uvicorn.Server):
    """Uvicorn that ends open lines of live updates when it is asked to stop, instead of waiting for them."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        close_all()
        await super().shutdown(sockets)
