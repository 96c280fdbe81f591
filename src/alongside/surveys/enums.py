from django.db import models
from django.utils.translation import gettext_lazy as _


class WaveState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class AskState(models.TextChoices):
    """Where the asking of one person stands. Who has answered is never shown to staff."""

    PLANNED = "planned", _("Planned")
    ASKED = "asked", _("Asked")
    ANSWERED = "answered", _("Answered")
    DROPPED = "dropped", _("Dropped")
