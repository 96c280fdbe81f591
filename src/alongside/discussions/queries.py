"""Reading topics and messages. Everything here takes the reader; bodies are opened many at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import F, FilteredRelation, Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.safestring import SafeString

from alongside.discussions.access import visible_messages, visible_topics
from alongside.discussions.enums import TopicState, Urgency
from alongside.discussions.models import Message, Read, Topic
from alongside.engine.timing.hours import PersonHours
from alongside.engine.timing.quiet import is_open
from alongside.foundation.compiled import compiled
from alongside.foundation.reading import holding, keys
from alongside.foundation.text import excerpt, message_html
from alongside.mentorships.access import among_own
from alongside.mentorships.models import Mentorship
from alongside.people.enums import NoticeClass, NoticeMode
from alongside.people.models import Person
from alongside.people.queries import lets_ring
from alongside.vault.queries import open_many, open_sealed

PAGE = 50  # messages shown at once
CATCH_UP = 200  # messages an open page is sent at once
SEARCHED = 20_000  # messages of one pair that a search looks through, newest first
FOUND = 50
FIRST_TOPICS = 3  # on the overview of a pair
RING_REST = timedelta(days=7)  # one urgent message of a pair in this time
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic as a list shows it. `is_new` is the reader's own mark; nobody else sees it."""

    topic: Topic
    title: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A message as its reader sees it. `shows_clock` is false where the hour of writing is not shown; `is_unread` where
    the reader's mark stands after it."""

    message: Message
    text: str
    is_mine: bool
    is_unread: bool
    shows_clock: bool

    @property
    def is_new(self) -> bool:
        """Whether the partner wrote it since the reader looked."""
        return self.is_unread and not self.is_mine

    @property
    def html(self) -> SafeString:
        return message_html(self.text)


@dataclass(frozen=True, slots=True)
class MessagePage:
    """A stretch of a topic, oldest first. `earlier` is the id before which older messages stand, if there are any."""

    lines: Sequence[MessageLine]
    earlier: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the words searched for stand; `message` is None when it is the title or takeaway of the topic."""

    topic: Topic
    title: str
    message: Message | None
    around: str


def title_of(topic: Topic) -> str:
    """The topic's title. One query at most."""
    return open_sealed(topic.title_sealed, about=f"topic:{topic.public_id}:title")


def takeaway_of(topic: Topic) -> str:
    return open_sealed(topic.takeaway_sealed, about=f"topic:{topic.public_id}:takeaway")


def may_ring(mentorship: Mentorship, partner: Person, hours: PersonHours, *, now: datetime) -> bool:
    """Whether an urgent message would ring through to the partner now.

    They have allowed it at this hour of theirs, hear of messages by mail, are not open anyway, and nothing urgent was
    written between the two within a week. One query, none unless they have allowed it.
    """
    by_mail = partner.preferences.notices.get(NoticeClass.MESSAGE, NoticeMode.NOW) == NoticeMode.NOW
    if not by_mail or is_open(hours, now) or not lets_ring(partner, hours, now):
        return False
    rang = Message.objects.filter(topic__mentorship=mentorship, created_at__gt=now - RING_REST)
    return not rang.exclude(urgency=Urgency.QUIET).exists()


def topics_of(mentorship: Mentorship, *, reader: Person) -> QuerySet[Topic]:
    """Topics of a pair for one of the two, those lately written in first, with the reader's mark for `topic_lines`."""
    return _lately_first(_marked(visible_topics(reader, of=mentorship), reader.pk))


def first_topics(mentorship: Mentorship, *, reader: Person) -> list[Topic]:
    """The first FIRST_TOPICS of `topics_of`."""
    return holding(_first(reader.pk, [mentorship.pk]), "mentorship", [mentorship])


def topic_lines(topics: Iterable[Topic], *, reader: Person | None = None) -> list[TopicLine]:
    """Topics with their titles opened; those of `topics_of` with what is new for its reader, if that one is named.

    One query and one opening for any number, only the opening where nobody wrote since the reader's marks.
    """
    rows = list(topics)
    return _titled(rows, _new_among(rows, reader) if reader else frozenset())


