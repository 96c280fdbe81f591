"""The ways in for whoever comes from outside: program page, code, link, mail, invitation."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from alongside.enrollment.actions import send_invitations
from alongside.enrollment.enums import InvitationState
from alongside.enrollment.jobs import send_address_letter
from alongside.enrollment.models import Invitation
from alongside.enrollment.tokens import ProvenAddress, address_token, invitation_token
from alongside.foundation.clock import now
from alongside.jobs.actions import Task
from alongside.jobs.models import Job
from alongside.people.models import Person
from alongside.programs.models import Program
from tests import factories as make

pytestmark = pytest.mark.django_db


def page_of(program: Program) -> str:
    return reverse("public:program", args=[program.public_id])


def joining(program: Program) -> str:
    return reverse("public:program.joining", args=[program.public_id])


def invited(program: Program, email: str = "ana@example.org") -> tuple[Invitation, str]:
    (row,) = send_invitations(program=program, text=email, role="mentor", actor=program.contact, now=now())
    return row, invitation_token(row)


def test_program_by_invitation_is_hidden_until_its_link_was_followed(client: Client) -> None:
    program = make.program(access="invited", name="Quiet circle")

    assert client.get(page_of(program)).status_code == 404
    followed = client.get(reverse("public:join", args=[program.join_token]))

    assert followed.headers["Location"] == page_of(program)
    assert "Quiet circle" in client.get(page_of(program)).content.decode()
    assert client.get(reverse("public:join", args=["another"])).status_code == 404


def test_draft_is_shown_to_its_staff_only(client: Client) -> None:
    program = make.program(access="open", state="draft")

    assert client.get(page_of(program)).status_code == 404
    client.force_login(program.contact)
    assert client.get(page_of(program)).status_code == 200


def test_page_says_how_many_places_are_left(client: Client) -> None:
    program = make.program(access="open", places=3)
    make.participation(program, make.person(), "mentee")

    page = client.get(page_of(program)).content.decode()

    assert "<dt>Places left</dt><dd>2</dd>" in page


def test_signed_in_person_starts_an_enrollment(client: Client) -> None:
    program, dov = make.program(access="open"), make.person("Dov")
    client.force_login(dov)

    response = client.post(joining(program), {"role": "mentee"})

    assert response.headers["Location"] == reverse("workspace:enroll", args=[program.public_id])
    assert program.participations.get().person == dov


def test_code_opens_the_door_for_the_session(client: Client) -> None:
    program = make.program(access="code", access_code="Heron 7")
    client.force_login(make.person("Dov"))
    code = reverse("public:program.code", args=[program.public_id])

    assert client.post(joining(program), {"role": "mentee"}).status_code == 403
    assert client.post(code, {"code": "crane"}).status_code == 422
    assert client.post(code, {"code": " heron 7 "}).status_code == 302
    assert client.post(joining(program), {"role": "mentee"}).status_code == 302


def test_address_without_account_gets_a_link_that_makes_one(client: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    program = make.program(access="domain", access_domains="example.org", approval="none")

    asked = client.post(joining(program), {"role": "mentee", "email": "New.Person@example.org"})
    job = Job.objects.get(kind="enrollment.address_letter")
    send_address_letter(Task(id=job.pk, kind=job.kind, payload=job.payload, attempt=1, token=""))
    link = next(word.strip("<>") for word in str(mail.outbox[0].body).split() if "/way-in/" in word).split(
        "testserver"
    )[-1]
    path = link[link.index("/way-in/") :]

    assert asked.headers["Location"] == reverse("public:letter", args=[program.public_id])
    assert client.get(path).status_code == 200  # looking changes nothing
    assert not Person.objects.filter(email="New.Person@example.org").exists()
    entered = client.post(path)
    assert entered.headers["Location"] == reverse("workspace:enroll", args=[program.public_id])
    assert program.participations.get().person.email == "New.Person@example.org"
    assert client.get(reverse("workspace:programs")).status_code == 200  # signed in
    assert Client().post(path).status_code == 410  # once


@pytest.mark.parametrize("email", ["somebody@example.com", "ada@elsewhere.org"])
def test_address_that_may_not_join_is_answered_alike_and_gets_nothing(client: Client, email: str) -> None:
    program = make.program(access="domain", access_domains="example.org")

    response = client.post(joining(program), {"role": "mentee", "email": email})

    assert response.headers["Location"] == reverse("public:letter", args=[program.public_id])
    assert not Job.objects.filter(kind="enrollment.address_letter").exists()


def test_address_link_of_a_program_that_closed_finds_nothing(client: Client) -> None:
    program = make.program(access="domain", access_domains="example.org", state="draft")
    token = address_token(ProvenAddress("new@example.org", program.public_id, "mentee", ""))

    assert client.post(reverse("public:address", args=[token])).status_code == 404
    assert not Person.objects.filter(email="new@example.org").exists()


def test_invitation_brings_in_somebody_new_in_one_press(client: Client) -> None:
    program = make.program()
    row, token = invited(program)
    assert client.get(reverse("public:invitation", args=[token])).status_code == 200

    entered = client.post(reverse("public:invitation.acceptance", args=[token]))

    row.refresh_from_db()
    assert entered.headers["Location"] == reverse("workspace:enroll", args=[program.public_id])
    assert (row.state, program.participations.get().role) == (InvitationState.ACCEPTED, "mentor")
    # taken up once: the link signs in nobody any more
    again = Client().post(reverse("public:invitation.acceptance", args=[token]))
    assert again.status_code == 409


def test_invitation_does_not_sign_in_who_has_an_account(client: Client) -> None:
    program = make.program()
    make.person("Ana", email="ana@example.org", last_login=now())
    _row, token = invited(program)

    response = client.post(reverse("public:invitation.acceptance", args=[token]))

    assert response.headers["Location"].startswith(reverse("account_login"))
    assert not program.participations.exists()


def test_invitation_of_somebody_else_is_refused(client: Client) -> None:
    program = make.program()
    _row, token = invited(program)
    client.force_login(make.person("Dov"))

    assert client.post(reverse("public:invitation.acceptance", args=[token])).status_code == 409
    assert not program.participations.exists()


def test_not_now_can_be_said_by_the_link_alone(client: Client) -> None:
    row, token = invited(make.program())

    client.post(reverse("public:invitation.refusal", args=[token]))

    row.refresh_from_db()
    assert row.state == InvitationState.DECLINED
    assert "You said “not now”" in client.get(reverse("public:invitation", args=[token])).content.decode()


def test_invitation_after_30_days_finds_nothing(client: Client) -> None:
    row, token = invited(make.program())
    Invitation.objects.filter(pk=row.pk).update(expires_at=now() - timedelta(seconds=1))

    assert client.get(reverse("public:invitation", args=[token])).status_code == 404
