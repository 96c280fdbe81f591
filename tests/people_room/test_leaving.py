"""Deleting an account, across all rooms: nothing that says who it was stays, and the partner keeps their own words."""

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from alongside.discussions.actions import open_topic, post_message
from alongside.discussions.enums import Intention
from alongside.discussions.models import Message
from alongside.mentorships.enums import MentorshipState
from alongside.mentorships.models import Mentorship
from alongside.people.actions import change_profile, erase_person
from alongside.people.models import Person
from alongside.vault.queries import open_sealed
from tests.factories import NOW
from tests.people import Cast

pytestmark = pytest.mark.django_db

TEXT = models.CharField | models.TextField | models.JSONField | models.EmailField


def _places_that_say(words: str) -> set[str]:
    """Every table and column of the database in which these words stand."""
    return {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, TEXT)
        for value in model._default_manager.values_list(field.name, flat=True)
        if words.lower() in str(value).lower()
    }


def test_no_table_says_who_it_was(cast_: Cast, client: Client) -> None:
    change_profile(actor=cast_.chi, name="Chiamaka", about="the lighthouse keeper", now=NOW)
    client.post("/account/link/", {"email": cast_.chi.email})
    address = cast_.chi.email
    assert _places_that_say("Chiamaka")
    assert _places_that_say(address)  # there is something that could stay

    erase_person(person=cast_.chi, now=NOW)

    assert _places_that_say("Chiamaka") == set()
    assert _places_that_say("lighthouse") == set()
    assert _places_that_say(address) == set()


def test_partner_keeps_their_own_words_and_the_pair_has_ended(cast_: Cast) -> None:
    topic = open_topic(
        mentorship=cast_.pair, actor=cast_.chi, title="Visa", intention=Intention.ADVICE, now=NOW
    )
    hers = post_message(topic=topic, actor=cast_.chi, body="hers", now=NOW)
    his = post_message(topic=topic, actor=cast_.ben, body="his", now=NOW)

    erase_person(person=cast_.chi, now=NOW)

    bodies = {
        message.pk: open_sealed(message.body_sealed, about=f"message:{message.public_id}:body")
        for message in Message.objects.all()
    }
    assert bodies == {hers.pk: "", his.pk: "his"}
    assert Mentorship.objects.get(pk=cast_.pair.pk).state == MentorshipState.CLOSED
    assert not Person.objects.get(pk=cast_.chi.pk).is_active
