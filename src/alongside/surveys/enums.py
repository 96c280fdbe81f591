from django.db import models
from django.utils.translation import gettext_lazy as _


class WaveState(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class AskState(models.TextChoices):
    """Where the asking of one person stands. Who has answered is never shown to staff."""

    PLANNED = "planned", _("Planned")
    ASKED = "asked", _("Asked")
    ANSWERED = "answered", _("Answered")
    DROPPED = "dropped", _("Dropped")


class TriggerKind(models.TextChoices):
    """What brings a survey to a pair; the details stand in `Survey.trigger`."""

    DAY = "day", _("A number of days after the start or the end")
    FIRST_TALK = "first_talk", _("The first talk")
    AFTER_TALK = "after_talk", _("Every second talk")
    HALF_WAY = "half_way", _("Half-way")
    CLOSING = "closing", _("The end")
    ENDING_EARLY = "ending_early", _("The ending's own page")


class SurveyAudience(models.TextChoices):
    BOTH = "both", _("Both")
    MENTEE = "mentee", _("Mentees")
    MENTOR = "mentor", _("Mentors")


class OwnKind(models.TextChoices):
    """The kinds of question whose answers can be counted in groups without telling on anybody."""

    AGREE = "agree", _("How far one agrees")
    SINGLE = "single", _("One of several")
    SCALE = "scale", _("Scale")
    WORDS = "words", _("In own words")
