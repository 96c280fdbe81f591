"""Pages of a rhythm of talks: what the first talk and its turns offer, and its end, which says what it takes."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from alongside.meetings.actions import end_series, repeat_meeting
from alongside.meetings.enums import MeetingState, Rhythm
from alongside.meetings.models import Meeting
from tests.factories import NOW
from tests.meetings.making import booked
from tests.people import Cast

pytestmark = pytest.mark.django_db
AGAIN, END = "Let it come again", "End the rhythm from here on"


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def chi(cast_: Cast, client: Client) -> Client:
    client.force_login(cast_.chi)
    return client


@pytest.fixture
def talks(cast_: Cast) -> list[Meeting]:
    """The talk a rhythm began with, and its turns."""
    cast_.pair.ends_on = datetime(2026, 12, 31, tzinfo=UTC).date()
    cast_.pair.save()
    first = booked(cast_)
    return [first, *repeat_meeting(meeting=first, actor=cast_.chi, rhythm=Rhythm.WEEKLY, now=NOW)]


def _at(route: str, meeting: Meeting) -> str:
    return reverse(f"workspace:{route}", args=[meeting.mentorship.public_id, meeting.public_id])


def _page(client: Client, route: str, meeting: Meeting) -> str:
    response = client.get(_at(route, meeting))
    assert response.status_code == 200
    return response.content.decode()


def _standing() -> int:
    return Meeting.objects.filter(state=MeetingState.BOOKED).count()


def test_first_talk_and_its_turns_show_their_rhythm_and_offer_its_end(
    chi: Client, talks: list[Meeting], cast_: Cast
) -> None:
    for talk in (talks[0], talks[5]):
        page = _page(chi, "meeting", talk)
        assert str(Rhythm.WEEKLY.label) in page
        assert (AGAIN in page, END in page) == (False, True)
    end_series(meeting=talks[0], actor=cast_.ben, now=NOW)
    page = _page(chi, "meeting", talks[0])
    assert (AGAIN in page, END in page) == (True, False)


def test_end_of_a_rhythm_says_what_it_takes_before_and_after(chi: Client, talks: list[Meeting]) -> None:
    page = _page(chi, "meeting.rhythm_end", talks[20])
    assert "7 talks are called off: from Monday 27 July until Monday 7 September." in page
    assert _standing() == 27

    answer = chi.post(_at("meeting.rhythm_end", talks[20]), follow=True)
    assert "7 talks are called off." in answer.content.decode()
    assert _standing() == 20
    assert "nothing left to end" in _page(chi, "meeting.rhythm_end", talks[20])
    answer = chi.post(_at("meeting.rhythm_end", talks[20]), follow=True)
    assert "nothing left to end" in answer.content.decode()


def test_end_from_the_first_talk_leaves_that_one(chi: Client, talks: list[Meeting]) -> None:
    page = _page(chi, "meeting.rhythm_end", talks[0])
    assert "26 talks are called off" in page
    assert "The talk the rhythm began with stays" in page

    chi.post(_at("meeting.rhythm_end", talks[0]))
    assert list(Meeting.objects.filter(state=MeetingState.BOOKED)) == [talks[0]]


def test_moving_a_turn_far_ahead_shows_times_around_it(chi: Client, talks: list[Meeting]) -> None:
    page = _page(chi, "meeting.times", talks[24])

    assert page.count('name="times"') == 3
    assert "Looked at 21 August to 4 September." in page
