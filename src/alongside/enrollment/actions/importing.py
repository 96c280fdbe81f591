"""Sheets: uploaded, looked at, chosen about, taken in as a whole or not at all."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.enrollment.actions.stepping import locked_program
from alongside.enrollment.actions.taking_in import take_in
from alongside.enrollment.enums import ImportState, Role
from alongside.enrollment.importing.choices import ARRIVALS, Choices
from alongside.enrollment.importing.planned import extended_options, spec_of
from alongside.enrollment.models import SheetImport
from alongside.enrollment.queries.imports import DryRun, dry_run_of, first_choices, sheet_remarks
from alongside.foundation.errors import Conflict, Invalid
from alongside.foundation.sheets import Sheet, read_sheet
from alongside.journal.actions import record
from alongside.people.models import Person
from alongside.programs.access import check_may_change
from alongside.programs.models import Program
from alongside.questionnaires.actions import add_question, edit_question, set_weights
from alongside.questionnaires.enums import HARD_RULES, MatchRule
from alongside.questionnaires.models import Question
from alongside.questionnaires.queries import questions_of
from alongside.questionnaires.spec import QuestionSpec

MOST_BYTES = 20_000_000


@transaction.atomic
def upload_sheet(
    *, program: Program, file_name: str, content: bytes, actor: Person, role: str = "", arrive: str = ""
) -> SheetImport:
    """Keeps a sheet with what it most likely means. Raises Invalid for what is no sheet, with the first reason."""
    check_may_change(actor, program)
    if len(content) > MOST_BYTES:
        raise Invalid(_("Please upload a sheet of at most 20 MB."), field="file")
    sheet = read_sheet(content)
    if not sheet.header:
        stopping = [remark for remark in sheet_remarks(sheet) if remark.stops]
        raise Invalid(" ".join(remark.sentence for remark in stopping[:1]), field="file")
    choices = first_choices(program, sheet, role=_role(role), arrive=_arrival(arrive))
    held = SheetImport.objects.create(
        program=program,
        uploaded_by=actor,
        file_name=file_name[-200:],
        content=content,
        settings=choices.to_json(),
    )
    record("import.checked", actor_id=actor.pk, subject=held, program_id=program.pk)
    return held


@transaction.atomic
def choose_columns(*, held: SheetImport, choices: Choices, actor: Person) -> SheetImport:
    """Keeps what a coordinator chose for the sheet; the dry run shows what comes of it. Raises Conflict once it is done."""
    row = _open(held, actor)
    _role(choices.role)
    _arrival(choices.arrive)
    row.settings = choices.to_json()
    row.save(update_fields=["settings"])
    return row


@transaction.atomic
def confirm_import(*, held: SheetImport, actor: Person, now: datetime) -> SheetImport:
    """Takes the whole sheet in, or nothing of it: new questions and options, people, roles, answers, places.

    The same sheet again changes nothing; changed cells change answers; nobody comes in twice. The bytes are dropped.
    Raises Conflict while anything is wrong with it.
    """
    row = _open(held, actor)
    program = locked_program(row.program)
    sheet = read_sheet(bytes(row.content or b""))
    choices = Choices.from_json(row.settings)
    _make_questions(program, sheet, choices, actor)
    _grow_options(dry_run_of(program, sheet, choices), actor)
    checked = dry_run_of(program, sheet, choices)
    if not checked.is_sound:
        raise Conflict(_("Some lines of the sheet need another look first. Nothing was taken in."))
    row.added, row.changed, row.unchanged = checked.added, checked.changed, checked.unchanged
    take_in(checked, program=program, held=row, now=now)
    row.state, row.done_at, row.content = ImportState.DONE, now, None
    row.save()
    record(
        "import.done",
        actor_id=actor.pk,
        subject=row,
        program_id=program.pk,
        data={"added": row.added, "changed": row.changed, "arrive": choices.arrive},
        now=now,
    )
    return row


@transaction.atomic
def discard_import(*, held: SheetImport, actor: Person) -> SheetImport:
    """Drops an uploaded sheet; nothing of it was taken in."""
    row = _open(held, actor)
    row.state, row.content = ImportState.DISCARDED, None
    row.save(update_fields=["state", "content"])
    record("import.discarded", actor_id=actor.pk, subject=row, program_id=row.program_id)
    return row


def _open(held: SheetImport, actor: Person) -> SheetImport:
    check_may_change(actor, held.program)
    row = SheetImport.objects.select_for_update(of=("self",)).select_related("program__form").get(pk=held.pk)
    if row.state != ImportState.CHECKED:
        raise Conflict(_("This sheet was dealt with already. Upload it once more to take it in again."))
    return row


def _make_questions(program: Program, sheet: Sheet, choices: Choices, actor: Person) -> None:
    """The columns that become questions; matched ones get a fair share of the weight."""
    present = {question.key for question in questions_of(program.form)}
    specs = [
        spec_of(made, sheet, column) for column, made in choices.questions.items() if made.key not in present
    ]
    for spec in specs:
        add_question(questionnaire=program.form, spec=spec, actor_id=actor.pk)
    weighed = [spec.key for spec in specs if _has_weight(spec.match_rule)]
    if weighed:
        _share_weight(program, weighed, actor)


def _share_weight(program: Program, new: Iterable[str], actor: Person) -> None:
    """New criteria count as much as those there were do on average; the others keep their proportions."""
    weights = {row.key: row.match_weight for row in questions_of(program.form) if _has_weight(row.match_rule)}
    given = [weight for weight in weights.values() if weight]
    share = sum(given) // len(given) if given else 1
    weights |= dict.fromkeys(new, share)
    set_weights(questionnaire=program.form, weights=weights, actor_id=actor.pk)


def _has_weight(rule: str) -> bool:
    return rule != MatchRule.NONE and rule not in HARD_RULES


def _grow_options(checked: DryRun, actor: Person) -> None:
    """Unknown values that were accepted become options; those that are there keep their ids."""
    for found in checked.unknown:
        question = checked.places[found.target.key].question
        if found.accepted and question is not None:
            options = extended_options(question, found.counts)
            edit_question(question=question, spec=_spec_with(question, options), actor_id=actor.pk)


def _spec_with(question: Question, options: list[tuple[str, str]]) -> QuestionSpec:
    """The question as it is, with these options. Ids of new ones are made by the questionnaire."""
    known = {*question.option_ids, *question.gone_options}
    return QuestionSpec(
        kind=question.kind,
        label=question.label,
        key=question.key,
        help=question.help,
        label_for_mentor=question.label_for_mentor,
        step=question.step,
        required=question.required,
        audience=question.audience,
        visibility=question.visibility,
        fills=question.fills,
        options=tuple((key if key in known else "", label) for key, label in options),
        settings=question.settings,
        match_rule=question.match_rule,
        match_direction=question.match_settings.get("direction", ""),
        match_weight=question.match_weight,
        construct=question.construct,
        reversed=question.reversed,
    )


def _role(role: str) -> str:
    if role and role not in Role.values:
        raise Invalid(_("Please choose a role."), field="role")
    return role


def _arrival(arrive: str) -> str:
    if arrive and arrive not in ARRIVALS:
        raise Invalid(_("Please choose how people come in."), field="arrive")
    return arrive or ARRIVALS[0].value
