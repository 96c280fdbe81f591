from datetime import timedelta
from typing import Any

import pytest

from alongside.enrollment.enums import Role
from alongside.enrollment.models import Invitation
from alongside.foundation.errors import NotFound
from alongside.insights.actions import figures_of
from alongside.insights.enums import SignalState
from alongside.insights.export import figure_sheet, report_sheet, results_sheet
from alongside.insights.models import Snapshot
from alongside.insights.queries import (
    Figures,
    MentorshipFilter,
    count_figures,
    mentorship_board,
    mentorship_facts,
    mentorship_lines,
    waiting_for_match,
)
from alongside.insights.survival import Course, still_meeting
from alongside.insights.tables import construct_rows, path_rows, waiting_rows, word_rows
from alongside.journal.actions import record
from alongside.meetings.models import Meeting
from alongside.mentorships.enums import EndKind
from alongside.mentorships.models import Closing
from alongside.programs.models import Program
from alongside.questionnaires.actions import create_questionnaire, save_answers
from alongside.questionnaires.spec import QuestionSpec
from alongside.surveys.models import Wave
from alongside.surveys.queries import wave_results
from tests import factories as make
from tests.factories import NOW
from tests.insights.crowd import crowd
from tests.surveys.setting import answers_of_many, core, pair, program_with_surveys

pytestmark = pytest.mark.django_db


def figures(program: Program) -> Figures:
    return count_figures(program, now=NOW)


def test_path_counts_people_step_by_step() -> None:
    program = program_with_surveys()
    pair(program)
    talked = pair(program, first_met_at=NOW)
    for _each in range(3):
        Meeting.objects.create(mentorship=talked, state="held", starts_at=NOW)
    well = pair(program, state="closed", first_met_at=NOW)
    early = pair(program, state="closed", first_met_at=NOW)
    Closing.objects.create(mentorship=well, by=None, kind=EndKind.WELL)
    Closing.objects.create(mentorship=early, by=early.members.all()[0].person, kind=EndKind.EARLY)
    make.participation(program, make.person(), Role.MENTEE, state="started")
    Invitation.objects.create(program=program, email="new@example.org", token_hash="1", expires_at=NOW)
    Invitation.objects.create(
        program=program, email="gone@example.org", token_hash="2", expires_at=NOW, state="revoked"
    )
    pair(program_with_surveys())

    found = figures(program)

    assert path_rows(found) == [
        ("Invited", 10), ("Joined", 8), ("Matched", 8), ("Talked", 6), ("Third talk", 2), ("Ended well", 2),
    ]  # fmt: skip
    assert (found.people, found.pairs, found.ended_early) == (8, 2, 1)


def test_waiting_is_counted_in_bars_with_the_oldest() -> None:
    program = program_with_surveys()
    for days in (1, 8, 9, 40):
        make.participation(program, make.person(), Role.MENTEE, approved_at=NOW - timedelta(days=days))
    make.participation(program, make.person(), Role.MENTOR, approved_at=NOW)
    pair(program)

    found = figures(program)

    assert waiting_rows(found) == [("0–6", 1), ("7–13", 2), ("14–27", 0), ("28 and more", 1)]
    assert (found.waiting, found.waiting_oldest, found.free_mentors) == (4, 40, 1)
    assert next(row.since for row in waiting_for_match(program)) == NOW - timedelta(days=40)


def test_who_had_a_pair_waits_since_it_ended() -> None:
    program = program_with_surveys()
    mentee = make.participation(program, make.person(), Role.MENTEE, approved_at=NOW - timedelta(days=230))
    mentor = make.participation(program, make.person(), Role.MENTOR, approved_at=NOW - timedelta(days=230))
    ended = make.mentorship(mentee, mentor, state="closed")
    ended.state_since = NOW - timedelta(days=9)
    ended.save()

    assert [row.since for row in waiting_for_match(program)] == [NOW - timedelta(days=9)]
    assert figures(program).waiting_oldest == 9


