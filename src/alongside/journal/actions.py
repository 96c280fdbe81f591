"""Recording what happened, and handing it to those who react.

Who reacts is decided on top, in `switchboard.wiring`, and connected here once at start.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models

from alongside.foundation.clock import now as machine_now
from alongside.jobs.actions import enqueue
from alongside.journal.models import Entry

Handler = Callable[[Entry], None]

_at_once: Mapping[str, Sequence[Handler]] = {}
_afterwards: Mapping[str, Sequence[str]] = {}

REACT = "journal.react"  # kind of the job that runs one handler for one entry


def connect(*, at_once: Mapping[str, Sequence[Handler]], afterwards: Mapping[str, Sequence[str]]) -> None:
    """Sets both columns of the wiring: handlers for the same transaction, names of handlers for the worker."""
    global _at_once, _afterwards
    _at_once, _afterwards = at_once, afterwards


def is_wired(verb: str, handler: str) -> bool:
    """Whether the wiring names this handler for entries of this verb."""
    return handler in _afterwards.get(verb, ())


def record(
    verb: str,
    *,
    actor_id: int | None,
    subject: models.Model,
    program_id: int | None = None,
    data: dict[str, Any] | None = None,
    now: datetime | None = None,
) -> Entry:
    """Writes an entry in the caller's transaction and starts the reactions to it.

    `verb` is "noun.past_participle"; `data` must hold no words of people. Handlers of the first column run here
    and now: what they raise undoes the caller's change too. Those of the second become one job each.
    """
    entry = Entry.objects.create(
        verb=verb,
        at=now or machine_now(),
        actor_id=actor_id,
        program_id=program_id,
        subject_type=subject._meta.model_name or "",
        subject_id=subject.pk,
        data=data or {},
    )
    for handler in _at_once.get(verb, ()):
        handler(entry)
    react_to(entry)
    return entry


def react_to(entry: Entry) -> None:
    """Has the worker react to an entry, by the wiring of now: also to one recorded while nothing was wired."""
    for name in _afterwards.get(entry.verb, ()):
        enqueue(REACT, {"entry": entry.pk, "handler": name})
