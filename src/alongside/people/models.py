"""Persons and what they chose for themselves. What they do in a program stands in `enrollment`."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from alongside.foundation.models import Row
from alongside.people.enums import ReminderLead, SeasonKind, Theme, UrgentPolicy


class PersonManager(BaseUserManager["Person"]):
    """What Django's sign-in needs: a person by their address, whatever its case."""

    def get_by_natural_key(self, email: str | None) -> "Person":
        return self.get(email__iexact=email)


class Person(Row, AbstractBaseUser):
    """One human, signed in by e-mail. `full_name` comes from the organization, `name` is what they want to be called.

    An erased person keeps the row, so that the partner's talk stays whole, but no name and no address.
    """

    email = models.EmailField(max_length=254)
    full_name = models.CharField(max_length=120, blank=True)
    name = models.CharField(max_length=80)
    pronouns = models.CharField(max_length=40, blank=True)
    photo = models.FileField(upload_to="photos/", blank=True)
    about = models.TextField(blank=True, max_length=2000)
    language = models.CharField(max_length=10, default="en")
    languages = models.JSONField(default=list, help_text="BCP 47 codes of languages spoken, best first")
    job_title = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=120, blank=True)
    manager_email = models.EmailField(
        max_length=254, blank=True, help_text="whom the organization says they report to; in lower case"
    )

    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)
    erase_at = models.DateTimeField(null=True, help_text="end of the regret period of a deletion asked for")
    erased_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        verbose_name_plural = "people"
        constraints = (models.UniqueConstraint(Lower("email"), name="people_email_once_in_any_case"),)

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        """Django and allauth ask this; ours is `is_administrator`."""
        return self.is_administrator

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """No Django permissions here: rooms decide in their `access.py`."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class Preferences(models.Model):
    """When and how a person may be reached. Everything in their own zone, changed only by themselves."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="preferences")
    zone = models.CharField(max_length=60, default="UTC")
    zone_confirmed_at = models.DateTimeField(null=True)
    hours = models.CharField(
        max_length=400, default="Mon-Fri 08:00-18:00", help_text="weekly windows, engine.timing syntax"
    )
    possible_hours = models.CharField(
        max_length=400, blank=True, help_text="windows that are possible, not good"
    )
    channels = models.JSONField(default=list, help_text="ordered list of {channel, hours?, detail?}")
    reply_habit = models.CharField(max_length=80, blank=True)
    notices = models.JSONField(
        default=dict, help_text="notice class → now|digest|off; absent means the default"
    )
    push = models.JSONField(
        default=dict, help_text="notice class → now|digest|off for one's devices; absent means the default"
    )
    digest_time = models.TimeField(default="08:30")
    reminder_lead = models.CharField(max_length=10, choices=ReminderLead.choices, default=ReminderLead.DAY)
    urgent = models.CharField(max_length=10, choices=UrgentPolicy.choices, default=UrgentPolicy.OFF)
    share_clock = models.BooleanField(default=True)
    mail_text = models.BooleanField(default=False, help_text="mails may carry the text of messages")
    push_text = models.BooleanField(
        default=False, help_text="notes on devices may carry the text of messages"
    )
    theme = models.CharField(max_length=10, choices=Theme.choices, default=Theme.SYSTEM)

    class Meta:
        verbose_name_plural = "preferences"

    def __str__(self) -> str:
        return f"preferences of {self.person_id}"


class Season(Row):
    """A time of other things: lighter weeks or away. Dates are days in the person's zone; `until` is the last day."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="seasons")
    kind = models.CharField(max_length=10, choices=SeasonKind.choices)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    note_for_partner = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, help_text="ended by the person before its last day")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("from_on")),
                name="people_season_ends_after_it_begins",
            ),
        )


class DayOverride(models.Model):
    """One day that is not like the others: closed, or with hours of its own."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="day_overrides")
    on = models.DateField()
    hours = models.CharField(max_length=120, blank=True, help_text="empty: closed")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "on"], name="people_one_override_a_day"),)

    def __str__(self) -> str:
        return f"{self.on}: {self.hours or 'closed'}"
