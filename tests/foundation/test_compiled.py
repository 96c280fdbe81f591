"""Compiled queries give what their querysets give, for other values too, and refuse what they could get wrong."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter

import pytest
from django.db import connection
from django.db.models import Count, F, FilteredRelation, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from alongside.foundation.compiled import MOST_IN_A_LIST, compiled
from alongside.mentorships.models import Member, Mentorship
from alongside.people.models import Person
from alongside.vault.models import DataKey
from tests import factories as make
from tests.people import Cast


def test_rows_are_those_of_the_queryset_for_any_values(cast_: Cast) -> None:
    @compiled
    def partners(person: int, states: Sequence[str], since: date) -> QuerySet[Member]:
        rows = Member.objects.exclude(person=person).filter(mentorship__members__person=person)
        rows = rows.filter(mentorship__state__in=states, mentorship__started_on__gte=since)
        return rows.select_related("mentorship", "person__preferences").order_by("-pk")[:5]

    states = [cast_.pair.state, "closed"]
    for person in (cast_.chi, cast_.ben, cast_.eva, cast_.dov):
        for since in (cast_.pair.started_on, cast_.pair.started_on + timedelta(days=1)):
            plain = list(partners.queryset(person.pk, states, since))
            assert partners(person.pk, states, since) == plain
            assert len(plain) == (person != cast_.dov and since == cast_.pair.started_on)

    with CaptureQueriesContext(connection) as queries:
        (member,) = partners(cast_.chi.pk, states, cast_.pair.started_on)
        assert (member.person, member.person.preferences.zone) == (cast_.ben, "Europe/London")
        assert member.mentorship == cast_.pair
    assert len(queries) == 1


def test_sql_is_written_once_for_each_length(cast_: Cast) -> None:
    built: list[int] = []

    @compiled
    def named(keys: list[int]) -> QuerySet[Person, str]:
        built.append(len(keys))
        return Person.objects.filter(pk__in=keys).order_by("name").values_list("name", flat=True)

    both = [cast_.ben.pk, cast_.chi.pk]
    assert [named(both), named(both[:1]), named(both[1:]), named(both), named([]), named([])] == [
        ["Ben", "Chi"],
        ["Ben"],
        ["Chi"],
        ["Ben", "Chi"],
        [],
        [],
    ]
    assert built == [2, 1, 0]


def test_long_lists_are_asked_plainly(cast_: Cast) -> None:
    @compiled
    def named(keys: list[int]) -> QuerySet[Person, str]:
        return Person.objects.filter(pk__in=keys).values_list("name", flat=True)

    everybody = list(Person.objects.values_list("pk", flat=True))
    wanted = (everybody * MOST_IN_A_LIST)[: MOST_IN_A_LIST + 1]

    assert sorted(named(wanted)) == sorted(set(Person.objects.values_list("name", flat=True)))


def test_annotations_and_instants_and_relations_of_one_person(cast_: Cast) -> None:
    at = datetime(2026, 3, 4, 7, 30, 15, 250_000, tzinfo=UTC)
    Mentorship.objects.filter(pk=cast_.pair.pk).update(first_met_at=at)

    @compiled
    def met(person: int, until: datetime) -> QuerySet[Mentorship]:
        own = FilteredRelation("members", condition=Q(members__person=person))
        rows = Mentorship.objects.annotate(own=own, role=F("own__role"), people=Count("members__person"))
        return rows.filter(first_met_at__lte=until, own__isnull=False)

    told = attrgetter("pk", "first_met_at", "role", "people")
    assert [told(row) for row in met(cast_.chi.pk, at)] == [(cast_.pair.pk, at, "mentee", 2)]
    assert [told(row) for row in met.queryset(cast_.chi.pk, at)] == [(cast_.pair.pk, at, "mentee", 2)]
    assert met(cast_.chi.pk, at - timedelta(microseconds=1)) == []
    assert met(cast_.eva.pk, at) == []


def test_bytes_and_only_some_columns(db: None) -> None:
    created = datetime(2026, 3, 4, tzinfo=UTC)
    DataKey.objects.create(kid=b"8 bytes!", wrapped=b"w", scope="pair", owner_id=1, created_at=created)

    @compiled
    def keys(kids: list[bytes]) -> QuerySet[DataKey]:
        return DataKey.objects.filter(kid__in=kids).only("kid")

    (found,) = keys([b"8 bytes!", b"another!"])
    assert (bytes(found.kid), found.get_deferred_fields() >= {"wrapped"}) == (b"8 bytes!", True)
    assert keys([b"nothing!", b"another!"]) == []


def test_no_connection_is_held(db: None) -> None:
    """Each use brings the connection of its own thread."""

    @compiled
    def everybody(name: str) -> QuerySet[Person]:
        return Person.objects.filter(name=name)

    make.person("Ida")
    assert [person.name for person in everybody("Ida")] == ["Ida"]
    assert all(written and written.compiler.connection is None for written in everybody._known.values())


@pytest.mark.parametrize(
    "build",
    [
        lambda value: Person.objects.filter(name__icontains=value),
        lambda value: Person.objects.filter(name=value + "!"),
        lambda value: Person.objects.filter(name="Ben"),
        lambda value: Person.objects.none(),
        lambda value: Person.objects.filter(name=value).prefetch_related("memberships"),
    ],
)
def test_what_does_not_hand_its_argument_on_is_refused(build: object, db: None) -> None:
    with pytest.raises(ValueError, match="A compiled query"):
        compiled(build)("Ben")  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [None, True, 1.5, [None], {"Ben"}])
def test_values_that_shape_sql_are_refused(value: object, db: None) -> None:
    @compiled
    def found(name: object) -> QuerySet[Person]:
        return Person.objects.filter(name=name)

    with pytest.raises(TypeError, match="A compiled query takes n"):
        found(value)


def test_none_is_refused_once_the_sql_is_known(db: None) -> None:
    @compiled
    def found(name: object) -> QuerySet[Person]:
        return Person.objects.filter(name=name)

    assert found("nobody") == []
    with pytest.raises(TypeError, match="neither truth values nor None"):
        found(None)
    with pytest.raises(TypeError, match="by position"):
        found(name="nobody")
