"""Letters a person asks for at the door (a sign-in link, a new password): handed to the worker, not to the network.

So a slow or dead mail server neither breaks the page nor loses the letter, and the time an answer takes tells nobody
whether an address has an account. Such letters hold secrets: they wait sealed, and only until they are sent.
"""

import base64
import json
from dataclasses import asdict, replace
from datetime import datetime

from alongside.foundation.ids import new_public_id
from alongside.foundation.mail import Action, Letter, mail_host
from alongside.jobs.actions import enqueue
from alongside.vault.actions import seal
from alongside.vault.queries import open_sealed

POST = "delivery.post_letter"  # kind of the job
_SCOPE, _OWNER = "letters", 0  # nobody's talk: one key of the installation


def post_letter(letter: Letter, *, now: datetime, expires_at: datetime | None = None) -> None:
    """Has the letter sent at once, at any hour, again and again while the server is away, but not after `expires_at`.

    Commits or vanishes with the caller's transaction. For letters without attachments that a person asked for.
    """
    if letter.attachments:
        raise ValueError("a posted letter carries no attachments")
    number = new_public_id()
    letter = replace(letter, message_id=letter.message_id or f"letter.{number}@{mail_host()}")
    sealed = seal(json.dumps(asdict(letter)), scope=_SCOPE, owner_id=_OWNER, about=_place(number)) or b""
    payload = {
        "number": number,
        "sealed": base64.b64encode(sealed).decode(),
        "expires_at": expires_at.isoformat() if expires_at is not None else "",
    }
    enqueue(POST, payload, run_after=now, priority=1)


def posted_letter(payload: dict[str, str], *, now: datetime) -> Letter | None:
    """The letter of a job's payload; None when it is no use any more."""
    if payload["expires_at"] and datetime.fromisoformat(payload["expires_at"]) <= now:
        return None
    text = open_sealed(base64.b64decode(payload["sealed"]), about=_place(payload["number"]))
    if not text:
        return None
    values = json.loads(text)
    action = Action(**values.pop("action")) if values["action"] else None
    return Letter(**{**values, "action": action, "attachments": ()})


def _place(number: str) -> str:
    return f"letter:{number}:text"
