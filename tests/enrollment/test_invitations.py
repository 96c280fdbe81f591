"""Pasted addresses, links that open once the right door, second notes, and what is taken back."""

from datetime import timedelta

import pytest

from alongside.enrollment.access import Keys, get_invitation, may_join_with_address
from alongside.enrollment.actions import (
    decline_invitation,
    remind_invited,
    resend_invitation,
    revoke_invitation,
    send_invitations,
    start_participation,
)
from alongside.enrollment.enums import InvitationState
from alongside.enrollment.models import Invitation
from alongside.enrollment.queries import invitation_counts, plan_invitations
from alongside.enrollment.queries.invitations import MOST_AT_ONCE, Outcome, read_pasted
from alongside.enrollment.tokens import (
    ProvenAddress,
    address_of_token,
    address_token,
    invitation_token,
)
from alongside.foundation.errors import Conflict, Invalid, NotFound
from alongside.journal.models import Entry
from alongside.programs.models import Program
from tests import factories as make

LATER = make.NOW + timedelta(days=6)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("ana@example.org", [("ana@example.org", "")]),
        ("Ana@Example.org\n\n tom@example.org ", [("ana@example.org", ""), ("tom@example.org", "")]),
        ("ana@example.org, tom@example.org;eva@example.org",
         [("ana@example.org", ""), ("tom@example.org", ""), ("eva@example.org", "")]),
        ("ana@example.org tom@example.org", [("ana@example.org", ""), ("tom@example.org", "")]),
        ("Ana Ruiz <ana@example.org>, Tom <tom@example.org>",
         [("ana@example.org", "Ana Ruiz"), ("tom@example.org", "Tom")]),
        ('"Ruiz, Ana" <ana@example.org>\n<tom@example.org>',
         [("ana@example.org", "Ruiz, Ana"), ("tom@example.org", "")]),
        ("not an address", [("", "")]),
        (" ,;\n\t", []),
    ],
)  # fmt: skip
def test_pasted_text_is_read_in_any_shape(text: str, read: list[tuple[str, str]]) -> None:
    assert [(piece.email, piece.name) for piece in read_pasted(text)] == read


def invited(program: Program, *addresses: str) -> list[Invitation]:
    return send_invitations(
        program=program, text="\n".join(addresses), role="mentee", actor=program.contact, now=make.NOW
    )


@pytest.mark.django_db
def test_plan_says_what_would_happen_to_each_address() -> None:
    program = make.program()
    inside = make.participation(program, make.person("Ben"), "mentor").person
    invited(program, "asked@example.org", "gone@example.org")
    revoke_invitation(
        invitation=Invitation.objects.get(email="gone@example.org"), actor=program.contact, now=make.NOW
    )

    plans = plan_invitations(
        program,
        f"new@example.org\n{inside.email.upper()}\nasked@example.org, gone@example.org\nNEW@example.org\nx@example,org",
        now=make.NOW,
    )

    assert [(plan.email, plan.outcome) for plan in plans] == [
        ("new@example.org", Outcome.SEND),
        (inside.email, Outcome.IN),
        ("asked@example.org", Outcome.INVITED),
        ("gone@example.org", Outcome.AGAIN),
        ("new@example.org", Outcome.DOUBLE),
        ("", Outcome.UNREADABLE),
        ("", Outcome.UNREADABLE),
    ]


@pytest.mark.django_db
def test_more_addresses_than_go_at_once_are_counted_and_none_is_left_out_silently() -> None:
    program, addresses = make.program(), [f"p{number}@example.org" for number in range(MOST_AT_ONCE + 1)]

    with pytest.raises(Invalid, match="These are 2001 addresses, and 2000 go at once") as refused:
        invited(program, *addresses)

    assert refused.value.field == "addresses"
    assert len(plan_invitations(program, "\n".join(addresses[1:]), now=make.NOW)) == MOST_AT_ONCE


@pytest.mark.django_db
def test_send_invites_each_new_address_once() -> None:
    program = make.program()

    first = invited(program, "Ana <ana@example.org>", "ana@example.org", "tom@example.org")

    assert [(row.email, row.name, row.state) for row in first] == [
        ("ana@example.org", "Ana", InvitationState.SENT),
        ("tom@example.org", "", InvitationState.SENT),
    ]
    assert [entry.subject_id for entry in Entry.objects.filter(verb="invitation.sent")] == [
        row.pk for row in first
    ]
    with pytest.raises(Invalid):
        invited(program, "ana@example.org")
    with pytest.raises(NotFound):
        send_invitations(
            program=program, text="eva@example.org", role="mentee", actor=make.person("Gus"), now=make.NOW
        )


