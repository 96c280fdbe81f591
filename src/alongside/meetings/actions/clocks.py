"""What changing clocks and changing rules do to talks that are booked. Done by the worker, with nobody as actor."""

from datetime import datetime

from django.db import transaction

from alongside.engine.timing.zones import canonical_zone, database_version, instant_at
from alongside.meetings.actions._row import lock_people, revise, tell
from alongside.meetings.enums import MeetingState
from alongside.meetings.models import Meeting
from alongside.meetings.queries.clocks import TOLD_BEFORE, clock_change_of


@transaction.atomic
def recompute_time(*, meeting: Meeting, now: datetime) -> bool:
    """Resolves the wall time of a booked talk to come by the zone data in use; both hear of it if its instant moves.

    The talk keeps its time on the clock it was made for. True if it moved. May raise IntegrityError when the pair has another
    talk at the new instant: then nothing is changed.
    """
    row = _still_coming(meeting, now)
    if row is None or not row.wall_time:
        return False
    wall = datetime.fromisoformat(row.wall_time)
    found = instant_at(wall.date(), wall.time(), canonical_zone(row.zone), second=row.fold == 1).instant
    before, row.tz_version = row.starts_at, database_version()
    if before is None or found == before.replace(
        second=0, microsecond=0
    ):  # wall times are kept to the minute
        row.save(update_fields=["tz_version"])
        return False
    row.starts_at = found
    revise(row, now, "starts_at", "tz_version")
    tell("meeting.shifted", row, actor=None, now=now, moved_from=before.isoformat())
    return True


@transaction.atomic
def tell_clock_change(*, meeting: Meeting, now: datetime) -> bool:
    """Tells both, two weeks before clocks change, that a talk is at another time than usual for one of them. Once.

    True if they were told now. Usual is the time of their last talk at the same time of day on the clock it was made for.
    """
    people = lock_people(meeting.mentorship)
    row = _still_coming(meeting, now)
    if row is None or row.clocks_told_at is not None:
        return False
    change = clock_change_of(row, people)
    if change is None or now < change.at - TOLD_BEFORE:
        return False
    row.clocks_told_at = now
    row.save(update_fields=["clocks_told_at"])
    tell(
        "meeting.clocks_change",
        row,
        actor=None,
        now=now,
        on=change.on.isoformat(),
        by=list(change.by),
        before={str(pk): told for pk, told in change.before.items()},
    )
    return True


def _still_coming(meeting: Meeting, now: datetime) -> Meeting | None:
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("mentorship__program")
    return rows.filter(pk=meeting.pk, state=MeetingState.BOOKED, starts_at__gt=now).first()
