from django.db import models
from django.utils.translation import gettext_lazy as _


class SignalState(models.TextChoices):
    """The three words. There is no order among pairs, and no number behind them."""

    SETTLED = "settled", _("Settled")
    QUIET = "quiet", _("Quiet")
    NEED_HAND = "would_like_a_hand", _("Would like a hand")


class CaseState(models.TextChoices):
    NEW = "new", _("New")
    TAKEN = "taken", _("Taken")
    WAITING = "waiting", _("Waiting")
    RESOLVED = "resolved", _("Resolved")


STEPS: dict[str, tuple[str, ...]] = {
    CaseState.NEW: (CaseState.TAKEN, CaseState.WAITING, CaseState.RESOLVED),
    CaseState.TAKEN: (CaseState.WAITING, CaseState.RESOLVED),
    CaseState.WAITING: (CaseState.TAKEN, CaseState.RESOLVED),
    CaseState.RESOLVED: (CaseState.TAKEN,),
}
OPEN_CASES = (CaseState.NEW, CaseState.TAKEN, CaseState.WAITING)


class CaseKind(models.TextChoices):
    TIP = "tip", _("A tip would be nice")
    CONTACT = "contact", _("Please contact me")
    OFFERED = "offered", _("Offered by the team")
    SAFETY = "safety", _("Somebody felt unsafe")


ASKED_FOR = (CaseKind.TIP, CaseKind.CONTACT)
