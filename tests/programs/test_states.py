from datetime import UTC, date, datetime
from itertools import product

import pytest

from alongside.foundation.errors import Conflict, NotAllowed, NotFound
from alongside.journal.models import Entry
from alongside.people.models import Person
from alongside.programs.actions import change_basics, change_dates, create_program, step_program
from alongside.programs.enums import STEPS, ProgramState, StaffRole
from alongside.programs.models import Program, Staff
from alongside.programs.queries import checklist, step_blocks
from alongside.programs.steps import step_name, what_happens
from alongside.programs.templates import program_template
from alongside.questionnaires.models import Question
from tests import factories as make
from tests.people import Cast

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def ada() -> Person:
    return make.person("Ada", is_administrator=True)


@pytest.fixture
def program(ada: Person) -> Program:
    """A draft with all that set-up asks for."""
    made = create_program(actor=ada, name="Spring", zone="UTC", template=program_template("career"))
    return change_dates(
        program=made, actor=ada, zone="UTC", enrolls_from=None, enrolls_until=date(2026, 3, 31), matches_on=None,
        starts_on=date(2026, 4, 1), ends_on=date(2026, 10, 1),
    )  # fmt: skip


def test_program_goes_through_its_life_and_back(program: Program, ada: Person) -> None:
    way = (
        "enrolling",
        "matching",
        "running",
        "closing",
        "closed",
        "archived",
        "closed",
        "running",
        "matching",
    )

    for to in (*way, "enrolling", "draft"):
        program = step_program(program=program, actor=ada, to=to, now=NOW)
        assert program.state == to
        assert program.archived_at == (NOW if to == "archived" else None)

    assert [entry.data["to"] for entry in Entry.objects.filter(verb="program.state_changed").order_by("id")] == [
        *way, "enrolling", "draft",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "to"),
    [
        (state, to)
        for state, to in product(ProgramState, ProgramState)
        if to != state and to not in STEPS[state]
    ],
)
def test_step_that_does_not_exist_is_refused(program: Program, ada: Person, state: str, to: str) -> None:
    Program.objects.filter(pk=program.pk).update(state=state)

    with pytest.raises(Conflict, match="does not lead from there"):
        step_program(program=program, actor=ada, to=to, now=NOW)


def test_same_step_twice_is_taken_once(program: Program, ada: Person) -> None:
    for _twice in range(2):
        step_program(program=program, actor=ada, to="enrolling", now=NOW)

    assert Entry.objects.filter(verb="program.state_changed").count() == 1


def test_empty_draft_says_all_that_is_left(ada: Person) -> None:
    empty = create_program(actor=ada, name="New", zone="UTC")

    assert [item.words for item in step_blocks(empty, "enrolling", today=TODAY)] == [
        "Say in a few lines what this program is.",
        "Set when the program starts and when it ends.",
        "Ask at least one question.",
        "Choose at least one question that matching looks at.",
    ]
    with pytest.raises(Conflict, match="Say in a few lines"):
        step_program(program=empty, actor=ada, to="enrolling", now=NOW)


def test_enrollment_that_is_over_does_not_open(program: Program) -> None:
    assert [item.words for item in step_blocks(program, "enrolling", today=date(2026, 4, 2))] == [
        "The last day to enroll is over. Move it first."
    ]


def test_today_is_the_day_in_the_programs_zone(program: Program, ada: Person) -> None:
    Program.objects.filter(pk=program.pk).update(zone="Pacific/Auckland")
    last_evening_utc = datetime(2026, 3, 31, 20, tzinfo=UTC)  # already 1 April in Auckland

    with pytest.raises(Conflict, match="The last day to enroll is over"):
        step_program(program=program, actor=ada, to="enrolling", now=last_evening_utc)


def test_matching_needs_weights_of_one_hundred_percent(program: Program, ada: Person) -> None:
    step_program(program=program, actor=ada, to="enrolling", now=NOW)
    Question.objects.filter(questionnaire=program.form, key="hours").update(match_weight=1)

    with pytest.raises(Conflict, match="together 100 %"):
        step_program(program=program, actor=ada, to="matching", now=NOW)


def test_checklist_turns_done_line_by_line(ada: Person) -> None:
    program = create_program(actor=ada, name="New", zone="UTC")
    open_before = [item.key for item in checklist(program, today=TODAY) if not item.done]

    program = change_basics(program=program, actor=ada, name="New", summary="Line", description="Text")
    program = change_dates(
        program=program, actor=ada, zone="UTC", enrolls_from=None, enrolls_until=None, matches_on=None,
        starts_on=TODAY, ends_on=date(2026, 9, 1),
    )  # fmt: skip

    assert open_before == ["basics", "dates", "form", "rules", "plan", "staff"]
    assert [item.key for item in checklist(program, today=TODAY) if not item.done] == [
        "form",
        "rules",
        "plan",
        "staff",
    ]


@pytest.mark.parametrize(("access", "words"), [("domain", "mail domains"), ("code", "code")])
def test_copied_access_without_its_means_is_left_to_do(program: Program, access: str, words: str) -> None:
    program.access = access

    (item,) = (item for item in checklist(program, today=TODAY) if item.key == "access")

    assert not item.done
    assert words in item.words


def test_every_step_has_a_name_and_says_what_happens() -> None:
    for state, steps in STEPS.items():
        for to in steps:
            assert step_name(state, to)
            assert what_happens(state, to)


def test_only_coordinators_step(cast_: Cast) -> None:
    assistant = make.person("Ash")
    Staff.objects.create(program=cast_.program, person=assistant, role=StaffRole.ASSISTANT)

    with pytest.raises(NotAllowed):
        step_program(program=cast_.program, actor=assistant, to="closed", now=NOW)
    for stranger in (cast_.gus, cast_.hal, cast_.chi):
        with pytest.raises(NotFound):
            step_program(program=cast_.program, actor=stranger, to="closed", now=NOW)
