"""Why these two: what a pair reads on its first visit."""

from dataclasses import dataclass

from alongside.mentorships.enums import MentorshipState
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person


@dataclass(frozen=True, slots=True)
class Introduction:
    """The reasons as one of the two reads them, and how many talks are a trial."""

    reasons: tuple[str, ...]
    trial_talks: int


def introduction(mentorship: Mentorship, *, reader: Person) -> Introduction | None:
    """For one of the two while the pair is on trial; None afterwards. One query."""
    if mentorship.state != MentorshipState.TRIAL:
        return None
    role = mentorship.members.filter(person=reader).values_list("role", flat=True).first()
    lines = (reason.get(role, "") for reason in mentorship.reasons if isinstance(reason, dict))
    return Introduction(tuple(line for line in lines if line), mentorship.match_type.trial_meetings)
