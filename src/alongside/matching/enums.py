from django.db import models
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    DRAFT = "draft", _("Being solved")
    SOLVED = "solved", _("Draft")
    PUBLISHED = "published", _("Published")
    UNDONE = "undone", _("Taken back")
    DISCARDED = "discarded", _("Set aside")
    STOPPED = "stopped", _("Stopped")


STEPS: dict[str, tuple[str, ...]] = {
    RunState.DRAFT: (RunState.SOLVED, RunState.STOPPED),
    RunState.SOLVED: (RunState.PUBLISHED, RunState.DISCARDED),
    RunState.PUBLISHED: (RunState.UNDONE,),
    RunState.UNDONE: (RunState.PUBLISHED, RunState.DISCARDED),
    RunState.DISCARDED: (),
    RunState.STOPPED: (RunState.DISCARDED,),
}
# A board that can still be worked on and published. What was taken back can be changed and published again.
OPEN_RUNS = (RunState.SOLVED, RunState.UNDONE)


class ProposalState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    PUBLISHED = "published", _("Published")
    REMOVED = "removed", _("Taken out")


class OverrideKind(models.TextChoices):
    PIN = "pin", _("Keep together")
    FORBID = "forbid", _("Keep apart")


class RequestState(models.TextChoices):
    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Not this time")
    EXPIRED = "expired", _("Ran out")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SUPERSEDED = "superseded", _("Settled elsewhere")
