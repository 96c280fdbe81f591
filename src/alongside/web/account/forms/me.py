"""Forms under Me."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.delivery.enums import PUSHED
from alongside.meetings.enums import FeedDetail
from alongside.people.enums import NoticeClass, NoticeMode, ReminderLead, SeasonKind, Theme, UrgentPolicy
from alongside.web.ui.widgets import DatePicker, TimePicker

if TYPE_CHECKING:
    from alongside.people.models import Preferences

# Account and safety always go at once; the digest is switched by its own time.
CHOOSABLE = [
    kind for kind in NoticeClass if kind not in {NoticeClass.ACCOUNT, NoticeClass.SAFETY, NoticeClass.DIGEST}
]
ON_DEVICES = "on_devices_"
DIGEST_BY_DEFAULT = {NoticeClass.SURVEY, NoticeClass.NUDGE}


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("What we call you"), max_length=80)
    pronouns = forms.CharField(label=_("Pronouns"), max_length=40, required=False)
    job_title = forms.CharField(label=_("What you do"), max_length=120, required=False)
    unit = forms.CharField(label=_("Where you work"), max_length=120, required=False)
    about = forms.CharField(
        label=_("A few words about you"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    photo = forms.FileField(label=_("Photo"), required=False, help_text=_("JPEG, PNG or WebP, up to 8 MB."))
    remove_photo = forms.BooleanField(label=_("Take my photo away"), required=False)


class NoticesForm(forms.Form):
    """The matrix of notices, the digest's time and the urgent policy."""

    digest_time = forms.TimeField(label=_("The digest comes at"), widget=TimePicker())
    reminder_lead = forms.ChoiceField(
        label=_("Remind me of a talk"), choices=ReminderLead.choices, widget=forms.RadioSelect, required=False
    )
    urgent = forms.ChoiceField(
        label=_("Urgent notes from my partner"), choices=UrgentPolicy.choices, widget=forms.RadioSelect
    )
    mail_text = forms.BooleanField(
        label=_("Mails may carry the text of messages"), required=False,
        help_text=_("Without it a mail only says that somebody wrote, and where."),
    )  # fmt: skip
    push_text = forms.BooleanField(
        label=_("Notes on my devices may carry the text of messages"), required=False,
        help_text=_("Whoever can see the screen can read them, even when it is locked."),
    )  # fmt: skip
    theme = forms.ChoiceField(label=_("Look"), choices=Theme.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, has_devices: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_devices = has_devices
        if not has_devices:
            del self.fields["push_text"]
        for kind in CHOOSABLE:
            for name in (kind.value, f"{ON_DEVICES}{kind.value}")[: 1 + has_devices]:
                self.fields[name] = forms.ChoiceField(
                    label=kind.label, choices=NoticeMode.choices, widget=forms.RadioSelect
                )

    @staticmethod
    def initial_of(preferences: Preferences) -> dict[str, Any]:
        defaults = {
            kind.value: NoticeMode.DIGEST if kind in DIGEST_BY_DEFAULT else NoticeMode.NOW
            for kind in CHOOSABLE
        }
        return {
            "digest_time": preferences.digest_time,
            "reminder_lead": preferences.reminder_lead,
            "urgent": preferences.urgent,
            "mail_text": preferences.mail_text,
            "push_text": preferences.push_text,
            "theme": preferences.theme,
            **defaults,
            **preferences.notices,
            **{
                f"{ON_DEVICES}{kind.value}": preferences.push.get(
                    kind, NoticeMode.NOW if kind in PUSHED else NoticeMode.OFF
                )
                for kind in CHOOSABLE
            },
        }

    def keywords(self) -> dict[str, Any]:
        data = self.cleaned_data
        chosen = {kind.value: data[kind.value] for kind in CHOOSABLE}
        devices = (
            {"push": {kind.value: data[f"{ON_DEVICES}{kind.value}"] for kind in CHOOSABLE}}
            if self.has_devices
            else {}
        )
        text = {"push_text": data["push_text"]} if self.has_devices else {}
        lead = ReminderLead(data["reminder_lead"]) if data["reminder_lead"] else None
        return {key: data[key] for key in ("digest_time", "urgent", "mail_text", "theme")} | {
            "notices": chosen,
            "reminder_lead": lead,
            **devices,
            **text,
        }

    def classes(self) -> list[forms.BoundField]:
        return [self[kind.value] for kind in CHOOSABLE]

    def classes_on_devices(self) -> list[forms.BoundField]:
        return [self[f"{ON_DEVICES}{kind.value}"] for kind in CHOOSABLE] if self.has_devices else []


class DeviceForm(forms.Form):
    """What a browser says of itself when it is asked to show notes. Checked where it is kept."""

    endpoint = forms.CharField(max_length=800)
    p256dh = forms.CharField(max_length=100)
    auth = forms.CharField(max_length=30)


class SeasonForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What kind of time?"), choices=SeasonKind.choices, widget=forms.RadioSelect
    )
    from_on = forms.DateField(label=_("From"), widget=DatePicker())
    until_on = forms.DateField(label=_("Until, if you know"), required=False, widget=DatePicker())
    note_for_partner = forms.CharField(
        label=_("A word for your partner"), max_length=200, required=False,
        help_text=_("They read just this. Leave it empty and they see the dates only."),
    )  # fmt: skip


class CalendarForm(forms.Form):
    detail = forms.ChoiceField(label=_("What it tells"), choices=FeedDetail.choices, widget=forms.RadioSelect)


class FarewellForm(forms.Form):
    """Deleting needs one's address written out: nothing else here cannot be undone."""

    email = forms.EmailField(label=_("Write your e-mail address, so that it cannot happen by a slip"))

    def __init__(self, *args: Any, own_email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_email = own_email

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email.lower() != self.own_email.lower():
            raise forms.ValidationError(_("This is not the address of your account."))
        return email
