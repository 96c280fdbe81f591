"""Taking a time from a mail: shown by GET, done by POST, without signing in, once."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from alongside.delivery.actions import plan_notice
from alongside.delivery.jobs import send_due
from alongside.meetings.actions import cancel_meeting, offer_other_times, offer_times, take_time
from alongside.meetings.enums import MeetingState
from alongside.meetings.models import Meeting
from alongside.people.enums import Channel
from tests.people import Cast

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
FIRST, SECOND = NOW + timedelta(days=1), NOW + timedelta(days=2)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_march")]


@pytest.fixture
def _march() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def talk(cast_: Cast) -> Meeting:
    return offer_times(
        mentorship=cast_.pair,
        actor=cast_.chi,
        times=[FIRST, SECOND],
        minutes=45,
        channel=Channel.VIDEO,
        now=NOW,
    )


@pytest.fixture
def links(cast_: Cast, talk: Meeting) -> list[str]:
    """The addresses in Ben's mail, one for each time, in order."""
    plan_notice(
        kind="meeting_offered", about=f"meeting:{talk.pk}", person=cast_.ben, program=cast_.program, now=NOW
    )
    send_due(NOW)
    [sent] = mail.outbox
    return [f"/take/{token}/" for token in re.findall(r"/take/([^/>\s]+)/", str(sent.body))]


def said(client: Client, link: str, status: int = 200) -> str:
    response = client.get(link)
    assert response.status_code == status
    return response.content.decode()


def test_looking_changes_nothing_and_taking_books_that_very_time(
    client: Client, links: list[str], talk: Meeting
) -> None:
    assert len(links) == 2
    for link in links * 2:
        assert "Take this time?" in said(client, link)
    talk.refresh_from_db()
    assert talk.state == MeetingState.PROPOSED

    answer = client.post(links[1], follow=True)

    assert answer.headers["Cache-Control"] == "no-store, private"
    talk.refresh_from_db()
    assert (talk.state, talk.starts_at) == (MeetingState.BOOKED, SECOND)
    assert "You talk with Chi: Friday 6 March, 10:00" in answer.content.decode()
    assert "That is agreed" in said(client, links[1])
    assert "This time is not on offer any more" in said(client, links[0])
    assert client.post(links[0]).status_code == 409


def test_taking_needs_the_page_it_was_shown_on(links: list[str]) -> None:
    assert Client(enforce_csrf_checks=True).post(links[0]).status_code == 403


@pytest.mark.parametrize("ending", ["other times", "called off", "taken", "gone by"])
def test_what_is_settled_is_told_and_not_done(
    client: Client, links: list[str], talk: Meeting, cast_: Cast, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    match ending:
        case "other times":
            offer_other_times(meeting=talk, actor=cast_.chi, times=[NOW + timedelta(days=3)], now=NOW)
        case "called off":
            cancel_meeting(meeting=talk, actor=cast_.chi, now=NOW)
        case "taken":
            take_time(
                meeting=talk,
                actor=cast_.ben,
                offered=talk.offered_times.get(starts_at=SECOND).public_id,
                now=NOW,
            )
        case _:
            monkeypatch.setattr("alongside.web.public.views.mails.now", lambda: FIRST)

    assert "This time is not on offer any more" in said(client, links[0])
    assert client.post(links[0]).status_code in {404, 409}
    talk.refresh_from_db()
    assert talk.starts_at != FIRST


def test_a_forged_link_and_one_of_somebody_who_left_lead_nowhere(
    client: Client, links: list[str], cast_: Cast
) -> None:
    said(client, reverse("public:taking", args=["abc-def.xyz"]), 404)
    said(client, links[0].replace(links[0][8], "2" if links[0][8] != "2" else "3"), 404)
    cast_.ben.is_active = False
    cast_.ben.save()
    said(client, links[0], 404)
