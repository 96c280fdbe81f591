"""The content loaders run without Django, and their words are the words of the rooms."""

import subprocess
import sys
from pathlib import Path

from alongside.activities.enums import ActivityState
from alongside.delivery.enums import Circle
from alongside.discussions.enums import Expectation, Intention, TopicState
from alongside.enrollment.enums import EnrollmentStep, ParticipationState
from alongside.goals.enums import GoalState
from alongside.insights.enums import CaseState, SignalState
from alongside.matching.enums import OverrideKind, RequestState
from alongside.meetings.agendas import CHANNELS as AGENDA_CHANNELS
from alongside.meetings.enums import MeetingState, OutcomeKind
from alongside.mentorships.enums import EndKind, EndReason, MentorshipState
from alongside.people.enums import Channel
from alongside.programs.enums import Access, Approval, PlanItemKind, ProgramState
from alongside.programs.templates import (
    AUDIENCES,
    KINDS,
    MATCHES,
    PLAN_KINDS,
    STEPS,
    VISIBILITIES,
    program_template,
)
from alongside.questionnaires.enums import Audience, MatchRule, QuestionKind, Visibility
from alongside.surveys.catalog import survey_catalog
from alongside.switchboard.demo import cast, pairs, paths, voices

SOURCE = Path(__file__).parents[2] / "src"
LOADERS = (
    "alongside.activities.library",
    "alongside.surveys.catalog",
    "alongside.programs.templates",
    "alongside.meetings.agendas",
    "alongside.mentorships.agreement_form",
    "alongside.switchboard.demo.content",
)


def test_loaders_do_not_import_django() -> None:
    script = f"import sys, {', '.join(LOADERS)}; print([name for name in sys.modules if name == 'django'])"

    told = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(SOURCE)},
    )

    assert told.stdout.strip() == "[]"


def test_form_questions_speak_the_words_of_questionnaires() -> None:
    assert set(KINDS) == set(QuestionKind.values)
    assert set(AUDIENCES) == set(Audience.values)
    assert set(VISIBILITIES) <= set(Visibility.values)
    assert set(MATCHES) <= set(MatchRule.values)
    assert set(STEPS) == set(EnrollmentStep.values)
    assert set(PLAN_KINDS) == set(PlanItemKind.values)


def test_channels_are_one_list() -> None:
    question = program_template("career").question("channels")

    assert {option.id for option in question.options} == set(Channel.values)
    assert set(AGENDA_CHANNELS) == set(cast.CHANNELS) == set(Channel.values)


def test_ending_survey_offers_the_reasons_of_a_mentorship() -> None:
    reasons = [option.id for option in survey_catalog().item("END1").options]

    assert reasons == list(EndReason.values)
    assert set(pairs.END_REASONS) == set(EndReason.values)


def test_demo_speaks_the_states_of_the_rooms() -> None:
    assert set(cast.PROGRAM_STATES) == set(ProgramState.values)
    assert set(cast.ENROLLMENT_STATES) == set(ParticipationState.values)
    assert set(cast.ACCESS) == set(Access.values)
    assert set(cast.APPROVAL) == set(Approval.values)
    assert set(pairs.PAIR_STATES) == set(MentorshipState.values)
    assert set(pairs.SIGNALS) == set(SignalState.values)
    assert set(pairs.CASE_STATES) == set(CaseState.values)
    assert set(pairs.END_KINDS) == set(EndKind.values)
    assert set(pairs.MEETING_STATES) == set(MeetingState.values)
    assert set(pairs.OUTCOMES) == set(OutcomeKind.values)
    assert set(paths.GOAL_STATES) == set(GoalState.values)
    assert set(paths.ACTIVITY_STATES) == set(ActivityState.values)
    assert set(paths.REQUEST_STATES) == set(RequestState.values)
    assert set(voices.INTENTIONS) == set(Intention.values)
    assert set(voices.EXPECTATIONS) == set(Expectation.values)
    assert set(voices.TOPIC_STATES) == set(TopicState.values)
    assert set(voices.CIRCLES) == set(Circle.values)
    assert set(OverrideKind.values) == {"pin", "forbid"}
