"""Urgent messages: they ring through where the receiver has allowed it, once a week, and one "rather not" ends it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from alongside.delivery.enums import NoticeState
from alongside.delivery.handlers import tell_people
from alongside.delivery.jobs import send_due
from alongside.delivery.models import Notice
from alongside.discussions.actions import answer_ring, open_topic, post_message
from alongside.discussions.enums import Intention, Urgency
from alongside.discussions.models import Message, Topic
from alongside.discussions.queries import may_ring
from alongside.foundation.errors import Invalid, NotFound
from alongside.journal.models import Entry
from alongside.people.enums import NoticeClass, NoticeMode, SeasonKind, UrgentPolicy
from alongside.people.models import Person, Season
from alongside.people.queries import hours_of
from tests.people import Cast

# Ben, in London, is open 8 to 18 UTC in March.
EVENING, NIGHT, DAY = (datetime(2026, 3, 4, hour, 0, tzinfo=UTC) for hour in (20, 23, 12))
WEEK = timedelta(days=7)
pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(cast_: Cast) -> Topic:
    return open_topic(
        mentorship=cast_.pair, actor=cast_.chi, title="Visa", intention=Intention.ADVICE, now=DAY - WEEK
    )


def allow(person: Person, policy: UrgentPolicy) -> None:
    person.preferences.urgent = policy
    person.preferences.save()


def write(topic: Topic, author: Person, at: datetime, *, urgent: bool = True) -> Message:
    message = post_message(topic=topic, actor=author, body="The interview is tomorrow", urgent=urgent, now=at)
    tell_people(Entry.objects.filter(verb="message.posted").latest("pk"))
    return message


@pytest.mark.parametrize(
    ("policy", "at", "rings"),
    [
        (UrgentPolicy.OFF, EVENING, False),
        (UrgentPolicy.DAYTIME, EVENING, True),
        (UrgentPolicy.DAYTIME, EVENING + timedelta(minutes=119), True),
        (UrgentPolicy.DAYTIME, EVENING + timedelta(minutes=120), False),
        (UrgentPolicy.DAYTIME, NIGHT + timedelta(hours=8), True),
        (UrgentPolicy.DAYTIME, NIGHT + timedelta(hours=8, minutes=-1), False),
        (UrgentPolicy.ANYTIME, NIGHT, True),
        (UrgentPolicy.ANYTIME, DAY, False),  # open anyway
    ],
)
def test_an_urgent_message_may_ring_where_its_receiver_lets_it(
    cast_: Cast, policy: UrgentPolicy, at: datetime, rings: bool
) -> None:
    allow(cast_.ben, policy)

    assert may_ring(cast_.pair, cast_.ben, hours_of(cast_.ben), now=at) is rings


def test_nothing_rings_for_who_is_away_or_hears_of_messages_otherwise(cast_: Cast) -> None:
    allow(cast_.ben, UrgentPolicy.ANYTIME)
    cast_.ben.preferences.notices = {NoticeClass.MESSAGE: NoticeMode.DIGEST}
    by_digest = may_ring(cast_.pair, cast_.ben, hours_of(cast_.ben), now=NIGHT)
    cast_.ben.preferences.notices = {}
    Season.objects.create(
        person=cast_.ben, kind=SeasonKind.AWAY, from_on=date(2026, 3, 4), until_on=date(2026, 3, 4)
    )
    away = may_ring(cast_.pair, cast_.ben, hours_of(cast_.ben), now=NIGHT)

    assert (by_digest, away) == (False, False)


def test_it_is_told_at_once_and_a_quiet_one_waits(cast_: Cast, topic: Topic) -> None:
    allow(cast_.ben, UrgentPolicy.ANYTIME)
    write(topic, cast_.chi, NIGHT, urgent=False)
    Notice.objects.update(thread="")  # told apart, so that each shows its own moment
    write(topic, cast_.chi, NIGHT)

    send_due(NIGHT)

    [sent] = mail.outbox
    assert "urgent" in sent.body
    rows = Notice.objects.filter(kind="message_posted")
    states = {row.context.get("urgent", False): row.state for row in rows}
    assert states == {True: NoticeState.SENT, False: NoticeState.DUE}


def test_a_policy_taken_back_before_sending_holds(cast_: Cast, topic: Topic) -> None:
    allow(cast_.ben, UrgentPolicy.ANYTIME)
    write(topic, cast_.chi, NIGHT)
    allow(cast_.ben, UrgentPolicy.OFF)

    send_due(NIGHT)

    notice = Notice.objects.get(kind="message_posted")
    assert (mail.outbox, notice.state) == ([], NoticeState.DUE)
    assert notice.not_before >= datetime(2026, 3, 5, 8, 0, tzinfo=UTC)


def test_once_a_week_for_the_pair_and_the_words_can_still_go_quietly(cast_: Cast, topic: Topic) -> None:
    allow(cast_.ben, UrgentPolicy.ANYTIME)
    write(topic, cast_.chi, NIGHT)

    with pytest.raises(Invalid, match="Your words can still go quietly") as refusal:
        write(topic, cast_.chi, NIGHT + WEEK - timedelta(seconds=1))
    write(topic, cast_.chi, NIGHT + WEEK)

    assert refusal.value.field == "urgent"
    assert Message.objects.filter(urgency=Urgency.ASKED).count() == 2


def test_what_is_scheduled_does_not_ring(cast_: Cast, topic: Topic) -> None:
    allow(cast_.ben, UrgentPolicy.ANYTIME)

    with pytest.raises(Invalid):
        post_message(topic=topic, actor=cast_.chi, body="Later", urgent=True, send_at=NIGHT + WEEK, now=NIGHT)


@pytest.mark.parametrize(
    ("was_fine", "urgency", "policy"),
    [(True, Urgency.FINE, UrgentPolicy.ANYTIME), (False, Urgency.NOT_AGAIN, UrgentPolicy.OFF)],
)
def test_one_rather_not_switches_it_off(
    cast_: Cast, topic: Topic, was_fine: bool, urgency: Urgency, policy: UrgentPolicy
) -> None:
    allow(cast_.ben, UrgentPolicy.ANYTIME)
    message = write(topic, cast_.chi, NIGHT)

    answer_ring(message=message, actor=cast_.ben, was_fine=was_fine, now=NIGHT)

    message.refresh_from_db()
    cast_.ben.preferences.refresh_from_db()
    assert (message.urgency, cast_.ben.preferences.urgent) == (urgency, policy)


def test_only_the_receiver_of_an_urgent_message_is_asked(cast_: Cast, topic: Topic) -> None:
    allow(cast_.ben, UrgentPolicy.ANYTIME)
    quiet, urgent = write(topic, cast_.chi, DAY, urgent=False), write(topic, cast_.chi, NIGHT)

    for message, actor in ((quiet, cast_.ben), (urgent, cast_.chi), (urgent, cast_.eva)):
        with pytest.raises(NotFound):
            answer_ring(message=message, actor=actor, was_fine=False, now=NIGHT)
