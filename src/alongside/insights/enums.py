from django.db import models
from django.utils.translation import gettext_lazy as _


class SignalState(models.TextChoices):
    SETTLED = "settled", _("Settled")
    QUIET = "quiet", _("Quiet")
    NEED_HAND = "need_hand", _("Would like a hand")


class CaseState(models.TextChoices):
    NEW = "new", _("New")
    TAKEN = "taken", _("Taken")
    WAITING = "waiting", _("Waiting")
    RESOLVED = "resolved", _("Resolved")
