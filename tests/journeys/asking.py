"""Surveys: answered by somebody at a browser, by everybody else at once, and read by the coordinator."""

from collections.abc import Sequence

from alongside.foundation.clock import now
from alongside.questionnaires.enums import Visibility
from alongside.surveys.actions import answer_survey
from alongside.surveys.enums import AskState
from alongside.surveys.models import Ask
from alongside.surveys.queries import questions_of_ask
from tests.journeys.visitor import Visitor

MOSTLY = "4"


def answer(person: Visitor, title: str) -> None:
    """“Mostly” to everything that can be answered so."""
    person.visit("/surveys/")
    person.look("surveys")
    person.follow(title, exact=False)
    for choice in person.page.get_by_role("radio", name="mostly", exact=True).all():
        choice.check()
    person.look("survey")
    person.press("Send my answers")
    person.reads("Answers for the group are counted without your name")
    person.look("survey-thanks")


def answer_as_everybody_but(emails: Sequence[str], survey: str) -> int:
    """Everybody else who is asked answers the same; returns how many they are."""
    asks = Ask.objects.filter(state=AskState.ASKED, wave__survey__key=survey).exclude(
        person__email__in=emails
    )
    for ask in asks:
        counted = [row for row in questions_of_ask(ask) if row.visibility == Visibility.GROUP]
        answer_survey(ask=ask, actor=ask.person, answers=dict.fromkeys(counted, MOSTLY), now=now())
    return len(asks)