def new_for(person: Person, *, of: Sequence[Mentorship], limit: int = 20) -> list[TopicLine]:
    """Topics of these pairs of one's own in which the partner wrote something not read yet. Two queries and one opening,
    one query where nobody wrote since one's marks."""
    rows = holding(_written_in(person.pk, keys(of)), "mentorship", of)
    new = _new_among(rows, person)
    newest = sorted(rows, key=lambda row: row.last_message_at or _NEVER, reverse=True)
    return _titled([row for row in newest if row.pk in new][:limit], new)


def messages_of(
    topic: Topic,
    *,
    reader: Person,
    reader_hours: PersonHours,
    before: str = "",
    up_to: str = "",
    limit: int = PAGE,
) -> MessagePage:
    """The newest `limit` sent messages; or those before the one with id `before`; or `up_to` one, with it.

    At most four queries.
    """
    rows = visible_messages(reader, topic).filter(sent_at__isnull=False)
    if before or up_to:
        rows = _around(rows, before or up_to, "lt" if before else "lte")
    found = list(rows.select_related("author").order_by("-sent_at", "-pk")[: limit + 1])
    kept = found[:limit][::-1]
    earlier = kept[0].public_id if len(found) > limit else ""
    return MessagePage(_lines(kept, topic, reader, reader_hours), earlier)


def messages_after(
    topic: Topic, *, reader: Person, reader_hours: PersonHours, after: str, limit: int = CATCH_UP
) -> list[MessageLine]:
    """What was sent after the message with id `after` (from the beginning without one), oldest first."""
    rows = visible_messages(reader, topic).filter(sent_at__isnull=False)
    if after:
        rows = _around(rows, after, "gt")
    found = list(rows.select_related("author").order_by("sent_at", "pk")[:limit])
    return _lines(found, topic, reader, reader_hours)


def messages_changed(
    topic: Topic, *, reader: Person, reader_hours: PersonHours, since: datetime, limit: int = CATCH_UP
) -> list[MessageLine]:
    """What was edited or taken away from `since` on, oldest first, as it reads now."""
    changed = Q(edited_at__gte=since) | Q(deleted_at__gte=since)
    rows = visible_messages(reader, topic).filter(changed, sent_at__isnull=False)
    found = list(rows.select_related("author").order_by("sent_at", "pk")[:limit])
    return _lines(found, topic, reader, reader_hours)


def message_line(message: Message, *, reader: Person, reader_hours: PersonHours) -> MessageLine:
    """One message as its reader sees it."""
    return _lines([message], message.topic, reader, reader_hours)[0]


def waiting_messages(topic: Topic, *, author: Person) -> list[MessageLine]:
    """One's own messages kept for later, in the order they will go. Two queries."""
    rows = visible_messages(author, topic).filter(author=author, sent_at__isnull=True)
    found = list(rows.select_related("author").order_by("send_at", "pk"))
    texts = _texts(found)
    return [MessageLine(row, text, True, False, True) for row, text in zip(found, texts, strict=True)]


def search_pair(mentorship: Mentorship, *, reader: Person, words: str) -> list[Hit]:
    """Where all the words stand together, in titles, takeaways and messages of one pair; newest first, at most FOUND.

    Text is opened in memory only and no index is kept. Cost: four queries, linear in what the two have written.
    """
    wanted = words.casefold().split()
    if not wanted:
        return []
    topics = {line.topic.pk: line for line in topic_lines(topics_of(mentorship, reader=reader))}
    takeaways = open_many(
        [(line.topic.takeaway_sealed, f"topic:{line.topic.public_id}:takeaway") for line in topics.values()]
    )
    hits = [
        Hit(line.topic, line.title, None, excerpt(takeaway) if takeaway else "")
        for line, takeaway in zip(topics.values(), takeaways, strict=True)
        if _holds(f"{line.title} {takeaway}", wanted)
    ]
    rows = list(
        Message.objects.filter(topic__in=topics, sent_at__isnull=False, deleted_at__isnull=True)
        .select_related("author")
        .order_by("-sent_at", "-pk")[:SEARCHED]
    )
    for row, text in zip(rows, _texts(rows), strict=True):
        if len(hits) == FOUND:
            break
        if _holds(text, wanted):
            line = topics[row.topic_id]
            hits.append(Hit(line.topic, line.title, row, _around_words(text, wanted[0])))
    return hits


