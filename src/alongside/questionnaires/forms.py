"""A form made of questions. It reads what was posted and cleans it; how it looks is up to the pages."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from alongside.foundation.errors import Invalid
from alongside.questionnaires.fields import KEEP, Field, Value, field_of
from alongside.questionnaires.models import Question


class AnswerWidget(forms.Widget):
    """Reads all controls of one question out of a posted form."""

    needs_multipart_form = False

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Value:
        return field_of(self.question).from_post(self.question, data, files, name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False


class AnswerField(forms.Field):
    """One question as a form field. `cleaned` is the value to store, None for no answer."""

    widget: AnswerWidget

    def __init__(self, question: Question, *, role: str, enforce: bool) -> None:
        super().__init__(
            required=question.required and enforce,
            label=question.label_for(role),
            help_text=question.help_said,
            widget=AnswerWidget(question),
        )
        self.question = question

    @property
    def behavior(self) -> Field:
        return field_of(self.question)

    def clean(self, value: Value) -> Value:
        try:
            cleaned = self.behavior.clean(self.question, value)
        except Invalid as error:
            raise forms.ValidationError(error.message) from error
        kept = cleaned is KEEP and self.initial is not None
        if self.required and not kept and cleaned in (None, KEEP):
            raise forms.ValidationError(_("We need an answer here."))
        return cleaned


class QuestionForm(forms.Form):
    """The questions of a page, in order. Field names are the questions' keys.

    `initial` is {key: stored value}, as `queries.own_answers` gives it. After `is_valid()`, `answers` is what
    `actions.save_answers` takes. With `enforce=False` nothing is required: for drafts and for previews.
    """

    def __init__(
        self,
        questions: Iterable[Question],
        *args: Any,
        role: str,
        initial: Mapping[str, Value] | None = None,
        enforce: bool = True,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = dict(initial or {})
        super().__init__(*args, **kwargs)
        self.role = role
        for question in questions:
            field = AnswerField(question, role=role, enforce=enforce)
            field.initial = self.initial.get(question.key)
            self.fields[question.key] = field

    @property
    def answers(self) -> dict[Question, Value]:
        """{question: value to store}; files that stay as they are do not appear."""
        pairs = ((self.fields[key], value) for key, value in self.cleaned_data.items())
        return {
            field.question: value
            for field, value in pairs
            if isinstance(field, AnswerField) and value is not KEEP
        }
