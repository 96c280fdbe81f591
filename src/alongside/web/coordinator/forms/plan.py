"""Forms of the plan: stages, and the four kinds of things a stage offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.activities.library import activity_library
from alongside.foundation.wording import in_words
from alongside.meetings.agendas import talk_help
from alongside.programs.actions import PlanItemSpec
from alongside.programs.actions.plan import LAST_DAY
from alongside.programs.enums import PlanAudience, PlanItemKind
from alongside.surveys.catalog import survey_catalog
from alongside.web.coordinator.forms.setup import choose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from alongside.programs.models import PlanItem, PlanStage

FIELDS = {
    PlanItemKind.ACTIVITY: ("key", "who", "day", "stage"),
    PlanItemKind.SURVEY: ("key", "who", "day", "stage"),
    PlanItemKind.TALK: ("title", "key", "who", "day", "stage"),
    PlanItemKind.TIP: ("title", "text", "who", "day", "stage"),
}
KEY_WORDS = {
    PlanItemKind.ACTIVITY: _("Activity"),
    PlanItemKind.SURVEY: _("Survey"),
    PlanItemKind.TALK: _("Agenda to start from"),
}


class StageForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    intro = forms.CharField(label=_("A line to begin with"), max_length=400, required=False)


class PlanItemForm(forms.Form):
    """One thing of `kind`; what that kind does not have is not asked."""

    title = forms.CharField(label=_("Title"), max_length=160)
    key = forms.ChoiceField()
    text = forms.CharField(label=_("Words"), widget=forms.Textarea(attrs={"rows": 4}), max_length=1000)
    who = forms.ChoiceField(label=_("For whom"), choices=PlanAudience.choices, widget=forms.RadioSelect)
    day = forms.IntegerField(
        label=_("Day"), min_value=0, max_value=LAST_DAY, help_text=_("Counted from the day the pair starts.")
    )
    stage = forms.ChoiceField(label=_("Stage"))

    def __init__(
        self,
        *args: Any,
        kind: str,
        stages: Iterable[PlanStage],
        own_surveys: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name in set(self.fields) - set(FIELDS[PlanItemKind(kind)]):
            del self.fields[name]
        choose(self.fields["stage"], [(stage.public_id, stage.name) for stage in stages])
        if "key" in self.fields:
            self.fields["key"].label = KEY_WORDS[PlanItemKind(kind)]
            self.fields["key"].required = kind != PlanItemKind.TALK
            choose(self.fields["key"], key_choices(kind, own_surveys))
            if kind == PlanItemKind.SURVEY:
                self.fields["key"].help_text = _(
                    "Here it has its place in the plan; what brings it to people is set with the survey itself."
                )

    def spec(self) -> PlanItemSpec:
        given = {name: value for name, value in self.cleaned_data.items() if name != "stage"}
        return PlanItemSpec(kind=self.kind, **given)


def key_choices(kind: str, own_surveys: Mapping[str, str]) -> list[tuple[str, Any]]:
    """What an item of this kind can stand for; `own_surveys` are the titles of the program's own, by key."""
    if kind == PlanItemKind.ACTIVITY:
        library = in_words(activity_library())
        return [(activity.key, f"{activity.name} ({activity.minutes}′)") for activity in library.activities]
    if kind == PlanItemKind.SURVEY:
        return [*_shipped_surveys().items(), *own_surveys.items()]
    return [("", _("None")), *((agenda.key, agenda.name) for agenda in in_words(talk_help()).agendas)]


def name_of(item: PlanItem, own_surveys: Mapping[str, str]) -> str:
    """What the item is called: its own title, else the name of what it stands for."""
    if item.title or item.kind not in (PlanItemKind.ACTIVITY, PlanItemKind.SURVEY):
        return item.title
    if item.kind == PlanItemKind.ACTIVITY:
        names = {activity.key: activity.name for activity in in_words(activity_library()).activities}
    else:
        names = {**_shipped_surveys(), **own_surveys}
    return names.get(item.key, item.key)


def _shipped_surveys() -> dict[str, str]:
    return {survey.key: survey.title for survey in in_words(survey_catalog()).surveys}
