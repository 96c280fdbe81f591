"""The enrollment form: saved step by step, kept with whom it belongs, and who reads what of it."""

import pytest

from alongside.enrollment.actions import StepInput, save_step
from alongside.enrollment.enums import EnrollmentStep
from alongside.enrollment.models import NotWith, Participation
from alongside.enrollment.queries import (
    answers_for_matching,
    answers_for_team,
    enrolled,
    kept_apart,
    own_form_answers,
    own_not_with,
    people_sheet,
    who_sees_what,
    with_answers,
)
from alongside.foundation.errors import Conflict, Invalid, NotFound
from alongside.questionnaires.actions import add_question
from alongside.questionnaires.enums import MatchRule, QuestionKind, Visibility
from alongside.questionnaires.models import Question
from alongside.questionnaires.spec import QuestionSpec
from tests import factories as make
from tests.people import Cast

pytestmark = pytest.mark.django_db


def ask(cast: Cast, label: str, kind: str = QuestionKind.SHORT_TEXT, **fields: object) -> Question:
    spec = QuestionSpec(kind=kind, label=label, **fields)
    return add_question(questionnaire=cast.program.form, spec=spec, actor_id=None)


def chi_of(cast: Cast) -> Participation:
    return enrolled(cast.program).get(person=cast.chi)


def save(cast: Cast, step: EnrollmentStep, **given: object) -> Participation:
    return save_step(
        participation=chi_of(cast), step=step, given=StepInput(**given), actor=cast.chi, now=make.NOW
    )


def test_step_about_you_stays_with_the_person(cast_: Cast) -> None:
    row = save(
        cast_,
        EnrollmentStep.ABOUT_YOU,
        profile=dict(name="Chi Rao", pronouns="she", about="Bees.", languages=("en", "hi"), unit="Rivers"),
    )

    cast_.chi.refresh_from_db()
    assert (
        cast_.chi.name.strip(),
        cast_.chi.pronouns,
        cast_.chi.about,
        cast_.chi.languages,
        cast_.chi.unit,
    ) == (*("Chi Rao", "she", "Bees.", ["en", "hi"], "Rivers"),)
    assert (row.steps_done, row.step) == (["about_you"], EnrollmentStep.WHEN)


def test_step_when_confirms_the_zone(cast_: Cast) -> None:
    save(
        cast_,
        EnrollmentStep.WHEN,
        reach=dict(
            zone="Asia/Calcutta",
            hours="mon-fri 9-17",
            possible_hours="sat 10-12",
            channels=[{"channel": "voice"}],
        ),
        hours_per_month=3,
    )

    preferences = cast_.chi.preferences
    preferences.refresh_from_db()
    assert (preferences.zone, preferences.hours, preferences.possible_hours) == (
        *("Asia/Kolkata", "Mon-Fri 09:00-17:00", "Sat 10:00-12:00"),
    )
    assert (preferences.channels, preferences.zone_confirmed_at) == ([{"channel": "voice"}], make.NOW)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reach": dict(zone="Mars/Base", hours="Mon 9-10")}, "zone"),
        ({"reach": dict(zone="Asia/Kolkata", hours="whenever")}, "hours"),
        ({"profile": dict(name=" ")}, "name"),
        ({"hours_per_month": 0}, "hours_per_month"),
        ({"not_with": ["somebody"]}, "not_with"),
    ],
)
def test_step_that_cannot_be_kept_names_the_field_and_keeps_nothing(
    cast_: Cast, given: dict[str, object], field: str
) -> None:
    question = ask(cast_, "Color")

    with pytest.raises(Invalid) as refusal:
        save(cast_, EnrollmentStep.TOPICS, answers={question: "teal"}, **given)

    assert refusal.value.field == field
    assert chi_of(cast_).steps_done == []
    assert with_answers([chi_of(cast_)])[chi_of(cast_).pk] == {}


def test_step_of_somebody_else_is_not_found(cast_: Cast) -> None:
    with pytest.raises(NotFound):
        save_step(
            participation=chi_of(cast_),
            step=EnrollmentStep.WHEN,
            given=StepInput(),
            actor=cast_.ben,
            now=make.NOW,
        )


def test_step_of_somebody_who_left_is_refused(cast_: Cast) -> None:
    Participation.objects.filter(person=cast_.chi).update(state="withdrawn")
    row = Participation.objects.get(person=cast_.chi)

    with pytest.raises(Conflict):
        save_step(
            participation=row, step=EnrollmentStep.WHEN, given=StepInput(), actor=cast_.chi, now=make.NOW
        )


def test_importance_is_kept_for_criteria_of_the_form_only(cast_: Cast) -> None:
    options = (("a", "A"), ("b", "B"))
    ask(
        cast_,
        "Topic",
        QuestionKind.SINGLE,
        key="topic",
        options=options,
        match_rule=MatchRule.SAME,
        match_weight=9,
    )
    ask(cast_, "Site", QuestionKind.SINGLE, key="site", options=options, match_rule=MatchRule.MUST_SAME)

    row = save(cast_, EnrollmentStep.TOPICS, importance={"topic": 3, "site": 3, "shoe": 1})

    assert row.importance == {"topic": 3}
    with pytest.raises(Invalid):
        save(cast_, EnrollmentStep.TOPICS, importance={"topic": 4})


