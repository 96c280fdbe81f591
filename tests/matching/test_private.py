"""Wishes not to be matched with somebody hold everywhere and are told nowhere."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.enrollment.models import Participation
from alongside.foundation.errors import Conflict
from alongside.matching import actions
from alongside.matching.models import Proposal, Run, Unmatched
from alongside.matching.problem import PRIVATE
from alongside.matching.queries.candidates import candidates_for
from alongside.matching.queries.readiness import readiness, relaxed_limits
from alongside.matching.queries.runs import snapshot_text
from alongside.matching.queries.whatif import what_if
from alongside.matching.reasons import Audience
from alongside.people.models import Person
from alongside.programs.models import Program
from tests.factories import NOW
from tests.matching import stage

TELLING = (
    "pairs:private",
    "private wish",
    "not with",
    "not_with",
    "do not want",
    "does not want",
    "named in private",
)


@pytest.fixture
def chi(program: Program) -> Participation:
    return stage.mentee(program, "Chi", ("leading",))


@pytest.fixture
def ben(program: Program) -> Participation:
    return stage.mentor(program, "Ben", ("leading",))


@pytest.mark.parametrize("side", ["mentee", "mentor"])
def test_wish_of_either_side_keeps_the_two_apart(
    program: Program, chi: Participation, ben: Participation, ada: Person, side: str
) -> None:
    stage.mentor(program, "Eva", ())
    assert actions.start_run(program=program, actor=ada, now=NOW).proposals.get().mentor == ben

    stage.keep_apart(*((chi, ben) if side == "mentee" else (ben, chi)))

    assert actions.start_run(program=program, actor=ada, now=NOW).proposals.get().mentor.person.name == "Eva"
    for who, role in ((chi, "mentee"), (ben, "mentor")):
        found = candidates_for(who, role=role, audience=Audience.TEAM, now=NOW, count=9)
        assert {entry.participation for entry in found}.isdisjoint({chi, ben})


def test_run_that_a_wish_leaves_without_pairs_says_nothing_of_it(
    program: Program, chi: Participation, ben: Participation, ada: Person
) -> None:
    """First there is something that could leak: the sealed input knows the wish."""
    stage.keep_apart(chi, ben)
    run = Run.objects.get(pk=actions.start_run(program=program, actor=ada, now=NOW).pk)
    assert PRIVATE in snapshot_text(run)

    stored = run.result + str(list(Unmatched.objects.values())) + str(list(Proposal.objects.values()))
    assert PRIVATE not in stored
    assert PRIVATE.encode() not in bytes(run.snapshot_sealed or b"")
    ready = readiness(program, now=NOW)
    assert [entry.limits for entry in ready.nobody] == [()]
    assert relaxed_limits(program, now=NOW) == []


def test_deciding_such_a_pair_by_hand_is_refused_without_a_reason(
    program: Program, chi: Participation, ben: Participation, ada: Person
) -> None:
    run = actions.start_run(program=program, actor=ada, now=NOW)
    stage.keep_apart(ben, chi)
    again = actions.start_run(program=program, actor=ada, now=NOW)
    told = [what_if(again, chi, ben).refusal]
    for act in (
        lambda: actions.pin_pair(mentee=chi, mentor=ben, actor=ada, now=NOW),
        lambda: actions.publish_run(run=run, actor=ada, now=NOW),
        lambda: actions.send_request(mentee=chi, mentor=ben, message="Hi", actor=chi.person, now=NOW),
    ):
        with pytest.raises(Conflict) as refused:
            act()
        told.append(refused.value.message)

    assert told[0] == told[1] == "These two cannot be a pair in this program."
    assert not [word for word in TELLING for sentence in told if word in sentence.casefold()]


def test_no_page_or_sheet_tells(
    program: Program, chi: Participation, ben: Participation, ada: Person, client: Client
) -> None:
    program.suggestions_allowed = True
    program.save()
    stage.mentee(program, "Ana", ("leading",))
    stage.mentor(program, "Eva", ())
    before = actions.start_run(program=program, actor=ada, now=NOW)
    stage.keep_apart(ben, chi)
    run = actions.start_run(program=program, actor=ada, now=NOW, base=before)
    ids = [program.public_id, run.public_id]
    desk = [
        reverse("coordinator:matching", args=ids[:1]),
        reverse("coordinator:matching.readiness", args=ids[:1]) + "?limits",
        *(
            reverse(f"coordinator:run{page}", args=ids)
            for page in ("", ".waiting", ".mentors", ".sheet", ".publication")
        ),
        reverse("coordinator:run.comparison", args=ids) + f"?with={before.public_id}",
        reverse("coordinator:candidates", args=[ids[0], chi.public_id]),
        reverse("coordinator:candidates", args=[ids[0], ben.public_id]),
        reverse("coordinator:pair.new", args=ids) + f"?mentee={chi.public_id}&mentor={ben.public_id}",
        reverse("coordinator:run.publication", args=[ids[0], before.public_id]),
    ]
    own = [reverse(f"workspace:{page}", args=ids[:1]) for page in ("find.program", "wishes")]

    for person, addresses in ((ada, desk), (chi.person, own)):
        client.force_login(person)
        for address in addresses:
            response = client.get(address)
            text = response.content.decode()
            assert response.status_code == 200, address
            assert [word for word in TELLING if word in text.casefold()] == [], address
            if address in own:
                assert "Ben" not in text, address
    client.force_login(chi.person)
    hidden = reverse("workspace:find.person", args=[program.public_id, ben.public_id])
    assert client.get(hidden).status_code == 404
