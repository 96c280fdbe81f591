"""Making a program: from a template, by copy, or from nothing."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.foundation.errors import Invalid, NotAllowed
from alongside.foundation.ids import new_public_id, new_token
from alongside.journal.actions import record
from alongside.people.models import Person
from alongside.programs.access import check_may_change, may_create_program
from alongside.programs.enums import MatchKind, StaffRole
from alongside.programs.models import MatchType, PlanItem, PlanStage, Program, ProgramText, Staff
from alongside.programs.queries import match_rules, match_type_of
from alongside.programs.rules import ANY_LEVEL, MatchRules
from alongside.programs.templates import ProgramTemplate, TemplateQuestion, TemplateRule, TemplateStage
from alongside.questionnaires.actions import copy_questionnaire, create_questionnaire
from alongside.questionnaires.enums import MatchRule
from alongside.questionnaires.models import Questionnaire
from alongside.questionnaires.spec import QuestionSpec

# Dates belong to one round and people to one program: neither is copied.
_COPIED = (
    "summary", "description", "template_key", "zone", "access", "access_domains", "approval", "places", "waitlist",
    "requests_allowed", "suggestions_allowed", "show_scores",
)  # fmt: skip
_COPIED_OF_MATCH_TYPE = (
    "kind", "mentee_label", "mentees_label", "mentor_label", "mentors_label", "capacity_default", "capacity_limit",
    "months", "rhythm_days", "meeting_minutes", "trial_meetings",
)  # fmt: skip


@transaction.atomic
def create_program(
    *, actor: Person, name: str, zone: str, template: ProgramTemplate | None = None
) -> Program:
    """A draft with the template's form, rules and plan, or with nothing yet; the actor coordinates it.

    Raises NotAllowed, and Invalid for a name that is empty.
    """
    _check_may_create(actor)
    form = create_questionnaire(
        title=_checked(name), questions=_questions(template), intro="", actor_id=actor.pk
    )
    program = _program(actor=actor, name=name, zone=zone, form=form)
    if template is None:
        MatchType.objects.create(program=program, rules=MatchRules(lottery_key=new_public_id()).to_json())
    else:
        program.summary, program.description = template.summary, template.description
        program.template_key = template.key
        program.requests_allowed = "self" in template.modes
        program.suggestions_allowed = "suggested" in template.modes or not program.requests_allowed
        program.save()
        _match_type_from(template, program)
        _plan_from(template.stages, program)
    record(
        "program.created",
        actor_id=actor.pk,
        subject=program,
        program_id=program.pk,
        data={"template": program.template_key},
    )
    return program


@transaction.atomic
def copy_program(*, program: Program, actor: Person, name: str) -> Program:
    """A draft with the same form, rules, plan, texts and settings, the actor as its only coordinator.

    Guarantee: no people, no dates, no answers, no code come along; nothing is shared with the original.
    """
    check_may_change(actor, program)
    program = Program.objects.select_related("form").get(pk=program.pk)
    form = copy_questionnaire(questionnaire=program.form, title=_checked(name), actor_id=actor.pk)
    copy = _program(actor=actor, name=name, zone=program.zone, form=form)
    for field in _COPIED:
        setattr(copy, field, getattr(program, field))
    copy.save()
    original = match_type_of(program)
    rules = {**match_rules(original).to_json(), "lottery_key": new_public_id()}
    MatchType.objects.create(
        program=copy, rules=rules, **{field: getattr(original, field) for field in _COPIED_OF_MATCH_TYPE}
    )
    _copy_plan(program, copy)
    ProgramText.objects.bulk_create(
        ProgramText(program=copy, key=text.key, language=text.language, subject=text.subject, body=text.body)
        for text in program.texts.all()
    )
    record("program.copied", actor_id=actor.pk, subject=copy, program_id=copy.pk, data={"from": program.pk})
    return copy


def _check_may_create(actor: Person) -> None:
    if not may_create_program(actor):
        raise NotAllowed(_("Only administrators and coordinators can set up a program."))


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid(_("A program needs a name."), field="name")
    return name


def _program(*, actor: Person, name: str, zone: str, form: Questionnaire) -> Program:
    program = Program.objects.create(
        name=_checked(name), zone=zone, contact=actor, form=form, join_token=new_token()
    )
    Staff.objects.create(program=program, person=actor, role=StaffRole.COORDINATOR)
    return program


def _questions(template: ProgramTemplate | None) -> Iterable[QuestionSpec]:
    return [_spec(question) for question in template.questions] if template else []


def _spec(question: TemplateQuestion) -> QuestionSpec:
    return QuestionSpec(
        key=question.key,
        kind=question.kind,
        label=question.label,
        label_for_mentor=question.label_mentor,
        help=question.help,
        step=question.step,
        required=question.required,
        audience=question.answered_by,
        visibility=question.seen_by,
        fills=question.fills or "",
        options=[(option.id, option.label) for option in question.options],
        settings=question.settings(),
        match_rule=question.match.how if question.match else MatchRule.NONE,
        match_direction=question.match.direction if question.match else "",
        match_weight=question.match.weight if question.match else 0,
    )


def _match_type_from(template: ProgramTemplate, program: Program) -> None:
    MatchType.objects.create(
        program=program,
        kind=MatchKind.REVERSE if template.key == "reverse" else MatchKind.ONE_TO_ONE,
        mentee_label=template.roles.mentee,
        mentees_label=template.roles.mentees,
        mentor_label=template.roles.mentor,
        mentors_label=template.roles.mentors,
        capacity_default=template.capacity,
        capacity_limit=max(3, template.capacity),
        months=template.months,
        rhythm_days=template.rhythm_days,
        meeting_minutes=template.meeting_minutes,
        trial_meetings=template.trial_meetings,
        rules=rules_from(template.rules).to_json(),
    )


def rules_from(rules: Iterable[TemplateRule]) -> MatchRules:
    """The template's limits as rules."""
    by_kind = {rule.kind: rule for rule in rules}
    hours, line = by_kind.get("shared_hours"), by_kind.get("reporting_line")
    return MatchRules(
        half_hours_at_least=(hours.minutes or 0) // 30 if hours else 0,
        written_is_enough=bool(hours and hours.except_written),
        shared_language="shared_language" in by_kind,
        different_unit="different_unit" in by_kind,
        not_again="history" in by_kind,
        lottery_key=new_public_id(),
        reporting_levels=(line.levels or ANY_LEVEL) if line else 0,
    )


def _plan_from(stages: Iterable[TemplateStage], program: Program) -> None:
    for position, stage in enumerate(stages):
        row = PlanStage.objects.create(program=program, name=stage.name, intro=stage.intro, position=position)
        PlanItem.objects.bulk_create(
            PlanItem(
                stage=row,
                kind=item.kind,
                key=item.ref,
                title=item.title,
                text=item.text,
                who=item.who,
                day=item.day,
                position=place,
            )
            for place, item in enumerate(stage.items)
        )


def _copy_plan(program: Program, copy: Program) -> None:
    for stage in program.plan_stages.prefetch_related("items"):
        row = PlanStage.objects.create(
            program=copy, name=stage.name, intro=stage.intro, position=stage.position
        )
        PlanItem.objects.bulk_create(
            PlanItem(
                stage=row,
                **{
                    field: getattr(item, field)
                    for field in ("kind", "key", "title", "text", "who", "day", "position")
                },
            )
            for item in stage.items.all()
        )
