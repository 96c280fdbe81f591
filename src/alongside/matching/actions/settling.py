"""What becomes of open requests when a place is taken elsewhere. Called inside the transaction that takes it."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Q

from alongside.enrollment.models import Participation
from alongside.journal.actions import record
from alongside.matching.enums import RequestState
from alongside.matching.models import Request
from alongside.mentorships.queries import with_load
from alongside.people.models import Person


def supersede_requests(
    *,
    mentees: Collection[int],
    full_mentors: Collection[int],
    actor: Person | None,
    now: datetime,
    but: Request | None = None,
) -> int:
    """Closes the open requests of these mentees, who have a mentor now, and to these mentors, who are full.

    Participations by pk; returns how many. The caller holds their rows.
    """
    open_ = Request.objects.select_for_update(of=("self",)).filter(
        Q(mentee__in=list(mentees)) | Q(mentor__in=list(full_mentors)), state=RequestState.SENT
    )
    rows = [row for row in open_.select_related("mentee").order_by("pk") if row != but]
    for row in rows:
        settle(row, RequestState.SUPERSEDED, actor=actor, now=now)
    return len(rows)


def settle(row: Request, state: RequestState, *, actor: Person | None, now: datetime) -> None:
    """Brings a locked request to its end and records it."""
    row.state, row.settled_at = state, now
    row.save(update_fields=["state", "settled_at", "mentorship", "reply_sealed"])
    record(
        f"request.{state.value}",
        actor_id=actor.pk if actor else None,
        subject=row,
        program_id=row.mentee.program_id,
        now=now,
    )


def full_among(mentors: Iterable[int]) -> list[int]:
    """Those of these mentors, by pk, who have no place left. One query."""
    rows = with_load(Participation.objects.filter(pk__in=set(mentors)))
    return [row.pk for row in rows if row.load >= row.capacity]  # type: ignore[attr-defined]  # from with_load


def lock_participations(pks: Collection[int]) -> dict[int, Participation]:
    """These participations as they are now, locked in one order whoever asks, so that nobody waits in a circle."""
    rows = Participation.objects.select_for_update(of=("self",)).filter(pk__in=list(pks))
    found = rows.select_related("program", "match_type", "person__preferences").order_by("pk")
    return {row.pk: row for row in found}
