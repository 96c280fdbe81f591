"""Live updates through a real server: who is told what, and who is told nothing.

On PostgreSQL the same tests go through NOTIFY, since the bus follows the database.
"""

import asyncio
import http.client
import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from alongside.discussions.actions import (
    edit_message,
    open_topic,
    post_message,
    send_scheduled_message,
)
from alongside.discussions.enums import Intention
from alongside.discussions.models import Topic
from alongside.foundation.live import CATCH_UP, Event, bus, publish
from alongside.people.models import Person
from alongside.switchboard import live
from alongside.switchboard.live import live_app
from tests.factories import NOW
from tests.people import Cast, cast, session_of
from tests.switchboard.serving import served

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def topic(people: Cast) -> Topic:
    return open_topic(
        mentorship=people.pair, actor=people.chi, title="Visa", intention=Intention.ADVICE, now=NOW
    )


@pytest.fixture
def port() -> Iterator[int]:
    with served(live_app) as number:
        yield number
    bus.stop()


def _cookie(person: Person) -> str:
    return f"session={session_of(person)}"


@contextmanager
def _stream(
    port: int, room: str, headers: dict[str, str]
) -> Iterator[tuple[http.client.HTTPResponse, Iterator[bytes]]]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    line.request("GET", f"/live?room={room}", headers=headers)
    answer = line.getresponse()
    try:
        yield answer, iter(answer.readline, b"")
    finally:
        answer.close()
        line.close()


def _data(lines: Iterator[bytes]) -> bytes:
    return next(line for line in lines if line.startswith(b"data: "))[6:].strip()


def _socket(port: int, room: str, cookie: str, origin: str = "") -> ClientConnection:
    return connect(
        f"ws://127.0.0.1:{port}/live?room={room}",
        additional_headers={"Cookie": cookie},
        origin=origin or f"http://127.0.0.1:{port}",  # type: ignore[arg-type]
        proxy=None,
    )


@transaction.atomic
def _publish_and_fail(room: str) -> None:
    publish(room, "message.posted", "never")
    raise ZeroDivisionError


def test_event_stream_tells_ids_and_no_words(people: Cast, topic: Topic, port: int) -> None:
    room = f"topic:{topic.public_id}"
    with _stream(port, room, {"Cookie": _cookie(people.ben)}) as (answer, lines):
        assert (answer.status, answer.headers["Content-Type"]) == (200, "text/event-stream")
        assert next(lines) == b"retry: 3000\n"

        message = post_message(topic=topic, actor=people.chi, body="A secret word", now=NOW)
        told = _data(lines)
        edit_message(message=message, actor=people.chi, body="Another", now=NOW)
        told_of_edit = _data(lines)

    assert json.loads(told) == {"room": room, "kind": "message.posted", "id": message.public_id}
    assert json.loads(told_of_edit)["kind"] == "message.edited"
    assert b"secret" not in told


def test_websocket_tells_the_same(people: Cast, topic: Topic, port: int) -> None:
    room = f"topic:{topic.public_id}"
    with _socket(port, room, _cookie(people.ben)) as line:
        message = post_message(topic=topic, actor=people.chi, body="Hello", now=NOW)

        assert json.loads(line.recv(timeout=10)) == {
            "room": room,
            "kind": "message.posted",
            "id": message.public_id,
        }


def test_what_was_rolled_back_is_not_told(people: Cast, topic: Topic, port: int) -> None:
    room = f"topic:{topic.public_id}"
    with _socket(port, room, _cookie(people.ben)) as line:
        with pytest.raises(ZeroDivisionError):
            _publish_and_fail(room)
        publish(room, "message.posted", "then")

        assert json.loads(line.recv(timeout=10))["id"] == "then"


@pytest.mark.parametrize("stranger", ["dov", "eva", "ada", "gus", "hal"])
def test_nobody_else_hears_a_topic(people: Cast, topic: Topic, port: int, stranger: str) -> None:
    room, cookie = f"topic:{topic.public_id}", _cookie(getattr(people, stranger))

    with _stream(port, room, {"Cookie": cookie}) as (answer, _lines):
        assert answer.status == 404
    with pytest.raises(InvalidStatus):
        _socket(port, room, cookie)


@pytest.mark.parametrize("room", ["", "topic:", "topic:none", "person:1", "pair:none"])
def test_room_that_is_not_there_is_refused(people: Cast, port: int, room: str) -> None:
    with _stream(port, room, {"Cookie": _cookie(people.ben)}) as (answer, _lines):
        assert answer.status == 404


@pytest.mark.parametrize("cookie", ["", "session=made-up", "nonsense; ;="])
def test_nobody_without_a_session_hears_anything(topic: Topic, port: int, cookie: str) -> None:
    with _stream(port, f"topic:{topic.public_id}", {"Cookie": cookie}) as (answer, _lines):
        assert answer.status == 404


def test_page_of_another_site_is_refused(people: Cast, topic: Topic, port: int) -> None:
    room, cookie = f"topic:{topic.public_id}", _cookie(people.ben)

    with _stream(port, room, {"Cookie": cookie, "Origin": "https://evil.example"}) as (answer, _lines):
        assert answer.status == 404
    with pytest.raises(InvalidStatus):
        _socket(port, room, cookie, origin="https://evil.example")


def test_line_ends_once_the_session_has(
    people: Cast, topic: Topic, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "BEAT", 0.05)
    monkeypatch.setattr(live, "LOOK_AGAIN", 0.1)
    with _stream(port, f"topic:{topic.public_id}", {"Cookie": _cookie(people.ben)}) as (_answer, lines):
        next(lines)
        Session.objects.all().delete()

        assert set(lines) <= {b"\n", b": beat\n"}


def test_closing_all_lines_ends_them_at_once(people: Cast, topic: Topic, port: int) -> None:
    room, cookie = f"topic:{topic.public_id}", _cookie(people.ben)
    with _stream(port, room, {"Cookie": cookie}) as (_answer, lines), _socket(port, room, cookie) as line:
        next(lines)
        live.close_all()

        assert set(lines) == {b"\n"}
        with pytest.raises(ConnectionClosed) as closed:
            line.recv(timeout=10)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1012


def test_server_stops_although_pages_are_open(people: Cast, topic: Topic) -> None:
    room, cookie = f"topic:{topic.public_id}", _cookie(people.ben)
    with ExitStack() as pages:
        with served(live_app) as port:
            line = pages.enter_context(_socket(port, room, cookie))

        with pytest.raises(ConnectionClosed):
            line.recv(timeout=10)
    bus.stop()


def test_page_that_lags_far_behind_is_told_to_catch_up() -> None:
    async def lag() -> list[Event | None]:
        line = live._Line("topic:x")
        for number in range(live.WAITING + 1):
            line._put(Event("topic:x", "message.posted", str(number)))
        return [line.waiting.get_nowait() for _ in range(line.waiting.qsize())]

    assert asyncio.run(lag()) == [Event("topic:x", CATCH_UP, "")]


def test_scheduled_message_is_told_when_it_is_sent_not_before(people: Cast, topic: Topic, port: int) -> None:

    later = NOW + timedelta(hours=1)
    with _socket(port, f"topic:{topic.public_id}", _cookie(people.ben)) as line:
        waiting = post_message(topic=topic, actor=people.chi, body="Soon", send_at=later, now=NOW)
        first = post_message(topic=topic, actor=people.chi, body="Now", now=NOW)
        send_scheduled_message(message_id=waiting.pk, now=later)

        told = [json.loads(line.recv(timeout=10))["id"] for _ in range(2)]
    assert told == [first.public_id, waiting.public_id]
