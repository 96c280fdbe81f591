"""A letter to future staff, from the coordinator's page to the program."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from alongside.delivery.handlers import tell_people
from alongside.delivery.jobs import send_due
from alongside.foundation.clock import now
from alongside.journal.models import Entry
from alongside.people.models import Person
from alongside.programs.models import StaffInvitation
from alongside.programs.tokens import staff_token
from tests import factories as make
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mails_in_memory(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def tell() -> None:
    for entry in Entry.objects.filter(verb__startswith="staff."):
        tell_people(entry)
    for hours in range(0, 96, 6):  # into somebody's hours, whatever day it is
        send_due(now=now() + timedelta(hours=hours))


def test_coordinator_without_an_account_comes_in_by_the_letter(cast_: Cast, client: Client) -> None:
    client.force_login(cast_.ada)
    staff = reverse("coordinator:setup.staff", args=[cast_.program.public_id])
    page = client.post(staff, {"email": "rae@example.org", "role": "coordinator"}, follow=True)
    assert "A letter with a link is on its way to rae@example.org." in page.content.decode()
    assert "Asked by letter" in page.content.decode()
    tell()
    [letter] = [message for message in mail.outbox if message.to == ["rae@example.org"]]
    assert letter.subject == f"Ada asks you to look after {cast_.program.name}"
    [address] = re.findall(r"/staff/\S+?/", letter.body)[:1]

    visitor = Client()
    assert "Your name" in visitor.get(address).content.decode()
    entered = visitor.post(f"{address}acceptance/", {"name": "Rae"}, follow=True)

    assert entered.status_code == 200
    assert entered.redirect_chain[-1][0] == reverse("coordinator:overview", args=[cast_.program.public_id])
    rae = Person.objects.get(email="rae@example.org")
    assert (rae.name, rae.has_usable_password()) == ("Rae", False)
    assert Client().get(address).status_code == 404


def test_person_with_an_account_is_added_at_once_and_told(cast_: Cast, client: Client) -> None:
    client.force_login(cast_.hal)
    staff = reverse("operator:program.staff", args=[cast_.program.public_id])

    page = client.post(staff, {"email": cast_.dov.email, "role": "assistant"}, follow=True)

    assert "Dov now looks after this program." in page.content.decode()
    assert not StaffInvitation.objects.exists()
    tell()
    assert [(message.to, message.subject) for message in mail.outbox] == [
        ([cast_.dov.email], f"You look after {cast_.program.name} now")
    ]


def test_letter_opened_by_somebody_else_says_so(cast_: Cast, client: Client) -> None:
    client.force_login(cast_.ada)
    staff = reverse("coordinator:setup.staff", args=[cast_.program.public_id])
    client.post(staff, {"email": "rae@example.org", "role": "coordinator"})
    token = staff_token(StaffInvitation.objects.get())
    client.force_login(cast_.dov)

    answer = client.post(reverse("public:staff_invitation.acceptance", args=[token]), {"name": "Dov"})

    assert answer.status_code == 409
    assert "For another address" in answer.content.decode()


def test_letter_to_somebody_who_signed_in_before_asks_them_to_sign_in(cast_: Cast, client: Client) -> None:
    client.force_login(cast_.ada)
    staff = reverse("coordinator:setup.staff", args=[cast_.program.public_id])
    client.post(staff, {"email": "rae@example.org", "role": "coordinator"})
    token = staff_token(StaffInvitation.objects.get())
    Person.objects.create(email="rae@example.org", name="Rae", last_login=now())

    answer = Client().post(reverse("public:staff_invitation.acceptance", args=[token]), {"name": "Rae"})

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("desk", ["coordinator", "administrator"])
def test_address_of_a_closed_account_is_answered_like_an_unknown_one(
    cast_: Cast, client: Client, desk: str
) -> None:
    """Nobody who brings somebody in learns who had an account here; the letter opens no closed one."""
    gone = make.person("Gone", email="gone@example.org", is_active=False)
    client.force_login(cast_.ada if desk == "coordinator" else cast_.hal)
    staff = "coordinator:setup.staff" if desk == "coordinator" else "operator:program.staff"
    address = reverse(staff, args=[cast_.program.public_id])

    told = []
    for email in ("gone@example.org", "rae@example.org"):
        page = client.post(address, {"email": email, "role": "assistant"}, follow=True).content.decode()
        told.append((f"A letter with a link is on its way to {email}." in page, "closed" in page))
    tell()

    assert told == [(True, False)] * 2
    assert sorted(message.to[0] for message in mail.outbox) == ["gone@example.org", "rae@example.org"]
    link = f"/staff/{staff_token(StaffInvitation.objects.get(email=gone.email))}/"
    assert "Your name" in Client().get(link).content.decode()
    assert Client().post(f"{link}acceptance/", {"name": "Gone"}).status_code == 404
    gone.refresh_from_db()
    assert (gone.is_active, gone.staff_roles.count()) == (False, 0)
