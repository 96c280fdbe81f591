from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingState(models.TextChoices):
    PROPOSED = "proposed", _("Times offered")
    BOOKED = "booked", _("Booked")
    HELD = "held", _("Held")
    NOT_HELD = "not_held", _("Did not happen")
    CANCELED = "canceled", _("Canceled")


class OutcomeKind(models.TextChoices):
    HELD = "held", _("We talked")
    MOVED = "moved", _("We moved it")
    NOT_HELD = "not_held", _("It did not happen")
    ELSEWHERE = "elsewhere", _("We talked elsewhere")


class NoteKind(models.TextChoices):
    SHARED = "shared", _("Shared")
    PRIVATE = "private", _("Only mine")
