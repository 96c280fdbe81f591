"""An urgent message on the page of a topic: offered where it may ring, asked about afterwards."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from alongside.discussions.actions import open_topic
from alongside.discussions.enums import Intention, Urgency
from alongside.discussions.models import Message, Topic
from alongside.people.enums import UrgentPolicy
from tests.people import Cast

NIGHT = datetime(2026, 3, 4, 23, 0, tzinfo=UTC)
OFFER, QUESTION = "It cannot wait: ring through to Ben now.", "It rang through. Was that all right?"
pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(cast_: Cast) -> Topic:
    return open_topic(
        mentorship=cast_.pair, actor=cast_.chi, title="Visa", intention=Intention.ADVICE, now=NIGHT
    )


def page(client: Client, cast: Cast, topic: Topic) -> str:
    response = client.get(reverse("workspace:topic", args=[cast.pair.public_id, topic.public_id]))
    assert response.status_code == 200
    return response.content.decode()


def post(client: Client, cast: Cast, topic: Topic) -> int:
    address = reverse("workspace:topic.messages", args=[cast.pair.public_id, topic.public_id])
    return client.post(address, {"body": "The interview is tomorrow", "urgent": "on"}).status_code


@time_machine.travel(NIGHT, tick=False)
def test_an_urgent_message_is_offered_sent_asked_about_and_ended(
    client: Client, cast_: Cast, topic: Topic
) -> None:
    client.force_login(cast_.chi)
    assert OFFER not in page(client, cast_, topic)
    cast_.ben.preferences.urgent = UrgentPolicy.ANYTIME
    cast_.ben.preferences.save()
    assert OFFER in page(client, cast_, topic)
    assert post(client, cast_, topic) == 302
    shown = page(client, cast_, topic)
    assert (OFFER in shown, QUESTION in shown) == (False, False)

    client.force_login(cast_.ben)
    assert QUESTION in page(client, cast_, topic)
    message = Message.objects.get()
    address = reverse(
        "workspace:message.ring", args=[cast_.pair.public_id, topic.public_id, message.public_id]
    )
    assert client.post(address, {"was_fine": "no"}).status_code == 302

    message.refresh_from_db()
    cast_.ben.preferences.refresh_from_db()
    assert (message.urgency, cast_.ben.preferences.urgent) == (Urgency.NOT_AGAIN, UrgentPolicy.OFF)
    assert QUESTION not in page(client, cast_, topic)


@time_machine.travel(NIGHT, tick=False)
def test_words_that_cannot_ring_are_kept_in_the_form(client: Client, cast_: Cast, topic: Topic) -> None:
    client.force_login(cast_.chi)
    address = reverse("workspace:topic.messages", args=[cast_.pair.public_id, topic.public_id])

    response = client.post(address, {"body": "The interview is tomorrow", "urgent": "on"})

    assert response.status_code == 422
    assert "Your words can still go quietly." in response.content.decode()
    assert "The interview is tomorrow" in response.content.decode()
