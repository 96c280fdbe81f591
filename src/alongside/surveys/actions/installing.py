"""The shipped surveys in a program."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from alongside.journal.actions import record
from alongside.people.models import Person
from alongside.programs.models import Program
from alongside.questionnaires.actions import create_questionnaire
from alongside.surveys.catalog import CatalogSurvey, survey_catalog
from alongside.surveys.enums import TriggerKind
from alongside.surveys.models import Survey
from alongside.surveys.questions import specs_of


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
        if survey.key in present:
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
            audience=survey.audience,
            seconds=survey.seconds,
            switched_on=_belongs_to_a_page(survey) or wanted.get(survey.key, not survey.optional),
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


def _belongs_to_a_page(survey: CatalogSurvey) -> bool:
    return survey.trigger.kind == TriggerKind.ENDING_EARLY
