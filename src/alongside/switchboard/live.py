"""`/live`: open pages hear of what happens in the rooms they show, over a WebSocket or an event stream.

Only ids go over the wire; the page fetches what they stand for, and access is checked on every fetch. Whoever asks is
known by the session cookie, comes from our own pages, and is asked for again every minute.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.contrib.auth import get_user
from django.db import connections
from django.http import HttpRequest

from alongside.discussions.access import get_topic
from alongside.foundation.errors import NotFound
from alongside.foundation.live import CATCH_UP, Event, bus
from alongside.mentorships.access import get_mentorship
from alongside.people.models import Person

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

# How a room is entered: the same function that the page showing it goes through.
ROOMS: Mapping[str, Callable[[Person, str], object]] = {"topic": get_topic, "pair": get_mentorship}
BEAT = 20.0  # seconds between signs of life
LOOK_AGAIN = 60.0  # seconds after which session and access are checked anew
WAITING = 100  # events a slow reader may lag behind before it is told to catch up instead

_open: set["_Line"] = set()


class _Line:
    """One open page: what it is still to be told, and whether it is to end."""

    def __init__(self, room: str) -> None:
        self.room = room
        self.loop = asyncio.get_running_loop()
        self.waiting: asyncio.Queue[Event | None] = asyncio.Queue()

    def tell(self, event: Event | None) -> None:
        """Called from any thread; None ends the line."""
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._put, event)

    def _put(self, event: Event | None) -> None:
        if event is not None and self.waiting.qsize() >= WAITING:
            while not self.waiting.empty():
                self.waiting.get_nowait()
            event = Event(self.room, CATCH_UP, "")
        self.waiting.put_nowait(event)


def close_all() -> None:
    """Ends every open line, so that the server can stop at once. Pages come back by themselves."""
    for line in tuple(_open):
        line.tell(None)


async def live_app(scope: Scope, receive: Receive, send: Send) -> None:
    """The ASGI application of `/live?room=<kind>:<public id>`."""
    if scope["type"] == "websocket":
        await _websocket(scope, receive, send)
    else:
        await _event_stream(scope, receive, send)


async def _websocket(scope: Scope, receive: Receive, send: Send) -> None:
    await receive()  # websocket.connect
    room = _room(scope)
    if not (_is_ours(scope, required=True) and await _may_hear(scope, room)):
        await send({"type": "websocket.close", "code": 4404})
        return
    async with _line(room) as line:
        await send({"type": "websocket.accept"})
        async with _until_gone(receive, line, "websocket.disconnect") as gone:
            async for event in _told(line, scope):
                text = event.as_json() if event else "{}"
                await send({"type": "websocket.send", "text": text})
            if not gone.is_set():
                await send({"type": "websocket.close", "code": 1012})  # "service restart": come back


async def _event_stream(scope: Scope, receive: Receive, send: Send) -> None:
    room = _room(scope)
    if scope["method"] != "GET" or not _is_ours(scope, required=False) or not await _may_hear(scope, room):
        await _refuse(send)
        return
    async with _line(room) as line:
        headers = [
            (b"content-type", b"text/event-stream"),
            (b"cache-control", b"no-store"),
            (b"x-accel-buffering", b"no"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await _write(send, "retry: 3000\n\n")
        async with _until_gone(receive, line, "http.disconnect"):
            async for event in _told(line, scope):
                await _write(send, f"data: {event.as_json()}\n\n" if event else ": beat\n\n")
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _told(line: _Line, scope: Scope) -> AsyncIterator[Event | None]:
    """What happens, as it happens; None for a sign of life. Ends when the line is closed or may not be heard any more."""
    looked = line.loop.time()
    while True:
        try:
            event = await asyncio.wait_for(line.waiting.get(), BEAT)
            if event is None:
                return
        except TimeoutError:
            event = None
        if line.loop.time() - looked >= LOOK_AGAIN:
            looked = line.loop.time()
            if not await _may_hear(scope, line.room):
                return
        yield event


@asynccontextmanager
async def _line(room: str) -> AsyncIterator[_Line]:
    line = _Line(room)
    leave = await asyncio.to_thread(bus.subscribe, room, line.tell)
    _open.add(line)
    try:
        yield line
    finally:
        _open.discard(line)
        leave()


@asynccontextmanager
async def _until_gone(receive: Receive, line: _Line, last: str) -> AsyncIterator[asyncio.Event]:
    """Ends the line when the other side goes away; what it sends is not listened to."""
    gone = asyncio.Event()

    async def watch() -> None:
        while (await receive())["type"] != last:
            pass
        gone.set()
        line.tell(None)

    watcher = asyncio.create_task(watch())
    try:
        yield gone
    finally:
        watcher.cancel()


def _room(scope: Scope) -> str:
    query: bytes = scope["query_string"]
    return parse_qs(query.decode("latin-1")).get("room", [""])[0]


def _is_ours(scope: Scope, *, required: bool) -> bool:
    """Whether the page that asks is one of ours. A WebSocket always says where it comes from; a fetch may not."""
    origin = _header(scope, b"origin")
    if not origin:
        return not required
    allowed = {urlsplit(settings.BASE_URL).netloc, _header(scope, b"host")}
    return urlsplit(origin).netloc in allowed


async def _may_hear(scope: Scope, room: str) -> bool:
    return await asyncio.to_thread(_enters, _session_key(scope), room)


def _enters(session_key: str, room: str) -> bool:
    """Whether the session is alive and its person may enter the room. Leaves no database connection behind."""
    kind, _, public_id = room.partition(":")
    if not session_key or kind not in ROOMS:
        return False
    try:
        request = HttpRequest()
        request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
        person = get_user(request)
        if not isinstance(person, Person):
            return False
        ROOMS[kind](person, public_id)
    except NotFound:
        return False
    finally:
        connections.close_all()
    return True


def _session_key(scope: Scope) -> str:
    try:
        cookies: SimpleCookie = SimpleCookie(_header(scope, b"cookie"))
    except CookieError:
        return ""
    found = cookies.get(settings.SESSION_COOKIE_NAME)
    return "" if found is None else str(found.value)


def _header(scope: Scope, name: bytes) -> str:
    headers: Iterable[tuple[bytes, bytes]] = scope["headers"]
    return next((value.decode("latin-1") for key, value in headers if key == name), "")


async def _write(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _refuse(send: Send) -> None:
    """One answer for a missing room, a foreign one, and nobody signed in."""
    await send({"type": "http.response.start", "status": 404, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
