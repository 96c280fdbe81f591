"""From a draft to pairs that begin, and back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.foundation.errors import Conflict, NotAllowed
from alongside.journal import actions as journal
from alongside.journal.models import Entry
from alongside.matching import actions
from alongside.matching.enums import ProposalState, RequestState, RunState
from alongside.matching.models import Proposal, Request, Run
from alongside.mentorships.actions import confirm_mentorship
from alongside.mentorships.enums import MentorshipState
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person
from alongside.programs.models import Program
from tests import factories as make
from tests.factories import NOW
from tests.matching import stage

LATER = NOW + timedelta(minutes=10)


def board(program: Program, ada: Person, count: int = 1) -> Run:
    for number in range(count):
        stage.mentee(program, f"Chi{number}")
        stage.mentor(program, f"Ben{number}")
    return actions.start_run(program=program, actor=ada, now=NOW)


def test_publish_begins_every_pair_with_reasons_for_both(program: Program, ada: Person) -> None:
    chi = stage.mentee(program, "Chi", ("leading", "network"), values=("calm",), unit="Sales")
    ben = stage.mentor(program, "Ben", ("leading",), values=("calm", "humor"), unit="Finance")
    run = actions.start_run(program=program, actor=ada, now=NOW)

    actions.publish_run(run=run, actor=ada, now=NOW)

    mentorship = Mentorship.objects.get()
    assert mentorship.state == MentorshipState.TRIAL
    assert {member.participation for member in mentorship.members.all()} == {chi, ben}
    assert [reason["mentee"] for reason in mentorship.reasons] == [
        "Knows what you would like to talk about: Leading",
        "What matters to both of you: Calm",
        "A fresh view from another team: Finance",
        "You share 50 good hours a week",
    ]
    assert [reason["mentor"] for reason in mentorship.reasons][::2] == [
        "Would like to talk about what you know: Leading",
        "A fresh view from another team: Sales",
    ]
    verbs = Entry.objects.filter(program_id=program.pk).values_list("verb", flat=True)
    assert sorted(verbs) == ["mentorship.started", "run.published", "run.solved", "run.started"]


def test_publishing_twice_begins_nothing_twice(program: Program, ada: Person) -> None:
    run = board(program, ada, 3)

    actions.publish_run(run=run, actor=ada, now=NOW)
    actions.publish_run(run=run, actor=ada, now=LATER)

    assert Mentorship.objects.count() == 3


def test_publish_is_all_or_nothing(program: Program, ada: Person) -> None:
    run = board(program, ada, 3)
    taken = Proposal.objects.filter(run=run).first()
    assert taken is not None
    make.mentorship(stage.mentee(program, "Quick"), taken.mentor)

    with pytest.raises(Conflict, match="no longer possible"):
        actions.publish_run(run=run, actor=ada, now=NOW)

    assert Mentorship.objects.count() == 1
    assert actions.take_out_impossible(run=run, actor=ada, now=NOW) == 1
    actions.publish_run(run=run, actor=ada, now=NOW)
    assert Mentorship.objects.count() == 3


@pytest.mark.parametrize("change", ["withdrawn", "has a mentor", "kept apart", "private", "fewer places"])
def test_each_pair_is_looked_at_once_more(program: Program, ada: Person, change: str) -> None:
    run = board(program, ada)
    pair = Proposal.objects.select_related("mentee__person", "mentor__person").get(run=run)
    match change:
        case "withdrawn":
            pair.mentee.state = "withdrawn"
            pair.mentee.save()
        case "has a mentor":
            make.mentorship(pair.mentee, stage.mentor(program, "Eva"))
        case "kept apart":
            actions.forbid_pair(mentee=pair.mentee, mentor=pair.mentor, actor=ada, now=NOW)
        case "private":
            stage.keep_apart(pair.mentor, pair.mentee)
        case "fewer places":
            pair.mentor.capacity = 0
            pair.mentor.save()

    with pytest.raises(Conflict):
        actions.publish_run(run=run, actor=ada, now=NOW)


def test_publish_settles_open_requests_of_those_matched_and_to_those_who_are_full(
    program: Program, ada: Person
) -> None:
    run = board(program, ada)
    pair = Proposal.objects.get(run=run)
    other, elsewhere = stage.mentee(program, "Ana"), stage.mentor(program, "Eva")
    asked = [(pair.mentee, elsewhere), (other, pair.mentor), (other, elsewhere)]
    rows = [
        Request.objects.create(mentee=mentee, mentor=mentor, remind_at=NOW, expires_at=LATER)
        for mentee, mentor in asked
    ]

    actions.publish_run(run=run, actor=ada, now=NOW)

    states = [Request.objects.get(pk=row.pk).state for row in rows]
    assert states == [RequestState.SUPERSEDED, RequestState.SUPERSEDED, RequestState.SENT]


def test_only_coordinators_publish(program: Program, ada: Person, assistant: Person) -> None:
    run = board(program, ada)

    with pytest.raises(NotAllowed):
        actions.publish_run(run=run, actor=assistant, now=NOW)
    assert Mentorship.objects.count() == 0


def test_undo_leaves_no_pair_and_the_board_can_be_published_again(program: Program, ada: Person) -> None:
    run = actions.publish_run(run=board(program, ada, 2), actor=ada, now=NOW)

    run = actions.undo_publish(run=run, actor=ada, now=LATER)

    assert Mentorship.objects.count() == 0
    assert run.state == RunState.UNDONE
    assert set(Proposal.objects.values_list("state", flat=True)) == {ProposalState.PROPOSED}
    actions.publish_run(run=run, actor=ada, now=LATER)
    assert Mentorship.objects.count() == 2


def test_no_undo_after_half_an_hour(program: Program, ada: Person) -> None:
    run = actions.publish_run(run=board(program, ada), actor=ada, now=NOW)

    with pytest.raises(Conflict):
        actions.undo_publish(run=run, actor=ada, now=NOW + timedelta(minutes=30))
    assert Mentorship.objects.count() == 1


def test_no_undo_once_somebody_has_begun(program: Program, ada: Person) -> None:
    run = actions.publish_run(run=board(program, ada, 2), actor=ada, now=NOW)
    first = Mentorship.objects.order_by("pk")[0]
    confirm_mentorship(mentorship=first, actor=first.members.all()[0].person, now=LATER)

    with pytest.raises(Conflict):
        actions.undo_publish(run=run, actor=ada, now=LATER)
    assert Mentorship.objects.count() == 2


def test_publishing_reads_nothing_per_pair(
    program: Program, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without what other rooms lay out in a new pair: each pair costs the rows of a mentorship and its entry."""
    monkeypatch.setattr(journal, "_at_once", {})
    counts = []
    for count in (2, 4):
        run = board(program, ada, count)
        with CaptureQueriesContext(connection) as captured:
            actions.publish_run(run=run, actor=ada, now=NOW)
        counts.append(sum(query["sql"].startswith("SELECT") for query in captured))

    assert counts[0] == counts[1]
