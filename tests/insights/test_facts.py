"""What the health signals may know: REQ-A5. A file that learns more than this list fails here."""

import ast
from datetime import date, timedelta
from pathlib import Path

import pytest

import alongside.engine.health
import alongside.insights.facts
from alongside.engine.health import AskedForHand, Hand, Seen, SharedAnswer
from alongside.insights.enums import CaseKind, CaseState
from alongside.insights.facts import facts_of
from alongside.insights.models import Case, Signal
from alongside.meetings.models import Meeting
from alongside.mentorships.models import Mentorship, Pause
from alongside.people.models import Season
from tests.factories import NOW
from tests.surveys.setting import answer, asked, core, member, pair, program_with_surveys

ALLOWED = {
    "alongside.engine.health": {"AskedForHand", "Facts", "Hand", "Seen", "SharedAnswer"},
    "alongside.engine.timing.hours": {"PersonHours"},
    "alongside.engine.timing.reachable": {"is_reachable"},
    "alongside.engine.timing.zones": {"wall_at"},
    "alongside.insights.enums": {"ASKED_FOR", "OPEN_CASES", "CaseKind", "CaseState"},
    "alongside.insights.models": {"Case", "Signal"},
    "alongside.meetings.enums": {"MeetingState"},
    "alongside.meetings.models": {"Meeting"},
    "alongside.mentorships.models": {"Member", "Mentorship", "Pause"},
    "alongside.people.queries": {"hours_of_people", "known_zone"},
    "alongside.surveys.models": {"Shared"},
    "collections": {"defaultdict"},
    "collections.abc": {"Iterable", "Sequence"},
    "dataclasses": {"dataclass"},
    "datetime": {"date", "datetime", "timedelta"},
}
# Fields and relations of rows that tell what was said, how much, who was here, or how goals go.
FORBIDDEN = {
    "body_sealed", "text_sealed", "title_sealed", "note_sealed", "notes", "agenda", "outcomes", "topics", "messages",
    "goals", "activities", "last_login", "usersession", "reads", "until_at", "sent_at", "wish", "words_sealed",
    "notices", "answers", "responses", "pseudonym",
}  # fmt: skip


def source(module: object) -> ast.Module:
    return ast.parse(Path(str(module.__file__)).read_text())  # type: ignore[attr-defined]


def imports(tree: ast.Module) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        assert not isinstance(node, ast.Import), "whole modules hide what is used of them"
        if isinstance(node, ast.ImportFrom):
            found.setdefault(str(node.module), set()).update(name.name for name in node.names)
    return found


def test_facts_are_made_of_the_allowed_inputs_only() -> None:
    assert imports(source(alongside.insights.facts)) == ALLOWED


def test_facts_name_no_field_that_tells_of_words_or_presence() -> None:
    tree = source(alongside.insights.facts)
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    strings = {
        part
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for part in node.value.split("__")
    }

    assert (attributes | strings) & FORBIDDEN == set()


def test_engine_of_health_imports_nothing_it_could_learn_from() -> None:
    folder = Path(str(alongside.engine.health.__file__)).parent
    modules = {
        str(node.module)
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom)
    }

    assert modules <= {
        "__future__",
        "collections.abc",
        "dataclasses",
        "datetime",
        "enum",
        "itertools",
        "typing",
        "facts",
        "score",
    }


pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def facts(row: Mentorship) -> object:
    found = Mentorship.objects.select_related("program").get(pk=row.pk)
    return facts_of([found], now=NOW)[row.pk][0]


def known(row: Mentorship, *names: str) -> list[object]:
    return [getattr(facts(row), name) for name in names]


def test_days_of_contact_and_talks_become_facts() -> None:
    row = pair(
        program_with_surveys(),
        started_on=TODAY - timedelta(days=30),
        last_contact_on=TODAY - timedelta(days=9),
        first_met_at=NOW - timedelta(days=20),
        rhythm_days=14,
    )
    Meeting.objects.create(mentorship=row, state="booked", starts_at=NOW + timedelta(days=9))
    Meeting.objects.create(mentorship=row, state="booked", starts_at=NOW + timedelta(days=2), moved_times=2)
    Meeting.objects.create(mentorship=row, state="proposed", starts_at=NOW + timedelta(days=1))
    Meeting.objects.create(mentorship=row, state="held", starts_at=NOW - timedelta(days=20))

    assert known(row, "cadence", "last_contact_on", "first_talk_on", "next_meeting_on", "moved_in_a_row") == [
        14,
        TODAY - timedelta(days=9),
        TODAY - timedelta(days=20),
        TODAY + timedelta(days=2),
        2,
    ]


