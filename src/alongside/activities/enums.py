from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    DONE = "done", _("Done")
    SKIPPED = "skipped", _("Skipped")
