"""A person's own calendar feed: made, told more or less, given a new address, taken away. Only ever one's own."""

from datetime import datetime

from django.db import transaction

from alongside.foundation.ids import new_public_id
from alongside.journal.actions import record
from alongside.meetings.enums import FeedDetail
from alongside.meetings.models import Feed
from alongside.people.models import Person


@transaction.atomic
def set_feed(*, actor: Person, detail: FeedDetail, now: datetime) -> Feed:
    """From now on the actor's feed tells this much; there is one afterwards. Its address stays as it is."""
    feed, _created = Feed.objects.update_or_create(
        person=actor, defaults={"detail": detail}, create_defaults={"detail": detail, "created_at": now}
    )
    record("feed.set", actor_id=actor.pk, subject=feed, data={"detail": detail}, now=now)
    return feed


@transaction.atomic
def renew_feed(*, actor: Person, now: datetime) -> Feed | None:
    """A new address; nobody can read at the old one any more. None when there is no feed."""
    feed = Feed.objects.select_for_update().filter(person=actor).first()
    if feed is None:
        return None
    feed.public_id, feed.created_at = new_public_id(), now
    feed.save(update_fields=["public_id", "created_at"])
    record("feed.renewed", actor_id=actor.pk, subject=feed, now=now)
    return feed


@transaction.atomic
def remove_feed(*, actor: Person, now: datetime) -> None:
    """Nobody can read the actor's talks at any address any more. Nothing to do twice."""
    feed = Feed.objects.filter(person=actor).first()
    if feed is not None:
        record("feed.removed", actor_id=actor.pk, subject=feed, now=now)
        feed.delete()
