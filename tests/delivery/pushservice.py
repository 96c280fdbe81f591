"""A push service of our own: takes notes over real HTTP, and opens them as a browser would (RFC 8291), with its private key."""

import json
import os
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.contrib.sessions.backends.db import SessionStore

from alongside.delivery.actions.devices import add_device
from alongside.delivery.models import Device
from alongside.people.models import Person
from tests.factories import NOW


def base64url(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def unbase64url(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def new_session() -> str:
    """The key of a session as a browser would have one, of nobody in particular."""
    session = SessionStore()
    session.create()
    return str(session.session_key)


def _point(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


@dataclass
class Browser:
    """One subscription: its keys, and everything that came to it."""

    path: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: os.urandom(16))
    notes: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    tries: int = 0

    @property
    def p256dh(self) -> str:
        return base64url(_point(self.key))

    @property
    def auth(self) -> str:
        return base64url(self.secret)

    def open(self, body: bytes) -> dict[str, Any]:
        """What stands in a sealed note: header of salt, size and the sender's key, then one record."""
        salt, length = body[:16], body[20]
        theirs, record = body[21 : 21 + length], body[21 + length :]
        shared = self.key.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        )
        info = b"WebPush: info\x00" + _point(self.key) + theirs
        ikm = HKDF(hashes.SHA256(), 32, salt=self.secret, info=info).derive(shared)
        key = HKDF(hashes.SHA256(), 16, salt=salt, info=b"Content-Encoding: aes128gcm\x00").derive(ikm)
        nonce = HKDF(hashes.SHA256(), 12, salt=salt, info=b"Content-Encoding: nonce\x00").derive(ikm)
        plain = AESGCM(key).decrypt(nonce, record, None)
        content, _delimiter, _padding = plain.rpartition(b"\x02")
        note: dict[str, Any] = json.loads(content)
        return note


class PushService:
    """Answers each path with its status, 201 unless told otherwise; None cuts the connection without an answer.

    Those in `silent` take the note and say nothing until they are hung up on.
    """

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.browsers: dict[str, Browser] = {}
        self.status: dict[str, int | None] = {}
        self.silent: set[str] = set()
        self.location = ""

    def subscribe(self, person: Person, path: str = "/one") -> Browser:
        browser = self.browsers.setdefault(path, Browser(path))
        self.add(person, browser)
        return browser

    def add(self, person: Person, browser: Browser) -> Device:
        return add_device(
            actor=person,
            session=new_session(),
            endpoint=self.origin + browser.path,
            p256dh=browser.p256dh,
            auth=browser.auth,
            now=NOW,
        )


@contextmanager
def push_service() -> Iterator[PushService]:
    """Runs on a free port of this machine until the test is over."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            browser = service.browsers[self.path]
            browser.tries += 1
            status = service.status.get(self.path, 201)
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path in service.silent:
                self.rfile.read(1)
            if status is None or self.path in service.silent:
                self.close_connection = True
                return
            if 200 <= status < 300:
                browser.notes.append(browser.open(body))
                browser.headers.append({name.lower(): value for name, value in self.headers.items()})
            self.send_response(status)
            if service.location:
                self.send_header("Location", service.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service = PushService(f"http://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()


def is_signed_by(authorization: str) -> dict[str, Any]:
    """The claims of a VAPID header (RFC 8292), after its signature was checked with the key it names."""
    parts = dict(part.strip().split("=", 1) for part in authorization.removeprefix("vapid ").split(","))
    signed, _dot, signature = parts["t"].rpartition(".")
    raw = unbase64url(signature)
    der = utils.encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unbase64url(parts["k"]))
    key.verify(der, signed.encode(), ec.ECDSA(hashes.SHA256()))
    claims: dict[str, Any] = json.loads(unbase64url(signed.partition(".")[2]))
    return {**claims, "k": parts["k"]}
