"""The form builder's form: one question of any kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.enrollment.enums import EnrollmentStep
from alongside.questionnaires.enums import (
    DIRECTIONS,
    KINDS_WITH_OPTIONS,
    RULES_BY_KIND,
    Audience,
    MatchDirection,
    MatchRule,
    QuestionKind,
    Visibility,
)
from alongside.questionnaires.spec import QuestionSpec
from alongside.web.coordinator.forms.asking import AskingForm, options_of
from alongside.web.coordinator.forms.setup import choose

if TYPE_CHECKING:
    from alongside.questionnaires.models import Question

SEEN_BY = {  # the coordinator's words for the circles a form knows; "group" is for surveys
    Visibility.PROGRAM.value: _("Everybody in the program"),
    Visibility.PARTNER.value: _("Their partner and the coordinators"),
    Visibility.TEAM.value: _("Only the coordinators"),
    Visibility.ME.value: _("Nobody else: it stays with the person"),
}
LIMITED = (QuestionKind.MULTIPLE, QuestionKind.RANKED, QuestionKind.SKILL)
WITH_ENDS = (QuestionKind.SCALE, QuestionKind.NUMBER)
ALSO_NEEDED = {  # fields that only some kinds have
    "options": KINDS_WITH_OPTIONS,
    "more_options": KINDS_WITH_OPTIONS,
    "most_choices": LIMITED,
    "least": WITH_ENDS,
    "most": WITH_ENDS,
    "least_label": (QuestionKind.SCALE,),
    "most_label": (QuestionKind.SCALE,),
    "levels": (QuestionKind.SKILL,),
    "match": tuple(RULES_BY_KIND),
}


class QuestionDataForm(AskingForm):
    """All that can be said about a question of `kind`. What a kind does not have is not asked."""

    field_order = (
        "version", "label", "label_for_mentor", "help", "options", "more_options", "most_choices", "least", "most",
        "least_label", "most_label", "levels",
    )  # fmt: skip

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    most_choices = forms.IntegerField(
        label=_("At most so many"),
        required=False,
        min_value=1,
        max_value=50,
        help_text=_("Leave it empty for any number."),
    )
    least = forms.IntegerField(label=_("From"), min_value=-1_000_000, max_value=1_000_000)
    most = forms.IntegerField(label=_("To"), min_value=-1_000_000, max_value=1_000_000)
    levels = forms.CharField(
        label=_("Levels"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line, from little to much. Leave it empty for our four."),
    )
    required = forms.BooleanField(label=_("People cannot go on without an answer"), required=False)
    step = forms.ChoiceField(label=_("Where it stands"), choices=EnrollmentStep.choices)
    audience = forms.ChoiceField(label=_("Who answers"), choices=Audience.choices, widget=forms.RadioSelect)
    visibility = forms.ChoiceField(
        label=_("Who sees the answer"),
        choices=list(SEEN_BY.items()),
        widget=forms.RadioSelect,
    )
    match = forms.ChoiceField(
        label=_("How it counts in matching"),
        required=False,
        help_text=_("How much it counts stands on the page “Rules and weights”."),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.leave_out(name for name, kinds in ALSO_NEEDED.items() if kind not in kinds)
        if "match" in self.fields:
            choose(self.fields["match"], match_choices(kind))

    def spec(self) -> QuestionSpec:
        """The question as told."""
        given = self.cleaned_data
        rule, _colon, direction = given.get("match", "").partition(":")
        return QuestionSpec(
            kind=self.kind,
            label=given["label"],
            label_for_mentor=given["label_for_mentor"],
            help=given["help"],
            step=given["step"],
            required=given["required"],
            audience=given["audience"],
            visibility=given["visibility"],
            options=self.choices_told(),
            settings=self._settings(),
            match_rule=rule or MatchRule.NONE,
            match_direction=direction,
        )

    def _settings(self) -> dict[str, Any]:
        given = self.cleaned_data
        kept = {"most_choices": given.get("most_choices"), **self.ends_told()}
        levels = [line.strip() for line in given.get("levels", "").splitlines() if line.strip()]
        return {
            name: value for name, value in {**kept, "levels": levels}.items() if value not in (None, "", [])
        }


def match_choices(kind: str) -> list[tuple[str, Any]]:
    """Every way a question of this kind can count, as "rule" or "rule:direction" with its words."""
    choices: list[tuple[str, Any]] = [(MatchRule.NONE.value, MatchRule.NONE.label)]
    for rule in RULES_BY_KIND.get(kind, ()):
        directions = DIRECTIONS.get(rule, ())
        if rule == MatchRule.OVERLAP:
            choices += [
                (f"{rule}:{MatchDirection.WISH_TO_OFFER}", MatchDirection.WISH_TO_OFFER.label),
                (f"{rule}:{MatchDirection.MUTUAL}", _("The more in common, the better")),
            ]
        elif directions:
            choices += [(f"{rule}:{direction}", direction.label) for direction in directions]
        else:
            choices.append((rule.value, rule.label))
    return choices


def match_words(question: Question) -> str:
    """How the question counts, in the words of the form."""
    direction = question.match_settings.get("direction")
    way = f"{question.match_rule}:{direction}" if direction else question.match_rule
    return str(dict(match_choices(question.kind)).get(way, question.get_match_rule_display()))


def initial_of(question: Question) -> dict[str, Any]:
    """The form's beginnings for a question that is there."""
    direction = question.match_settings.get("direction")
    return {
        **{
            name: getattr(question, name)
            for name in (
                "version",
                "label",
                "label_for_mentor",
                "help",
                "required",
                "step",
                "audience",
                "visibility",
            )
        },
        **{name: value for name, value in question.settings.items() if name != "levels"},
        "levels": "\n".join(question.settings.get("levels", [])),
        "options": options_of(question),
        "match": f"{question.match_rule}:{direction}" if direction else question.match_rule,
    }


def initial_of_new(kind: str, step: str) -> dict[str, Any]:
    """The form's beginnings for a new question."""
    ends = {"least": 1, "most": 5} if kind == QuestionKind.SCALE else {"least": 0, "most": 10}
    return {
        "step": step if step in EnrollmentStep.values else EnrollmentStep.TOPICS,
        "audience": Audience.EVERYONE,
        "visibility": Visibility.PARTNER,
        "match": MatchRule.NONE,
        **ends,
    }
