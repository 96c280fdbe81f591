"""Writing in topics: who may, what it changes, and what happens when it is sent twice."""

from datetime import date, timedelta

import pytest

from alongside.discussions.actions import (
    SEND,
    close_topic,
    edit_message,
    mark_read,
    open_topic,
    post_message,
    remove_message,
    reopen_topic,
    rest_topic,
    send_scheduled_message,
)
from alongside.discussions.enums import Expectation, Intention, TopicState
from alongside.discussions.models import Message, Read, Topic
from alongside.discussions.queries import takeaway_of, title_of
from alongside.foundation.errors import Conflict, Invalid, NotAllowed, NotFound
from alongside.jobs.models import Job
from alongside.journal.models import Entry
from alongside.mentorships.actions import end_early
from alongside.mentorships.enums import EndReason
from alongside.vault.queries import open_sealed
from tests.factories import NOW
from tests.people import Cast

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=3)


@pytest.fixture
def topic(cast_: Cast) -> Topic:
    return open_topic(
        mentorship=cast_.pair, actor=cast_.chi, title="Visa question", intention=Intention.ADVICE, now=NOW
    )


def _body(message: Message) -> str:
    return open_sealed(message.body_sealed, about=f"message:{message.public_id}:body")


def test_open_topic_seals_its_title(cast_: Cast, topic: Topic) -> None:
    assert b"Visa" not in bytes(topic.title_sealed)
    assert title_of(topic) == "Visa question"
    assert topic.state == TopicState.OPEN


