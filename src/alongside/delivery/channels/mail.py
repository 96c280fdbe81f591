"""Handing letters to the mail server, and telling apart what certainly failed, may come later, and nobody knows."""

import smtplib
from enum import Enum
from typing import Any

from django.core.mail import get_connection

from alongside.foundation.errors import Invalid
from alongside.foundation.mail import Letter, compose


class ServerAway(OSError):
    """No connection could be made: nothing was handed over."""


class Outcome(Enum):
    TAKEN = "taken"
    NOT_NOW = "not_now"  # certainly not taken; may be later
    REFUSED = "refused"  # certainly not taken, and never will be
    UNKNOWN = "unknown"  # the connection ended in the middle
    GONE = "gone"  # certainly not taken: there is nobody at this address any more


class MailServer:
    """One connection for a batch of letters. `ready` before claiming, then `hand_over`; `close` at the end."""

    def __init__(self) -> None:
        self._connection: Any = get_connection()

    def ready(self) -> None:
        """Sees that there is a living connection. Raises ServerAway."""
        try:
            session = getattr(self._connection, "connection", None)
            if session is not None and session.noop()[0] != 250:
                self._drop()
            self._connection.open()
        except (OSError, smtplib.SMTPException) as problem:
            self._drop()
            raise ServerAway(_told(problem)) from problem

    def hand_over(self, letter: Letter) -> tuple[Outcome, str]:
        """What the server did with the letter, and its words if it did not take it."""
        try:
            message = compose(letter)
        except (Invalid, ValueError) as problem:
            return Outcome.REFUSED, _told(problem)
        try:
            self._connection.send_messages([message])
        except (smtplib.SMTPException, OSError) as problem:
            self._drop()
            return _outcome_of(problem), _told(problem)
        return Outcome.TAKEN, ""

    def close(self) -> None:
        try:
            self._connection.close()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def _drop(self) -> None:
        """Forgets a connection in an unknown state; the next use opens a new one."""
        session = getattr(self._connection, "connection", None)
        if session is not None:
            session.close()
            self._connection.connection = None


def _outcome_of(problem: Exception) -> Outcome:
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _words in problem.recipients.values()]
        return Outcome.REFUSED if all(code >= 500 for code in codes) else Outcome.NOT_NOW
    if isinstance(problem, smtplib.SMTPDataError):
        return Outcome.REFUSED if problem.smtp_code >= 500 else Outcome.NOT_NOW
    if isinstance(problem, smtplib.SMTPServerDisconnected) or not isinstance(problem, smtplib.SMTPException):
        return Outcome.UNKNOWN
    return Outcome.NOT_NOW  # about the sender or the session, not about this letter: for the administrator


def _told(problem: Exception) -> str:
    """The problem in a line for administrators; of a refused receiver only the code, not the address."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return "receiver refused: " + ", ".join(str(code) for code, _words in problem.recipients.values())
    if isinstance(problem, smtplib.SMTPResponseException):
        words = problem.smtp_error.decode(errors="replace") if isinstance(problem.smtp_error, bytes) else ""
        return f"{type(problem).__name__}: {problem.smtp_code} {words}"[:300]
    return f"{type(problem).__name__}: {problem}"[:300]
