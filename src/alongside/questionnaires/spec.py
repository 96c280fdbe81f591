"""A question as data, before it is a row: what templates, copies, surveys and the form builder hand over."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from alongside.foundation.errors import Invalid
from alongside.questionnaires.enums import (
    KINDS_WITH_OPTIONS,
    RULES_BY_KIND,
    Audience,
    MatchRule,
    QuestionKind,
    Visibility,
)

MOST_STEPS = 11  # of a scale
PRIVATE = (Visibility.ME, Visibility.GROUP)


@dataclass(frozen=True, kw_only=True)
class QuestionSpec:
    """One question. `options` are (id, label); an empty id asks for a new one."""

    kind: str
    label: str
    key: str = ""
    help: str = ""
    label_for_mentor: str = ""
    step: str = "topics"
    required: bool = False
    audience: str = Audience.EVERYONE
    visibility: str = Visibility.PARTNER
    fills: str = ""
    options: Sequence[tuple[str, str]] = ()
    settings: dict[str, Any] = field(default_factory=dict)
    match_rule: str = MatchRule.NONE
    match_direction: str = ""
    match_weight: int = 0
    construct: str = ""
    reversed: bool = False


def check_spec(spec: QuestionSpec) -> None:
    """Raises Invalid, naming the field, for a question that cannot be asked, kept private or matched on as told."""
    if not spec.label.strip():
        raise Invalid(_("A question needs its words."), field="label")
    _check_options(spec)
    _check_ends(spec)
    _check_privacy(spec)
    _check_matching(spec)


def _check_options(spec: QuestionSpec) -> None:
    if spec.kind not in KINDS_WITH_OPTIONS:
        return
    labels = [" ".join(label.split()).casefold() for _id, label in spec.options]
    if len(labels) < 2 or not all(labels):
        raise Invalid(_("Give at least two choices, one on each line."), field="options")
    if len(set(labels)) < len(labels):
        raise Invalid(_("Two choices read the same."), field="options")


def _check_ends(spec: QuestionSpec) -> None:
    if spec.kind not in (QuestionKind.SCALE, QuestionKind.NUMBER):
        return
    least, most = int(spec.settings.get("least", 0)), int(spec.settings.get("most", 5))
    if least >= most:
        raise Invalid(_("The upper end has to be above the lower one."), field="most")
    if spec.kind == QuestionKind.SCALE and most - least >= MOST_STEPS:
        raise Invalid(_("A scale has at most {most} steps.").format(most=MOST_STEPS), field="most")


def _check_privacy(spec: QuestionSpec) -> None:
    if spec.kind == QuestionKind.FILE and spec.visibility in PRIVATE:
        raise Invalid(
            _("A file is for somebody to open. Choose who may, or ask for words instead."), field="visibility"
        )


def _check_matching(spec: QuestionSpec) -> None:
    if spec.match_rule == MatchRule.NONE:
        return
    if spec.match_rule not in RULES_BY_KIND.get(spec.kind, ()):
        raise Invalid(_("This kind of question cannot be matched in this way."), field="match_rule")
    if spec.audience != Audience.EVERYONE:
        raise Invalid(
            _("Matching compares two answers, so mentees and mentors both have to be asked."),
            field="match_rule",
        )
    if spec.visibility in PRIVATE:
        raise Invalid(
            _("Matching tells both people why they fit. An answer that stays private cannot be a reason."),
            field="match_rule",
        )
