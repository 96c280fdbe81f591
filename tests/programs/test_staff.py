from typing import Any

import pytest

from alongside.foundation.errors import Conflict, Invalid, NotFound
from alongside.programs.access import get_staff_invitation_of_link, may_change_program, staffed_programs
from alongside.programs.actions import (
    accept_staff_invitation,
    add_staff,
    change_staff_role,
    choose_contact,
    invite_staff,
    remove_staff,
    take_back_staff_invitation,
)
from alongside.programs.actions.staff import STAFF_INVITATION_OPEN
from alongside.programs.enums import StaffRole
from alongside.programs.models import Staff, StaffInvitation
from alongside.programs.queries import staff_letters, staff_of
from alongside.programs.tokens import staff_token
from tests import factories as make
from tests.factories import NOW
from tests.people import Cast

pytestmark = pytest.mark.django_db


def member(cast: Cast, who: Any, role: str = StaffRole.COORDINATOR) -> Staff:
    return add_staff(program=cast.program, actor=cast.ada, email=who.email, role=role)


def test_person_is_added_by_address_in_any_case(cast_: Cast) -> None:
    added = add_staff(
        program=cast_.program, actor=cast_.ada, email=f" {cast_.dov.email.upper()} ", role=StaffRole.ASSISTANT
    )

    assert added.person == cast_.dov
    assert cast_.program in staffed_programs(cast_.dov)
    assert not may_change_program(cast_.dov, cast_.program)


def test_adding_twice_gives_the_new_role(cast_: Cast) -> None:
    member(cast_, cast_.dov, StaffRole.ASSISTANT)
    member(cast_, cast_.dov, StaffRole.COORDINATOR)

    assert [(row.person, row.role) for row in staff_of(cast_.program)] == [
        (cast_.ada, StaffRole.COORDINATOR),
        (cast_.dov, StaffRole.COORDINATOR),
    ]


@pytest.mark.parametrize(("email", "role"), [("nobody@example.org", "coordinator"), ("", "assistant")])
def test_unknown_address_is_refused(cast_: Cast, email: str, role: str) -> None:
    with pytest.raises(Invalid) as refusal:
        add_staff(program=cast_.program, actor=cast_.ada, email=email, role=role)

    assert refusal.value.field == "email"


def test_unknown_role_is_refused(cast_: Cast) -> None:
    with pytest.raises(Invalid):
        member(cast_, cast_.dov, "owner")


def test_last_coordinator_stays(cast_: Cast) -> None:
    helper = member(cast_, cast_.dov)
    choose_contact(member=helper, actor=cast_.ada)
    remove_staff(member=Staff.objects.get(program=cast_.program, person=cast_.ada), actor=cast_.dov)

    with pytest.raises(Conflict, match="Choose another contact first"):
        remove_staff(member=helper, actor=cast_.dov)
    with pytest.raises(Conflict):
        change_staff_role(member=helper, actor=cast_.dov, role=StaffRole.ASSISTANT)


def test_program_keeps_one_coordinator_even_when_another_is_contact(cast_: Cast) -> None:
    assistant = member(cast_, cast_.dov)
    choose_contact(member=assistant, actor=cast_.ada)
    Staff.objects.filter(pk=assistant.pk).update(role=StaffRole.ASSISTANT)
    own = Staff.objects.get(program=cast_.program, person=cast_.ada)

    with pytest.raises(Conflict, match="at least one coordinator"):
        remove_staff(member=own, actor=cast_.ada)
    with pytest.raises(Conflict, match="at least one coordinator"):
        change_staff_role(member=own, actor=cast_.ada, role=StaffRole.ASSISTANT)


def test_contact_has_to_be_a_coordinator(cast_: Cast) -> None:
    with pytest.raises(Invalid):
        choose_contact(member=member(cast_, cast_.dov, StaffRole.ASSISTANT), actor=cast_.ada)

    cast_.program.refresh_from_db()
    assert cast_.program.contact == cast_.ada


