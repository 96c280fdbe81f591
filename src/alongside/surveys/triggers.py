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
