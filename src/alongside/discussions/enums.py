from django.db import models
from django.utils.translation import gettext_lazy as _


class TopicState(models.TextChoices):
    OPEN = "open", _("Open")
    RESTING = "resting", _("Resting")
    CLOSED = "closed", _("Closed")


class Intention(models.TextChoices):
    """What the one who opens a topic would like from it."""

    TO_BE_HEARD = "to_be_heard", _("To be heard")
    ADVICE = "advice", _("Advice")
    DECISION = "decision", _("A decision")
    SHARING = "sharing", _("Just sharing")


class Urgency(models.TextChoices):
    """Whether a message rang through outside the receiver's hours, and how that was for them."""

    QUIET = "", _("not urgent")
    ASKED = "asked", _("urgent")
    FINE = "fine", _("urgent, and that was all right")
    NOT_AGAIN = "not_again", _("urgent, and rather not again")


class Expectation(models.TextChoices):
    NO_REPLY = "no_reply", _("no reply needed")
    WHENEVER = "whenever", _("whenever suits")
    BY_DATE = "by_date", _("by a date")
