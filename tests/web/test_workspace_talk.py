"""Pages of talk in writing, as the two see them."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.discussions.actions import (
    close_topic,
    mark_read,
    open_topic,
    post_message,
    remove_message,
)
from alongside.discussions.enums import Expectation, Intention, TopicState
from alongside.discussions.models import Message, Read, Topic
from alongside.foundation.clock import now
from alongside.mentorships.actions import end_early
from alongside.mentorships.enums import EndReason
from alongside.people.models import Person
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(cast_: Cast) -> Topic:
    return open_topic(
        mentorship=cast_.pair, actor=cast_.chi, title="Visa question", intention=Intention.ADVICE, now=now()
    )


@pytest.fixture
def chi(cast_: Cast, client: Client) -> Client:
    client.force_login(cast_.chi)
    return client


def _page(client: Client, topic: Topic, **query: str) -> HttpResponse:
    return client.get(reverse("workspace:topic", args=[topic.mentorship.public_id, topic.public_id]), query)


def _send(client: Client, topic: Topic, **data: str) -> HttpResponse:
    address = reverse("workspace:topic.messages", args=[topic.mentorship.public_id, topic.public_id])
    return client.post(address, {"body": "Hello", **data})


def _say(topic: Topic, author: Person, body: str) -> Message:
    return post_message(topic=topic, actor=author, body=body, now=now())


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_new_topic_opens_with_its_first_words(cast_: Cast, chi: Client) -> None:
    address = reverse("workspace:topics.new", args=[cast_.pair.public_id])

    response = chi.post(address, {"title": "Visa", "intention": "advice", "body": "What *now*?"})

    topic = Topic.objects.get()
    assert response.headers["Location"] == reverse(
        "workspace:topic", args=[cast_.pair.public_id, topic.public_id]
    )
    page = _page(chi, topic).content.decode()
    assert "<h1>Visa</h1>" in page
    assert "What <em>now</em>?" in page


def test_topic_that_lacks_a_title_keeps_what_was_typed(cast_: Cast, chi: Client) -> None:
    address = reverse("workspace:topics.new", args=[cast_.pair.public_id])

    response = chi.post(address, {"title": "", "intention": "decision", "body": "A long thought"})

    assert response.status_code == 422
    assert "A long thought" in response.content.decode()
    assert Topic.objects.count() == 0


def test_message_is_sent_and_the_sender_is_told_what_happens(cast_: Cast, chi: Client, topic: Topic) -> None:
    response = _send(chi, topic, body="A line")

    message = Message.objects.get()
    assert response.status_code == 302
    assert response.headers["Location"].endswith(f"#m-{message.public_id}")
    page = chi.get(response.headers["Location"]).content.decode()
    assert "Delivered. Ben" in page


def test_same_form_sent_twice_is_one_message(chi: Client, topic: Topic) -> None:
    _send(chi, topic, client_key="the-same")
    _send(chi, topic, client_key="the-same")

    assert Message.objects.count() == 1


def test_message_that_does_not_fit_keeps_what_was_typed(chi: Client, topic: Topic) -> None:
    response = _send(chi, topic, body="A long thought", expectation="by_date")

    assert response.status_code == 422
    page = response.content.decode()
    assert "A long thought" in page
    assert "Choose the day you would like an answer by." in page


def test_message_may_wait_in_the_senders_own_time(cast_: Cast, chi: Client, topic: Topic) -> None:
    tomorrow = (now() + timedelta(days=1)).date()

    _send(chi, topic, body="For tomorrow", send_at=f"{tomorrow}T09:30")

    message = Message.objects.get()
    assert message.sent_at is None
    assert message.send_at is not None
    assert f"{message.send_at:%Y-%m-%dT%H:%M}" == f"{tomorrow}T04:00"  # 9:30 in Kolkata
    assert "For tomorrow" in _page(chi, topic).content.decode()
    chi.force_login(cast_.ben)
    assert "For tomorrow" not in _page(chi, topic).content.decode()


def test_words_of_others_cannot_bring_markup(cast_: Cast, chi: Client, topic: Topic) -> None:
    _say(topic, cast_.ben, "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=y>")

    page = _page(chi, topic).content.decode()

    assert "<script>alert" not in page
    assert 'href="javascript:' not in page
    assert "<img src=x" not in page


def test_reading_a_topic_takes_its_new_mark_away_for_oneself_only(
    cast_: Cast, chi: Client, topic: Topic
) -> None:
    _say(topic, cast_.ben, "Hello")
    topics = reverse("workspace:topics", args=[cast_.pair.public_id])
    mark = '<span class="pill strong">new</span>'

    before = chi.get(topics).content.decode()
    _page(chi, topic)
    after = chi.get(topics).content.decode()

    assert (before.count(mark), after.count(mark)) == (1, 0)
    assert list(Read.objects.values_list("person", flat=True)) == [cast_.chi.pk]


def test_own_last_words_shown_leave_nothing_to_look_for(cast_: Cast, chi: Client, topic: Topic) -> None:
    _say(topic, cast_.ben, "Hello")
    last = _say(topic, cast_.chi, "Hello to you")

    _page(chi, topic)

    assert Read.objects.get(topic=topic, person=cast_.chi).until_at == last.sent_at


def test_partner_sees_nothing_of_what_was_read(cast_: Cast, chi: Client, topic: Topic) -> None:
    _say(topic, cast_.chi, "Hello")
    before = _page(chi, topic).content

    mark_read(topic=topic, reader=cast_.ben, until_at=now())

    after = _page(chi, topic).content
    keys = [page.decode().split('name="client_key" value="')[1][:43] for page in (before, after)]
    tokens = [page.decode().split('csrfmiddlewaretoken" value="')[1][:64] for page in (before, after)]
    plain = [
        page.decode().replace(key, "").replace(token, "")
        for page, key, token in zip((before, after), keys, tokens, strict=True)
    ]
    assert plain[0].count("Hello") == plain[1].count("Hello") == 1
    assert "read" not in plain[1].split('id="thread"')[1].split("</form>")[0].replace("thread", "")


def test_fragment_carries_what_came_after(cast_: Cast, chi: Client, topic: Topic) -> None:
    first, second = _say(topic, cast_.ben, "First"), _say(topic, cast_.ben, "Second")
    address = reverse("workspace:topic.messages", args=[cast_.pair.public_id, topic.public_id])

    piece = chi.get(address, {"after": first.public_id}).content.decode()
    nothing = chi.get(address, {"after": second.public_id}).content.decode()

    assert ("First" in piece, "Second" in piece, "<html" in piece) == (False, True, False)
    assert nothing.strip() == ""


def test_quote_starts_the_composer(cast_: Cast, chi: Client, topic: Topic) -> None:
    message = _say(topic, cast_.ben, "Two\nlines")

    page = _page(chi, topic, quote=message.public_id).content.decode()

    assert "&gt; Two\n&gt; lines\n" in page


def test_removed_words_are_gone_and_their_place_stays(cast_: Cast, chi: Client, topic: Topic) -> None:
    message = _say(topic, cast_.ben, "Regretted")
    remove_message(message=message, actor=cast_.ben, now=now())

    page = _page(chi, topic).content.decode()

    assert "Regretted" not in page
    assert f'id="m-{message.public_id}"' in page


def test_edit_page_is_the_authors(cast_: Cast, chi: Client, topic: Topic) -> None:
    message = _say(topic, cast_.chi, "First wording")
    address = reverse(
        "workspace:message.edit", args=[cast_.pair.public_id, topic.public_id, message.public_id]
    )

    assert "First wording" in chi.get(address).content.decode()
    chi.post(address, {"body": "Second wording"})
    page = _page(chi, topic).content.decode()
    assert ("First wording" in page, "Second wording" in page) == (False, True)


def test_closed_topic_shows_its_takeaway_and_no_composer(cast_: Cast, chi: Client, topic: Topic) -> None:
    address = reverse("workspace:topic.close", args=[cast_.pair.public_id, topic.public_id])

    chi.post(address, {"takeaway": "Ask the desk first", "leads_to": "topic"})

    page = _page(chi, topic).content.decode()
    assert Topic.objects.get().state == TopicState.CLOSED
    assert "Ask the desk first" in page
    assert 'class="composer"' not in page


@pytest.mark.parametrize("route", ["goals.new", "activities.new"])
def test_takeaway_goes_on_as_the_words_of_what_it_leads_to(
    cast_: Cast, chi: Client, topic: Topic, route: str
) -> None:
    close = reverse("workspace:topic.close", args=[cast_.pair.public_id, topic.public_id])

    answer = chi.post(close, {"takeaway": "Ask the desk first", "leads_to": route})

    onward = reverse(f"workspace:{route}", args=[cast_.pair.public_id], query={"topic": topic.public_id})
    assert answer.headers["Location"] == onward
    form = chi.get(onward).context["form"]
    assert form.initial["title"] == "Ask the desk first"
    page = _page(chi, topic).content.decode()
    assert "Ask the desk first" in page
    assert f'href="{onward}"' in page


def test_long_takeaway_becomes_a_title_and_the_words_beneath(cast_: Cast, chi: Client, topic: Topic) -> None:
    words = "Ask the desk first. " * 20
    close_topic(topic=topic, actor=cast_.chi, takeaway=words, now=now())

    address = reverse("workspace:goals.new", args=[cast_.pair.public_id])
    form = chi.get(address, {"topic": topic.public_id}).context["form"]

    assert len(form.initial["title"]) <= 160
    assert form.initial["title"].startswith("Ask the desk first. Ask")
    assert form.initial["why"] == words.strip()


def test_topic_closed_without_a_word_gives_its_title(cast_: Cast, chi: Client, topic: Topic) -> None:
    close_topic(topic=topic, actor=cast_.chi, now=now())

    address = reverse("workspace:activities.new", args=[cast_.pair.public_id])
    form = chi.get(address, {"topic": topic.public_id}).context["form"]

    assert form.initial == {"title": "Visa question", "text": ""}


@pytest.mark.parametrize("route", ["goals.new", "activities.new"])
def test_takeaway_of_another_pair_is_not_found(cast_: Cast, chi: Client, route: str) -> None:
    theirs = open_topic(
        mentorship=cast_.other_pair, actor=cast_.eva, title="Ours", intention=Intention.SHARING, now=now()
    )

    address = reverse(f"workspace:{route}", args=[cast_.pair.public_id], query={"topic": theirs.public_id})
    assert chi.get(address).status_code == 404


def test_closed_mentorship_can_be_read_and_not_written(cast_: Cast, chi: Client, topic: Topic) -> None:
    _say(topic, cast_.ben, "Remember me")
    end_early(mentorship=cast_.pair, actor=cast_.ben, reason=EndReason.TIME, now=now())

    page = _page(chi, topic).content.decode()

    assert "Remember me" in page
    assert 'class="composer"' not in page
    assert _send(chi, topic).status_code == 409


def test_topic_of_another_pair_is_not_found_under_ones_own(cast_: Cast, chi: Client) -> None:
    theirs = open_topic(
        mentorship=cast_.other_pair, actor=cast_.eva, title="Ours", intention=Intention.SHARING, now=now()
    )

    response = chi.get(reverse("workspace:topic", args=[cast_.pair.public_id, theirs.public_id]))

    assert response.status_code == 404


def test_search_shows_where_the_words_stand(cast_: Cast, chi: Client, topic: Topic) -> None:
    message = _say(topic, cast_.ben, "The travel desk knows")
    address = reverse("workspace:pair.search", args=[cast_.pair.public_id])

    page = chi.get(f"{address}?q={quote('desk TRAVEL')}").content.decode()

    assert f"?at={message.public_id}#m-{message.public_id}" in page
    assert "stand together" in chi.get(f"{address}?q=unicorn").content.decode()


def test_long_talk_opens_at_its_end_and_leads_back(
    cast_: Cast, chi: Client, topic: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [_say(topic, (cast_.ben, cast_.chi)[index % 2], f"line {index:03}") for index in range(53)]

    newest = _page(chi, topic).content.decode()
    earlier = _page(chi, topic, before=said[3].public_id).content.decode()

    assert ("line 002" in newest, "line 003" in newest, "line 052" in newest) == (False, True, True)
    assert f"?before={said[3].public_id}" in newest
    assert ("line 002" in earlier, "line 003" in earlier) == (True, False)
    assert 'class="composer"' not in earlier


@pytest.mark.parametrize("page", ["topic", "topics", "search"])
def test_pages_cost_the_same_queries_however_much_was_written(
    cast_: Cast, chi: Client, topic: Topic, page: str
) -> None:
    def fill(count: int) -> None:
        for index in range(count):
            _say(topic, cast_.ben, f"words {index}")
            extra = open_topic(
                mentorship=cast_.pair,
                actor=cast_.ben,
                title=f"T{index}",
                intention=Intention.SHARING,
                now=now(),
            )
            post_message(
                topic=extra, actor=cast_.ben, body="words", expectation=Expectation.NO_REPLY, now=now()
            )

    address = {
        "topic": reverse("workspace:topic", args=[cast_.pair.public_id, topic.public_id]),
        "topics": reverse("workspace:topics", args=[cast_.pair.public_id]),
        "search": reverse("workspace:pair.search", args=[cast_.pair.public_id]) + "?q=words",
    }[page]
    fill(1)
    _queries(chi, address)  # marks as read, once
    with_one = _queries(chi, address)
    fill(3)
    _queries(chi, address)
    with_four = _queries(chi, address)

    assert with_one == with_four <= 15


def test_first_look_at_new_messages_stays_within_the_budget(cast_: Cast, chi: Client, topic: Topic) -> None:
    address = reverse("workspace:topic", args=[cast_.pair.public_id, topic.public_id])
    _say(topic, cast_.ben, "Hello")
    chi.get(address)
    _say(topic, cast_.ben, "Hello again")

    assert _queries(chi, address) <= 15
