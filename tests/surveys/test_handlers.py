import pytest

from alongside.journal.actions import record
from alongside.people.models import Person
from alongside.programs.actions import copy_program, create_program
from alongside.surveys.actions import plan_asks, switch_survey
from alongside.surveys.enums import AskState
from alongside.surveys.handlers import follow_ending, follow_reopening, forget_leaver, plan_for_mentorship
from alongside.surveys.models import Ask, OwnAnswers, Response, Shared
from tests import factories as make
from tests.factories import NOW
from tests.surveys.setting import answer, asked, member, pair, program_with_surveys

pytestmark = pytest.mark.django_db


def coordinator() -> Person:
    return make.person(is_administrator=True)


def test_new_program_has_its_surveys_and_a_copy_keeps_the_switches() -> None:
    ada = coordinator()
    program = create_program(actor=ada, name="Spring", zone="UTC")
    switch_survey(survey=program.surveys.get(key="half-way"), actor=ada, on=False, now=NOW)

    copy = copy_program(program=program, actor=ada, name="Autumn")

    assert dict(copy.surveys.values_list("key", "switched_on")) == {
        "first-hello": True,
        "after-first-talk": True,
        "how-is-it-going": True,
        "half-way": False,
        "closing": True,
        "three-months-on": False,
        "after-a-talk": False,
        "ending-early": True,
    }


def test_way_of_a_mentorship_is_followed() -> None:
    pair_ = pair(program_with_surveys(), started_on=NOW.date())
    plan_for_mentorship(record("mentorship.started", actor_id=None, subject=pair_, now=NOW))
    assert Ask.objects.filter(state=AskState.PLANNED).count() == 8

    type(pair_).objects.update(state="closed")
    follow_ending(record("mentorship.ended", actor_id=None, subject=pair_, data={"kind": "well"}, now=NOW))
    assert set(Ask.objects.filter(state=AskState.PLANNED).values_list("wave__survey__key", flat=True)) == {
        "closing"
    }

    type(pair_).objects.update(state="running")
    follow_reopening(record("mentorship.reopened", actor_id=None, subject=pair_, now=NOW))
    assert Ask.objects.filter(state=AskState.PLANNED).count() == 8


def test_after_an_early_ending_nothing_is_asked() -> None:
    pair_ = pair(program_with_surveys(), started_on=NOW.date(), state="closed")
    plan_asks(mentorship=pair_, now=NOW)

    follow_ending(record("mentorship.ended", actor_id=None, subject=pair_, data={"kind": "early"}, now=NOW))

    assert set(Ask.objects.values_list("state", flat=True)) == {AskState.DROPPED}


def test_who_leaves_is_gone_and_what_is_counted_stays() -> None:
    pair_ = pair(program_with_surveys())
    mentee = member(pair_, "mentee")
    answer(asked(pair_), {"CON1": "4", "HAND": "tip", "AUD1": "group"})

    forget_leaver(record("person.erased", actor_id=None, subject=mentee, now=NOW))

    rows = [model.objects.count() for model in (Ask, OwnAnswers, Shared, Response)]
    assert rows == [0, 0, 0, 1]
