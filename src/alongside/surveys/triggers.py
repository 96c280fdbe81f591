"""What brings a survey, read from its row."""

from alongside.surveys.catalog import Trigger
from alongside.surveys.enums import TriggerKind
from alongside.surveys.models import Survey


def trigger_of(survey: Survey) -> Trigger:
    """What brings this survey."""
    return Trigger(**survey.trigger)


def is_of_the_end(survey: Survey) -> bool:
    """Whether it is about a mentorship that has ended."""
    trigger = trigger_of(survey)
    return trigger.kind == TriggerKind.CLOSING or trigger.origin == "end"


def is_locked(survey: Survey) -> bool:
    """Whether it cannot be switched off: the ending asks on its own page, because somebody may need help at once."""
    return trigger_of(survey).kind == TriggerKind.ENDING_EARLY
