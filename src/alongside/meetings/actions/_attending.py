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


def is_overtaken(row: Meeting, person: Person, stamped_at: datetime | None) -> bool:
    """Whether a later answer of this person's calendars to the same talk was taken already: mails arrive in any order.

    Only stamps of calendars are compared with each other; our own clock is another one.
    """
    if stamped_at is None:
        return False
    return Attendance.objects.filter(meeting=row, person=person, stamped_at__gt=stamped_at).exists()


def keep_stamp(row: Meeting, person: Person, stamped_at: datetime | None) -> None:
    """Remembers when the answer that was taken was made."""
    if stamped_at is not None:
        Attendance.objects.filter(meeting=row, person=person).update(stamped_at=stamped_at)
