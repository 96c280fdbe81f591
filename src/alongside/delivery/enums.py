from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeState(models.TextChoices):
    DUE = "due", _("Held for a good moment")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    MERGED = "merged", _("Told with another")
    CANCELED = "canceled", _("Not needed any more")
    EXPIRED = "expired", _("Ran out")
    UNKNOWN = "unknown", _("Perhaps sent; in the next digest")
    BOUNCED = "bounced", _("Came back")
    DIGESTED = "digested", _("In the digest")


class NoticeChannel(models.TextChoices):
    MAIL = "mail", _("E-mail")
