"""The dry run of a sheet: what it means, what is wrong with it line by line, what it would change. Writes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.enrollment.columns import (
    Conversion,
    Kind,
    Target,
    convert,
    guess_mapping,
    place_of,
    sentence_for,
)
from alongside.enrollment.columns.targets import CHOICE_KINDS
from alongside.enrollment.enums import ParticipationState
from alongside.enrollment.importing.choices import Choices
from alongside.enrollment.importing.planned import (
    ColumnLook,
    column_looks,
    extended_options,
    spec_of,
    suggested_questions,
    unsaved_question,
)
from alongside.enrollment.importing.plans import RowPlan, plan_rows, stored
from alongside.enrollment.importing.targets import Place, labels, places
from alongside.enrollment.models import SheetImport
from alongside.enrollment.queries.participants import places_left
from alongside.foundation.errors import Invalid
from alongside.foundation.sheets import Problem, Sheet, read_sheet
from alongside.programs.models import Program
from alongside.questionnaires.enums import QuestionKind
from alongside.questionnaires.fields import field_of
from alongside.questionnaires.models import Question
from alongside.questionnaires.queries import questions_of
from alongside.questionnaires.spec import check_spec


@dataclass(frozen=True, slots=True)
class Remark:
    """One line of the list of what is wrong. `stops` keeps the sheet from being taken in."""

    line: int
    place: str
    sentence: str
    stops: bool


@dataclass(frozen=True, slots=True)
class UnknownValues:
    """Values of a column that no option stands for, and how often each comes."""

    target: Target
    counts: Mapping[str, int]
    accepted: bool


@dataclass(frozen=True)
class DryRun:
    """What taking in the sheet would do, with these choices."""

    sheet: Sheet
    choices: Choices
    places: Mapping[str, Place]
    conversion: Conversion
    remarks: tuple[Remark, ...]
    plans: tuple[RowPlan, ...]
    unknown: tuple[UnknownValues, ...]
    free: int | None
    has_waitlist: bool

    @property
    def is_sound(self) -> bool:
        """Whether the whole sheet can be taken in: it is all or nothing."""
        return not any(remark.stops for remark in self.remarks)

    @property
    def added(self) -> int:
        return sum(plan.is_new for plan in self.plans)

    @property
    def changed(self) -> int:
        return sum(plan.changes and not plan.is_new for plan in self.plans)

    @property
    def unchanged(self) -> int:
        return len(self.plans) - self.added - self.changed

    @property
    def to_waitlist(self) -> int:
        """How many of the new people find no free place."""
        if self.choices.arrive != ParticipationState.APPROVED or self.free is None:
            return 0
        return max(0, self.added - self.free)

    @cached_property
    def columns(self) -> list[ColumnLook]:
        return column_looks(self.sheet)


def dry_run(held: SheetImport) -> DryRun:
    """The dry run of an uploaded sheet with the choices kept beside it."""
    return dry_run_of(held.program, read_sheet(bytes(held.content or b"")), Choices.from_json(held.settings))


def imports_of(program: Program) -> QuerySet[SheetImport]:
    """The sheets uploaded for a program, the newest first, without their bytes."""
    rows = SheetImport.objects.filter(program=program).select_related("uploaded_by").defer("content")
    return rows.order_by("-created_at", "-pk")


def dry_run_of(program: Program, sheet: Sheet, choices: Choices) -> DryRun:
    """The dry run of a sheet with these choices; new questions and options are taken as if they were there."""
    match_type = program.match_types.order_by("pk")[0]
    remarks = [*sheet_remarks(sheet), *_faulty_questions(choices, sheet)]
    questions = _form_with(program, choices, sheet)
    open_to = places(questions, match_type)
    mapping = {key: columns for key, columns in choices.full_mapping().items() if key in open_to}
    read, unknown = _converted(sheet, mapping, open_to, choices)
    remarks += [*_remarks(read.problems), *_unfit(read, open_to, sheet, mapping)]
    sound = not any(remark.stops for remark in remarks)
    roles = {Kind.ROLE, Kind.BOTH_ROLES} & {open_to[key].target.kind for key in mapping}
    plans = plan_rows(program, read.rows, open_to, role_in_sheet=Kind.ROLE in roles) if sound else []
    free = places_left(program)
    if sound and not program.waitlist and free is not None and choices.arrive == ParticipationState.APPROVED:
        remarks += _too_many(sum(plan.is_new for plan in plans), free)
    remarks.sort(key=lambda remark: remark.line)
    return DryRun(
        sheet, choices, open_to, read, tuple(remarks), tuple(plans), unknown, free, program.waitlist
    )


def first_choices(
    program: Program, sheet: Sheet, *, role: str = "", arrive: str = ParticipationState.APPROVED
) -> Choices:
    """What the sheet most likely means: columns guessed by their headings, known kinds of columns as new questions."""
    match_type = program.match_types.order_by("pk")[0]
    questions = list(questions_of(program.form))
    targets = [place.target for place in places(questions, match_type).values()]
    mapping = guess_mapping(sheet.header, targets)
    taken = {column for columns in mapping.values() for column in columns}
    keys = [question.key for question in questions_of(program.form, retired=True)]
    made = suggested_questions(sheet, taken, keys)
    guessed = Choices(mapping=mapping, questions=made, role=role, arrive=arrive)
    # A wish about a question that is only being made ("match on identity") has its target now.
    again = places(_form_with(program, guessed, sheet), match_type)
    rest = {column for column in range(len(sheet.header)) if column not in taken and column not in made}
    wishes = guess_mapping(
        [heading if place in rest else "" for place, heading in enumerate(sheet.header)],
        [place.target for place in again.values() if place.weighs],
    )
    return Choices(mapping={**mapping, **wishes}, questions=made, role=role, arrive=arrive)


def sheet_remarks(sheet: Sheet) -> list[Remark]:
    """What is wrong with the sheet before anybody asks what its columns mean."""
    return _remarks(sheet.problems)


def _form_with(program: Program, choices: Choices, sheet: Sheet) -> list[Question]:
    """The questions of the form, with those that columns are to become."""
    present = list(questions_of(program.form))
    keys = {question.key for question in present}
    made = [
        unsaved_question(program.form, spec_of(question, sheet, column))
        for column, question in choices.questions.items()
        if question.key not in keys and column < len(sheet.header)
    ]
    return [*present, *made]


def _converted(
    sheet: Sheet, mapping: Mapping[str, tuple[int, ...]], open_to: Mapping[str, Place], choices: Choices
) -> tuple[Conversion, tuple[UnknownValues, ...]]:
    """The sheet read twice where it holds accepted unknown values: once to find them, once with them as options."""
    targets = [place.target for place in open_to.values()]
    role = choices.role or None
    read = convert(sheet, mapping, targets, default_role=role)
    unknown = tuple(
        UnknownValues(open_to[key].target, counts, key in choices.accept)
        for key, counts in read.unknown_options.items()
        if _can_grow(open_to[key])
    )
    grown = {
        found.target.key: _grown(open_to[found.target.key], found.counts)
        for found in unknown
        if found.accepted
    }
    if grown:
        read = convert(
            sheet, mapping, [grown.get(target.key, target) for target in targets], default_role=role
        )
    return read, unknown


def _can_grow(place: Place) -> bool:
    question = place.question
    return (
        question is not None and place.target.kind in CHOICE_KINDS and question.kind != QuestionKind.LANGUAGES
    )


def _grown(place: Place, unknown: Iterable[str]) -> Target:
    assert place.question is not None  # noqa: S101 - _can_grow said so
    options = extended_options(place.question, unknown)
    return place.target.with_options(labels({"id": key, "label": label} for key, label in options))


def _faulty_questions(choices: Choices, sheet: Sheet) -> list[Remark]:
    """New questions that cannot be asked as chosen."""
    faults = []
    for column, made in choices.questions.items():
        try:
            check_spec(spec_of(made, sheet, column))
        except Invalid as error:
            where = _("Column “{heading}”").format(heading=sheet.header[column])
            faults.append(Remark(sheet.header_line, where, error.message, stops=True))
    return faults


def _unfit(
    read: Conversion, open_to: Mapping[str, Place], sheet: Sheet, mapping: Mapping[str, tuple[int, ...]]
) -> list[Remark]:
    """Values a column can hold and the question cannot: six topics where five are asked for."""
    found = []
    for row in read.rows:
        for key, value in row.values.items():
            question = open_to[key].question
            if question is None or open_to[key].weighs or _is_growing(question, key):
                continue
            try:
                field_of(question).clean(question, _plain(question, stored(value)))
            except Invalid as error:
                heading = sheet.header[mapping[key][0]]
                where = _("Line {line}, column “{heading}”").format(line=row.line, heading=heading)
                found.append(Remark(row.line, where, error.message, stops=True))
    return found


def _is_growing(question: Question, key: str) -> bool:
    """Options that do not exist yet cannot be checked one by one; how many were chosen can, when they are written."""
    return question.kind in (
        QuestionKind.SINGLE,
        QuestionKind.MULTIPLE,
        QuestionKind.RANKED,
    ) and not question.settings.get("most_choices")


def _plain(question: Question, value: object) -> object:
    """Choices checked for their number alone: those that are being added count, too."""
    if question.kind in (QuestionKind.MULTIPLE, QuestionKind.RANKED) and isinstance(value, list):
        known = [option for option in value if option in question.option_ids]
        spare = [option for option in question.option_ids if option not in known]
        return [*known, *spare[: len(value) - len(known)]]
    return value


def _remarks(problems: Sequence[Problem]) -> list[Remark]:
    return [Remark(found.line, place_of(found), sentence_for(found), found.stops) for found in problems]


def _too_many(new: int, free: int) -> list[Remark]:
    if new <= free:
        return []
    words = _(
        "The sheet brings {new} new people, and {free} places are left. Raise the limit, or allow a waitlist."
    )
    return [Remark(0, _("The whole sheet"), words.format(new=new, free=free), stops=True)]
