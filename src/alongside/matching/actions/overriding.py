"""A coordinator's word about a pair: keep together, keep apart, or neither any more."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.enrollment.enums import Role
from alongside.enrollment.models import Participation
from alongside.foundation.errors import Conflict, Invalid
from alongside.journal.actions import record
from alongside.matching.enums import OverrideKind
from alongside.matching.models import Override
from alongside.matching.queries.limits import refusal_words
from alongside.matching.queries.pairs import pair_facts
from alongside.people.models import Person
from alongside.programs.access import check_may_change


@transaction.atomic
def pin_pair(*, mentee: Participation, mentor: Participation, actor: Person, now: datetime) -> Override:
    """Keeps the two together in every later run. Replaces another pin of the mentee, and a ban of the two.

    Raises Conflict when a limit of the program does not let the two be a pair.
    """
    _check(mentee, mentor, actor)
    Participation.objects.select_for_update().get(pk=mentee.pk)
    Override.objects.filter(mentee=mentee, mentor=mentor, kind=OverrideKind.FORBID).delete()
    found = pair_facts(mentee, mentor, now=now)
    if not found.allowed:
        raise Conflict(refusal_words(found.forbidden_by, found.questions))
    Override.objects.filter(mentee=mentee, kind=OverrideKind.PIN).exclude(mentor=mentor).delete()
    return _put(mentee, mentor, OverrideKind.PIN, actor, now)


@transaction.atomic
def forbid_pair(*, mentee: Participation, mentor: Participation, actor: Person, now: datetime) -> Override:
    """Keeps the two apart in every later run. Replaces a pin of the two."""
    _check(mentee, mentor, actor)
    Participation.objects.select_for_update().get(pk=mentee.pk)
    return _put(mentee, mentor, OverrideKind.FORBID, actor, now)


@transaction.atomic
def clear_override(*, word: Override, actor: Person, now: datetime) -> None:
    """Takes the word about a pair back. Does nothing when it is gone already."""
    check_may_change(actor, word.mentee.program)
    if Override.objects.filter(pk=word.pk).delete()[0]:
        _tell("override.cleared", word, actor, now)


def _check(mentee: Participation, mentor: Participation, actor: Person) -> None:
    check_may_change(actor, mentee.program)
    if mentee.program_id != mentor.program_id or mentee.pk == mentor.pk:
        raise Invalid(_("Choose two people of the same program."))
    if mentee.role == Role.MENTOR or mentor.role == Role.MENTEE:
        raise Invalid(_("A pair is made of somebody who looks for a mentor and somebody who mentors."))


def _put(
    mentee: Participation, mentor: Participation, kind: OverrideKind, actor: Person, now: datetime
) -> Override:
    row, made = Override.objects.get_or_create(
        match_type=mentee.match_type,
        mentee=mentee,
        mentor=mentor,
        defaults={"kind": kind, "by": actor, "created_at": now, "changed_at": now},
    )
    if made or row.kind != kind:
        row.kind, row.by, row.changed_at = kind, actor, now
        row.save(update_fields=["kind", "by", "changed_at"])
        _tell("override.put", row, actor, now)
    return row


def _tell(verb: str, row: Override, actor: Person, now: datetime) -> None:
    record(
        verb,
        actor_id=actor.pk,
        subject=row,
        program_id=row.mentee.program_id,
        data={"kind": row.kind},
        now=now,
    )
