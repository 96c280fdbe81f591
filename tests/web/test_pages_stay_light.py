"""What the main pages may cost, as far as no clock is needed: queries, and the weight of a first visit.

CPU is measured beside the suite, by `bin/bench pages`, in the same house.
"""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.discussions.queries import PAGE
from bench.pages.house import House, build

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


def test_long_topic_opens_with_its_newest_page_only(client: Client) -> None:
    house = build(participants=6, pairs=1, messages=PAGE + 10)
    address, person = _addresses(house)["topic"]
    client.force_login(person)  # type: ignore[arg-type]

    page = client.get(address).content.decode()

    assert page.count('<article class="message') == PAGE