def test_rests_and_seasons_of_either_stop_the_clock_and_count_once() -> None:
    row = pair(program_with_surveys(), started_on=TODAY - timedelta(days=30))
    mentee, mentor = member(row, "mentee"), member(row, "mentor")
    Season.objects.create(
        person=mentee, kind="away", from_on=TODAY - timedelta(days=20), until_on=TODAY - timedelta(days=11)
    )
    Season.objects.create(
        person=mentor, kind="lighter", from_on=TODAY - timedelta(days=15), until_on=TODAY - timedelta(days=9)
    )
    Pause.objects.create(
        mentorship=row,
        by=mentee,
        from_at=NOW - timedelta(days=5),
        ended_at=NOW - timedelta(days=3),
        state_before="running",
    )

    assert known(row, "paused_days", "start_paused_days") == [14, 14]


def test_offers_count_the_days_both_could_be_reached() -> None:
    row = pair(program_with_surveys(), started_on=date(2026, 1, 5))
    Signal.objects.create(
        mentorship=row, offered_at=NOW - timedelta(days=9), fine_at=NOW - timedelta(days=40), computed_at=NOW
    )

    # From Monday 23 February to Wednesday 4 March: seven working days.
    assert known(row, "offer", "fine_on") == [
        Seen(on=date(2026, 2, 23), reachable_days=7),
        TODAY - timedelta(days=40),
    ]


def test_open_requests_count_and_settled_ones_do_not() -> None:
    row = pair(program_with_surveys())
    mentee, mentor = member(row, "mentee"), member(row, "mentor")
    Case.objects.create(program=row.program, mentorship=row, person=mentee, kind=CaseKind.TIP)
    Case.objects.create(
        program=row.program, mentorship=row, person=mentor, kind=CaseKind.CONTACT, state=CaseState.RESOLVED
    )
    Case.objects.create(program=row.program, mentorship=row, kind=CaseKind.OFFERED)
    Case.objects.create(program=row.program, mentorship=row, person=mentor, kind=CaseKind.SAFETY)

    assert known(row, "asked") == [(AskedForHand(person=str(mentee.pk), hand=Hand.TIP),)]


def test_only_what_was_shared_is_known_and_only_the_latest_until_it_was_helped() -> None:
    row = pair(program_with_surveys())
    mentee = member(row, "mentee")
    answer(asked(row), {**core(1, 1, 1, 1, 1, 1), "AUD1": "team"}, at=NOW - timedelta(days=9))
    answer(asked(row, "mentor"), core(1, 1, 1, 1, 1, 1))
    answer(asked(row, key="half-way"), {"CON1": "2"})

    shared = {entry.item: entry.value for entry in known(row, "shared")[0]}  # type: ignore[attr-defined]
    assert shared == dict.fromkeys(("CON1", "SAF1", "LIS1", "AGR1", "RHY1", "USE1"), 1)
    assert SharedAnswer(person=str(mentee.pk), item="CON1", value=1) in known(row, "shared")[0]  # type: ignore[operator]

    Case.objects.create(
        program=row.program,
        mentorship=row,
        person=mentee,
        kind=CaseKind.TIP,
        state=CaseState.RESOLVED,
        settled_at=NOW,
    )
    assert known(row, "shared") == [()]


def test_facts_of_many_cost_as_many_queries_as_of_one(django_assert_num_queries: object) -> None:
    program = program_with_surveys()
    keys = [pair(program).pk for _each in range(3)]
    rows = list(Mentorship.objects.filter(pk__in=keys).select_related("program"))

    for wanted in (rows[:1], rows):
        with django_assert_num_queries(9):  # type: ignore[operator]
            facts_of(wanted, now=NOW)
