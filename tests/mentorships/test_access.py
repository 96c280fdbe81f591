"""The root check as the six rooms use it: for rows that know their members and for rows that do not."""

import pytest
from pytest_django import DjangoAssertNumQueries

from alongside.discussions.access import visible_topics
from alongside.discussions.actions import open_topic
from alongside.discussions.enums import Intention
from alongside.enrollment.enums import Role
from alongside.mentorships.access import get_mentorship, in_own, own_mentorships
from alongside.mentorships.models import Agreement, Mentorship
from alongside.mentorships.queries import partner_in
from alongside.people.models import Person
from tests import factories as make
from tests.factories import NOW
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreements(cast_: Cast) -> dict[Mentorship, Agreement]:
    """One in each of three pairs, two of which Ben is in."""
    mentor = cast_.pair.members.get(person=cast_.ben).participation
    second = make.mentorship(make.participation(cast_.program, make.person("Mia"), Role.MENTEE), mentor)
    return {
        pair: Agreement.objects.create(mentorship=pair, version=1)
        for pair in (cast_.pair, second, cast_.other_pair)
    }


def _seen(person: Person, of: Mentorship | list[Mentorship] | None) -> set[Agreement]:
    return set(Agreement.objects.filter(in_own(person, of)))


def test_without_limits_all_own_pairs_count(cast_: Cast, agreements: dict[Mentorship, Agreement]) -> None:
    mine = {row for pair, row in agreements.items() if pair != cast_.other_pair}

    assert _seen(cast_.ben, None) == mine
    assert _seen(cast_.chi, None) == {agreements[cast_.pair]}
    assert _seen(cast_.dov, None) == set()


@pytest.mark.parametrize("knows", [True, False])
def test_naming_a_pair_lets_nobody_else_in(
    cast_: Cast, agreements: dict[Mentorship, Agreement], *, knows: bool
) -> None:
    # Ben's rows know both members; those of the factory know nobody, and the database is asked.
    found = own_mentorships(cast_.ben) if knows else list(agreements)
    of = next(row for row in found if row == cast_.pair)

    assert _seen(cast_.chi, of) == _seen(cast_.chi, found) == {agreements[cast_.pair]}
    for stranger in (cast_.dov, cast_.eva, cast_.ada, cast_.gus, cast_.hal):
        assert _seen(stranger, of) == set()
    assert _seen(cast_.dov, found) == set()
    assert _seen(cast_.ben, []) == set()


def test_own_pairs_know_their_members(cast_: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        (row,) = own_mentorships(cast_.chi, "program", "match_type")
        partner = partner_in(row, cast_.chi)
        zones = {member.person.preferences.zone for member in row.known_members}
        names = (row.program.name, row.match_type.mentee_label)

    assert (row, partner) == (cast_.pair, cast_.ben)
    assert zones == {"Europe/London", "Asia/Kolkata"}
    assert names == (cast_.program.name, "Mentee")
    assert own_mentorships(cast_.ada) == []


def test_rooms_ask_for_plain_keys_where_members_are_known(cast_: Cast) -> None:
    open_topic(mentorship=cast_.pair, actor=cast_.chi, title="Visa", intention=Intention.SHARING, now=NOW)
    row = get_mentorship(cast_.chi, cast_.pair.public_id, along=())

    mine, theirs = visible_topics(cast_.chi, of=row), visible_topics(cast_.eva, of=row)

    assert "mentorships_member" not in str(mine.query)
    assert (mine.count(), theirs.count()) == (1, 0)