@pytest.mark.parametrize("state", ["closing", "closed", "archived"])
def test_nobody_waits_where_no_new_pairs_start(state: str) -> None:
    program = program_with_surveys()
    make.participation(program, make.person(), Role.MENTEE, approved_at=NOW - timedelta(days=8))
    program.state = state

    found = figures(program)

    assert (found.waiting, found.waiting_oldest, waiting_rows(found)[1]) == (0, 0, ("7–13", 0))


def test_topics_wanted_stand_against_topics_offered() -> None:
    program = program_with_surveys()
    options = [("visa", "Visas"), ("data", "Data"), ("lead", "Leading")]
    spec = QuestionSpec(
        kind="multiple", key="topics", label="Topics", options=options, match_rule="overlap",
        match_direction="wish_to_offer", match_weight=1,
    )  # fmt: skip
    program.form = create_questionnaire(title="Form", questions=[spec], actor_id=None)
    program.save()
    question = program.form.questions.get()
    for role, chosen in (
        ("mentee", ["visa", "data"]),
        ("mentee", ["visa"]),
        ("mentor", ["data"]),
        ("both", ["lead"]),
    ):
        row = make.participation(program, make.person(), role)
        save_answers(answer_set=row.answers, answers={question: chosen}, owner_id=None, now=NOW)

    assert figures(program).topics == [["Data", 1, 1], ["Leading", 1, 1], ["Visas", 2, 0]]


def test_what_pairs_do_is_not_counted_below_five_pairs() -> None:
    program = program_with_surveys()
    for _each in range(4):
        Meeting.objects.create(mentorship=pair(program), state="booked", starts_at=NOW)
    assert figures(program).meetings == {}

    pair(program)
    assert figures(program).meetings["booked"] == 4


@pytest.mark.parametrize(
    ("reasons", "shown", "hidden"),
    [
        (["time"] * 4, {}, 0),
        (["time"] * 5, {"time": 5}, 0),
        (["time"] * 9, {"time": 5}, 0),
        (["time"] * 8 + ["unsafe"] * 2, {}, 10),
        (["time"] * 9 + ["life_changed"] * 5 + ["unsafe"], {"time": 9}, 6),
    ],
)
def test_reasons_of_endings_are_shown_from_five_on_and_never_by_subtraction(
    reasons: list[str], shown: dict[str, int], hidden: int
) -> None:
    program = program_with_surveys()
    for reason in reasons:
        row = pair(program, state="closed")
        Closing.objects.create(mentorship=row, kind=EndKind.EARLY, reason=reason)

    found = figures(program)

    assert (found.endings, found.endings_hidden) == (shown, hidden)


def test_survey_of_the_dashboard_is_the_newest_wave() -> None:
    program = program_with_surveys()
    answers_of_many(program, [core(5, 4, 3, 4, 5, 0)] * 10)

    rows = construct_rows(figures(program))

    assert [row[0] for row in rows] == [
        "Quality of the relationship", "Connection", "Trust", "Listening", "Agreement", "Rhythm", "Usefulness",
    ]  # fmt: skip
    assert rows[1][1:] == (100.0, 100.0, 100.0, "10 answers")
    assert rows[-1][1:] == (None, None, None, "hidden because fewer than 5 answered")


def test_figures_survive_being_kept() -> None:
    program = program_with_surveys()
    answers_of_many(program, [core(5, 4, 3, 4, 5, 0)] * 10)
    found = figures(program)

    assert Figures.from_json(found.to_json()) == found


def test_figures_are_counted_anew_when_something_happened() -> None:
    program = program_with_surveys()
    first = figures_of(program=program, now=NOW)
    pair(program)
    kept = figures_of(program=program, now=NOW)
    record("participation.approved", actor_id=None, subject=program, program_id=program.pk, now=NOW)
    fresh = figures_of(program=program, now=NOW + timedelta(hours=1))  # however long counting took

    assert [found.pairs for found, _at in (first, kept, fresh)] == [0, 0, 1]


