"""The product's own server in a thread of the test: real sockets, the database of the test."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from alongside.switchboard.asgi import Server


@contextmanager
def served(application: Any) -> Iterator[int]:
    """Serves the application on a free port of this machine; yields the port."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = Server(uvicorn.Config(application, log_level="error", lifespan="off"))
    started = threading.Event()
    usual_startup = server.startup

    async def startup(sockets: list[socket.socket] | None = None) -> None:
        await usual_startup(sockets)
        started.set()

    server.startup = startup  # type: ignore[method-assign]
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    assert started.wait(10)
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()
        assert not thread.is_alive()
