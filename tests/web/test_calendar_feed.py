"""A person's talks at a secret address: what it tells, to whom, and how it is taken away."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries
from time_machine import travel

from alongside.meetings import actions
from alongside.meetings.enums import FeedDetail
from alongside.meetings.models import Feed
from alongside.meetings.queries import feed_token
from alongside.people.enums import Channel
from tests.factories import NOW
from tests.meetings.making import MONDAY, THURSDAY, TUESDAY, booked, offered
from tests.people import Cast

pytestmark = pytest.mark.django_db
PLACE = "https://calls.example/secret-room"


@pytest.fixture(autouse=True)
def _clock() -> object:
    with travel(NOW, tick=False):
        yield


def _address(cast: Cast, detail: FeedDetail = FeedDetail.FULL) -> str:
    feed = actions.set_feed(actor=cast.chi, detail=detail, now=NOW)
    return reverse("public:calendar_feed", args=[feed_token(feed)])


def _talks(content: bytes) -> list[tuple[str, datetime, str]]:
    events = Calendar.from_ical(content).walk("VEVENT")
    return [(str(e["SUMMARY"]), e["DTSTART"].dt.astimezone(UTC), str(e["STATUS"])) for e in events]


def _with_place(cast: Cast) -> None:
    meeting = booked(cast)
    actions.change_how(
        meeting=meeting, actor=cast.ben, channel=Channel.VIDEO, place=PLACE, minutes=45, now=NOW
    )


@pytest.mark.parametrize(
    ("detail", "summary", "shown", "hidden"),
    [
        (FeedDetail.BUSY, "Busy", [], ["Ben", "LOCATION", PLACE, "URL", "DESCRIPTION", "pairs"]),
        (FeedDetail.PARTNER, "Talk with Ben", [], ["LOCATION", PLACE, "URL", "DESCRIPTION", "pairs"]),
        (FeedDetail.FULL, "Talk with Ben · {program}", [PLACE, "URL"], []),
    ],
)
def test_feed_tells_what_its_owner_chose_and_nothing_more(
    cast_: Cast, client: Client, detail: FeedDetail, summary: str, shown: list[str], hidden: list[str]
) -> None:
    _with_place(cast_)
    content = client.get(_address(cast_, detail)).content
    text = content.decode().replace("\r\n ", "")

    assert _talks(content) == [(summary.format(program=cast_.program.name), MONDAY, "CONFIRMED")]
    assert [word for word in shown if word not in text] == []
    assert [
        word for word in [*hidden, "ATTENDEE", "ORGANIZER", cast_.ben.email, cast_.chi.email] if word in text
    ] == []


def test_feed_follows_what_is_moved_and_called_off(cast_: Cast, client: Client) -> None:
    address, meeting = _address(cast_, FeedDetail.BUSY), booked(cast_)
    offered(cast_, times=[TUESDAY])  # no time agreed: nobody is busy yet
    assert _talks(client.get(address).content) == [("Busy", MONDAY, "CONFIRMED")]

    actions.offer_other_times(meeting=meeting, actor=cast_.ben, times=[THURSDAY], now=NOW)
    assert _talks(client.get(address).content) == [("Busy", MONDAY, "TENTATIVE")]
    actions.cancel_meeting(meeting=meeting, actor=cast_.ben, now=NOW)
    assert _talks(client.get(address).content) == []


def test_old_talks_leave_the_feed(cast_: Cast, client: Client) -> None:
    address = _address(cast_)
    booked(cast_)
    with travel(MONDAY + timedelta(days=59), tick=False):
        assert len(_talks(client.get(address).content)) == 1
    with travel(MONDAY + timedelta(days=61), tick=False):
        assert _talks(client.get(address).content) == []


def test_only_own_talks_are_in_it(cast_: Cast, client: Client) -> None:
    booked(cast_)
    feed = actions.set_feed(actor=cast_.eva, detail=FeedDetail.FULL, now=NOW)
    assert _talks(client.get(reverse("public:calendar_feed", args=[feed_token(feed)])).content) == []


def test_calendar_that_has_it_already_is_sent_nothing(cast_: Cast, client: Client) -> None:
    address, meeting = _address(cast_), booked(cast_)
    first = client.get(address)
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert first.headers["Cache-Control"] == "private, no-cache"

    with travel(NOW + timedelta(hours=5), tick=False):
        second = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert (second.status_code, second.content, second.headers["ETag"]) == (304, b"", first.headers["ETag"])

    actions.move_meeting(meeting=meeting, actor=cast_.ben, to=TUESDAY, now=NOW)
    third = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert (third.status_code, third.headers["ETag"] == first.headers["ETag"]) == (200, False)
    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405


def test_new_address_and_none_make_the_old_one_worthless(cast_: Cast, client: Client) -> None:
    old = _address(cast_)
    renewed = actions.renew_feed(actor=cast_.chi, now=NOW)
    assert renewed is not None
    new = reverse("public:calendar_feed", args=[feed_token(renewed)])
    assert [client.get(address).status_code for address in (old, new)] == [404, 200]
    assert renewed.detail == FeedDetail.FULL

    actions.remove_feed(actor=cast_.chi, now=NOW)
    assert client.get(new).status_code == 404
    assert actions.renew_feed(actor=cast_.chi, now=NOW) is None


def test_guessed_and_cut_addresses_find_nothing(cast_: Cast, client: Client) -> None:
    address = _address(cast_)
    feed = Feed.objects.get()
    for token in (
        "x",
        feed.public_id,
        f"{feed.public_id}-",
        f"{feed.public_id}-{'0' * 32}",
        feed_token(feed)[:-1],
    ):
        assert client.get(reverse("public:calendar_feed", args=[token])).status_code == 404
    cast_.chi.is_active = False
    cast_.chi.save()
    assert client.get(address).status_code == 404


def test_feed_asks_the_database_as_often_for_many_talks(
    cast_: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = _address(cast_)
    booked(cast_, place="Room 2")
    with django_assert_num_queries(5):
        client.get(address)
    for days in (1, 2, 3):
        booked(cast_, MONDAY + timedelta(days=days), place="Room 2")
    with django_assert_num_queries(5):
        client.get(address)


def test_me_makes_changes_renews_and_takes_away(cast_: Cast, client: Client) -> None:
    client.force_login(cast_.chi)
    page = reverse("me:calendar")
    assert b"talks.ics" not in client.get(page).content
    assert client.post(page, {"detail": "everything"}).status_code == 422
    assert not Feed.objects.exists()

    client.post(page, {"detail": "partner"})
    feed = Feed.objects.get()
    assert (feed.person, feed.detail) == (cast_.chi, FeedDetail.PARTNER)
    assert f"/calendars/{feed_token(feed)}/talks.ics".encode() in client.get(page).content

    client.post(reverse("me:calendar_renewal"))
    assert feed_token(Feed.objects.get()) != feed_token(feed)
    client.post(reverse("me:calendar_removal"))
    assert not Feed.objects.exists()
