"""A program's own surveys: begun from nothing or as a copy, worded while nobody has answered, renewed afterwards."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.foundation.errors import Conflict, Invalid, NotFound
from alongside.journal.actions import record
from alongside.people.models import Person
from alongside.programs.access import check_may_change
from alongside.programs.models import Program
from alongside.questionnaires.actions import (
    add_question,
    copy_questionnaire,
    create_questionnaire,
    edit_question,
    place_question,
    retire_question,
)
from alongside.questionnaires.models import Question
from alongside.surveys.access import is_answered
from alongside.surveys.actions.switching import move_in_plan, plan_for_program
from alongside.surveys.catalog import Trigger
from alongside.surveys.enums import AskState, OwnKind, SurveyAudience, TriggerKind
from alongside.surveys.models import Ask, Survey
from alongside.surveys.own import is_ours, seconds_for, spec_of
from alongside.surveys.questions import NEED_STEP
from alongside.surveys.rules import BUDGET_ITEMS

FIRST_TRIGGER = Trigger(kind=TriggerKind.DAY, day=30, origin="start")


@transaction.atomic
def create_survey(
    *, program: Program, title: str, copy_of: Survey | None = None, actor: Person, now: datetime
) -> Survey:
    """A survey of the program's own, switched off: with the questions of another one of the program, or with none."""
    check_may_change(actor, program)
    Program.objects.select_for_update().get(pk=program.pk)  # two coordinators do not take the same key
    title = _title(title)
    if copy_of is None:
        questionnaire = create_questionnaire(title=title, actor_id=actor.pk)
    else:
        questionnaire = copy_questionnaire(
            questionnaire=copy_of.questionnaire, title=title, actor_id=actor.pk
        )
    trigger = copy_of.trigger if copy_of is not None else asdict(FIRST_TRIGGER)
    if trigger["kind"] == TriggerKind.ENDING_EARLY:  # that page is not for copies
        trigger = asdict(Trigger(kind=TriggerKind.CLOSING))
    row = Survey.objects.create(
        program=program,
        key=_free_key(program),
        position=1 + max(program.surveys.values_list("position", flat=True), default=0),
        questionnaire=questionnaire,
        trigger=trigger,
        audience=copy_of.audience if copy_of is not None else SurveyAudience.BOTH,
        is_own=True,
        switched_on=False,
        created_at=now,
    )
    _keep_length(row)
    data = {"from": copy_of.pk} if copy_of is not None else {}
    record("survey.created", actor_id=actor.pk, subject=row, program_id=program.pk, data=data, now=now)
    return row


@transaction.atomic
def copy_own_surveys(*, program: Program, source: int, actor: Person, now: datetime) -> None:
    """What the program it was copied from words itself, as it stands there: the newest version of each.

    The plan that came along stands for these copies.
    """
    keys: dict[str, str] = {}
    theirs = Survey.objects.filter(program_id=source, is_own=True).select_related("questionnaire")
    for survey in theirs.exclude(replaced_by__switched_on=True):
        row = create_survey(
            program=program, title=survey.questionnaire.title, copy_of=survey, actor=actor, now=now
        )
        row.switched_on = survey.switched_on
        row.save(update_fields=["switched_on"])
        keys[survey.key] = row.key
    move_in_plan(program, keys)


@transaction.atomic
def renew_survey(*, survey: Survey, actor: Person, now: datetime) -> Survey:
    """The next version of a survey that has answers, switched off: the old one goes on until the new one is switched on.

    Answers of the two are never mixed. Returns the version under way when there is one already.
    """
    check_may_change(actor, survey.program)
    if not survey.is_own:
        raise NotFound
    begun = survey.replaced_by.order_by("-pk").first()
    if begun is not None:
        return begun
    row = create_survey(
        program=survey.program, title=survey.questionnaire.title, copy_of=survey, actor=actor, now=now
    )
    row.version, row.replaces = survey.version + 1, survey
    row.save(update_fields=["version", "replaces"])
    return row


