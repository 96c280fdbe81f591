"""What a board says: who waits and why, what a pair by hand costs, two boards side by side."""

import pytest

from alongside.engine.matching import Why
from alongside.enrollment.models import Participation
from alongside.foundation.errors import Conflict
from alongside.matching import actions
from alongside.matching.enums import ProposalState
from alongside.matching.models import Override, Proposal, Run
from alongside.matching.queries.board import (
    Look,
    board_figures,
    board_pairs,
    mentors_on_board,
    sheet_rows,
    shown_pairs,
    shown_waiting,
    waiting_mentees,
)
from alongside.matching.queries.candidates import candidates_for
from alongside.matching.queries.comparing import compare_runs
from alongside.matching.queries.pairs import questions_by_key
from alongside.matching.queries.readiness import hours_histogram, readiness, relaxed_limits, supply
from alongside.matching.queries.whatif import cost_of_taking_out, what_if
from alongside.matching.reasons import Audience
from alongside.people.models import Person
from alongside.programs.models import Program
from alongside.questionnaires.enums import Visibility
from alongside.questionnaires.models import Question
from tests.factories import NOW
from tests.matching import stage


@pytest.fixture
def people(program: Program) -> dict[str, Participation]:
    """Ben is best for Chi and Ana, Eva second best for Ana; Ivo waits."""
    return {
        "Chi": stage.mentee(program, "Chi", ("leading",)),
        "Ana": stage.mentee(program, "Ana", ("leading", "network")),
        "Ivo": stage.mentee(program, "Ivo", ("balance",)),
        "Ben": stage.mentor(program, "Ben", ("leading", "network")),
        "Eva": stage.mentor(program, "Eva", ("network",)),
    }


@pytest.fixture
def run(program: Program, people: dict[str, Participation], ada: Person) -> Run:
    return actions.start_run(program=program, actor=ada, now=NOW)


def names(run: Run) -> set[tuple[str, str]]:
    rows = board_pairs(run, Look())
    return {(row.mentee.person.name, row.mentor.person.name) for row in rows}


def test_board_says_why_in_words_and_question_by_question(run: Run, program: Program) -> None:
    rows = list(board_pairs(run, Look(words="ana")))

    [pair] = shown_pairs(run, rows, questions_by_key(program))

    assert pair.why.reasons == ("Wanted and offered: Network",)
    assert pair.why.hours == 50
    assert [(bar.label, bar.share, bar.words) for bar in pair.why.bars] == [
        ("About topics?", 50, "1 of 2"),
        ("About hours?", 100, "50 hours a week"),
        ("About values?", 0, "not answered"),
        ("About unit?", 0, "not answered"),
    ]
    assert sum(fact["points"] for fact in pair.proposal.reasons) == pair.proposal.points


def test_answers_counted_in_groups_only_show_in_no_bar_of_their_own(
    program: Program, people: dict[str, Participation], ada: Person
) -> None:
    Question.objects.filter(key="topics").update(visibility=Visibility.GROUP)
    run = actions.start_run(program=program, actor=ada, now=NOW)

    pairs = shown_pairs(run, list(board_pairs(run, Look())), questions_by_key(program))

    told = str([pair.why for pair in pairs]) + str(list(sheet_rows(run, questions_by_key(program))))
    assert "Leading" not in told
    assert "Other answers" in told


def test_who_waits_is_told_why(run: Run, program: Program) -> None:
    [waiting] = shown_waiting(waiting_mentees(run), questions_by_key(program))

    assert waiting.entry.mentee.person.name == "Ivo"
    assert waiting.entry.why == Why.ALL_FULL.value
    assert waiting.words == "2 people could be their mentor, but all their places do more good with others."


def test_limit_that_binds_is_named(program: Program, people: dict[str, Participation], ada: Person) -> None:
    stage.question(program, "site", "short_text", "must_same")
    for name, site in {"Chi": "Oslo", "Ben": "Oslo", "Ana": "Rome", "Eva": "Oslo", "Ivo": "Oslo"}.items():
        stage.answer(people[name], "site", site)
    run = actions.start_run(program=program, actor=ada, now=NOW)

    waiting = {
        row.entry.mentee.person.name: row
        for row in shown_waiting(waiting_mentees(run), questions_by_key(program))
    }

    assert waiting["Ana"].limits == ("the same answer to “About site?”",)
    ready = readiness(program, now=NOW)
    assert [(entry.participation, entry.limits) for entry in ready.nobody] == [
        (people["Ana"], ("the same answer to “About site?”",))
    ]
    [relaxed] = relaxed_limits(program, now=NOW)
    assert (relaxed.limit, relaxed.placed, relaxed.possible) == ("the same answer to “About site?”", 0, 1)


def test_supply_counts_free_places_against_people_without_a_pair(
    program: Program, people: dict[str, Participation]
) -> None:
    found = supply(program)

    assert (found.mentees, found.mentors, found.seats, found.short) == (3, 2, 2, 1)
    ready = readiness(program, now=NOW)
    assert ready.frozen is not None
    assert dict(hours_histogram(ready.frozen))["> 20"] == 3