def test_figures_that_take_long_rest_a_while_and_then_are_counted_anew() -> None:
    program = program_with_surveys()
    figures_of(program=program, now=NOW)
    Snapshot.objects.update(took_ms=300)
    pair(program)
    record("participation.approved", actor_id=None, subject=program, program_id=program.pk, now=NOW)

    pairs = [
        figures_of(program=program, now=NOW + timedelta(seconds=after))[0].pairs for after in (10, 29, 31)
    ]

    assert pairs == [0, 0, 1]


def test_figures_of_ten_thousand_cost_a_fixed_number_of_queries(
    django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    program = program_with_surveys()
    crowd(program, 10_000, pairs=1_000)

    with django_assert_max_num_queries(28):
        found = figures(program)
    assert (found.people, found.pairs, found.waiting) == (10_000, 1_000, 4_000)
    assert dict(word_rows(found)) == {"Settled": 900, "Quiet": 100, "Would like a hand": 0}

    figures_of(program=program, now=NOW)
    with django_assert_num_queries(2):
        figures_of(program=program, now=NOW)


def test_board_of_many_costs_as_much_as_of_few(django_assert_num_queries: Any) -> None:
    program = program_with_surveys()
    crowd(program, 200, pairs=100)
    board = mentorship_board(program, MentorshipFilter())

    for count in (1, 50):
        with django_assert_num_queries(2):
            lines = mentorship_lines(board[:count])
        assert len(lines) == count
        assert " & " in lines[0].line.names


def test_board_finds_by_name_state_and_word() -> None:
    program = program_with_surveys()
    crowd(program, 20, pairs=10)
    closed = pair(program, state="closed")
    pair(program_with_surveys())

    def found(**look: str) -> int:
        return mentorship_board(program, MentorshipFilter(**look)).count()

    assert found() == 10
    assert found(state="closed") == 1
    assert found(word=SignalState.QUIET) == 1
    assert found(word=SignalState.SETTLED) == 9
    assert found(q="person 19") == 1
    assert found(q=closed.members.all()[0].person.name, state="closed") == 1


def test_facts_of_a_mentorship_are_months_and_a_signature() -> None:
    program = program_with_surveys()
    row = pair(program)
    for days in (0, 3, 40):
        Meeting.objects.create(mentorship=row, state="held", starts_at=NOW - timedelta(days=days))
    Meeting.objects.create(mentorship=row, state="booked", starts_at=NOW + timedelta(days=40))

    facts = mentorship_facts(row)

    assert [month.isoformat() for month in facts.months_talked] == ["2026-01-01", "2026-03-01"]
    assert not facts.is_signed


def test_curve_of_pairs_still_meeting() -> None:
    """Worked by hand: of 20, one ends in month 1, one in month 2 (19 watched then), nine are watched no longer after."""
    courses = [Course(10, True), Course(40, True), *[Course(55, False)] * 8, *[Course(400, False)] * 10]

    stairs = still_meeting(courses, months=3)

    assert [round(stair.share, 4) for stair in stairs] == [1.0, 0.95, 0.9, 0.9]
    assert all(0 <= stair.low <= stair.share <= stair.high <= 1 for stair in stairs)
    assert still_meeting(courses[:9]) == []


def test_files_hold_the_shown_numbers_only() -> None:
    program = program_with_surveys()
    answers_of_many(program, [{**core(5, 4, 3, 4, 5, 0), "OPEN1": "My own words"}] * 10)
    found = figures(program)

    assert figure_sheet("path", found).decode("utf-8-sig").splitlines()[:2] == ["Step,People", "Invited,20"]
    with pytest.raises(NotFound):
        figure_sheet("people", found)
    report = report_sheet(found).decode("utf-8-sig")
    assert "survey,Connection,100.0,100.0,100.0,10 answers" in report
    results = results_sheet(wave_results(Wave.objects.get(survey__key="how-is-it-going"))).decode("utf-8-sig")
    assert "CON1,Connection,I look forward to our talks.,mean,100,100,100,10" in results
    assert "USE1" not in results
    assert "My own words" not in report + results