@pytest.mark.django_db
def test_token_opens_its_invitation_and_is_kept_as_a_hash_only() -> None:
    (row,) = invited(make.program(), "ana@example.org")
    token = invitation_token(row)

    assert get_invitation(token, now=make.NOW).pk == row.pk
    assert token not in str(Invitation.objects.values().get())
    for wrong in (token[:-1], token.swapcase(), row.token_hash, ""):
        with pytest.raises(NotFound):
            get_invitation(wrong, now=make.NOW)


@pytest.mark.django_db
def test_token_opens_nothing_after_30_days_until_sent_again() -> None:
    (row,) = invited(make.program(), "ana@example.org")
    token = invitation_token(row)
    late = make.NOW + timedelta(days=30)

    with pytest.raises(NotFound):
        get_invitation(token, now=late)
    resend_invitation(invitation=row, actor=row.program.contact, now=late)

    assert get_invitation(token, now=late).pk == row.pk


@pytest.mark.django_db
def test_revoked_link_stays_shut_even_when_invited_again() -> None:
    (row,) = invited(make.program(), "ana@example.org")
    token = invitation_token(row)

    revoke_invitation(invitation=row, actor=row.program.contact, now=make.NOW)
    with pytest.raises(NotFound):
        get_invitation(token, now=make.NOW)
    (again,) = invited(row.program, "ana@example.org")

    assert again.pk == row.pk
    with pytest.raises(NotFound):
        get_invitation(token, now=make.NOW)
    assert get_invitation(invitation_token(again), now=make.NOW).pk == row.pk


@pytest.mark.django_db
def test_reminder_goes_to_resting_invitations_once() -> None:
    program = make.program()
    resting, opened, declined, fresh = invited(
        program, *(f"{name}@example.org" for name in ("resting", "opened", "declined", "fresh"))
    )
    Invitation.objects.filter(pk=opened.pk).update(state=InvitationState.OPENED)
    decline_invitation(invitation=declined, now=make.NOW)
    Invitation.objects.filter(pk=fresh.pk).update(sent_at=LATER)

    counted = invitation_counts(program, now=LATER).to_remind
    first = remind_invited(program=program, actor=program.contact, now=LATER)
    second = remind_invited(program=program, actor=program.contact, now=LATER + timedelta(days=9))

    reminded = Entry.objects.filter(verb="invitation.reminded").values_list("subject_id", flat=True)
    assert (counted, first, second) == (2, 2, 1)
    assert sorted(reminded) == sorted([resting.pk, opened.pk, fresh.pk])


@pytest.mark.django_db
def test_not_now_may_become_now() -> None:
    program = make.program()
    (row,) = invited(program, "ana@example.org")
    decline_invitation(invitation=row, now=make.NOW)
    ana = make.person("Ana", email="ANA@example.org")

    found = get_invitation(invitation_token(row), now=make.NOW)
    start_participation(
        program=program, person=ana, role="mentee", actor=ana, now=make.NOW, keys=Keys(invitation=found)
    )

    row.refresh_from_db()
    assert row.state == InvitationState.ACCEPTED
    assert Entry.objects.filter(verb="invitation.accepted", actor_id=ana.pk).count() == 1
    with pytest.raises(Conflict):
        revoke_invitation(invitation=row, actor=program.contact, now=make.NOW)


@pytest.mark.django_db
def test_invitation_opens_the_door_to_its_own_address_only() -> None:
    program, other = make.program(), make.program()
    (row,) = invited(program, "ana@example.org")
    keys = Keys(invitation=row)

    assert may_join_with_address("Ana@example.org", program, keys)
    assert not may_join_with_address("tom@example.org", program, keys)
    assert not may_join_with_address("ana@example.org", other, keys)


@pytest.mark.django_db
def test_address_token_proves_once() -> None:
    ana = make.person("Ana", email="ana@example.org")
    proven = ProvenAddress("ana@example.org", "program", "mentee", "code")
    token = address_token(proven)

    assert address_of_token(token) == proven
    assert address_of_token(token + "x") is None
    ana.last_login = make.NOW
    ana.save()
    assert address_of_token(token) is None


@pytest.mark.django_db
def test_address_token_of_somebody_new_ends_with_their_first_sign_in() -> None:
    token = address_token(ProvenAddress("new@example.org", "program", "mentee", ""))

    assert address_of_token(token) is not None
    make.person("New", email="new@example.org", last_login=make.NOW)
    assert address_of_token(token) is None
