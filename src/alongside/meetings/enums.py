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
    ELSEWHERE = "elsewhere", _("We talked elsewhere")
    MOVED = "moved", _("We moved it")
    NOT_HELD = "not_held", _("It did not happen")


# A talk is a talk, wherever it took place.
TALKED = (OutcomeKind.HELD, OutcomeKind.ELSEWHERE)


class WishKind(models.TextChoices):
    """What would make this talk good, for one of the two."""

    HEARD = "heard", _("To be heard")
    HELPED = "helped", _("To be helped")
    CHALLENGED = "challenged", _("To be challenged")


class NoteKind(models.TextChoices):
    SHARED = "shared", _("Shared")
    PRIVATE = "private", _("Only mine")
