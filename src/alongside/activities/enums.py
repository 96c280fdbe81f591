from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    DONE = "done", _("Done")
    SKIPPED = "skipped", _("Skipped")


class ActivityKind(models.TextChoices):
    """Where it comes from and what it asks: something to do, a talk the plan has in mind, a few words to read."""

    ACTIVITY = "activity", _("Activity")
    TALK = "talk", _("Talk")
    TIP = "tip", _("Tip")
    OWN = "own", _("Our own idea")


# The verb of the journal when an activity comes to stand in a state.
VERBS: dict[str, str] = {
    ActivityState.PLANNED: "activity.planned",
    ActivityState.DONE: "activity.done",
    ActivityState.SKIPPED: "activity.skipped",
}
