from datetime import date
from typing import Any

import pytest

from alongside.foundation.errors import Conflict, Invalid, NotAllowed, NotFound
from alongside.journal.models import Entry
from alongside.people.models import Person
from alongside.programs.actions import (
    change_access,
    change_basics,
    change_dates,
    change_match_type,
    change_rules,
    create_program,
)
from alongside.programs.enums import ProgramState, StaffRole
from alongside.programs.models import Program, Staff
from alongside.programs.queries import fingerprint, match_rules, match_type_of, matched_questions
from alongside.programs.templates import program_template
from tests import factories as make
from tests.people import Cast

pytestmark = pytest.mark.django_db

BASICS = {"name": "Spring", "summary": "One line", "description": "More"}
DATES: dict[str, Any] = {
    "zone": "Europe/Oslo",
    "enrolls_from": date(2026, 3, 1),
    "enrolls_until": date(2026, 3, 31),
    "matches_on": date(2026, 4, 7),
    "starts_on": date(2026, 4, 14),
    "ends_on": date(2026, 10, 14),
}
ACCESS: dict[str, Any] = {
    "access": "open",
    "domains": "",
    "code": "",
    "approval": "none",
    "places": None,
    "waitlist": True,
    "requests_allowed": False,
    "suggestions_allowed": True,
    "show_scores": False,
}
LABELS = {"mentee": "Learner", "mentees": "Learners", "mentor": "Guide", "mentors": "Guides"}
NUMBERS = {
    "capacity_default": 1,
    "capacity_limit": 2,
    "months": 9,
    "rhythm_days": 14,
    "meeting_minutes": 60,
    "trial_meetings": 2,
}


@pytest.fixture
def program(cast_: Cast) -> Program:
    return cast_.program


@pytest.fixture
def ada(cast_: Cast) -> Person:
    return cast_.ada


def test_basics_are_changed_and_recorded(program: Program, ada: Person) -> None:
    change_basics(program=program, actor=ada, name=" New   name ", summary=" Line ", description="Text")

    program.refresh_from_db()
    assert (program.name, program.summary, program.description) == ("New name", "Line", "Text")
    entry = Entry.objects.get(verb="program.changed")
    assert (entry.program_id, entry.data) == (
        program.pk,
        {"part": "basics", "fields": ["name", "summary", "description"]},
    )


def test_nothing_changed_is_not_recorded(program: Program, ada: Person) -> None:
    change_basics(program=program, actor=ada, name=program.name, summary="", description="")

    assert not Entry.objects.filter(verb="program.changed").exists()


def test_name_cannot_be_emptied(program: Program, ada: Person) -> None:
    with pytest.raises(Invalid) as refusal:
        change_basics(program=program, actor=ada, name=" ", summary="", description="")

    assert refusal.value.field == "name"


def test_second_of_two_coordinators_is_told(program: Program, ada: Person) -> None:
    seen = fingerprint(program, BASICS)
    change_basics(program=program, actor=ada, **BASICS, seen=seen)

    with pytest.raises(Conflict, match="Somebody else changed this page"):
        change_basics(program=program, actor=ada, **{**BASICS, "name": "Other"}, seen=seen)

    program.refresh_from_db()
    assert program.name == "Spring"


