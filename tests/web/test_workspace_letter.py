"""The page of a letter to oneself."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.activities.actions import plan_activity, seal_letter
from alongside.activities.library import LETTER
from alongside.activities.models import Letter
from alongside.foundation.clock import now
from alongside.mentorships.actions import end_well
from alongside.people.models import Person
from tests.people import Cast

pytestmark = pytest.mark.django_db
WORDS = "One kind thing to myself"


def _get(client: Client, person: Person, route: str, *arguments: str) -> str:
    client.force_login(person)
    response = client.get(reverse(route, args=arguments))
    assert response.status_code == 200
    return response.content.decode()


def test_letter_is_written_sealed_and_opened_at_the_end(cast_: Cast, client: Client) -> None:
    assert "Seal it" in _get(client, cast_.chi, "workspace:letter", cast_.pair.public_id)

    answer = client.post(reverse("workspace:letter", args=[cast_.pair.public_id]), {"text": WORDS})

    assert answer.status_code == 302
    sealed = _get(client, cast_.chi, "workspace:letter", cast_.pair.public_id)
    assert ("Your letter is sealed" in sealed, WORDS in sealed) == (True, False)

    end_well(mentorship=cast_.pair, actor=cast_.ben, now=now())

    assert "Your letter to yourself is open" in _get(
        client, cast_.chi, "workspace:pair.home", cast_.pair.public_id
    )
    assert WORDS in _get(client, cast_.chi, "workspace:letter", cast_.pair.public_id)
    for route in ("workspace:pair.home", "workspace:letter"):
        assert WORDS not in _get(client, cast_.ben, route, cast_.pair.public_id)
    assert "is open" not in _get(client, cast_.ben, "workspace:pair.home", cast_.pair.public_id)


def test_partner_cannot_tell_that_a_letter_was_sealed(cast_: Cast, client: Client) -> None:
    row = plan_activity(mentorship=cast_.pair, actor=cast_.ben, key=LETTER, now=now())
    before = _get(client, cast_.ben, "workspace:activity", cast_.pair.public_id, row.public_id)

    seal_letter(mentorship=cast_.pair, actor=cast_.chi, text=WORDS, now=now())

    after = _get(client, cast_.ben, "workspace:activity", cast_.pair.public_id, row.public_id)
    assert _without_tokens(after) == _without_tokens(before)


def test_activity_of_the_letter_leads_to_it_and_has_no_shared_notes(cast_: Cast, client: Client) -> None:
    row = plan_activity(mentorship=cast_.pair, actor=cast_.chi, key=LETTER, now=now())

    page = _get(client, cast_.chi, "workspace:activity", cast_.pair.public_id, row.public_id)

    assert reverse("workspace:letter", args=[cast_.pair.public_id]) in page
    assert "Notes of you two" not in page


def test_letter_is_taken_away_in_one_tap(cast_: Cast, client: Client) -> None:
    seal_letter(mentorship=cast_.pair, actor=cast_.chi, text=WORDS, now=now())
    client.force_login(cast_.chi)

    client.post(reverse("workspace:letter.removal", args=[cast_.pair.public_id]))

    assert not Letter.objects.exists()
    assert "Seal it" in _get(client, cast_.chi, "workspace:letter", cast_.pair.public_id)


def _without_tokens(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]