@transaction.atomic
def describe_survey(
    *, survey: Survey, title: str, intro: str, audience: str, trigger: Trigger, actor: Person, now: datetime
) -> Survey:
    """Its words, for whom it is and when it comes. Switched on already, pairs under way are planned anew."""
    row = _open(survey, actor)
    row.questionnaire.title, row.questionnaire.intro = _title(title), intro.strip()
    row.questionnaire.save(update_fields=["title", "intro"])
    row.audience, row.trigger = SurveyAudience(audience).value, asdict(trigger)
    row.save(update_fields=["audience", "trigger"])
    if row.switched_on:
        Ask.objects.filter(wave__survey=row, state=AskState.PLANNED).delete()
        plan_for_program(row, now=now)
    record("survey.described", actor_id=actor.pk, subject=row, program_id=row.program_id, now=now)
    return row


@transaction.atomic
def add_survey_question(
    *, survey: Survey, kind: OwnKind, words: dict[str, str], choices: Sequence[tuple[str, str]] = (),
    ends: dict[str, object] | None = None, private: bool = False, actor: Person,
) -> Question:  # fmt: skip
    """One more question, at the end. Raises Invalid for one that cannot be asked, and past forty of them."""
    row = _open(survey, actor)
    if row.questionnaire.questions.filter(retired_at=None).count() >= BUDGET_ITEMS:
        raise Invalid(_("Forty questions in half a year is all we ask of anybody."), field="label")
    spec = spec_of(kind, words=words, choices=choices, ends=ends or {}, private=private)
    question = add_question(questionnaire=row.questionnaire, spec=spec, actor_id=actor.pk)
    _keep_length(row)
    return question


@transaction.atomic
def reword_survey_question(
    *, survey: Survey, question: Question, words: dict[str, str], choices: Sequence[tuple[str, str]] = (),
    ends: dict[str, object] | None = None, private: bool = False, actor: Person,
) -> Question:  # fmt: skip
    """Other words for a question of the program's own. Raises Conflict for a shipped one: its answers stay comparable."""
    _open(survey, actor)
    if is_ours(question):
        raise Conflict(_("These words are the same everywhere, so that answers can be compared."))
    kind = OwnKind(question.settings.get("own", OwnKind.SINGLE))
    spec = spec_of(kind, words=words, choices=choices, ends=ends or {}, private=private)
    return edit_question(question=question, spec=spec, actor_id=actor.pk)


@transaction.atomic
def place_survey_question(*, survey: Survey, question: Question, index: int, actor: Person) -> None:
    """Puts the question at this place among those of its part."""
    _open(survey, actor)
    place_question(question=question, step=question.step, index=index, actor_id=actor.pk)


@transaction.atomic
def remove_survey_question(*, survey: Survey, question: Question, actor: Person, now: datetime) -> None:
    """Takes a question out; the three needs go together."""
    row = _open(survey, actor)
    together = [question]
    if question.step == NEED_STEP:
        together = list(row.questionnaire.questions.filter(step=NEED_STEP))
    for one in together:
        retire_question(question=one, actor_id=actor.pk, now=now)
    _keep_length(row)


@transaction.atomic
def remove_survey(*, survey: Survey, actor: Person) -> None:
    """Takes away a survey of the program's own that nobody was asked. Raises Conflict once somebody was."""
    row = _open(survey, actor)
    if Ask.objects.filter(wave__survey=row, asked_at__isnull=False).exists():
        raise Conflict(_("Somebody was asked already. Switch it off instead."))
    record("survey.removed", actor_id=actor.pk, subject=row, program_id=row.program_id)
    questionnaire = row.questionnaire
    row.delete()
    questionnaire.questions.all().delete()
    questionnaire.delete()


def _open(survey: Survey, actor: Person) -> Survey:
    """The survey, locked, as long as it may be worded. Answers wait for this lock as well."""
    check_may_change(actor, survey.program)
    rows = Survey.objects.select_for_update(of=("self",)).select_related("program", "questionnaire")
    row = rows.filter(pk=survey.pk, is_own=True).first()
    if row is None:
        raise NotFound
    if is_answered(row):
        raise Conflict(_("People have answered it, so it stays as it is. Make a new version instead."))
    return row


def _keep_length(row: Survey) -> None:
    row.seconds = seconds_for(row.questionnaire.questions.filter(retired_at=None))
    row.save(update_fields=["seconds"])


def _free_key(program: Program) -> str:
    taken = set(program.surveys.values_list("key", flat=True))
    return next(key for number in range(1, len(taken) + 2) if (key := f"own-{number}") not in taken)


def _title(title: str) -> str:
    title = " ".join(title.split())
    if not title or len(title) > 120:
        raise Invalid(_("Give it a title of at most 120 characters."), field="title")
    return title
