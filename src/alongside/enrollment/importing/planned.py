"""Columns that become questions: what a column looks like, and the question it would make."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alongside.enrollment.columns import distinct_values, in_known_order, known_scale
from alongside.enrollment.columns.headings import guess_mapping
from alongside.enrollment.columns.options import split_options
from alongside.enrollment.columns.targets import Kind, Target
from alongside.enrollment.importing.choices import NewQuestion
from alongside.enrollment.importing.targets import is_identity, natural_order
from alongside.foundation.sheets import Sheet
from alongside.questionnaires.actions import slug
from alongside.questionnaires.enums import MatchDirection, MatchRule, QuestionKind, Visibility
from alongside.questionnaires.models import Question, Questionnaire
from alongside.questionnaires.spec import QuestionSpec

MOST_OPTIONS = 60
ORDERED = "ordered"
KINDS: dict[str, QuestionKind] = {
    "short_text": QuestionKind.SHORT_TEXT,
    "long_text": QuestionKind.LONG_TEXT,
    "single": QuestionKind.SINGLE,
    ORDERED: QuestionKind.SINGLE,
    "multiple": QuestionKind.MULTIPLE,
}


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """What a column holds, for whoever decides where it goes."""

    place: int
    heading: str
    samples: tuple[str, ...]
    different: int


def column_looks(sheet: Sheet) -> list[ColumnLook]:
    """One look for each column."""
    looks = []
    for place, heading in enumerate(sheet.header):
        values = distinct_values(sheet, place)
        looks.append(ColumnLook(place, heading, tuple(value[:80] for value in values[:3]), len(values)))
    return looks


def suggested_questions(sheet: Sheet, taken: Iterable[int], keys: Iterable[str]) -> dict[int, NewQuestion]:
    """New questions for columns that nothing reads and whose heading is known from sign-up sheets everywhere."""
    used, known = set(taken), set(keys)
    suggested: dict[int, NewQuestion] = {}
    for place, heading in enumerate(sheet.header):
        if place in used or not heading.strip():
            continue
        made = _suggestion(heading, distinct_values(sheet, place))
        if made and made.key not in known:
            suggested[place] = made
            known.add(made.key)
    return suggested


def new_question(heading: str, *, kind: str, visibility: str, rule: str, keys: Iterable[str]) -> NewQuestion:
    """A new question for a column, with a key of its own."""
    return NewQuestion(
        key=free_key(heading, keys), kind=kind, label=_worded(heading), visibility=visibility, rule=rule
    )


def free_key(heading: str, keys: Iterable[str]) -> str:
    base, taken, number = slug(heading) or "question", set(keys), 2
    key = base
    while key in taken:
        key, number = f"{base}_{number}", number + 1
    return key


def spec_of(made: NewQuestion, sheet: Sheet, place: int) -> QuestionSpec:
    """The question as the form takes it, its options read from the column."""
    options = column_options(made.kind, distinct_values(sheet, place))
    return QuestionSpec(
        kind=KINDS[made.kind],
        key=made.key,
        label=made.label,
        visibility=made.visibility,
        options=tuple(options),
        match_rule=made.rule,
        match_direction=MatchDirection.MUTUAL
        if made.rule == MatchRule.OVERLAP
        else MatchDirection.MENTOR_AHEAD,
    )


def unsaved_question(form: Questionnaire, spec: QuestionSpec) -> Question:
    """The question as it would be, for a dry run."""
    return Question(
        questionnaire=form, key=spec.key, kind=spec.kind, label=spec.label, visibility=spec.visibility,
        match_rule=spec.match_rule, options=[{"id": key, "label": label} for key, label in spec.options],
    )  # fmt: skip


def column_options(kind: str, values: Sequence[str]) -> list[tuple[str, str]]:
    """The options a column's values make, as (id, label); a known scale whole, even where the sheet shows part of it."""
    if kind not in ("single", ORDERED, "multiple"):
        return []
    scale = known_scale(values) if kind != "multiple" else None
    if scale is not None:
        return [(step.id, step.label) for step in scale.steps]
    pieces = (
        [piece for value in values for piece in split_options(value, {})[1]]
        if kind == "multiple"
        else list(values)
    )
    return with_ids(natural_order(dict.fromkeys(pieces)), taken=())


def with_ids(wordings: Iterable[str], *, taken: Iterable[str]) -> list[tuple[str, str]]:
    """Ids for new labels."""
    used, made = set(taken), []
    for wording in wordings:
        label = " ".join(wording.split())
        key = free_key(label, used)
        used.add(key)
        made.append((key, label))
    return made


def extended_options(question: Question, unknown: Iterable[str]) -> list[tuple[str, str]]:
    """The question's options with new ones in their known order, else in natural order after those that are there."""
    present = [(option["id"], option["label"]) for option in question.options]
    added = with_ids(natural_order(unknown), taken=[*question.option_ids, *question.gone_options])
    both = {label: key for key, label in [*present, *added]}
    if known_scale(both):
        return [(both[label], label) for label in in_known_order(both)]
    return [*present, *added]


_ORGANIZATION, _PROFESSION, _GRADE = (
    Target(word, word, Kind.TEXT) for word in ("organization", "profession", "grade")
)


def _suggestion(heading: str, values: Sequence[str]) -> NewQuestion | None:
    found = guess_mapping([heading], [_ORGANIZATION, _PROFESSION, _GRADE])
    several = 2 <= len(values) <= MOST_OPTIONS
    if known_scale(values) and len(values) > 1:
        return _made(heading, ORDERED, Visibility.PROGRAM, MatchRule.STEPS)
    if is_identity(heading) and values:
        return _made(heading, "multiple", Visibility.TEAM, MatchRule.OVERLAP)
    if "organization" in found and several:
        return _made(heading, "single", Visibility.PROGRAM, MatchRule.DIFFERENT)
    if "profession" in found and several:
        return _made(heading, "single", Visibility.PROGRAM, MatchRule.SAME)
    return None


def _made(heading: str, kind: str, visibility: str, rule: str) -> NewQuestion:
    return NewQuestion(
        key=slug(heading), kind=kind, label=_worded(heading), visibility=str(visibility), rule=str(rule)
    )


def _worded(heading: str) -> str:
    words = " ".join(heading.replace("_", " ").split())[:300]
    return words[:1].upper() + words[1:]
