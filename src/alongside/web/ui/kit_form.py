"""A form with every kind of question, for the kit page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.web.ui.widgets import WeekHours, WeekHoursField

CHANNELS = [("video", _("Video")), ("voice", _("Voice")), ("writing", _("Writing"))]
SCALE = [
    ("1", _("not at all")),
    ("2", _("a little")),
    ("3", _("partly")),
    ("4", _("mostly")),
    ("5", _("very much")),
    ("0", _("can’t say yet")),
]


class KitForm(forms.Form):
    name = forms.CharField(label=_("Name to use"), help_text=_("What should your partner call you?"))
    about = forms.CharField(label=_("About you"), widget=forms.Textarea, required=False)
    mail = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    rhythm = forms.ChoiceField(
        label=_("Rhythm"),
        choices=[("2", _("every two weeks")), ("3", _("every three weeks")), ("4", _("once a month"))],
    )
    channel = forms.ChoiceField(label=_("Best way to talk"), choices=CHANNELS, widget=forms.RadioSelect)
    days = forms.MultipleChoiceField(
        label=_("Also fine"), choices=CHANNELS, widget=forms.CheckboxSelectMultiple, required=False
    )
    answer = forms.ChoiceField(
        label=_("My partner tries to understand before answering."), choices=SCALE, widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label=_("I have read how we want to do this"))
    quiet = forms.BooleanField(
        label=_("Lighter weeks"), required=False, help_text=_("Everything moves to the next good moment.")
    )
    day = forms.DateField(label=_("First day"), required=False)
    time = forms.TimeField(label=_("Time"), required=False)
    heads = forms.IntegerField(label=_("Places"), min_value=0, max_value=8, required=False)
    photo = forms.FileField(label=_("Photo"), required=False)
    hours = WeekHoursField(
        label=_("When is it fine to reach you?"),
        initial=WeekHours("Mon-Thu 08:00-12:00, Mon-Thu 14:00-18:00, Fri 08:00-13:00", "Sat 10:00-12:00"),
        help_text=_(
            "Outside these hours we keep everything quiet and hand it to you at the next good moment."
        ),
        required=False,
    )
