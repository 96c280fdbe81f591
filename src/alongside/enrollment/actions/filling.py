"""The enrollment form, saved step by step, and again whenever somebody changes their mind."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.enrollment.access import check_own, may_change_answers
from alongside.enrollment.actions.joining import set_capacity
from alongside.enrollment.actions.stepping import locked, tell
from alongside.enrollment.apart import about_wish, address_digest
from alongside.enrollment.enums import EnrollmentStep, Role
from alongside.enrollment.models import NotWith, Participation
from alongside.enrollment.queries.answers import criteria_of
from alongside.foundation.errors import Conflict, Invalid
from alongside.people.actions import change_hours, change_profile, checked_email, set_photo
from alongside.people.models import Person
from alongside.questionnaires.actions import save_answers
from alongside.questionnaires.models import Question
from alongside.vault.actions import seal

LEAST_HOURS, MOST_HOURS = 1, 40
LEAST_IMPORTANCE, MOST_IMPORTANCE = 0, 3
MOST_APART = 50


@dataclass(frozen=True, kw_only=True)
class StepInput:
    """What one step of the form hands over. None leaves things as they are.

    `profile` and `reach` are what `people.actions.change_profile` and `change_hours` take, `photo` is what `set_photo`
    does, with b"" for "take it away".
    """

    answers: Mapping[Question, Any] = field(default_factory=dict)
    profile: Mapping[str, Any] | None = None
    photo: bytes | None = None
    reach: Mapping[str, Any] | None = None
    hours_per_month: int | None = None
    capacity: int | None = None
    importance: Mapping[str, int] | None = None
    not_with: Collection[str] | None = None


@transaction.atomic
def save_step(
    *, participation: Participation, step: EnrollmentStep, given: StepInput, actor: Person, now: datetime
) -> Participation:
    """Keeps one step of the form, all of it or nothing, and remembers that it was seen.

    Raises Invalid naming the field, Conflict for somebody who is no longer part of the program.
    """
    check_own(actor, participation)
    row = locked(participation)
    if not may_change_answers(row):
        raise Conflict(_("You are not part of this program at the moment, so nothing was changed."))
    if given.profile is not None:
        change_profile(actor=actor, now=now, **given.profile)
    if given.photo is not None:
        set_photo(actor=actor, content=given.photo or None, now=now)
    if given.reach is not None:
        change_hours(actor=actor, now=now, **given.reach)
    if given.answers:
        save_answers(answer_set=row.answers, answers=given.answers, owner_id=actor.pk, now=now)
    if given.capacity is not None and row.role != Role.MENTEE:
        set_capacity(row, given.capacity, actor=actor, now=now)
    if given.not_with is not None:
        _keep_apart(row, given.not_with, actor)
    _write(row, step, given)
    tell("participation.answers_changed", row, actor=actor, now=now, data={"step": step})
    return row


def _write(row: Participation, step: EnrollmentStep, given: StepInput) -> None:
    if given.hours_per_month is not None:
        row.hours_per_month = _within(given.hours_per_month, LEAST_HOURS, MOST_HOURS, "hours_per_month")
    if given.importance is not None:
        known = {question.key for question in criteria_of(row.program, role=row.role)}
        row.importance = {
            key: _within(weight, LEAST_IMPORTANCE, MOST_IMPORTANCE, key)
            for key, weight in given.importance.items()
            if key in known
        }
    if step not in row.steps_done:
        row.steps_done = [*row.steps_done, step.value]
    steps = list(EnrollmentStep)
    row.step = steps[min(steps.index(step) + 1, len(steps) - 1)]
    row.save(update_fields=["hours_per_month", "importance", "steps_done", "step"])


def _keep_apart(row: Participation, addresses: Collection[str], owner: Person) -> None:
    """Replaces whom this person should not be matched with."""
    if len(addresses) > MOST_APART:
        raise Invalid(_("Please name at most {most} people.").format(most=MOST_APART), field="not_with")
    wanted: dict[str, str] = {}
    for address in addresses:
        try:
            email = checked_email(address)
        except Invalid as error:
            raise Invalid(error.message, field="not_with") from None
        wanted[address_digest(email)] = email
    NotWith.objects.filter(participation=row).delete()
    NotWith.objects.bulk_create(
        NotWith(
            participation=row,
            digest=digest,
            sealed=seal(
                email,
                scope=f"not_with:{row.public_id}",
                owner_id=owner.pk,
                about=about_wish(row.public_id, digest),
            ),
        )
        for digest, email in wanted.items()
    )


def _within(value: int, least: int, most: int, name: str) -> int:
    if not least <= value <= most:
        raise Invalid(
            _("Please choose between {least} and {most}.").format(least=least, most=most), field=name
        )
    return value
