"""Who of the two has said yes to the time of a talk."""

from collections.abc import Sequence
from datetime import datetime

from alongside.meetings.enums import Attending
from alongside.meetings.models import Attendance, Meeting
from alongside.people.models import Person


def expect_answers(
    row: Meeting, people: Sequence[Person], *, agreed: Sequence[Person], now: datetime
) -> None:
    """A time nobody answered before: those in `agreed` said yes to it, the others may answer."""
    for person in people:
        set_answer(row, person, Attending.ACCEPTED if person in agreed else Attending.OPEN, now=now)


def set_answer(row: Meeting, person: Person, status: Attending, *, now: datetime) -> None:
    Attendance.objects.update_or_create(
        meeting=row, person=person, defaults={"status": status, "said_at": now}
    )
