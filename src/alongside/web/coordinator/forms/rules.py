"""Rules and weights of matching, in percent and plain words; the engine's points stay out of sight."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.programs.rules import ANY_LEVEL, PERFECT, MatchRules
from alongside.web.coordinator.forms._seen import SeenForm
from alongside.web.coordinator.forms.question import match_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alongside.questionnaires.models import Question

PERCENT = PERFECT // 100  # points of one percent
WEIGHT = "weight_"
HOURS = (
    (0, _("No common hours needed")),
    (1, _("Half an hour a week")),
    (2, _("One hour a week")),
    (3, _("An hour and a half a week")),
    (4, _("Two hours a week")),
    (6, _("Three hours a week")),
    (8, _("Four hours a week")),
    (12, _("Six hours a week")),
)

LEVELS = (
    (0, _("May be a pair")),
    (1, _("Not with one’s own manager")),
    (2, _("Not in one line, up to two levels")),
    (3, _("Not in one line, up to three levels")),
    (ANY_LEVEL, _("Not in one line, whatever the distance")),
)


class RulesForm(SeenForm):
    """Percent of a perfect pair where the engine counts points; each matched question has a field of its own."""

    shared_language = forms.BooleanField(label=_("A pair needs a language in common"), required=False)
    different_unit = forms.BooleanField(label=_("A pair comes from different teams or units"), required=False)
    reporting_levels = forms.TypedChoiceField(
        label=_("Managers and those who report to them"), choices=LEVELS, coerce=int
    )
    not_again = forms.BooleanField(label=_("Nobody is paired again with the same person"), required=False)
    half_hours_at_least = forms.TypedChoiceField(
        label=_("Hours a pair needs in common"), choices=HOURS, coerce=int
    )
    written_is_enough = forms.BooleanField(label=_("Unless both like to write"), required=False)
    left_out_pairs = forms.IntegerField(
        label=_("Somebody is left without a mentor"),
        min_value=0,
        max_value=50,
        help_text=_(
            "It costs as much as so many perfect pairs. From two on, nobody waits for the sake of better pairs."
        ),
    )
    fairness_percent = forms.DecimalField(
        label=_("A pair is weak below so many percent"),
        min_value=0,
        max_value=100,
        decimal_places=1,
        help_text=_("The matching takes special care of these, so that nobody gets the rest."),
    )
    fairness_factor = forms.IntegerField(
        label=_("Each percent below counts so many times"),
        min_value=1,
        max_value=50,
        help_text=_("Once means: no special care."),
    )
    balance_percent = forms.DecimalField(
        label=_("A second person for the same mentor costs so many percent"),
        min_value=0,
        max_value=100,
        decimal_places=1,
        help_text=_("Twice that for a third. A higher cost spreads people over more mentors."),
    )
    keep_percent = forms.DecimalField(
        label=_("A pair of the draft before gets so many percent more"),
        min_value=0,
        max_value=10,
        decimal_places=1,
        help_text=_("It keeps a draft steady when you solve it again."),
    )

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        for question in self.questions:
            self.fields[WEIGHT + question.key] = forms.DecimalField(
                label=question.label, min_value=0, max_value=1000, decimal_places=3
            )

    @property
    def weights(self) -> dict[str, int]:
        return {
            question.key: int(self.cleaned_data[WEIGHT + question.key] * PERCENT)
            for question in self.questions
        }

    @property
    def together(self) -> Decimal:
        """The percents as typed, added up."""
        return sum((self.cleaned_data[WEIGHT + question.key] for question in self.questions), Decimal(0))

    @property
    def rules(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            **{
                name: given[name]
                for name in ("shared_language", "different_unit", "not_again", "written_is_enough")
            },
            "half_hours_at_least": given["half_hours_at_least"],
            "reporting_levels": given["reporting_levels"],
            "left_out": given["left_out_pairs"] * PERFECT,
            "balance": int(given["balance_percent"] * PERCENT),
            "keep": int(given["keep_percent"] * PERCENT),
            "fairness_target": int(given["fairness_percent"] * PERCENT),
            "fairness_factor": given["fairness_factor"],
        }

    @property
    def weighted(self) -> list[tuple[Question, str, forms.BoundField]]:
        """(question, how it counts, its field), in the order of the form."""
        return [(question, match_words(question), self[WEIGHT + question.key]) for question in self.questions]


def initial_rules(rules: MatchRules, questions: Iterable[Question]) -> dict[str, Any]:
    return {
        "shared_language": rules.shared_language,
        "different_unit": rules.different_unit,
        "not_again": rules.not_again,
        "half_hours_at_least": rules.half_hours_at_least,
        "reporting_levels": min((level for level, _words in LEVELS if level >= rules.reporting_levels)),
        "written_is_enough": rules.written_is_enough,
        "left_out_pairs": rules.left_out // PERFECT,
        "balance_percent": percent(rules.balance),
        "keep_percent": percent(rules.keep),
        "fairness_percent": percent(rules.fairness_target),
        "fairness_factor": rules.fairness_factor,
        **{WEIGHT + question.key: percent(question.match_weight) for question in questions},
    }


def percent(points: int) -> Decimal:
    """Points as percent, without zeros nobody needs."""
    return Decimal(f"{points / PERCENT:.3f}".rstrip("0").rstrip("."))
