"""Calendar feeds: whose an address is, and which talks belong into it."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from alongside.foundation.errors import NotFound
from alongside.foundation.reading import along
from alongside.meetings.access import visible_meetings
from alongside.meetings.enums import MeetingState
from alongside.meetings.models import Feed, Meeting
from alongside.people.models import Person

KEPT = timedelta(days=60)  # past talks stay in a calendar this long
MOST = 500
_SALT = "alongside.meetings.feed"
_SIGNATURE = 32  # hexadecimal digits: 128 bits
_TOLD = (MeetingState.BOOKED, MeetingState.HELD, MeetingState.NOT_HELD)


def feed_of(person: Person) -> Feed | None:
    """One's own feed, if there is one."""
    return Feed.objects.filter(person=person).first()


def feed_token(feed: Feed) -> str:
    """The secret in the feed's address. It stands nowhere in the database."""
    return f"{feed.public_id}-{_signature(feed.public_id)}"


def get_feed(token: str) -> Feed:
    """The feed of an address: whoever has it may read. Raises NotFound for every other one, and for somebody who left."""
    public_id, _dash, signature = token.partition("-")
    if not constant_time_compare(signature, _signature(public_id)):
        raise NotFound
    rows = Feed.objects.select_related("person__preferences")
    feed = rows.filter(public_id=public_id, person__is_active=True).first()
    if feed is None:
        raise NotFound
    return feed


def talks_of_feed(person: Person, *, now: datetime) -> QuerySet[Meeting]:
    """The person's talks with a time: booked, held, or just being moved; not what was called off. Members are fetched along."""
    moving = Q(state=MeetingState.PROPOSED, starts_at__isnull=False)
    rows = visible_meetings(person).filter(Q(state__in=_TOLD) | moving, starts_at__gte=now - KEPT)
    rows = along(rows, "mentorship__program")
    return rows.prefetch_related("mentorship__members__person").order_by("-starts_at", "-pk")[:MOST]


def _signature(public_id: str) -> str:
    return salted_hmac(_SALT, public_id, algorithm="sha256").hexdigest()[:_SIGNATURE]
