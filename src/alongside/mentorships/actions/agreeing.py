"""The agreement: each answers alone, they write it together, both sign; a new version replaces the one before."""

import json
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.foundation.errors import Conflict, Invalid
from alongside.journal.actions import record
from alongside.mentorships.access import check_may_write
from alongside.mentorships.actions.stepping import locked
from alongside.mentorships.agreement_form import agreement_form
from alongside.mentorships.models import Agreement, Mentorship, OwnAnswers, Signature
from alongside.people.models import Person
from alongside.vault.actions import seal


@transaction.atomic
def save_own_answers(
    *, mentorship: Mentorship, actor: Person, answers: Mapping[str, str], done: bool, now: datetime
) -> OwnAnswers:
    """What `actor` answers alone. Once both are done each reads the other's; being done stays done."""
    check_may_write(actor, mentorship)
    row, _created = OwnAnswers.objects.select_for_update().get_or_create(
        mentorship=mentorship, person=actor, defaults={"changed_at": now}
    )
    first_done = done and row.done_at is None
    row.answers_sealed = seal(
        _as_json(answers), scope=mentorship.scope, owner_id=actor.pk, about=f"own_answers:{row.public_id}"
    )
    row.changed_at, row.done_at = now, now if first_done else row.done_at
    row.save(update_fields=["answers_sealed", "changed_at", "done_at"])
    if first_done:
        _tell("agreement.answered", row, mentorship, actor=actor, now=now)
    return row


@transaction.atomic
def propose_agreement(
    *,
    mentorship: Mentorship,
    actor: Person,
    agreed: Mapping[str, str],
    rhythm_days: int | None,
    review_on: date | None,
    now: datetime,
) -> Agreement:
    """A new version of what the two agree, signed by its proposer. The version before holds until both have signed.

    Raises Invalid, naming the field, when one of the five lines is empty that make an agreement usable.
    """
    check_may_write(actor, mentorship)
    row = locked(mentorship, actor=actor)
    for key in agreement_form().keys_that_make_it_usable:
        if not agreed.get(key, "").strip():
            raise Invalid(_("This is one of the five lines an agreement needs."), field=key)
    newest = row.agreements.first()
    agreement = Agreement(
        mentorship=row,
        version=newest.version + 1 if newest else 1,
        proposed_by=actor,
        rhythm_days=rhythm_days,
        review_on=review_on,
        created_at=now,
    )
    agreement.agreed_sealed = seal(
        _as_json(agreed), scope=row.scope, owner_id=actor.pk, about=f"agreement:{agreement.public_id}"
    )
    agreement.save()
    Signature.objects.create(agreement=agreement, person=actor, signed_at=now)
    _tell("agreement.proposed", agreement, row, actor=actor, now=now)
    return agreement


@transaction.atomic
def sign_agreement(*, agreement: Agreement, actor: Person, now: datetime) -> Agreement:
    """`actor` agrees to this version. With the last signature it takes effect, the rhythm included.

    Signing twice is signing once. Raises Conflict when a newer version has been proposed.
    """
    mentorship = agreement.mentorship
    check_may_write(actor, mentorship)
    row = locked(mentorship, actor=actor)
    if row.agreements.filter(version__gt=agreement.version).exists():
        raise Conflict(_("There is a newer version of this agreement. Please read that one."))
    _signature, created = Signature.objects.get_or_create(
        agreement=agreement, person=actor, defaults={"signed_at": now}
    )
    if not created:
        return agreement
    by_all = agreement.signatures.count() == row.members.count()
    if by_all:
        agreement.in_force_at = now
        agreement.save(update_fields=["in_force_at"])
        row.rhythm_days = agreement.rhythm_days
        row.save(update_fields=["rhythm_days"])
    _tell("agreement.signed", agreement, row, actor=actor, now=now, by_all=by_all)
    return agreement


def _as_json(lines: Mapping[str, str]) -> str:
    """Only the fields of the form, only those with words."""
    known = {field.key for field in agreement_form().fields}
    kept = {key: text.strip() for key, text in lines.items() if key in known and text.strip()}
    return json.dumps(kept, ensure_ascii=False)


def _tell(
    verb: str,
    subject: Agreement | OwnAnswers,
    mentorship: Mentorship,
    *,
    actor: Person,
    now: datetime,
    **data: object,
) -> None:
    record(
        verb,
        actor_id=actor.pk,
        subject=subject,
        program_id=mentorship.program_id,
        data={"mentorship": mentorship.pk, **data},
        now=now,
    )
