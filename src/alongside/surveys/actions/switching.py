"""Asking a survey, or no longer."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.foundation.errors import Conflict, Invalid
from alongside.journal.actions import record
from alongside.mentorships.enums import OPEN_STATES
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person
from alongside.programs.access import check_may_change
from alongside.programs.enums import PlanItemKind
from alongside.programs.models import PlanItem, Program
from alongside.surveys.actions.planning import plan_asks
from alongside.surveys.models import Survey
from alongside.surveys.triggers import is_locked


@transaction.atomic
def switch_survey(*, survey: Survey, actor: Person, on: bool, now: datetime) -> Survey:
    """Asks or no longer asks this survey. Switched on, pairs under way are asked from their next day on.

    A new version takes the place of the one before. What was asked can still be answered. Nothing to do twice. Raises
    NotFound and NotAllowed, Invalid for a survey without a question, Conflict for one that belongs to a page.
    """
    check_may_change(actor, survey.program)
    row = Survey.objects.select_for_update(of=("self",)).select_related("program").get(pk=survey.pk)
    if row.switched_on == on:
        return row
    if is_locked(row):
        raise Conflict(_("The ending always asks: somebody may need help at once."))
    if on and not row.questionnaire.questions.filter(retired_at=None).exists():
        raise Invalid(_("Give it a question first."))
    _set(row, on, actor, now)
    if on:
        if row.replaces is not None and row.replaces.switched_on:
            _set(row.replaces, False, actor, now)
            move_in_plan(row.program, {row.replaces.key: row.key})
        plan_for_program(row, now=now)
    return row


def move_in_plan(program: Program, keys: Mapping[str, str]) -> None:
    """Items of the program's plan that stand for a survey (old key) stand for another one (new key) from now on."""
    items = PlanItem.objects.filter(stage__program=program, kind=PlanItemKind.SURVEY, key__in=keys)
    for item in items:
        item.key = keys[item.key]
    PlanItem.objects.bulk_update(items, ["key"])


def plan_for_program(survey: Survey, *, now: datetime) -> None:
    """Pairs under way are asked from their next day on."""
    pairs = Mentorship.objects.filter(program=survey.program, state__in=OPEN_STATES)
    for mentorship in pairs.select_related("match_type", "program"):
        plan_asks(mentorship=mentorship, now=now, surveys=[survey])


def _set(row: Survey, on: bool, actor: Person, now: datetime) -> None:
    row.switched_on = on
    row.save(update_fields=["switched_on"])
    verb = "survey.switched_on" if on else "survey.switched_off"
    record(verb, actor_id=actor.pk, subject=row, program_id=row.program_id, now=now)
