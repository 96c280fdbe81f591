"""Nobody is matched with somebody above them: in a run, by hand, by asking, and in the moment of saying yes."""

import pytest

from alongside.enrollment.enums import Role
from alongside.enrollment.models import Participation
from alongside.foundation.errors import Conflict, Invalid, NotAllowed, NotFound
from alongside.matching.actions import accept_request, send_request
from alongside.matching.lines import Lines
from alongside.matching.problem import LINE
from alongside.matching.queries.limits import refusal_words
from alongside.matching.queries.pairs import pair_facts
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person
from alongside.programs.models import MatchType, Program
from alongside.programs.rules import ANY_LEVEL, MatchRules
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db
REFUSED = (Conflict, Invalid, NotAllowed, NotFound)


@pytest.fixture
def program() -> Program:
    return make.program(requests_allowed=True)


def rule(program: Program, levels: int) -> None:
    rules = MatchRules(reporting_levels=levels)
    MatchType.objects.filter(program=program).update(rules=rules.to_json())


def employee(name: str, reports_to: Person | None = None) -> Person:
    return make.person(name, manager_email=reports_to.email.lower() if reports_to else "")


def two(program: Program, *, between: int) -> tuple[Participation, Participation]:
    """A mentee and the mentor above them, with so many people between who do not take part."""
    head = above = employee("Head")
    for number in range(between):
        above = employee(f"Between{number}", above)
    mentor = make.participation(program, head, Role.MENTOR, capacity=2)
    return make.participation(program, employee("Report", above), Role.MENTEE), mentor


@pytest.mark.parametrize(
    ("levels", "between", "forbidden"),
    [
        (0, 0, False),
        (1, 0, True),
        (1, 1, False),
        (2, 1, True),
        (2, 2, False),
        (3, 2, True),
        (ANY_LEVEL, 7, True),
    ],
)
def test_line_is_followed_so_many_levels_up_and_over_people_elsewhere(
    program: Program, levels: int, between: int, forbidden: bool
) -> None:
    mentee, mentor = two(program, between=between)
    rule(program, levels)

    found = pair_facts(mentee, mentor, now=NOW)

    assert found.forbidden_by == ((LINE,) if forbidden else ())
    if forbidden:
        assert "one reporting line" in refusal_words(found.forbidden_by, found.questions)


def test_line_holds_the_other_way_around_as_well(program: Program) -> None:
    boss = make.participation(program, employee("Boss"), Role.MENTEE)
    junior = make.participation(program, employee("Junior", boss.person), Role.MENTOR, capacity=2)
    rule(program, 1)

    assert not pair_facts(boss, junior, now=NOW).allowed


def test_circle_of_managers_ends(program: Program) -> None:
    mentee, mentor = two(program, between=1)
    Person.objects.filter(pk=mentor.person_id).update(manager_email=mentee.person.email.lower())
    rule(program, ANY_LEVEL)
    mentor.refresh_from_db()

    assert not pair_facts(mentee, mentor, now=NOW).allowed


def test_no_address_gets_into_what_is_kept(program: Program) -> None:
    mentee, mentor = two(program, between=2)

    lines = Lines([mentee, mentor], levels=ANY_LEVEL)

    told = f"{lines.above} {lines.manager_of(mentee)} {lines.manager_of(mentor)}"
    assert "@" not in told
    assert len(lines.above) == 2


def test_mentor_cannot_say_yes_once_they_are_the_manager(program: Program) -> None:
    rule(program, 1)
    mentee = make.participation(program, employee("Chi"), Role.MENTEE)
    mentor = make.participation(program, employee("Ben"), Role.MENTOR, capacity=2)
    request = send_request(mentee=mentee, mentor=mentor, message="Hello", actor=mentee.person, now=NOW)
    Person.objects.filter(pk=mentee.person_id).update(manager_email=mentor.person.email.lower())

    with pytest.raises(REFUSED):
        accept_request(request=request, actor=mentor.person, now=NOW)

    assert not Mentorship.objects.exists()


def test_manager_cannot_be_asked(program: Program) -> None:
    rule(program, 1)
    mentee, mentor = two(program, between=0)

    with pytest.raises(REFUSED):
        send_request(mentee=mentee, mentor=mentor, message="Hello", actor=mentee.person, now=NOW)
