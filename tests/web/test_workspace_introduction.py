"""Why these two: shown to each of a pair in their first weeks, until they put it away."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.foundation.clock import now
from alongside.matching.actions import publish_run, start_run, undo_publish
from alongside.matching.models import Run
from alongside.matching.queries.introduction import FIRST_WEEKS, introduction
from alongside.mentorships.actions import end_well, put_away_introduction
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person
from tests import factories as make
from tests.matching import stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Mentorship:
    """Chi and Ben, matched and published a moment ago."""
    ada = make.person("Ada")
    program = stage.program(coordinator=ada)
    stage.mentee(program, "Chi", ("leading", "network"), values=("calm",), unit="Sales")
    stage.mentor(program, "Ben", ("leading",), values=("calm", "humor"), unit="Finance")
    publish_run(run=start_run(program=program, actor=ada, now=now()), actor=ada, now=now())
    return Mentorship.objects.get()


@pytest.fixture
def chi(pair: Mentorship) -> Person:
    return Person.objects.get(name="Chi")


@pytest.fixture
def ben(pair: Mentorship) -> Person:
    return Person.objects.get(name="Ben")


def _home(client: Client, person: Person, pair: Mentorship) -> str:
    client.force_login(person)
    return client.get(reverse("workspace:pair.home", args=[pair.public_id])).content.decode()


def test_introduction_tells_reasons_hours_and_a_difference_to_each_in_their_words(
    pair: Mentorship, chi: Person, ben: Person
) -> None:
    for_chi = introduction(pair, reader=chi, now=now())
    for_ben = introduction(pair, reader=ben, now=now())

    assert for_chi is not None
    assert for_ben is not None
    assert for_chi.reasons == (
        "Knows what you would like to talk about: Leading",
        "What matters to both of you: Calm",
    )
    assert for_chi.difference == "A fresh view from another team: Finance"
    assert for_chi.hours == "You share 50 good hours a week"
    assert for_ben.reasons[0] == "Would like to talk about what you know: Leading"
    assert for_ben.difference == "A fresh view from another team: Sales"


def test_pair_home_shows_the_introduction_until_its_reader_puts_it_away(
    pair: Mentorship, chi: Person, ben: Person, client: Client
) -> None:
    page = _home(client, chi, pair)
    assert "Why you and Ben" in page
    assert "A fresh view from another team: Finance" in page
    assert "You share 50 good hours a week" in page

    answer = client.post(reverse("workspace:pair.introduction", args=[pair.public_id]))

    assert answer.headers["Location"] == reverse("workspace:pair.home", args=[pair.public_id])
    assert "Why you and Ben" not in _home(client, chi, pair)
    assert "Why you and Chi" in _home(client, ben, pair)


def test_putting_the_introduction_away_leaves_the_publishing_undoable(pair: Mentorship, chi: Person) -> None:
    """Reading is not beginning: nothing about it stands in the journal."""
    put_away_introduction(mentorship=pair, actor=chi, now=now())
    put_away_introduction(mentorship=pair, actor=chi, now=now())
    assert introduction(pair, reader=chi, now=now()) is None

    undo_publish(run=Run.objects.get(), actor=pair.program.contact, now=now())

    assert not Mentorship.objects.exists()


def test_introduction_leaves_by_itself_after_the_first_weeks(pair: Mentorship, chi: Person) -> None:
    last = pair.started_on + FIRST_WEEKS - timedelta(days=1)
    at = now().replace(year=last.year, month=last.month, day=last.day, hour=12)

    assert introduction(pair, reader=chi, now=at) is not None
    assert introduction(pair, reader=chi, now=at + timedelta(days=1)) is None


def test_introduction_is_over_once_the_two_bring_it_to_an_end(
    pair: Mentorship, chi: Person, ben: Person
) -> None:
    end_well(mentorship=pair, actor=ben, now=now())
    pair.refresh_from_db()

    assert introduction(pair, reader=chi, now=now()) is None


def test_pair_without_reasons_shows_no_empty_card(pair: Mentorship, chi: Person, client: Client) -> None:
    pair.reasons = []
    pair.save()

    assert "Why you and Ben" not in _home(client, chi, pair)
