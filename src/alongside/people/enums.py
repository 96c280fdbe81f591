from django.db import models
from django.utils.translation import gettext_lazy as _


class SeasonKind(models.TextChoices):
    LIGHTER = "lighter", _("Lighter weeks")
    AWAY = "away", _("Away")


class Channel(models.TextChoices):
    """The ways two people may talk, in the order they choose."""

    TOPICS = "topics", _("Writing here")
    VIDEO = "video", _("Video call")
    VOICE = "voice", _("Voice call")
    PHONE = "phone", _("Phone")
    TEXT = "text", _("Text message")
    EMAIL = "email", _("E-mail")
    IN_PERSON = "in_person", _("In person")


class NoticeClass(models.TextChoices):
    """What a notice is about. Each class has its own switch and its own rule for the good moment."""

    MESSAGE = "message", _("Messages")
    MEETING_INVITE = "meeting_invite", _("Times offered for a meeting")
    MEETING_CHANGE = "meeting_change", _("Changes of a meeting")
    MEETING_REMINDER = "meeting_reminder", _("Reminders of a meeting")
    MATCHING = "matching", _("Matching and requests")
    AGREEMENT = "agreement", _("Agreement")
    SURVEY = "survey", _("Surveys")
    NUDGE = "nudge", _("Gentle offers")
    DIGEST = "digest", _("Digest")
    TEAM_NOTE = "team_note", _("Notes from the team")
    ACCOUNT = "account", _("Sign-in and account")
    SAFETY = "safety", _("Safety")


class NoticeMode(models.TextChoices):
    NOW = "now", _("In my hours")
    DIGEST = "digest", _("In the digest")
    OFF = "off", _("Only here")


class UrgentPolicy(models.TextChoices):
    OFF = "off", _("wait for my hours")
    DAYTIME = "daytime", _("my partner, 7:00 to 22:00")
    ANYTIME = "anytime", _("my partner, any time")


class ReminderLead(models.TextChoices):
    """How long before a talk one likes to be reminded of it."""

    DAY = "day", _("a day before")
    HOURS = "hours", _("two hours before")
    SHORT = "short", _("half an hour before")


class Theme(models.TextChoices):
    SYSTEM = "system", _("As my device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")
