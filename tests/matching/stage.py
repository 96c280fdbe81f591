"""A program with questions and people, as the tests of this room need it."""

from collections.abc import Mapping
from typing import Any

from alongside.enrollment.actions.filling import _keep_apart
from alongside.enrollment.enums import Role
from alongside.enrollment.models import Participation
from alongside.people.models import Person
from alongside.programs.models import MatchType, Program
from alongside.programs.rules import MatchRules
from alongside.questionnaires.enums import MatchDirection, MatchRule, QuestionKind, Visibility
from alongside.questionnaires.models import Answer, Question
from alongside.questionnaires.points import match_settings
from tests import factories as make

TOPICS = ("leading", "speaking_up", "network", "balance")
VALUES = ("calm", "humor", "craft")


def program(
    *, coordinator: Person | None = None, rules: Mapping[str, Any] | None = None, **fields: Any
) -> Program:
    """Topics 60, values 15, hours 20, unit 5 percent; visible to the program, the partner, the partner, the program."""
    row = make.program(coordinator=coordinator, **fields)
    kept = MatchRules(lottery_key="lot", **(rules or {})).to_json()
    MatchType.objects.filter(program=row).update(rules=kept, capacity_limit=5)
    question(row, "topics", QuestionKind.MULTIPLE, MatchRule.OVERLAP, 60_000, options=TOPICS)
    question(
        row,
        "values",
        QuestionKind.MULTIPLE,
        MatchRule.OVERLAP,
        15_000,
        options=VALUES,
        direction=MatchDirection.MUTUAL,
        visibility=Visibility.PARTNER,
    )
    question(
        row, "hours", QuestionKind.HOURS, MatchRule.SHARED_HOURS, 20_000, fills="preferences.hours",
        visibility=Visibility.PARTNER,
    )  # fmt: skip
    question(row, "unit", QuestionKind.SHORT_TEXT, MatchRule.DIFFERENT, 5_000, fills="person.unit")
    return row


def question(
    row: Program,
    key: str,
    kind: str,
    rule: str,
    weight: int = 0,
    *,
    options: tuple[str, ...] = (),
    direction: str = "",
    visibility: str = Visibility.PROGRAM,
    fills: str = "",
    settings: Mapping[str, Any] | None = None,
) -> Question:
    return Question.objects.create(
        questionnaire=row.form,
        key=key,
        kind=kind,
        label=f"About {key}?",
        options=[{"id": option, "label": option.replace("_", " ").capitalize()} for option in options],
        match_rule=rule,
        match_weight=weight,
        match_settings=match_settings(rule, direction=direction, weight=weight),
        visibility=visibility,
        fills=fills,
        settings=dict(settings or {}),
        position=row.form.questions.count(),
    )


def mentee(row: Program, name: str, topics: tuple[str, ...] = ("leading",), **fields: Any) -> Participation:
    return somebody(row, name, Role.MENTEE, topics, **fields)


def mentor(row: Program, name: str, topics: tuple[str, ...] = ("leading",), **fields: Any) -> Participation:
    return somebody(row, name, Role.MENTOR, topics, **fields)


def somebody(
    row: Program,
    name: str,
    role: str,
    topics: tuple[str, ...],
    *,
    values: tuple[str, ...] = (),
    zone: str = "UTC",
    hours: str = "Mon-Fri 08:00-18:00",
    person: Person | None = None,
    unit: str = "",
    **fields: Any,
) -> Participation:
    who = person or make.person(name, zone=zone, hours=hours, unit=unit)
    participation = make.participation(row, who, role, **fields)
    answer(participation, "topics", list(topics))
    answer(participation, "values", list(values))
    return participation


def answer(participation: Participation, key: str, value: Any) -> None:
    asked = Question.objects.get(questionnaire=participation.program.form, key=key)
    if value:
        Answer.objects.create(answer_set=participation.answers, question=asked, value=value)


def keep_apart(participation: Participation, *others: Participation) -> None:
    """The private wish of one not to be matched with the others."""
    _keep_apart(participation, [other.person.email for other in others], participation.person)
