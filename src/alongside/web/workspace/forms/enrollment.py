"""The five steps of an enrollment: what stands with the person. The program's own questions are drawn beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.enrollment.actions import StepInput
from alongside.enrollment.enums import EnrollmentStep, Role
from alongside.enrollment.queries import criteria_of, own_not_with
from alongside.foundation.languages import language_names
from alongside.web.account.forms.hours import HoursForm

if TYPE_CHECKING:
    from alongside.enrollment.models import Participation
    from alongside.questionnaires.models import Question

LANGUAGES = 3
IMPORTANCE = (("0", _("not at all")), ("1", _("a little")), ("2", _("some")), ("3", _("a lot")))
USUAL_IMPORTANCE = 2
# Fields of the person that a question of the form may word anew: the question's `fills` → the field's name.
WORDED = {
    "person.about": "about",
    "person.languages": "language_1",
    "person.unit": "unit",
    "person.job_title": "job_title",
    "preferences.hours": "week",
    "participation.hours_per_month": "hours_per_month",
    "participation.capacity": "capacity",
}


class StepForm(forms.Form):
    """Base of the steps. `given()` is what the step hands over, besides the answers to the program's questions."""

    def __init__(
        self, *args: Any, participation: Participation, filling: Sequence[Question], **kwargs: Any
    ) -> None:
        self.participation = participation
        super().__init__(*args, **kwargs)
        self.add_fields()
        self.initial = self.present()
        for question in filling:
            self._reword(question)

    def is_multipart(self) -> bool:
        """Questions drawn beside this form may ask for a file."""
        return True

    def add_fields(self) -> None:
        """Fields that depend on the participation."""

    def present(self) -> dict[str, Any]:
        """What stands there now, as the form shows it."""
        return {}

    def given(self) -> Mapping[str, Any]:
        """Keywords of `StepInput`."""
        return {}

    def step_input(self, answers: Mapping[Question, Any]) -> StepInput:
        return StepInput(answers=answers, **self.given())

    def _reword(self, question: Question) -> None:
        """The program's own words for a field of the person; several lists that open keep theirs."""
        name = WORDED.get(question.fills, "")
        field = self.fields.get(name)
        if field is None or field.disabled:
            return
        field.required = question.required or field.required
        if name != "language_1":
            field.label = question.label_for(self.participation.role)
            field.help_text = question.help or field.help_text


class AboutForm(StepForm):
    name = forms.CharField(label=_("What shall we call you?"), max_length=80)
    pronouns = forms.CharField(label=_("Pronouns"), max_length=40, required=False)
    photo = forms.FileField(label=_("Photo"), required=False, help_text=_("JPEG, PNG or WebP, up to 8 MB."))
    remove_photo = forms.BooleanField(label=_("Take my photo away"), required=False)
    job_title = forms.CharField(label=_("What you do"), max_length=120, required=False)
    unit = forms.CharField(label=_("Where you work"), max_length=120, required=False)
    about = forms.CharField(
        label=_("A few lines about you"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def add_fields(self) -> None:
        for number in range(1, LANGUAGES + 1):
            self.fields[f"language_{number}"] = forms.ChoiceField(
                label=_("First choice") if number == 1 else _("Then"),
                choices=[("", "–"), *language_names().items()],
                required=False,
            )
        for key in self.from_sheet:
            self.fields[key].disabled = True

    @property
    def from_sheet(self) -> list[str]:
        """Fields the organization filled: shown with their source, changed there."""
        return [key for key in ("job_title", "unit") if key in self.participation.imported]

    def present(self) -> dict[str, Any]:
        person = self.participation.person
        spoken = {
            f"language_{number}": code for number, code in enumerate(person.languages[:LANGUAGES], start=1)
        }
        kept = {key: getattr(person, key) for key in ("name", "pronouns", "job_title", "unit", "about")}
        return {**kept, **spoken}

    def language_fields(self) -> list[forms.BoundField]:
        return [self[f"language_{number}"] for number in range(1, LANGUAGES + 1)]

    def given(self) -> Mapping[str, Any]:
        data = self.cleaned_data
        asked = {key: data[key] for key in ("name", "pronouns", "about")}
        own = {key: data[key] for key in ("job_title", "unit") if key not in self.from_sheet}
        spoken = [data[f"language_{number}"] for number in range(1, LANGUAGES + 1)]
        languages = list(dict.fromkeys(code for code in spoken if code))
        more = self.participation.person.languages[LANGUAGES:]
        photo = data["photo"].read() if data["photo"] else (b"" if data["remove_photo"] else None)
        return {"profile": {**asked, **own, "languages": [*languages, *more]}, "photo": photo}


class WhenForm(HoursForm, StepForm):
    """Zone, hours and channels as under Me, and the time one has for this program."""

    hours_per_month = forms.IntegerField(
        label=_("How many hours a month can you give?"), min_value=1, max_value=40,
        help_text=_("One to three are common. You can change this at any time."),
    )  # fmt: skip

    def present(self) -> dict[str, Any]:
        row = self.participation
        return {**self.initial_of(row.person.preferences), "hours_per_month": row.hours_per_month}

    def given(self) -> Mapping[str, Any]:
        return {"reach": self.keywords(), "hours_per_month": self.cleaned_data["hours_per_month"]}


class TopicsForm(StepForm):
    """How much each criterion counts, whom not to meet, and for mentors how many people at once."""

    not_with = forms.CharField(
        label=_("Somebody you should not be matched with?"),
        help_text=_(
            "Their e-mail addresses, one a line. Your manager, a close friend: no reason is asked for."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def add_fields(self) -> None:
        row = self.participation
        self.criteria = criteria_of(row.program, role=row.role)
        if row.role != Role.MENTEE:
            self.fields["capacity"] = forms.IntegerField(
                label=_("How many people would you like to accompany at once?"),
                min_value=0,
                max_value=row.match_type.capacity_limit,
                help_text=_("One is plenty. 0 says: full right now."),
            )
        for question in self.criteria:
            self.fields[f"weight_{question.key}"] = forms.ChoiceField(
                label=question.label_for(row.role),
                choices=IMPORTANCE,
                required=False,
                widget=forms.RadioSelect,
            )

    def present(self) -> dict[str, Any]:
        row = self.participation
        weights = {
            f"weight_{question.key}": str(row.importance.get(question.key, USUAL_IMPORTANCE))
            for question in self.criteria
        }
        return {"not_with": "\n".join(own_not_with(row)), "capacity": row.capacity, **weights}

    def weights(self) -> list[forms.BoundField]:
        return [self[f"weight_{question.key}"] for question in self.criteria]

    def given(self) -> Mapping[str, Any]:
        data = self.cleaned_data
        chosen = {question.key: data[f"weight_{question.key}"] for question in self.criteria}
        return {
            "not_with": [part for part in re.split(r"[\s,;]+", data["not_with"]) if part],
            "capacity": data.get("capacity"),
            "importance": {
                key: int(weight)
                for key, weight in chosen.items()
                if weight and int(weight) != USUAL_IMPORTANCE
            },
        }


FORMS: Mapping[EnrollmentStep, type[StepForm]] = {
    EnrollmentStep.ABOUT_YOU: AboutForm,
    EnrollmentStep.WHEN: WhenForm,
    EnrollmentStep.TOPICS: TopicsForm,
    EnrollmentStep.HOW_YOU_TICK: StepForm,
    EnrollmentStep.PRIVACY: StepForm,
}