def test_two_coordinators_on_different_pages_do_not_meet(program: Program, ada: Person) -> None:
    seen = fingerprint(program, DATES)
    change_basics(program=program, actor=ada, **BASICS)

    assert change_dates(program=program, actor=ada, **DATES, seen=seen).ends_on == date(2026, 10, 14)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"zone": "Europe/Atlantis"}, "zone"),
        ({"enrolls_until": date(2026, 2, 1)}, "enrolls_until"),
        ({"matches_on": date(2026, 2, 1)}, "matches_on"),
        ({"starts_on": date(2026, 2, 1)}, "starts_on"),
        ({"ends_on": date(2026, 4, 13)}, "ends_on"),
    ],
)
def test_dates_out_of_order_are_refused(
    program: Program, ada: Person, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        change_dates(program=program, actor=ada, **{**DATES, **change})

    assert refusal.value.field == field


def test_dates_may_stay_open_and_move(program: Program, ada: Person) -> None:
    nothing = dict.fromkeys(DATES, None) | {"zone": "UTC"}

    assert change_dates(program=program, actor=ada, **nothing).starts_on is None
    assert change_dates(program=program, actor=ada, **DATES).starts_on == date(2026, 4, 14)


def test_domains_are_read_as_people_write_them(program: Program, ada: Person) -> None:
    change = {"access": "domain", "domains": " @Example.org, uni.example,example.org ,"}

    assert (
        change_access(program=program, actor=ada, **{**ACCESS, **change}).access_domains
        == "example.org, uni.example"
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"access": "everyone"}, "access"),
        ({"access": "domain", "domains": " , "}, "domains"),
        ({"access": "domain", "domains": "example"}, "domains"),
        ({"access": "code", "code": ""}, "code"),
        ({"access": "code", "code": "abc"}, "code"),
        ({"approval": "vote"}, "approval"),
        ({"places": 0}, "places"),
    ],
)
def test_access_that_lets_nobody_in_is_refused(
    program: Program, ada: Person, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        change_access(program=program, actor=ada, **{**ACCESS, **change})

    assert refusal.value.field == field


def test_access_places_and_switches_are_kept(program: Program, ada: Person) -> None:
    change = {
        "access": "code",
        "code": " open-sesame ",
        "places": 12,
        "waitlist": False,
        "requests_allowed": True,
    }

    kept = change_access(program=program, actor=ada, **{**ACCESS, **change})

    assert (kept.access_code, kept.places, kept.waitlist, kept.requests_allowed) == (
        "open-sesame",
        12,
        False,
        True,
    )


def test_match_type_is_changed(program: Program, ada: Person) -> None:
    changed = change_match_type(program=program, actor=ada, kind="reverse", labels=LABELS, numbers=NUMBERS)

    assert (changed.label_for("mentor"), changed.label_for("mentee", many=True)) == ("Guide", "Learners")
    assert (changed.kind, changed.months, changed.capacity_limit) == ("reverse", 9, 2)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "circle"}, "kind"),
        ({"labels": {**LABELS, "mentor": " "}}, "mentor_label"),
        ({"numbers": {**NUMBERS, "months": 0}}, "months"),
        ({"numbers": {**NUMBERS, "meeting_minutes": 500}}, "meeting_minutes"),
        ({"numbers": {**NUMBERS, "capacity_default": 3}}, "capacity_default"),
    ],
)
def test_match_type_out_of_bounds_is_refused(
    program: Program, ada: Person, change: dict[str, Any], field: str
) -> None:
    given = {"kind": "one_to_one", "labels": LABELS, "numbers": NUMBERS} | change

    with pytest.raises(Invalid) as refusal:
        change_match_type(program=program, actor=ada, **given)

    assert refusal.value.field == field


def test_rules_and_weights_change_together(ada: Person) -> None:
    program = create_program(actor=ada, name="P", zone="UTC", template=program_template("buddy"))
    keys = [question.key for question in matched_questions(program)]

    weights = change_rules(
        program=program,
        actor=ada,
        rules={"balance": 5_000, "not_again": False},
        weights=dict.fromkeys(keys, 10),
    )

    rules = match_rules(match_type_of(program))
    assert (rules.balance, rules.not_again, rules.half_hours_at_least) == (5_000, False, 4)
    assert sum(weights.values()) == 100_000
    assert set(weights) == set(keys)


def test_rule_out_of_bounds_is_refused_and_no_weight_moves(ada: Person) -> None:
    program = create_program(actor=ada, name="P", zone="UTC", template=program_template("buddy"))
    before = [question.match_weight for question in matched_questions(program)]

    with pytest.raises(Invalid) as refusal:
        change_rules(program=program, actor=ada, rules={"fairness_factor": 0}, weights={"hours": 1})

    assert refusal.value.field == "fairness_factor"
    assert [question.match_weight for question in matched_questions(program)] == before


def test_archived_program_stays_as_it_is(program: Program, ada: Person) -> None:
    Program.objects.filter(pk=program.pk).update(state=ProgramState.ARCHIVED)

    with pytest.raises(Conflict, match="in the archive"):
        change_basics(program=program, actor=ada, **BASICS)


def test_only_coordinators_change(cast_: Cast) -> None:
    assistant = make.person("Ash")
    Staff.objects.create(program=cast_.program, person=assistant, role=StaffRole.ASSISTANT)

    with pytest.raises(NotAllowed):
        change_basics(program=cast_.program, actor=assistant, **BASICS)
    for stranger in (cast_.gus, cast_.hal, cast_.chi, cast_.dov):
        with pytest.raises(NotFound):
            change_basics(program=cast_.program, actor=stranger, **BASICS)
