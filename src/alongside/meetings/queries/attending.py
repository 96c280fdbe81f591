"""What the two said to the time of a talk."""

from collections.abc import Iterable

from alongside.meetings.enums import Attending, MeetingState
from alongside.meetings.models import Meeting
from alongside.people.models import Person


def attending(meeting: Meeting) -> dict[int, Attending]:
    """What each of the two said to the time as it is booked, by id of the person. One query, none if fetched along.

    Whoever called a talk off will not be there.
    """
    said = {row.person_id: Attending(row.status) for row in meeting.attendances.all()}
    if meeting.state == MeetingState.CANCELED and meeting.settled_by_id is not None:
        said[meeting.settled_by_id] = Attending.DECLINED
    return said


def attending_of(meeting: Meeting, person: Person) -> Attending:
    """What this person said; open when they were not asked yet."""
    return attending(meeting).get(person.pk, Attending.OPEN)


def has_agreed(meeting: Meeting, people: Iterable[Person]) -> bool:
    """Whether all of these people said yes to the time as it is booked."""
    said = attending(meeting)
    return all(said.get(person.pk) == Attending.ACCEPTED for person in people)