def test_removed_person_is_a_stranger_again(cast_: Cast) -> None:
    remove_staff(member=member(cast_, cast_.dov), actor=cast_.ada)

    assert cast_.program not in staffed_programs(cast_.dov)


def test_administrator_lets_nobody_in_who_is_themself(cast_: Cast) -> None:
    with pytest.raises(Invalid, match="Somebody else"):
        add_staff(program=cast_.program, actor=cast_.hal, email=cast_.hal.email, role=StaffRole.COORDINATOR)


def test_strangers_choose_no_staff(cast_: Cast) -> None:
    own = Staff.objects.get(program=cast_.program, person=cast_.ada)
    for stranger in (cast_.gus, cast_.chi):
        with pytest.raises(NotFound):
            add_staff(program=cast_.program, actor=stranger, email=stranger.email, role="coordinator")
    for stranger in (cast_.gus, cast_.hal, cast_.chi):
        with pytest.raises(NotFound):
            remove_staff(member=own, actor=stranger)
        with pytest.raises(NotFound):
            choose_contact(member=own, actor=stranger)


def letter(cast: Cast, actor: Any = None, email: str = "New@Example.org") -> StaffInvitation:
    return invite_staff(
        program=cast.program, actor=actor or cast.ada, email=email, role=StaffRole.COORDINATOR, now=NOW
    )


def test_letter_brings_in_whoever_it_was_sent_to(cast_: Cast) -> None:
    sent = letter(cast_)
    found = get_staff_invitation_of_link(staff_token(sent), now=NOW)
    person = make.person("New", email="new@example.org")

    accept_staff_invitation(invitation=found, person=person, now=NOW)

    assert may_change_program(person, cast_.program)
    assert list(staff_letters(cast_.program)) == []
    with pytest.raises(NotFound):  # a link opens once
        get_staff_invitation_of_link(staff_token(sent), now=NOW)
    with pytest.raises(Conflict):
        accept_staff_invitation(invitation=found, person=person, now=NOW)


def test_letter_is_nobody_elses(cast_: Cast) -> None:
    with pytest.raises(NotFound):
        accept_staff_invitation(invitation=letter(cast_), person=cast_.dov, now=NOW)
    assert not may_change_program(cast_.dov, cast_.program)


def test_only_the_newest_link_of_an_address_opens(cast_: Cast) -> None:
    old = staff_token(letter(cast_))
    new = staff_token(letter(cast_))

    with pytest.raises(NotFound):
        get_staff_invitation_of_link(old, now=NOW)
    assert get_staff_invitation_of_link(new, now=NOW).email == "New@example.org"
    with pytest.raises(NotFound):
        get_staff_invitation_of_link(new, now=NOW + STAFF_INVITATION_OPEN)
    with pytest.raises(NotFound):
        get_staff_invitation_of_link(new[:-2], now=NOW)


def test_letter_taken_back_opens_nothing(cast_: Cast) -> None:
    sent = letter(cast_)
    token = staff_token(sent)

    take_back_staff_invitation(invitation=sent, actor=cast_.ada, now=NOW)

    with pytest.raises(NotFound):
        get_staff_invitation_of_link(token, now=NOW)


def test_administrator_brings_somebody_in_and_sees_no_more_of_the_program(cast_: Cast) -> None:
    letter(cast_, actor=cast_.hal)
    add_staff(program=cast_.program, actor=cast_.hal, email=cast_.dov.email, role=StaffRole.COORDINATOR)

    assert may_change_program(cast_.dov, cast_.program)
    assert cast_.program not in staffed_programs(cast_.hal)


@pytest.mark.parametrize("who", ["gus", "ben"])
def test_strangers_of_the_program_bring_nobody_in(cast_: Cast, who: str) -> None:
    with pytest.raises(NotFound):
        letter(cast_, actor=getattr(cast_, who))


def test_address_of_an_open_account_gets_no_letter(cast_: Cast) -> None:
    with pytest.raises(Invalid, match="has an account"):
        letter(cast_, email=cast_.dov.email.upper())
