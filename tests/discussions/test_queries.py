"""Reading topics: what is new for whom, pages of long talks, search; always at a constant number of queries."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from alongside.discussions.access import get_message, get_topic, visible_topics
from alongside.discussions.actions import (
    close_topic,
    edit_message,
    mark_read,
    open_topic,
    post_message,
    remove_message,
)
from alongside.discussions.enums import Intention
from alongside.discussions.models import Topic
from alongside.discussions.queries import (
    messages_after,
    messages_changed,
    messages_of,
    new_for,
    search_pair,
    topic_lines,
    topics_of,
    waiting_messages,
)
from alongside.foundation.errors import NotFound
from alongside.mentorships.access import own_mentorships
from alongside.people.models import Person
from alongside.people.queries import hours_of
from tests.factories import NOW
from tests.people import Cast

pytestmark = pytest.mark.django_db


def _topic(cast: Cast, title: str = "Visa question", *, by: Person | None = None) -> Topic:
    return open_topic(
        mentorship=cast.pair, actor=by or cast.chi, title=title, intention=Intention.SHARING, now=NOW
    )


def _say(topic: Topic, author: Person, body: str, *, minute: int = 0) -> str:
    at = NOW + timedelta(minutes=minute)
    return post_message(topic=topic, actor=author, body=body, now=at).public_id


@pytest.mark.parametrize("stranger", ["dov", "eva", "ada", "gus", "hal"])
def test_topics_are_seen_by_the_two_only(cast_: Cast, stranger: str) -> None:
    topic = _topic(cast_)
    message_id = _say(topic, cast_.chi, "Hello")
    person = getattr(cast_, stranger)

    assert get_topic(cast_.ben, topic.public_id) == topic
    assert list(visible_topics(person)) == []
    with pytest.raises(NotFound):
        get_topic(person, topic.public_id)
    with pytest.raises(NotFound):
        get_message(person, topic, message_id)
    assert search_pair(cast_.pair, reader=person, words="hello") == []


def test_message_for_later_is_seen_by_its_author_only(cast_: Cast) -> None:
    topic = _topic(cast_)
    message = post_message(
        topic=topic, actor=cast_.chi, body="Soon", send_at=NOW + timedelta(hours=1), now=NOW
    )

    assert get_message(cast_.chi, topic, message.public_id) == message
    assert [line.text for line in waiting_messages(topic, author=cast_.chi)] == ["Soon"]
    assert waiting_messages(topic, author=cast_.ben) == []
    with pytest.raises(NotFound):
        get_message(cast_.ben, topic, message.public_id)


def test_new_is_what_the_partner_wrote_since_one_read(cast_: Cast) -> None:
    topic, quiet = _topic(cast_), _topic(cast_, "Quiet")
    _say(topic, cast_.chi, "Hello")
    _say(quiet, cast_.ben, "Mine")

    def new(person: Person) -> list[str]:
        return [line.title for line in new_for(person, of=own_mentorships(person))]

    assert (new(cast_.ben), new(cast_.chi), new(cast_.eva)) == (["Visa question"], ["Quiet"], [])
    mark_read(topic=topic, reader=cast_.ben, until_at=NOW)
    assert new(cast_.ben) == []
    _say(topic, cast_.chi, "And one more", minute=1)
    assert new(cast_.ben) == ["Visa question"]


def test_removed_message_is_not_new(cast_: Cast) -> None:
    topic = _topic(cast_)
    message = post_message(topic=topic, actor=cast_.chi, body="Hello", now=NOW)
    remove_message(message=message, actor=cast_.chi, now=NOW)

    assert new_for(cast_.ben, of=own_mentorships(cast_.ben)) == []


def test_long_talk_comes_in_pages_and_none_is_lost(cast_: Cast) -> None:
    topic, hours = _topic(cast_), hours_of(cast_.ben)
    # Three at each instant: the order within one instant must not lose anybody at the edge of a page.
    said = [_say(topic, cast_.chi, f"number {index}", minute=index // 3) for index in range(10)]

    read: list[str] = []
    before = ""
    while True:
        page = messages_of(topic, reader=cast_.ben, reader_hours=hours, before=before, limit=4)
        read = [line.message.public_id for line in page.lines] + read
        if not (before := page.earlier):
            break

    assert read == said
    later = messages_after(topic, reader=cast_.ben, reader_hours=hours, after=said[6])
    assert [line.message.public_id for line in later] == said[7:]


def test_what_changed_since_a_moment_is_read_as_it_stands_now(cast_: Cast) -> None:
    topic, hours = _topic(cast_), hours_of(cast_.ben)
    rows = [get_message(cast_.chi, topic, _say(topic, cast_.chi, body)) for body in ("a", "b", "c", "d")]
    edit_message(message=rows[0], actor=cast_.chi, body="before", now=NOW + timedelta(minutes=1))
    edit_message(message=rows[1], actor=cast_.chi, body="since", now=NOW + timedelta(minutes=3))
    remove_message(message=rows[2], actor=cast_.chi, now=NOW + timedelta(minutes=4))

    changed = messages_changed(topic, reader=cast_.ben, reader_hours=hours, since=NOW + timedelta(minutes=3))

    assert [(line.message.pk, line.text) for line in changed] == [(rows[1].pk, "since"), (rows[2].pk, "")]


def test_hour_of_writing_is_shown_within_the_readers_hours_only(cast_: Cast) -> None:
    topic = _topic(cast_)
    _say(topic, cast_.chi, "in London's morning")
    _say(topic, cast_.chi, "in London's night", minute=14 * 60)

    def clocks(person: Person) -> list[bool]:
        page = messages_of(topic, reader=person, reader_hours=hours_of(person))
        return [line.shows_clock for line in page.lines]

    assert (clocks(cast_.ben), clocks(cast_.chi)) == ([True, False], [True, True])


@pytest.mark.parametrize("count", [1, 30])
def test_messages_cost_the_same_queries_however_many(
    cast_: Cast, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    topic, hours = _topic(cast_), hours_of(cast_.ben)
    for index in range(count):
        _say(topic, (cast_.chi, cast_.ben)[index % 2], f"number {index}")

    with django_assert_num_queries(3):
        page = messages_of(topic, reader=cast_.ben, reader_hours=hours)
        assert [line.html for line in page.lines] == [f"<p>number {index}</p>\n" for index in range(count)]


@pytest.mark.parametrize("count", [1, 3])
def test_topics_cost_two_queries(
    cast_: Cast, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for index in range(count):
        _topic(cast_, f"Topic {index}")

    with django_assert_num_queries(2):
        titles = {line.title for line in topic_lines(topics_of(cast_.pair, reader=cast_.ben))}
    assert titles == {f"Topic {index}" for index in range(count)}


def test_search_finds_all_words_together_in_titles_takeaways_and_messages(cast_: Cast) -> None:
    visa, other = _topic(cast_), _topic(cast_, "Code reviews")
    _say(visa, cast_.chi, "The *travel desk* did answer")
    _say(visa, cast_.ben, "Which desk?")
    close_topic(topic=other, actor=cast_.ben, takeaway="Travel less, write desk notes more", now=NOW)

    hits = search_pair(cast_.pair, reader=cast_.ben, words="desk TRAVEL")

    found = [(hit.title, hit.message is None, hit.around) for hit in hits]
    assert found == [
        ("Code reviews", True, "Travel less, write desk notes more"),
        ("Visa question", False, "The travel desk did answer"),
    ]
    assert search_pair(cast_.pair, reader=cast_.ben, words="  ") == []
