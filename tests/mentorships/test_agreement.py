"""The agreement: answered alone, written together, signed by both, replaced by a newer one."""

from datetime import date, timedelta

import pytest

from alongside.foundation.errors import Conflict, Invalid, NotFound
from alongside.journal.models import Entry
from alongside.mentorships.access import get_agreement
from alongside.mentorships.actions import propose_agreement, save_own_answers, sign_agreement
from alongside.mentorships.agreement_form import agreement_form
from alongside.mentorships.models import Agreement, Signature
from alongside.mentorships.queries import ToSign, agreement_desk, agreements_to_sign
from alongside.people.models import Person
from tests.factories import NOW
from tests.people import Cast

pytestmark = pytest.mark.django_db
LINES = dict.fromkeys(agreement_form().keys_that_make_it_usable, "as we like")
LATER = NOW + timedelta(days=1)


def _propose(cast: Cast, actor: Person, *, rhythm_days: int | None = 14, **lines: str) -> Agreement:
    return propose_agreement(
        mentorship=cast.pair,
        actor=actor,
        agreed={**LINES, **lines},
        rhythm_days=rhythm_days,
        review_on=date(2026, 4, 1),
        now=NOW,
    )


def _answer(cast: Cast, actor: Person, text: str, *, done: bool) -> None:
    save_own_answers(mentorship=cast.pair, actor=actor, answers={"hopes": text}, done=done, now=NOW)


def test_answers_stay_alone_until_both_are_done(cast_: Cast) -> None:
    _answer(cast_, cast_.chi, "to be braver", done=True)
    _answer(cast_, cast_.ben, "to listen", done=False)
    before = agreement_desk(cast_.pair, viewer=cast_.ben)
    _answer(cast_, cast_.ben, "to listen better", done=True)
    after = agreement_desk(cast_.pair, viewer=cast_.ben)

    assert (before.mine, before.theirs) == ({"hopes": "to listen"}, None)
    assert (before.i_am_done, before.they_are_done) == (False, True)
    assert (after.mine, after.theirs) == ({"hopes": "to listen better"}, {"hopes": "to be braver"})
    assert Entry.objects.filter(verb="agreement.answered").count() == 2


def test_answers_are_sealed_and_only_known_fields_are_kept(cast_: Cast) -> None:
    row = save_own_answers(
        mentorship=cast_.pair,
        actor=cast_.chi,
        answers={"hopes": "to be braver", "offers": "  ", "salary": "100"},
        done=False,
        now=NOW,
    )

    assert b"braver" not in bytes(row.answers_sealed or b"")
    assert agreement_desk(cast_.pair, viewer=cast_.chi).mine == {"hopes": "to be braver"}


@pytest.mark.parametrize("key", agreement_form().keys_that_make_it_usable)
def test_proposal_needs_each_of_the_five_lines(cast_: Cast, key: str) -> None:
    with pytest.raises(Invalid) as refused:
        _propose(cast_, cast_.chi, **{key: " "})
    assert refused.value.field == key


def test_proposal_is_signed_by_its_proposer_and_waits_for_the_other(cast_: Cast) -> None:
    _propose(cast_, cast_.chi, hopes="braver")

    desk = agreement_desk(cast_.pair, viewer=cast_.ben)
    assert desk.in_force is None
    assert desk.proposed is not None
    assert (desk.proposed.lines, desk.proposed.signed_by, desk.proposed.state) == (
        {**LINES, "hopes": "braver"},
        {cast_.chi.pk},
        "signed_by_some",
    )
    pairs = [cast_.pair]
    assert (agreements_to_sign(cast_.ben, of=pairs), agreements_to_sign(cast_.chi, of=pairs)) == (
        [ToSign(cast_.pair, "Chi")],
        [],
    )
    cast_.pair.refresh_from_db()
    assert cast_.pair.rhythm_days == 21


def test_second_signature_puts_it_in_force_with_its_rhythm(cast_: Cast) -> None:
    agreement = _propose(cast_, cast_.chi, rhythm_days=None)

    sign_agreement(agreement=agreement, actor=cast_.ben, now=LATER)
    sign_agreement(agreement=agreement, actor=cast_.ben, now=LATER)

    cast_.pair.refresh_from_db()
    desk = agreement_desk(cast_.pair, viewer=cast_.chi)
    assert cast_.pair.rhythm_days is None
    assert desk.in_force is not None
    assert (desk.in_force.agreement.in_force_at, desk.proposed) == (LATER, None)
    assert Signature.objects.count() == 2
    assert Entry.objects.get(verb="agreement.signed").data == {
        "mentorship": cast_.pair.pk,
        "by_all": True,
    }


def test_what_was_agreed_holds_until_the_new_version_is_signed(cast_: Cast) -> None:
    first = _propose(cast_, cast_.chi)
    sign_agreement(agreement=first, actor=cast_.ben, now=NOW)
    second = _propose(cast_, cast_.ben, hopes="more")

    between = agreement_desk(cast_.pair, viewer=cast_.chi)
    with pytest.raises(Conflict):
        sign_agreement(agreement=first, actor=cast_.chi, now=LATER)
    sign_agreement(agreement=second, actor=cast_.chi, now=LATER)
    after = agreement_desk(cast_.pair, viewer=cast_.chi)

    assert between.in_force is not None
    assert between.proposed is not None
    assert (between.in_force.agreement, between.proposed.agreement) == (first, second)
    assert after.in_force is not None
    assert (after.in_force.agreement, after.proposed) == (second, None)


@pytest.mark.parametrize("stranger", ["dov", "eva", "ada", "gus", "hal"])
def test_nobody_else_answers_proposes_signs_or_reads(cast_: Cast, stranger: str) -> None:
    actor = getattr(cast_, stranger)
    agreement = _propose(cast_, cast_.chi)

    with pytest.raises(NotFound):
        _answer(cast_, actor, "x", done=True)
    with pytest.raises(NotFound):
        _propose(cast_, actor)
    with pytest.raises(NotFound):
        sign_agreement(agreement=agreement, actor=actor, now=NOW)
    with pytest.raises(NotFound):
        get_agreement(actor, cast_.pair, agreement.public_id)
    assert agreements_to_sign(actor, of=[cast_.pair]) == []
