"""What the main pages may cost, as far as no clock is needed: queries, and the weight of a first visit.

CPU is measured beside the suite, by `bin/bench pages`, in the same house.
"""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from alongside.delivery.actions import send_announcement, write_announcement
from alongside.discussions.actions import open_topic, post_message
from alongside.discussions.enums import Intention
from alongside.discussions.queries import PAGE
from alongside.foundation.clock import now
from alongside.goals.actions import add_goal, rest_goal
from alongside.goals.models import Goal
from alongside.insights.enums import CaseKind, CaseState
from alongside.insights.models import Case
from alongside.mentorships.actions import propose_agreement
from alongside.mentorships.agreement_form import agreement_form
from alongside.surveys.actions import install_surveys
from bench.pages.house import House, build
from tests.people import Cast
from tests.surveys.setting import asked

QUERIES = 15  # a page asks at most

pytestmark = pytest.mark.django_db


def _addresses(house: House) -> dict[str, tuple[str, object]]:
    pair, program = house.pair.public_id, house.large.public_id
    return {
        "today": (reverse("workspace:today"), house.mentee),
        "pair home": (reverse("workspace:pair.home", args=[pair]), house.mentee),
        "topic": (reverse("workspace:topic", args=[pair, house.topic.public_id]), house.mentee),
        "board": (reverse("coordinator:mentorships", args=[program]), house.coordinator),
        "dashboard": (reverse("coordinator:overview", args=[program]), house.coordinator),
    }


def _queries(*, participants: int, pairs: int, messages: int) -> dict[str, int]:
    """Queries of each page on its second visit, in a house that is gone afterwards."""
    found = {}
    with transaction.atomic():
        pages = _addresses(build(participants=participants, pairs=pairs, messages=messages))
        for visit in (1, 2):
            for name, (address, person) in pages.items():
                client = Client()
                client.force_login(person)  # type: ignore[arg-type]
                with CaptureQueriesContext(connection) as captured:
                    assert client.get(address).status_code == 200, (name, visit)
                found[name] = len(captured)
        transaction.set_rollback(True)
    return found


def test_main_pages_ask_little_and_no_more_in_a_large_house() -> None:
    small = _queries(participants=24, pairs=8, messages=3)
    large = _queries(participants=160, pairs=60, messages=PAGE + 10)

    assert large == small
    assert {name: count for name, count in large.items() if count > QUERIES} == {}


def test_today_stays_within_its_budget_when_everything_comes_at_once(
    cast_: Cast, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    pair, ben, chi, instant = cast_.pair, cast_.ben, cast_.chi, now()
    topic = open_topic(
        mentorship=pair, actor=ben, title="Visa question", intention=Intention.ADVICE, now=instant
    )
    post_message(topic=topic, actor=ben, body="Hello", now=instant)
    agreed = {field.key: "so" for field in agreement_form().fields}
    propose_agreement(mentorship=pair, actor=ben, agreed=agreed, rhythm_days=21, review_on=None, now=instant)
    goal = add_goal(mentorship=pair, actor=chi, title="A certificate", shared=False, now=instant)
    rest_goal(goal=goal, actor=chi, now=instant)
    Goal.objects.filter(pk=goal.pk).update(wakes_on=instant.date() - timedelta(days=2))
    install_surveys(program=pair.program, actor=None, now=instant)
    asked(pair, at=instant)
    Case.objects.create(
        program=pair.program, mentorship=pair, person=chi, kind=CaseKind.CONTACT, state=CaseState.RESOLVED
    )
    news = write_announcement(
        program=pair.program,
        circle="everybody",
        subject="News",
        body="We meet.",
        actor=cast_.ada,
        now=instant,
    )
    send_announcement(announcement=news, actor=cast_.ada, now=instant)
    client.force_login(chi)

    with django_assert_max_num_queries(QUERIES):
        page = client.get(reverse("workspace:today")).content.decode()

    for words in (
        "Ben wrote",
        "Ben proposed it",
        "A certificate",
        "About Ben and you",
        "team’s help",
        "News",
    ):
        assert words in page


def test_long_topic_opens_with_its_newest_page_only(client: Client) -> None:
    house = build(participants=6, pairs=1, messages=PAGE + 10)
    address, person = _addresses(house)["topic"]
    client.force_login(person)  # type: ignore[arg-type]

    page = client.get(address).content.decode()

    assert page.count('<article class="message') == PAGE
