"""Requests to addresses that others gave us. Public https only, checked where the connection is made, never redirected.

A name is looked up once, every address it stands for is checked, and the connection goes to the very address that was
checked: a name that changes its mind in between leads nowhere. Nothing of an answer is read but its status.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

TIMEOUT = 10.0  # seconds without a sign of life
DEADLINE = 15.0  # seconds for everything
_HTTPS = 443
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")


class Unwelcome(ValueError):
    """An address we do not ask: not https, not public, or no address at all."""


class Unreached(OSError):
    """No connection came about: nothing was handed over."""


class CutOff(OSError):
    """The connection ended before an answer: perhaps it was handed over."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes. `is_own`: an administrator named its origin, so it need be neither public nor https."""

    scheme: str
    host: str
    port: int
    path: str
    is_own: bool


def target_of(url: str, *, own: Collection[str] = ()) -> Target:
    """Reads an address and looks nothing up. `own` are origins such as "http://127.0.0.1:9000".

    Raises Unwelcome for anything but https at its usual port, and for names or passwords within.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Unwelcome("not an address") from None
    if not parts.hostname or "@" in parts.netloc or not url.isascii() or not url.isprintable() or " " in url:
        raise Unwelcome("not an address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    usual = _HTTPS if parts.scheme == "https" else 80
    is_own = f"{parts.scheme}://{parts.netloc.lower()}" in own
    if not is_own and (parts.scheme != "https" or port not in (None, _HTTPS)):
        raise Unwelcome("not https at its usual port")
    return Target(parts.scheme, parts.hostname, port or usual, path, is_own)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet: not private, local, reserved, shared or a tunnel to such."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if found.version == 4:
        return found.is_global and not found.is_multicast
    hidden = found.ipv4_mapped or found.sixtofour or found.teredo
    return hidden is None and found in _GLOBAL_UNICAST and found.is_global


def post(target: Target, *, body: bytes, headers: Mapping[str, str]) -> int:
    """Posts once and returns the status of the answer, whatever it is; redirects are answers like others.

    Raises Unwelcome when the name stands for an address that is not public, Unreached when nothing was handed over,
    CutOff when nobody knows. Ends within a quarter of a minute, looking up the name aside.
    """
    address = _checked_address(target)
    connection = _PinnedTls(target, address) if target.scheme == "https" else _Pinned(target, address)
    with _ended_in_time(connection):
        try:
            connection.connect()
        except OSError as problem:
            raise Unreached(f"{type(problem).__name__}: {problem}") from problem
        try:
            connection.request("POST", target.path, body=body, headers=dict(headers))
            return connection.getresponse().status
        except (OSError, http.client.HTTPException) as problem:
            raise CutOff(f"{type(problem).__name__}: {problem}") from problem


def _checked_address(target: Target) -> str:
    """The first address of the name; all of them have to be public unless it is an administrator's own."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise Unreached(f"no address for the name: {type(problem).__name__}") from problem
    addresses = [str(entry[4][0]) for entry in found]
    if not target.is_own and not all(map(is_public, addresses)):
        raise Unwelcome("not a public address")
    return addresses[0]


class _Pinned(http.client.HTTPConnection):
    """Connects to the address that was checked, whatever the name says by now."""

    def __init__(self, target: Target, address: str) -> None:
        super().__init__(target.host, target.port, timeout=TIMEOUT)
        self._address = address

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), TIMEOUT)


class _PinnedTls(_Pinned):
    """The same with TLS; the certificate is checked against the name."""

    default_port = _HTTPS

    def connect(self) -> None:
        super().connect()
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


@contextmanager
def _ended_in_time(connection: http.client.HTTPConnection) -> Iterator[None]:
    """Cuts off a connection that keeps us by a byte now and then."""
    timer = threading.Timer(DEADLINE, _cut, [connection])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        connection.close()


def _cut(connection: http.client.HTTPConnection) -> None:
    sock = connection.sock
    if sock is not None:
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            sock.close()