def test_answer_lives_where_the_question_says(cast_: Cast) -> None:
    ask(
        cast_,
        "Your week",
        QuestionKind.HOURS,
        key="hours",
        fills="preferences.hours",
        match_rule=MatchRule.SHARED_HOURS,
    )
    ask(cast_, "Your languages", QuestionKind.LANGUAGES, key="languages", fills="person.languages")

    row = chi_of(cast_)

    assert with_answers([row]) == {row.pk: {"hours": {"good": "Mon-Fri 08:00-18:00"}}}
    assert answers_for_matching([row]) == {row.pk: {"hours": {"good": "Mon-Fri 08:00-18:00"}}}
    assert own_form_answers(row) == {"hours": {"good": "Mon-Fri 08:00-18:00"}, "languages": None}


def test_hours_that_live_elsewhere_are_readable_for_the_team(cast_: Cast) -> None:
    ask(
        cast_,
        "Your week",
        QuestionKind.HOURS,
        key="hours",
        fills="preferences.hours",
        visibility=Visibility.PROGRAM,
    )

    [given] = answers_for_team(chi_of(cast_))

    assert (given.label, given.lines) == ("Your week", ["Mon–Fri 08:00–18:00"])


def test_answers_for_matching_leave_out_what_does_not_count_for_the_person(cast_: Cast) -> None:
    options = (("a", "A"), ("b", "B"))
    topic = ask(
        cast_, "Topic", QuestionKind.SINGLE, options=options, match_rule=MatchRule.SAME, match_weight=9
    )
    secret = ask(cast_, "Secret", visibility=Visibility.ME)

    row = save(cast_, EnrollmentStep.TOPICS, answers={topic: "a", secret: "shh"}, importance={topic.key: 1})
    assert answers_for_matching([chi_of(cast_)]) == {row.pk: {"topic": "a"}}
    save(cast_, EnrollmentStep.TOPICS, importance={topic.key: 0})

    assert answers_for_matching([chi_of(cast_)]) == {row.pk: {}}
    assert own_form_answers(chi_of(cast_)) == {"topic": "a", "secret": "shh"}


def test_not_with_is_for_its_owner_and_for_matching_alone(cast_: Cast) -> None:
    row = save(cast_, EnrollmentStep.TOPICS, not_with=[cast_.ben.email.upper(), "not.yet@example.org"])
    ben = enrolled(cast_.program).get(person=cast_.ben)

    assert own_not_with(row) == [
        cast_.ben.email.upper().replace("EXAMPLE.ORG", "example.org"),
        "not.yet@example.org",
    ]
    assert kept_apart(enrolled(cast_.program)) == {(min(row.pk, ben.pk), max(row.pk, ben.pk))}
    sheet = people_sheet(cast_.program, list(enrolled(cast_.program))).decode()
    assert "not.yet" not in sheet
    assert b"not.yet" not in b"".join(bytes(kept.sealed) for kept in NotWith.objects.all())


def test_not_with_holds_for_people_who_join_later(cast_: Cast) -> None:
    row = save(cast_, EnrollmentStep.TOPICS, not_with=["late@example.org"])
    assert kept_apart(enrolled(cast_.program)) == set()

    later = make.participation(cast_.program, make.person("Lea", email="Late@example.org"), "mentor")

    assert kept_apart(enrolled(cast_.program)) == {(row.pk, later.pk)}


def test_people_sheet_leaves_out_what_staff_may_not_see(cast_: Cast) -> None:
    shown = ask(cast_, "Shown to the team", visibility=Visibility.TEAM)
    counted = ask(cast_, "Counted in groups", visibility=Visibility.GROUP)
    private = ask(cast_, "Only mine", visibility=Visibility.ME)
    save(
        cast_,
        EnrollmentStep.TOPICS,
        answers={shown: "seen by team", counted: "counted words", private: "my words"},
    )

    sheet = people_sheet(cast_.program, list(enrolled(cast_.program))).decode()

    assert "seen by team" in sheet
    assert [
        words for words in ("counted words", "my words", "Counted in groups", "Only mine") if words in sheet
    ] == []


def test_who_sees_what_names_each_question_once(cast_: Cast) -> None:
    ask(cast_, "Mine", visibility=Visibility.ME)
    ask(cast_, "Ours", visibility=Visibility.PARTNER, label_for_mentor="Ours, mentor")

    table = who_sees_what(chi_of(cast_))

    assert [(line.words, line.partner, line.team, line.everyone) for line in table] == [
        ("Mine", False, False, False),
        ("Ours", True, True, False),
    ]
