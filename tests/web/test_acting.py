"""Simple acts from a mail: shown by GET, done by POST, without signing in, once, and not for ever."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from alongside.delivery.enums import NoticeState
from alongside.delivery.handlers import tell_people
from alongside.delivery.jobs import send_due
from alongside.delivery.models import Notice
from alongside.discussions.actions import mark_read, open_topic, post_message
from alongside.discussions.enums import Intention
from alongside.discussions.models import Topic
from alongside.journal.models import Entry
from alongside.meetings.actions import change_how, move_meeting, offer_times, say_outcome, take_time
from alongside.meetings.enums import MeetingState, OutcomeKind
from alongside.meetings.models import Meeting, Outcome
from alongside.people.enums import Channel, NoticeClass, NoticeMode
from tests.people import Cast

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
START = datetime(2026, 3, 5, 17, 30, tzinfo=UTC)  # ends at 18:15, after Ben's hours
FRIDAY = datetime(2026, 3, 6, 8, 3, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(settings: object) -> Iterator[time_machine.Traveller]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def _hear() -> None:
    """The worker hears of everything that happened."""
    for entry in Entry.objects.order_by("pk"):
        tell_people(entry)
    Entry.objects.all().delete()


def _send(now: datetime) -> list[str]:
    """What goes out at an instant: the texts of the mails to Ben, by then."""
    mail.outbox.clear()
    while send_due(now):
        pass
    return [str(sent.body) for sent in mail.outbox if sent.to[0].startswith("ben")]


def _links(text: str) -> list[str]:
    return [f"/act/{token}/" for token in re.findall(r"/act/([^/>\s)]+)/", text)]


def _said(client: Client, link: str) -> str:
    response = client.get(link)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def talk(cast_: Cast, clock: time_machine.Traveller) -> Meeting:
    talk = offer_times(
        mentorship=cast_.pair, actor=cast_.chi, times=[START], minutes=45, channel=Channel.VIDEO, now=NOW
    )
    take_time(meeting=talk, actor=cast_.ben, offered=talk.offered_times.get().public_id, now=NOW)
    _hear()
    _send(NOW)
    return talk


@pytest.fixture
def answers(talk: Meeting, clock: time_machine.Traveller) -> list[str]:
    """The three links of the mail that asks Ben, once his hours open again after the talk."""
    assert not any("did you talk" in text for text in _send(START + timedelta(hours=1)))
    [text] = [text for text in _send(FRIDAY) if "the time you two had booked is over" in text]
    clock.move_to(FRIDAY)
    return _links(text)


def test_both_are_asked_in_their_hours_and_looking_changes_nothing(
    client: Client, answers: list[str], talk: Meeting
) -> None:
    assert Notice.objects.filter(kind="meeting_over", state=NoticeState.SENT).count() == 2
    assert len(answers) == 3
    words = ["We talked?", "We talked elsewhere?", "It did not happen?"]
    for link, word in [*zip(answers, words, strict=True)] * 2:
        assert word in _said(client, link)
    assert Outcome.objects.count() == 0


def test_one_press_says_it_and_twice_is_kindly_once(
    client: Client, answers: list[str], talk: Meeting, cast_: Cast
) -> None:
    answer = client.post(answers[1], follow=True)
    assert "That is noted" in answer.content.decode()
    client.post(answers[2])  # another link of the same mail: it was said already
    talk.refresh_from_db()

    assert list(Outcome.objects.values_list("person", "kind")) == [(cast_.ben.pk, "elsewhere")]
    assert talk.state == MeetingState.HELD
    assert all("That is noted" in _said(client, link) for link in answers)


def test_link_ends_after_a_month(client: Client, answers: list[str], clock: time_machine.Traveller) -> None:
    clock.move_to(FRIDAY + timedelta(days=30, seconds=1))

    assert "This is not asked any more" in _said(client, answers[0])
    client.post(answers[0])
    assert Outcome.objects.count() == 0


def test_talk_made_longer_is_asked_about_when_that_is_over(cast_: Cast, talk: Meeting) -> None:
    change_how(meeting=talk, actor=cast_.chi, channel=Channel.VIDEO, place="", minutes=180, now=NOW)
    _hear()

    held = Notice.objects.filter(kind="meeting_over", state=NoticeState.DUE)
    assert list(held.values_list("earliest_at", flat=True)) == [START + timedelta(hours=3)] * 2


def test_talk_on_offer_that_is_held_otherwise_is_not_asked_about(
    cast_: Cast, clock: time_machine.Traveller
) -> None:
    talk = offer_times(
        mentorship=cast_.pair, actor=cast_.chi, times=[START], minutes=45, channel=Channel.VIDEO, now=NOW
    )
    change_how(meeting=talk, actor=cast_.chi, channel=Channel.VOICE, place="", minutes=45, now=NOW)
    _hear()

    assert not Notice.objects.filter(kind="meeting_over").exists()


def test_whoever_said_so_on_the_page_is_not_asked(cast_: Cast, talk: Meeting) -> None:
    say_outcome(meeting=talk, actor=cast_.ben, kind=OutcomeKind.HELD, now=START + timedelta(hours=1))

    assert _send(FRIDAY) == []
    assert Notice.objects.filter(kind="meeting_over", state=NoticeState.SENT).count() == 1


def test_moved_talk_is_asked_about_once_after_its_new_time(cast_: Cast, talk: Meeting) -> None:
    move_meeting(meeting=talk, actor=cast_.chi, to=START + timedelta(days=4), now=NOW)
    _hear()

    assert not any("is over" in text for text in _send(FRIDAY))
    asked = [text for text in _send(FRIDAY + timedelta(days=4)) if "is over" in text]
    assert len(asked) == 1


def test_digest_does_not_ask_before_the_talk(cast_: Cast, clock: time_machine.Traveller) -> None:
    cast_.ben.preferences.notices = {NoticeClass.MEETING_REMINDER: NoticeMode.DIGEST.value}
    cast_.ben.preferences.save()
    talk = offer_times(
        mentorship=cast_.pair, actor=cast_.chi, times=[START], minutes=45, channel=Channel.VIDEO, now=NOW
    )
    take_time(meeting=talk, actor=cast_.ben, offered=talk.offered_times.get().public_id, now=NOW)
    _hear()
    _send(NOW)

    assert not any("did you talk" in text for text in _send(datetime(2026, 3, 5, 8, 30, tzinfo=UTC)))
    assert any("did you talk" in text for text in _send(datetime(2026, 3, 6, 8, 30, tzinfo=UTC)))


@pytest.fixture
def topic(cast_: Cast, clock: time_machine.Traveller) -> Topic:
    topic = open_topic(
        mentorship=cast_.pair, actor=cast_.chi, title="Visa", intention=Intention.ADVICE, now=NOW
    )
    post_message(topic=topic, actor=cast_.chi, body="Could you look?", now=NOW)
    Entry.objects.filter(verb="topic.opened").delete()
    _hear()
    return topic


@pytest.fixture
def later(topic: Topic) -> str:
    [text] = _send(NOW)
    assert "Tell me again in three days" in text
    [link] = _links(text)
    return link


def test_notice_put_off_comes_once_more_and_then_no_longer_offers_it(
    client: Client, later: str, clock: time_machine.Traveller
) -> None:
    assert "Tell you again in three days?" in _said(client, later)
    assert Notice.objects.count() == 1
    for _twice in range(2):
        assert "That is done" in client.post(later, follow=True).content.decode()

    saturday = NOW + timedelta(days=3)
    assert _send(saturday) == []  # Ben's hours begin again on Monday
    [text] = _send(datetime(2026, 3, 9, 8, 3, tzinfo=UTC))
    assert "Chi" in text
    assert _links(text) == []
    assert Notice.objects.count() == 2


def test_what_was_read_meanwhile_is_not_put_off_and_not_told(
    client: Client, cast_: Cast, later: str, topic: Topic
) -> None:
    client.post(later)
    mark_read(topic=topic, reader=cast_.ben, until_at=NOW)

    assert _send(datetime(2026, 3, 9, 8, 3, tzinfo=UTC)) == []


def test_nothing_can_be_put_off_that_is_settled(
    client: Client, cast_: Cast, later: str, topic: Topic
) -> None:
    mark_read(topic=topic, reader=cast_.ben, until_at=NOW)

    assert "nothing to put off" in _said(client, later)
    client.post(later)
    assert Notice.objects.count() == 1


def test_press_is_remembered_though_such_mails_were_switched_off(
    client: Client, cast_: Cast, later: str
) -> None:
    cast_.ben.preferences.notices = {NoticeClass.MESSAGE: NoticeMode.OFF.value}
    cast_.ben.preferences.save()

    for _twice in range(2):
        assert "That is done" in client.post(later, follow=True).content.decode()
    assert Entry.objects.filter(verb="notice.put_off").count() == 1
    assert Notice.objects.count() == 1


@pytest.mark.parametrize(("left", "word"), [(72, "nothing to put off"), (73, "in three days?")])
def test_what_ends_before_it_would_come_again_is_not_put_off(
    client: Client, later: str, left: int, word: str
) -> None:
    Notice.objects.update(expires_at=NOW + timedelta(hours=left))

    assert word in _said(client, later)
    client.post(later)
    assert Notice.objects.count() == (1 if left == 72 else 2)


@pytest.mark.parametrize("token", ["x", "nosuchnotice-held.aaaa"])
def test_link_that_is_not_ours_leads_nowhere(client: Client, token: str) -> None:
    assert client.get(f"/act/{token}/").status_code == 404
    assert client.post(f"/act/{token}/").status_code == 404


def test_act_of_a_link_cannot_be_exchanged(client: Client, later: str) -> None:
    assert client.get(later.replace("-later.", "-held.")).status_code == 404
