"""The columns of a sheet as a form: one row each, with where it goes, and what a new question of it would be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.enrollment.enums import ParticipationState, Role
from alongside.enrollment.importing.choices import ARRIVALS, Choices, NewQuestion
from alongside.enrollment.importing.planned import KINDS, new_question
from alongside.questionnaires.enums import RULES_BY_KIND, MatchRule, Visibility

if TYPE_CHECKING:
    from django.http import QueryDict

    from alongside.enrollment.importing.planned import ColumnLook
    from alongside.enrollment.queries import DryRun

Words = str | Promise
NEW: Sequence[tuple[str, Words]] = (
    ("short_text", _("short text")),
    ("long_text", _("long text")),
    ("single", _("one of several")),
    ("ordered", _("ordered steps")),
    ("multiple", _("several of several")),
)
VISIBILITIES: Sequence[tuple[str, Words]] = tuple((entry.value, entry.label) for entry in Visibility)
RULES: Sequence[tuple[str, Words]] = tuple(
    (rule.value, rule.label)
    for rule in MatchRule
    if any(rule in RULES_BY_KIND.get(kind, ()) for kind in KINDS.values()) or rule == MatchRule.NONE
)
SEVERAL = ("name",)  # first and last name may stand in two columns


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One column on the dry-run page. `goes_to` is "" (left out), a target's key, or "new:<kind>"."""

    look: ColumnLook
    goes_to: str
    targets: Sequence[tuple[str, Words]]
    new_kinds: Sequence[tuple[str, Words]]
    visibilities: Sequence[tuple[str, Words]]
    rules: Sequence[tuple[str, Words]]
    visibility: str
    rule: str

    @property
    def is_new(self) -> bool:
        return self.goes_to.startswith("new:")


def column_rows(found: DryRun) -> list[ColumnRow]:
    """One row for each column of the sheet."""
    targets = [(key, place.target.label) for key, place in found.places.items() if not _is_made(found, key)]
    kinds = [(f"new:{kind}", word) for kind, word in NEW]
    goes = {place: key for key, places in found.choices.mapping.items() for place in places}
    rows = []
    for look in found.columns:
        made = found.choices.questions.get(look.place)
        rows.append(
            ColumnRow(
                look=look,
                goes_to=f"new:{made.kind}" if made else goes.get(look.place, ""),
                targets=targets,
                new_kinds=kinds,
                visibilities=VISIBILITIES,
                rules=RULES,
                visibility=made.visibility if made else Visibility.TEAM,
                rule=made.rule if made else MatchRule.NONE,
            )
        )
    return rows


def choices_from(data: QueryDict, found: DryRun) -> Choices:
    """What a coordinator chose. What the form does not know is left out; two columns for one thing: the first stays."""
    mapping: dict[str, tuple[int, ...]] = {}
    for place, key in _chosen(data, found):
        if key in found.places and (key in SEVERAL or key not in mapping):
            mapping[key] = (*mapping.get(key, ()), place)
    role, arrive = data.get("role", ""), data.get("arrive", "")
    return Choices(
        mapping=mapping,
        questions=_questions(data, found),
        accept=frozenset(key for key in data.getlist("accept") if key in found.places),
        role=role if role in Role.values else "",
        arrive=arrive if arrive in ARRIVALS else ParticipationState.APPROVED,
    )


def _questions(data: QueryDict, found: DryRun) -> Mapping[int, NewQuestion]:
    made: dict[int, NewQuestion] = {}
    keys = {
        place.question.key
        for key, place in found.places.items()
        if place.question and not _is_made(found, key)
    }
    for place, key in _chosen(data, found):
        kind = key.removeprefix("new:")
        if not key.startswith("new:") or kind not in KINDS:
            continue
        before = found.choices.questions.get(place)
        visibility, rule = data.get(f"sees-{place}", ""), data.get(f"rule-{place}", "")
        question = new_question(
            found.sheet.header[place],
            kind=kind,
            visibility=visibility if visibility in Visibility.values else Visibility.TEAM,
            rule=_rule(rule, kind),
            keys=keys,
        )
        if before is not None and before.key not in keys:  # a wish about it names it by its key
            question = NewQuestion(
                key=before.key,
                kind=question.kind,
                label=before.label,
                visibility=question.visibility,
                rule=question.rule,
            )
        keys.add(question.key)
        made[place] = question
    return made


def _rule(rule: str, kind: str) -> str:
    """The rule, as far as this kind of question can be matched by it; ordered steps are for steps."""
    if kind == "ordered" and not rule:
        return MatchRule.STEPS
    return rule if rule in RULES_BY_KIND.get(KINDS[kind], ()) else MatchRule.NONE


def _chosen(data: QueryDict, found: DryRun) -> Iterator[tuple[int, str]]:
    for place in range(len(found.sheet.header)):
        if key := data.get(f"column-{place}", ""):
            yield place, key


def _is_made(found: DryRun, key: str) -> bool:
    """Whether a target is a question that is only about to be made: its column says so itself."""
    return key in {f"q:{made.key}" for made in found.choices.questions.values()}
