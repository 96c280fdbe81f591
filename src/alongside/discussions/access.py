"""Who may read a topic: the members of its mentorship. A message not sent yet is its author's alone."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from alongside.discussions.models import Message, Topic
from alongside.foundation.errors import NotAllowed, NotFound
from alongside.foundation.reading import one_of_rows
from alongside.mentorships.access import in_own
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person


def visible_topics(person: Person, *, of: Mentorship | Sequence[Mentorship] | None = None) -> QuerySet[Topic]:
    """Topics of the mentorships this person is or was a member of; or `of` some of them, or of one, which they then hold."""
    rows = of.topics.all() if isinstance(of, Mentorship) else Topic.objects.all()
    return rows.filter(in_own(person, of))


def get_topic(person: Person, public_id: str) -> Topic:
    """A topic, for the two. Raises NotFound for everybody else."""
    rows = visible_topics(person).filter(public_id=public_id)
    row = one_of_rows(rows.select_related("mentorship", "closed_by"))
    if row is None:
        raise NotFound
    return row


def visible_messages(person: Person, topic: Topic) -> QuerySet[Message]:
    """Messages of a topic that the person may read, oldest first: all that were sent, and one's own still to be sent."""
    sent_or_own = Q(sent_at__isnull=False) | Q(author=person)
    return topic.messages.filter(sent_or_own, topic__mentorship__members__person=person)


def get_message(person: Person, topic: Topic, public_id: str) -> Message:
    """A message of a topic. Raises NotFound."""
    row = visible_messages(person, topic).filter(public_id=public_id).select_related("author").first()
    if row is None:
        raise NotFound
    row.topic = topic
    return row


def check_author(person: Person, message: Message) -> None:
    """Raises NotFound for strangers and NotAllowed for the partner: words belong to who wrote them."""
    if message.author_id == person.pk:
        return
    if not message.topic.mentorship.members.filter(person=person).exists():
        raise NotFound
    raise NotAllowed