def test_pair_by_hand_costs_exactly_what_was_told(
    run: Run, people: dict[str, Participation], ada: Person
) -> None:
    """Ana with Ben moves Chi on: the new board is worth exactly so much less."""
    assert names(run) == {("Chi", "Ben"), ("Ana", "Eva")}
    told = what_if(run, people["Ana"], people["Ben"])

    new = actions.add_pair(run=run, mentee=people["Ana"], mentor=people["Ben"], actor=ada, now=NOW)

    assert told.cost is not None
    assert told.cost > 0
    assert new != run
    assert (run.total or 0) - (new.total or 0) == told.cost
    assert ("Ana", "Ben") in names(new)
    assert told.moves[0].mentee == people["Ana"]
    assert Override.objects.get().kind == "pin"


def test_waiting_mentee_joins_the_board_where_there_is_a_place(
    run: Run, people: dict[str, Participation], ada: Person
) -> None:
    pair = Proposal.objects.get(run=run, mentee=people["Ana"])
    lost = cost_of_taking_out(pair)
    actions.take_out_pair(proposal=pair, actor=ada, now=NOW)
    told = what_if(run, people["Ana"], people["Eva"])

    assert told.in_place
    assert told.cost == -lost
    assert actions.add_pair(run=run, mentee=people["Ivo"], mentor=people["Eva"], actor=ada, now=NOW) == run
    assert names(run) == {("Chi", "Ben"), ("Ivo", "Eva")}
    pair.refresh_from_db()
    with pytest.raises(Conflict):
        actions.put_back_pair(proposal=pair, actor=ada, now=NOW)


def test_pair_taken_out_can_be_put_back(run: Run, people: dict[str, Participation], ada: Person) -> None:
    before = names(run)
    pair = Proposal.objects.get(run=run, mentee=people["Chi"])

    actions.take_out_pair(proposal=pair, actor=ada, now=NOW)
    assert board_figures(run).waiting == 2
    actions.put_back_pair(proposal=pair, actor=ada, now=NOW)

    assert names(run) == before
    assert board_figures(run).waiting == 1


def test_pin_and_ban_hold_in_the_next_run(run: Run, people: dict[str, Participation], ada: Person) -> None:
    actions.pin_pair(mentee=people["Ivo"], mentor=people["Ben"], actor=ada, now=NOW)
    actions.forbid_pair(mentee=people["Ana"], mentor=people["Eva"], actor=ada, now=NOW)

    again = actions.start_run(program=run.program, actor=ada, now=NOW, base=run)

    assert ("Ivo", "Ben") in names(again)
    assert ("Ana", "Eva") not in names(again)
    assert Proposal.objects.get(run=again, mentee=people["Ivo"]).pinned


def test_a_new_pin_replaces_the_other_and_lifts_a_ban(
    run: Run, people: dict[str, Participation], ada: Person
) -> None:
    for mentor in ("Ben", "Eva"):
        actions.forbid_pair(mentee=people["Chi"], mentor=people[mentor], actor=ada, now=NOW)
        actions.pin_pair(mentee=people["Chi"], mentor=people[mentor], actor=ada, now=NOW)

    [word] = Override.objects.all()
    assert (word.kind, word.mentor) == ("pin", people["Eva"])
    actions.clear_override(word=word, actor=ada, now=NOW)
    assert not Override.objects.exists()


def test_comparison_tells_who_changes(run: Run, people: dict[str, Participation], ada: Person) -> None:
    new = actions.add_pair(run=run, mentee=people["Ana"], mentor=people["Ben"], actor=ada, now=NOW)

    found = compare_runs(run, new)

    changed = {entry.mentee.person.name: entry for entry in found.changed}
    assert "Ana" in changed
    assert changed["Ana"].after is not None
    assert changed["Ana"].after.mentor == people["Ben"]
    assert found.total == (new.total or 0) - (run.total or 0)
    assert compare_runs(run, run).changed == ()


def test_mentors_show_their_load(run: Run) -> None:
    rows = list(mentors_on_board(run))

    assert {(row.person.name, row.planned, row.left) for row in rows} == {("Ben", 1, 0), ("Eva", 1, 0)}  # type: ignore[attr-defined]


def test_sheet_holds_every_pair_as_text(run: Run, program: Program) -> None:
    rows = list(sheet_rows(run, questions_by_key(program)))

    assert [row[:2] for row in rows] == [["Ana", "Eva"], ["Chi", "Ben"]]
    assert rows[1][3:] == ["50", "Wanted and offered: Leading", "Proposed"]


def test_candidates_are_ranked_with_places_first(people: dict[str, Participation]) -> None:
    found = candidates_for(people["Ana"], role="mentee", audience=Audience.TEAM, now=NOW, count=5)

    assert [entry.participation for entry in found] == [people["Ben"], people["Eva"]]
    asked = candidates_for(people["Ben"], role="mentor", audience=Audience.TEAM, now=NOW, count=5)
    assert [entry.participation.person.name for entry in asked][-1] == "Ivo"


def test_seeker_hears_only_what_the_whole_program_may_read(program: Program) -> None:
    chi = stage.mentee(program, "Chi", ("leading",), values=("calm",))
    stage.mentor(program, "Ben", ("leading",), values=("calm",))

    [found] = candidates_for(chi, role="mentee", audience=Audience.SEEKER, now=NOW, count=5)

    assert found.why.reasons == ("Knows what you would like to talk about: Leading",)
    assert found.hours == 50


def test_board_of_a_published_run_cannot_be_changed(run: Run, ada: Person) -> None:
    actions.publish_run(run=run, actor=ada, now=NOW)
    pair = Proposal.objects.filter(run=run)[0]

    with pytest.raises(Conflict):
        actions.take_out_pair(proposal=pair, actor=ada, now=NOW)
    assert pair.state == ProposalState.PUBLISHED
