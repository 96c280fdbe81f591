"""The worker's own ear for answers: SMTP or LMTP, for reply addresses and nothing else.

A mail is acknowledged when its words are committed. Whatever keeps us from that is answered with "try again", and the
sending server keeps the mail.
"""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection

from alongside.delivery.actions.answering import take_answer
from alongside.delivery.answers import LONGEST
from alongside.delivery.calendars import whose_calendar
from alongside.delivery.replies import answered_notice
from alongside.foundation.clock import now as machine_now

log = logging.getLogger(__name__)
logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd would write down every address

_SERVERS = {"smtp": SMTP, "lmtp": LMTP}
_NAME = "Alongside"


class Answers:
    """What is said to a sending server at each step."""

    async def handle_RCPT(  # noqa: N802 - the name aiosmtpd looks for
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answered_notice(address) is None and whose_calendar(address) is None:
            return "550 5.1.1 This is not an address one can answer to. Please write in the topic itself."
        if envelope.rcpt_tos:
            return "452 4.5.3 One receiver at a time, please"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        try:
            await asyncio.to_thread(_take, content, list(envelope.rcpt_tos))
        except Exception:
            log.exception("An answer by mail could not be taken; its sender is asked to come back")
            return "451 4.3.0 Please try again in a while"
        return "250 2.0.0 Thank you"


class Listener(Controller):
    """Listens in a thread of its own."""

    def __init__(self, kind: str, hostname: str, port: int) -> None:
        self._server_class = _SERVERS[kind]
        super().__init__(Answers(), hostname=hostname, port=port)

    def factory(self) -> SMTP:
        return self._server_class(self.handler, data_size_limit=LONGEST, ident=_NAME, hostname=_NAME.lower())


@contextmanager
def listening(url: str) -> Iterator[Listener | None]:
    """Takes answers while the block runs. Without an address, or when another worker has the port, does nothing."""
    listener = _started(url) if url else None
    try:
        yield listener
    finally:
        if listener is not None:
            listener.stop()


def _started(url: str) -> Listener | None:
    parts = urlsplit(url)
    if parts.scheme not in _SERVERS or parts.port is None:
        log.error("ALONGSIDE_REPLY_LISTEN is not like smtp://127.0.0.1:2525: answers by mail are not taken")
        return None
    listener = Listener(parts.scheme, parts.hostname or "127.0.0.1", parts.port)
    try:
        listener.start()
    except OSError as problem:
        log.warning("Answers by mail are not taken here: %s", problem)
        listener.loop.close()
        return None
    return listener


def _take(content: bytes, receivers: list[str]) -> Any:
    try:
        return take_answer(content, receivers=receivers, now=machine_now())
    finally:
        connection.close()  # threads of the pool come and go
