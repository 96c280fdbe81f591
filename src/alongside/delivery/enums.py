from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.people.enums import NoticeClass


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


class Circle(models.TextChoices):
    """Whom a coordinator writes to: of those who take part. Beside these, everybody who carries a tag."""

    EVERYBODY = "everybody", _("Everybody who takes part")
    MENTORS = "mentors", _("Mentors")
    MENTEES = "mentees", _("Mentees")
    UNMATCHED = "unmatched", _("Those without a match")


TAGGED = "tag:"


# DUE may wait again after a try; everything else is an end, except that a crash leaves SENDING to be settled.
STEPS: dict[str, tuple[str, ...]] = {
    NoticeState.DUE: (
        NoticeState.SENDING,
        NoticeState.MERGED,
        NoticeState.CANCELED,
        NoticeState.EXPIRED,
        NoticeState.DIGESTED,
    ),
    NoticeState.SENDING: (
        NoticeState.SENT,
        NoticeState.DUE,
        NoticeState.UNKNOWN,
        NoticeState.BOUNCED,
        NoticeState.CANCELED,  # no device is left to tell it on
    ),
}


class NoticeChannel(models.TextChoices):
    MAIL = "mail", _("E-mail")
    PUSH = "push", _("Note on a device")


class Why(models.TextChoices):
    """Why a notice was not sent as it was planned."""

    GONE = "gone", _("What it was about is settled")
    OFF = "off", _("You chose to read this here only")
    CAP = "cap", _("There were enough mails that day")
    SEASON = "season", _("You have a quieter time")
    RESTING = "resting", _("The two of you are resting")
    ENOUGH = "enough", _("There was a gentle offer a short while ago")
    HOURS = "hours", _("It waits for your hours")
    REFUSED = "refused", _("It was not taken, and will not be")
    NOT_NOW = "not_now", _("We were asked to come back")
    NO_DEVICE = "no_device", _("No device is there to show it")
    CUT_OFF = "cut_off", _("The connection ended in the middle")


# Asked for by the person or there to protect them: at any hour, and nobody can switch them off.
ALWAYS = frozenset({NoticeClass.ACCOUNT, NoticeClass.SAFETY})
# About a meeting the person said yes to.
OF_A_MEETING = frozenset({NoticeClass.MEETING_CHANGE, NoticeClass.MEETING_REMINDER})
# What does not count towards the three mails a day.
UNCOUNTED = ALWAYS | OF_A_MEETING
SWITCHABLE = frozenset(NoticeClass) - ALWAYS


class Act(models.TextChoices):
    """What can be done with a link in a mail, without signing in."""

    TALKED = "held", _("We talked")
    ELSEWHERE = "elsewhere", _("We talked elsewhere")
    NOT_HELD = "not_held", _("It did not happen")
    LATER = "later", _("Tell me again in three days")


OUTCOMES = (Act.TALKED, Act.ELSEWHERE, Act.NOT_HELD)
PUT_OFF = "later:"  # begins the dedupe key of what is told once more
PUT_OFF_VERB = "notice.put_off"
# What may be put off: nobody waits for it at a certain time.
CAN_WAIT = frozenset({NoticeClass.MESSAGE, NoticeClass.SURVEY, NoticeClass.NUDGE})

# What a device shows unless its person chose otherwise: what another person waits with, and talks that come near.
PUSHED = frozenset({NoticeClass.MESSAGE, NoticeClass.MEETING_INVITE, NoticeClass.DIGEST}) | OF_A_MEETING
# Entries for one's own calendar come as files; only a mail can carry those.
ONLY_BY_MAIL = frozenset({"calendar_entry"})
