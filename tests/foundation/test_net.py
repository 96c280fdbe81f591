"""Addresses that others gave us: nothing within our walls can be reached by them."""

import socket
import threading
from collections.abc import Iterator
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
    with pytest.raises((Unwelcome, Unreached)):
        post(target_of(f"https://{host}/a"), body=b"", headers={})


def _answers(*addresses: str) -> Any:
    return lambda *_args, **_more: [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses
    ]


def test_name_with_one_address_within_walls_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(net.socket, "getaddrinfo", _answers("8.8.8.8", "10.0.0.1"))

    with pytest.raises(Unwelcome):
        post(target_of("https://push.example.org/a"), body=b"", headers={})


def test_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def connect(address: object, timeout: float) -> socket.socket:
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(net.socket, "getaddrinfo", _answers("8.8.8.8"))
    monkeypatch.setattr(net.socket, "create_connection", connect)
    with pytest.raises(Unreached):
        post(target_of("https://push.example.org/a"), body=b"", headers={})
    assert asked == [("8.8.8.8", 443)]


@pytest.fixture
def dripping() -> Iterator[str]:
    """A server that answers with a byte now and then, and never comes to an end."""
    server, stop = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def serve() -> None:
        talk, _address = server.accept()
        with talk:
            talk.recv(65_536)
            try:
                while not stop.wait(0.02):
                    talk.sendall(b"H")
            except OSError:
                return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}"
    stop.set()
    server.close()
    thread.join()


def test_server_that_drips_is_cut_off(dripping: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(net, "DEADLINE", 0.2)

    with pytest.raises(CutOff):
        post(target_of(f"{dripping}/a", own=[dripping]), body=b"", headers={})


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