def test_open_topic_needs_a_title(cast_: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        open_topic(mentorship=cast_.pair, actor=cast_.chi, title="  ", intention=Intention.SHARING, now=NOW)
    assert refused.value.field == "title"


@pytest.mark.parametrize("stranger", ["dov", "eva", "ada", "gus", "hal"])
def test_nobody_else_opens_or_writes(cast_: Cast, topic: Topic, stranger: str) -> None:
    actor = getattr(cast_, stranger)

    with pytest.raises(NotFound):
        open_topic(mentorship=cast_.pair, actor=actor, title="x", intention=Intention.SHARING, now=NOW)
    with pytest.raises(NotFound):
        post_message(topic=topic, actor=actor, body="Hello", now=NOW)
    with pytest.raises(NotFound):
        mark_read(topic=topic, reader=actor, until_at=NOW)
    assert Message.objects.count() == 0


def test_post_message_seals_its_words_and_counts_as_contact(cast_: Cast, topic: Topic) -> None:
    message = post_message(topic=topic, actor=cast_.chi, body="  I asked **twice**.  ", now=LATER)

    topic.refresh_from_db()
    cast_.pair.refresh_from_db()
    assert _body(message) == "I asked **twice**."
    assert b"twice" not in bytes(message.body_sealed or b"")
    assert topic.last_message_at == LATER
    assert (cast_.pair.last_contact_on, cast_.pair.other_contact_on) == (LATER.date(), LATER.date())
    entry = Entry.objects.get(verb="message.posted")
    assert entry.actor_id == cast_.chi.pk
    assert entry.data == {
        "mentorship": cast_.pair.pk,
        "topic": topic.pk,
        "expectation": "whenever",
        "reply_by": "",
    }


def test_post_message_with_the_same_key_is_said_once(cast_: Cast, topic: Topic) -> None:
    first = post_message(topic=topic, actor=cast_.chi, body="Hello", client_key="k1", now=NOW)
    again = post_message(topic=topic, actor=cast_.chi, body="Hello", client_key="k1", now=LATER)

    assert again == first
    assert Message.objects.count() == 1
    assert Entry.objects.filter(verb="message.posted").count() == 1


def test_post_message_without_a_key_is_said_each_time(cast_: Cast, topic: Topic) -> None:
    post_message(topic=topic, actor=cast_.chi, body="Hello", now=NOW)
    post_message(topic=topic, actor=cast_.chi, body="Hello", now=NOW)

    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"body": "   "}, "body"),
        ({"body": "x" * 20_001}, "body"),
        ({"expectation": Expectation.BY_DATE}, "reply_by"),
        ({"expectation": Expectation.BY_DATE, "reply_by": date(2026, 3, 1)}, "reply_by"),
        ({"send_at": NOW}, "send_at"),
        ({"send_at": NOW + timedelta(days=61)}, "send_at"),
    ],
)
def test_post_message_names_what_does_not_fit(
    cast_: Cast, topic: Topic, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        post_message(**{"topic": topic, "actor": cast_.chi, "body": "Hello", "now": NOW, **changes})
    assert refused.value.field == field


def test_a_day_to_answer_by_is_kept_only_with_its_chip(cast_: Cast, topic: Topic) -> None:
    day = date(2026, 3, 10)
    by_date = post_message(
        topic=topic, actor=cast_.chi, body="a", expectation=Expectation.BY_DATE, reply_by=day, now=NOW
    )
    whenever = post_message(topic=topic, actor=cast_.chi, body="b", reply_by=day, now=NOW)

    assert (by_date.reply_by, whenever.reply_by) == (day, None)


def test_nobody_writes_once_the_mentorship_has_ended(cast_: Cast, topic: Topic) -> None:
    end_early(mentorship=cast_.pair, actor=cast_.ben, reason=EndReason.TIME, now=NOW)

    with pytest.raises(Conflict):
        post_message(topic=topic, actor=cast_.chi, body="Hello", now=LATER)


def test_scheduled_message_waits_and_is_then_sent_once(cast_: Cast, topic: Topic) -> None:
    message = post_message(topic=topic, actor=cast_.chi, body="Hello", send_at=LATER, now=NOW)
    job = Job.objects.get(kind=SEND)
    assert (message.sent_at, job.run_after, job.payload) == (None, LATER, {"message": message.pk})

    early = send_scheduled_message(message_id=message.pk, now=LATER - timedelta(seconds=1))
    due = send_scheduled_message(message_id=message.pk, now=LATER)
    again = send_scheduled_message(message_id=message.pk, now=LATER)

    message.refresh_from_db()
    assert (early, due, again) == (False, True, False)
    assert message.sent_at == LATER
    assert Entry.objects.filter(verb="message.posted").count() == 1


def test_scheduled_message_stays_when_topic_or_mentorship_closed_meanwhile(cast_: Cast, topic: Topic) -> None:
    message = post_message(topic=topic, actor=cast_.chi, body="Hello", send_at=LATER, now=NOW)
    close_topic(topic=topic, actor=cast_.ben, now=NOW)
    in_closed_topic = send_scheduled_message(message_id=message.pk, now=LATER)
    reopen_topic(topic=topic, actor=cast_.ben, now=NOW)
    end_early(mentorship=cast_.pair, actor=cast_.ben, reason=EndReason.TIME, now=NOW)

    assert (in_closed_topic, send_scheduled_message(message_id=message.pk, now=LATER)) == (False, False)


def test_edit_message_is_its_authors_alone(cast_: Cast, topic: Topic) -> None:
    message = post_message(topic=topic, actor=cast_.chi, body="Hello", now=NOW)

    edit_message(message=message, actor=cast_.chi, body="Hello again", now=LATER)

    assert (_body(message), message.edited_at) == ("Hello again", LATER)
    with pytest.raises(NotAllowed):
        edit_message(message=message, actor=cast_.ben, body="No", now=LATER)
    with pytest.raises(NotFound):
        edit_message(message=message, actor=cast_.eva, body="No", now=LATER)


def test_remove_message_takes_the_words_and_keeps_the_place(cast_: Cast, topic: Topic) -> None:
    message = post_message(topic=topic, actor=cast_.chi, body="Hello", now=NOW)

    remove_message(message=message, actor=cast_.chi, now=LATER)
    remove_message(message=message, actor=cast_.chi, now=LATER + timedelta(hours=1))

    message.refresh_from_db()
    assert (message.body_sealed, message.deleted_at) == (None, LATER)
    assert Entry.objects.filter(verb="message.removed").count() == 1
    with pytest.raises(Conflict):
        edit_message(message=message, actor=cast_.chi, body="Back", now=LATER)


def test_remove_message_not_sent_yet_leaves_nothing(cast_: Cast, topic: Topic) -> None:
    message = post_message(topic=topic, actor=cast_.chi, body="Hello", send_at=LATER, now=NOW)

    remove_message(message=message, actor=cast_.chi, now=NOW)

    assert Message.objects.count() == 0
    assert Entry.objects.filter(verb__startswith="message.").count() == 0


def test_resting_topic_wakes_with_the_next_message(cast_: Cast, topic: Topic) -> None:
    rested = rest_topic(topic=topic, actor=cast_.ben, now=NOW)
    post_message(topic=topic, actor=cast_.chi, body="Hello", now=LATER)

    topic.refresh_from_db()
    assert (rested.state, topic.state) == (TopicState.RESTING, TopicState.OPEN)


def test_closed_topic_keeps_its_takeaway_and_takes_no_message(cast_: Cast, topic: Topic) -> None:
    closed = close_topic(topic=topic, actor=cast_.chi, takeaway="Ask the travel desk first", now=LATER)

    assert (closed.state, closed.closed_by, closed.closed_at) == (TopicState.CLOSED, cast_.chi, LATER)
    assert takeaway_of(closed) == "Ask the travel desk first"
    with pytest.raises(Conflict):
        post_message(topic=topic, actor=cast_.ben, body="Wait", now=LATER)
    with pytest.raises(Conflict):
        rest_topic(topic=topic, actor=cast_.ben, now=LATER)
    assert reopen_topic(topic=topic, actor=cast_.ben, now=LATER).state == TopicState.OPEN


def test_read_mark_never_moves_back(cast_: Cast, topic: Topic) -> None:
    mark_read(topic=topic, reader=cast_.ben, until_at=LATER)
    mark_read(topic=topic, reader=cast_.ben, until_at=NOW)

    assert list(Read.objects.values_list("person", "until_at")) == [(cast_.ben.pk, LATER)]
