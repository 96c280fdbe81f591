"""The shipped surveys in a program, and their switches."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from alongside.journal.actions import record
from alongside.mentorships.enums import OPEN_STATES
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person
from alongside.programs.access import check_may_change
from alongside.programs.models import Program
from alongside.questionnaires.actions import create_questionnaire
from alongside.surveys.actions.planning import plan_asks
from alongside.surveys.catalog import survey_catalog
from alongside.surveys.models import Survey
from alongside.surveys.questions import specs_of

# Ending early asks its questions on its own page, at that moment and of one person.
NOT_ASKED = ("ending-early",)


@transaction.atomic
def install_surveys(
    *, program: Program, actor: Person | None, now: datetime, switched_on: dict[str, bool] | None = None
) -> list[Survey]:
    """Every shipped survey the program does not have yet; returns them. Doing it twice adds nothing.

    Optional surveys begin switched off; `switched_on` ({key: on or off}) says otherwise, as when a program is copied.
    """
    catalog, wanted = survey_catalog(), switched_on or {}
    present = set(program.surveys.values_list("key", flat=True))
    added = []
    for position, survey in enumerate(catalog.surveys):
        if survey.key in present or survey.key in NOT_ASKED:
            continue
        questionnaire = create_questionnaire(
            title=survey.title,
            intro=survey.intro,
            questions=specs_of(survey, catalog),
            actor_id=actor.pk if actor else None,
        )
        row = Survey.objects.create(
            program=program,
            key=survey.key,
            position=position,
            questionnaire=questionnaire,
            trigger=asdict(survey.trigger),
            switched_on=wanted.get(survey.key, not survey.optional),
            created_at=now,
        )
        record(
            "survey.installed",
            actor_id=actor.pk if actor else None,
            subject=row,
            program_id=program.pk,
            now=now,
        )
        added.append(row)
    return added


@transaction.atomic
def switch_survey(*, survey: Survey, actor: Person, on: bool, now: datetime) -> Survey:
    """Asks or no longer asks this survey. Switched on, pairs under way are asked from their next day on.

    What was asked can still be answered. Nothing to do twice. Raises NotFound and NotAllowed.
    """
    check_may_change(actor, survey.program)
    row = Survey.objects.select_for_update(of=("self",)).select_related("program").get(pk=survey.pk)
    if row.switched_on == on:
        return row
    row.switched_on = on
    row.save(update_fields=["switched_on"])
    record(
        "survey.switched_on" if on else "survey.switched_off",
        actor_id=actor.pk,
        subject=row,
        program_id=row.program_id,
        now=now,
    )
    if on:
        pairs = Mentorship.objects.filter(program=row.program, state__in=OPEN_STATES)
        for mentorship in pairs.select_related("match_type", "program"):
            plan_asks(mentorship=mentorship, now=now, surveys=[row])
    return row
