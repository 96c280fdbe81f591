"""Addresses that others gave us: nothing within our walls can be reached by them."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from alongside.foundation import net
from alongside.foundation.net import CutOff, Unreached, Unwelcome, is_public, post, target_of


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104
        "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1", "no address",
    ],
)  # fmt: skip
def test_address_within_walls_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111"])
def test_address_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "localhost", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_no_spelling_of_this_machine_is_asked(host: str) -> None:
    with pytest.raises(Unreached):
        post(target_of(f"https://{host}/a"), body=b"", headers={})


def _answers(*addresses: str) -> Any:
    return lambda *_args, **_more: [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses
    ]


def _unknown(*_args: object, **_more: object) -> Any:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def test_name_within_walls_is_not_asked_and_told_from_an_unknown_one_by_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *_args: pytest.fail("somebody was asked"))
    told = []
    for look_up in (_answers("8.8.8.8", "10.0.0.1"), _unknown):
        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        with pytest.raises(Unreached) as problem:
            post(target_of("https://push.example.org/a"), body=b"", headers={})
        told.append(str(problem.value))

    assert told[0] == told[1]


def test_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def connect(address: object, timeout: float) -> socket.socket:
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", _answers("8.8.8.8"))
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(Unreached):
        post(target_of("https://push.example.org/a"), body=b"", headers={})
    assert asked == [("8.8.8.8", 443)]


PATIENCE = 3.0  # seconds after which a server here lets go of somebody who was never cut off


@pytest.fixture
def serve() -> Iterator[Callable[[Callable[[socket.socket], None]], str]]:
    """Starts a server of one connection, which `talk` is given; returns its host and port."""
    servers: list[tuple[socket.socket, threading.Thread]] = []

    def serve(talk: Callable[[socket.socket], None]) -> str:
        server = socket.create_server(("127.0.0.1", 0))

        def run() -> None:
            visitor, _address = server.accept()
            with visitor, suppress(OSError):
                visitor.settimeout(PATIENCE)
                talk(visitor)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        servers.append((server, thread))
        return f"127.0.0.1:{server.getsockname()[1]}"

    yield serve
    for server, thread in servers:
        thread.join()
        server.close()


def _drip(line: bytes) -> Callable[[socket.socket], None]:
    """Takes the request, then says the same again and again until nobody listens."""

    def talk(visitor: socket.socket) -> None:
        visitor.recv(65_536)
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            visitor.sendall(line)
            threading.Event().wait(0.02)

    return talk


def _ask(origin: str) -> int:
    return post(target_of(f"{origin}/a", own=[origin]), body=b"", headers={})


@pytest.mark.parametrize("line", [b"H", b"HTTP/1.1 100 Continue\r\n\r\n"])
def test_server_that_never_comes_to_an_end_is_cut_off(
    serve: Any, monkeypatch: pytest.MonkeyPatch, line: bytes
) -> None:
    monkeypatch.setattr(net, "DEADLINE", 0.2)

    with pytest.raises(CutOff):
        _ask(f"http://{serve(_drip(line))}")


def test_handshake_that_stands_still_is_cut_off(serve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(net, "DEADLINE", 0.2)
    ends: list[bytes | str] = []

    def talk(visitor: socket.socket) -> None:
        visitor.recv(65_536)  # the hello, which nobody answers
        try:
            ends.append(visitor.recv(65_536))
        except TimeoutError:
            ends.append("still there")

    with pytest.raises(Unreached):
        _ask(f"https://{serve(talk)}")
    while not ends:
        threading.Event().wait(0.01)
    assert ends == [b""]


def test_time_that_was_over_before_a_socket_was_there_is_over(
    serve: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(net, "DEADLINE", 0.05)
    connect = socket.create_connection

    def connect_late(*args: Any, **more: Any) -> socket.socket:
        threading.Event().wait(0.2)
        return connect(*args, **more)

    monkeypatch.setattr(socket, "create_connection", connect_late)
    with pytest.raises(Unreached):  # and not CutOff: nothing was handed over
        _ask(f"http://{serve(_drip(b'H'))}")


def test_less_time_than_usual_can_be_given(serve: Any) -> None:
    origin = f"http://{serve(_drip(b'H'))}"
    begun = time.monotonic()

    with pytest.raises(CutOff):
        post(target_of(f"{origin}/a", own=[origin]), body=b"", headers={}, within=0.1)
    assert time.monotonic() - begun < PATIENCE - 1


def test_no_time_is_nothing_handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *_args: pytest.fail("somebody was asked"))

    with pytest.raises(Unreached):
        post(target_of("http://127.0.0.1:9/a", own=["http://127.0.0.1:9"]), body=b"", headers={}, within=0)


def test_own_origin_is_that_one_alone() -> None:
    own = ["http://127.0.0.1:9000"]

    assert target_of("http://127.0.0.1:9000/a?b=c", own=own).path == "/a?b=c"
    for other in (
        "http://127.0.0.1:9001/a",
        "https://127.0.0.1:9000/a",
        "http://127.0.0.1.example.org:9000/a",
    ):
        with pytest.raises(Unwelcome):
            target_of(other, own=own)
