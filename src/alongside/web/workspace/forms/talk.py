"""Forms of topics and messages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.discussions.actions import LONGEST_MESSAGE, LONGEST_TITLE
from alongside.discussions.enums import Expectation, Intention
from alongside.foundation.ids import new_token


class MessageForm(forms.Form):
    """One message. `client_key` is made with the form, so that the same form sent twice is one message."""

    body = forms.CharField(
        label=_("Your message"),
        max_length=LONGEST_MESSAGE,
        strip=True,
        widget=forms.Textarea(attrs={"class": "input", "rows": 4}),
    )
    expectation = forms.ChoiceField(
        label=_("An answer"),
        choices=[
            (Expectation.WHENEVER, _("whenever suits")),
            (Expectation.NO_REPLY, _("no reply needed")),
            (Expectation.BY_DATE, _("by a day")),
        ],
        initial=Expectation.WHENEVER,
        widget=forms.RadioSelect,
        required=False,
    )
    reply_by = forms.DateField(
        label=_("The day"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "input"}),
    )
    send_at = forms.DateTimeField(
        label=_("Send at"),
        required=False,
        help_text=_("In your time. Until then only you see it."),
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(
            format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "class": "input"}
        ),
    )
    urgent = forms.BooleanField(label=_("Ring through"), required=False)
    client_key = forms.CharField(max_length=43, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client_key"].initial = new_token

    def clean_expectation(self) -> str:
        return self.cleaned_data["expectation"] or Expectation.WHENEVER


class TopicForm(forms.Form):
    """A new topic with its first words, which may also come later."""

    title = forms.CharField(label=_("What is it about?"), max_length=LONGEST_TITLE)
    intention = forms.ChoiceField(
        label=_("What would you like from it?"),
        choices=Intention.choices,
        initial=Intention.SHARING,
        widget=forms.RadioSelect,
    )
    body = forms.CharField(
        label=_("Your first words"),
        required=False,
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class WordsForm(forms.Form):
    """New words for a message."""

    body = forms.CharField(
        label=_("Your message"), max_length=LONGEST_MESSAGE, widget=forms.Textarea(attrs={"rows": 8})
    )


class TakeawayForm(forms.Form):
    """What is taken away, and where it goes from here: `leads_to` names the page that takes it up."""

    takeaway = forms.CharField(
        label=_("What do you two take away from it?"),
        help_text=_("One or two sentences are plenty. You can also leave it empty."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    leads_to = forms.ChoiceField(
        label=_("Where does it go from here?"),
        choices=[
            ("topic", _("It stays here")),
            ("goals.new", _("It becomes a goal of mine")),
            ("activities.new", _("We plan something from it")),
        ],
        initial="topic",
        widget=forms.RadioSelect,
    )


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Words to look for"), max_length=100, required=False)