def open_topic_count(mentorship: Mentorship) -> int:
    """How many topics the two have open: a count that carries no words."""
    return mentorship.topics.filter(state=TopicState.OPEN).count()


@compiled
def _first(reader: int, mentorships: list[int]) -> QuerySet[Topic]:
    return _lately_first(_marked(Topic.objects.filter(among_own(reader, mentorships)), reader))[:FIRST_TOPICS]


@compiled
def _written_in(reader: int, mentorships: list[int]) -> QuerySet[Topic]:
    topics = _marked(Topic.objects.filter(among_own(reader, mentorships)), reader)
    return topics.filter(last_message_at__gt=Coalesce("read_until", _NEVER))


@compiled
def _newest_of_others(
    reader: int, topics: list[int], since: datetime
) -> QuerySet[Message, tuple[int, datetime]]:
    others = Message.objects.filter(
        ~Q(author=reader), topic__in=topics, sent_at__gt=since, deleted_at__isnull=True
    )
    return others.values_list("topic_id").annotate(Max("sent_at"))


def _lately_first(topics: QuerySet[Topic]) -> QuerySet[Topic]:
    return topics.order_by(F("last_message_at").desc(nulls_last=True), "-pk")


def _marked(topics: QuerySet[Topic], reader: int) -> QuerySet[Topic]:
    """Adds `read_until`, the reader's own mark; null when they never read there."""
    own_mark = FilteredRelation("reads", condition=Q(reads__person=reader))
    return topics.annotate(own_mark=own_mark, read_until=F("own_mark__until_at"))


def _titled(rows: Sequence[Topic], new: frozenset[int]) -> list[TopicLine]:
    titles = open_many([(row.title_sealed, f"topic:{row.public_id}:title") for row in rows])
    return [TopicLine(row, title, row.pk in new) for row, title in zip(rows, titles, strict=True)]


def _new_among(marked: Sequence[Topic], reader: Person) -> frozenset[int]:
    """Those of the topics in which the partner wrote something after the reader's mark. One query at most."""
    marks = {row.pk: getattr(row, "read_until", None) or _NEVER for row in marked}
    written_in = [row.pk for row in marked if row.last_message_at and row.last_message_at > marks[row.pk]]
    if not written_in:
        return frozenset()
    newest = _newest_of_others(reader.pk, written_in, min(marks[pk] for pk in written_in))
    return frozenset(pk for pk, at in newest if at > marks[pk])


def _around(rows: QuerySet[Message], public_id: str, side: str) -> QuerySet[Message]:
    """Messages before ("lt"), up to ("lte") or after ("gt") one of them in the order of the talk; all when it is not there."""
    place = rows.filter(public_id=public_id).values_list("sent_at", "pk").first()
    if place is None:
        return rows
    at, pk = place
    return rows.filter(**{f"sent_at__{side[:2]}": at}) | rows.filter(sent_at=at, **{f"pk__{side}": pk})


def _lines(
    rows: Sequence[Message], topic: Topic, reader: Person, reader_hours: PersonHours
) -> list[MessageLine]:
    mark = (
        Read.objects.filter(topic=topic, person=reader).values_list("until_at", flat=True).first() or _NEVER
    )
    return [
        MessageLine(
            row,
            text,
            is_mine=row.author_id == reader.pk,
            is_unread=row.sent_at is not None and row.sent_at > mark,
            shows_clock=row.author_id == reader.pk
            or row.sent_at is None
            or is_open(reader_hours, row.sent_at),
        )
        for row, text in zip(rows, _texts(rows), strict=True)
    ]


def _texts(rows: Sequence[Message]) -> list[str]:
    return open_many([(row.body_sealed, f"message:{row.public_id}:body") for row in rows])


def _holds(text: str, wanted: Sequence[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in wanted)


def _around_words(text: str, word: str) -> str:
    """About 160 characters of plain text around the first place of the word."""
    plain = excerpt(text, len(text) + 1)
    at = max(plain.casefold().find(word) - 60, 0)
    start = plain.rfind(" ", 0, at) + 1 if at else 0
    return ("…" if start else "") + excerpt(plain[start:], 160)
