"""A mailbox in which answers arrive, looked through by IMAP. What was read is marked as seen and stays where it is."""

import imaplib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

_PATIENCE = 30  # seconds
_PORTS = {"imap": 143, "imaps": 993}
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class MailboxAway(OSError):
    """The mailbox could not be opened or read: whatever lies in it waits."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An open mailbox. Mails are named by their UIDs."""

    _session: Any

    def unseen(self) -> list[str]:
        """The mails nobody has looked at, oldest first."""
        return [uid.decode() for uid in self._do("SEARCH", "UNSEEN", "UNFLAGGED")[0].split()]

    def size(self, uid: str) -> int:
        found = _SIZE.search(b" ".join(map(_line, self._do("FETCH", uid, "(RFC822.SIZE)"))))
        return int(found.group(1)) if found else 0

    def read(self, uid: str, *, whole: bool = True) -> bytes:
        """A mail, or its headers alone, without marking it."""
        parts = self._do("FETCH", uid, "(BODY.PEEK[])" if whole else "(BODY.PEEK[HEADER])")
        return next((bytes(part[1]) for part in parts if isinstance(part, tuple)), b"")

    def mark(self, uid: str, *flags: str) -> None:
        self._do("STORE", uid, "+FLAGS.SILENT", f"({' '.join(flags)})")

    def _do(self, command: str, *arguments: str) -> list[Any]:
        try:
            answer, parts = self._session.uid(command, *arguments)
        except (OSError, imaplib.IMAP4.error) as problem:
            raise MailboxAway(str(problem)) from problem
        if answer != "OK":
            raise MailboxAway(f"{command}: {answer}")
        return list(parts)


@contextmanager
def opened(url: str) -> Iterator[Mailbox]:
    """The mailbox of an address such as imaps://user:password@host/INBOX. Raises MailboxAway."""
    try:
        session = _connected(url)
    except ValueError:  # its own words would carry a part of the password
        raise MailboxAway(
            "the address cannot be read: special letters in its password need escaping"
        ) from None
    except (OSError, imaplib.IMAP4.error) as problem:
        raise MailboxAway(str(problem)) from problem
    try:
        _sign_in(session, url)
        yield Mailbox(session)
    except imaplib.IMAP4.error as problem:
        raise MailboxAway(str(problem)) from problem
    finally:
        _leave(session)


def _connected(url: str) -> Any:
    parts = urlsplit(url)
    if parts.scheme not in _PORTS:
        raise MailboxAway("the address is not like imaps://user:password@host/INBOX")
    make = imaplib.IMAP4_SSL if parts.scheme == "imaps" else imaplib.IMAP4
    return make(parts.hostname or "localhost", parts.port or _PORTS[parts.scheme], timeout=_PATIENCE)


def _sign_in(session: Any, url: str) -> None:
    parts = urlsplit(url)
    session.login(unquote(parts.username or ""), unquote(parts.password or ""))
    folder = unquote(parts.path.lstrip("/")) or "INBOX"
    answer, words = session.select('"' + folder.replace('"', "") + '"')
    if answer != "OK":
        raise MailboxAway(f"no folder {folder}: {words}")


def _leave(session: Any) -> None:
    try:
        session.logout()
    except (OSError, imaplib.IMAP4.error):
        session.shutdown()


def _line(part: Any) -> bytes:
    return b" ".join(part) if isinstance(part, tuple) else bytes(part or b"")
