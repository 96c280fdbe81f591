"""Requests to addresses that others gave us. Public https only, checked where the connection is made, never redirected.

A name is looked up once, every address it stands for is checked, and the connection goes to the very address that was
checked: a name that changes its mind in between leads nowhere. Nothing of an answer is read but its status.
"""

import http.client
import ipaddress
import math
import socket
import ssl
import threading
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

TIMEOUT = 10.0  # seconds without a sign of life
DEADLINE = 15.0  # seconds for everything
_HTTPS = 443
_NOWHERE = "no public address for the name"
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


def post(target: Target, *, body: bytes, headers: Mapping[str, str], within: float = math.inf) -> int:
    """Posts once and returns the status of the answer, whatever it is; redirects are answers like others.

    Raises Unreached when nothing was handed over, CutOff when nobody knows. A name of our own walls is unreached like one
    that nobody knows: which of them it is, an answer tells nobody. Ends within DEADLINE and `within` seconds, whatever the
    other side does; only looking up the name may take longer, as long as this machine's resolver lets it.
    """
    begun = time.monotonic()
    address = _checked_address(target)
    remaining = min(DEADLINE, within - (time.monotonic() - begun))
    if remaining <= 0:
        raise Unreached("no time was left after looking up the name")
    connection = _PinnedTls(target, address) if target.scheme == "https" else _Pinned(target, address)
    with _ended_in_time(connection, remaining):
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
        raise Unreached(_NOWHERE) from problem
    addresses = [str(entry[4][0]) for entry in found]
    if not target.is_own and not all(map(is_public, addresses)):
        raise Unreached(_NOWHERE)
    return addresses[0]


class _Pinned(http.client.HTTPConnection):
    """Connects to the address that was checked, whatever the name says by now.

    `self.sock` is at every moment the socket that is waited for, so that `cut` can end the waiting.
    """

    def __init__(self, target: Target, address: str) -> None:
        super().__init__(target.host, target.port, timeout=TIMEOUT)
        self._address = address
        self._is_cut = False

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), min(TIMEOUT, DEADLINE))
        self.go_on()

    def go_on(self) -> None:
        """Raises TimeoutError when the time was over while there was no socket to cut."""
        if self._is_cut:
            raise TimeoutError("its time is over")

    def cut(self) -> None:
        """Ends what waits for the other side, in whatever thread, and keeps anything further from beginning."""
        self._is_cut = True
        sock = self.sock
        if sock is not None:
            try:
                socket.socket.shutdown(
                    sock, socket.SHUT_RDWR
                )  # of the bare one: nothing goes out without its TLS
            except OSError:
                return  # it has ended by itself


class _PinnedTls(_Pinned):
    """The same with TLS; the certificate is checked against the name."""

    default_port = _HTTPS

    def connect(self) -> None:
        super().connect()
        context = ssl.create_default_context()
        # A wrapped socket takes the place of the bare one: only as `self.sock` can it be cut while hands are shaken.
        self.sock = sock = context.wrap_socket(
            self.sock, server_hostname=self.host, do_handshake_on_connect=False
        )
        self.go_on()
        sock.do_handshake()
        self.go_on()


@contextmanager
def _ended_in_time(connection: _Pinned, seconds: float) -> Iterator[None]:
    """Cuts off a connection that keeps us by a byte now and then."""
    timer = threading.Timer(seconds, connection.cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        connection.close()
