from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingState(models.TextChoices):
    PROPOSED = "proposed", _("Times offered")
    BOOKED = "booked", _("Booked")
    HELD = "held", _("Held")
    NOT_HELD = "not_held", _("Did not happen")
    CANCELED = "canceled", _("Canceled")


class Rhythm(models.TextChoices):
    """How a talk comes again, on the clock of the person it was made for."""

    WEEKLY = "weekly", _("every week")
    FORTNIGHTLY = "fortnightly", _("every second week")
    MONTHLY = "monthly", _("every month, on the same weekday")


class Attending(models.TextChoices):
    """What one of the two said to the time of a booked talk, as calendars know it."""

    OPEN = "open", _("Has not answered yet")
    ACCEPTED = "accepted", _("Will be there")
    TENTATIVE = "tentative", _("Perhaps")
    DECLINED = "declined", _("Will not be there")


class FeedDetail(models.TextChoices):
    """How much of a talk a person's calendar feed tells."""

    BUSY = "busy", _("Only that I am busy")
    PARTNER = "partner", _("With whom I talk")
    FULL = "full", _("With whom, of which program, where, and a link to the page")


class ReplyOutcome(models.TextChoices):
    """What became of a calendar's answer that came by mail."""

    ACCEPTED = "accepted", _("The time is confirmed")
    TENTATIVE = "tentative", _("The partner knows that the time is not sure yet")
    DECLINED = "declined", _("The talk is called off")
    COUNTERED = "countered", _("Another time is offered to the partner")
    UNCHANGED = "unchanged", _("It was so already")
    NO_REPLY = "no_reply", _("The mail holds no answer of a calendar")
    UNREADABLE = "unreadable", _("The answer could not be read")
    UNKNOWN_TALK = "unknown_talk", _("There is no such talk for this person")
    UNKNOWN_SENDER = "unknown_sender", _("The answer came from somebody else")
    OUTDATED = "outdated", _("The talk was changed after the invitation that was answered")
    BAD_TIME = "bad_time", _("The time cannot be offered")
    NOT_POSSIBLE = "not_possible", _("The talk is over or called off, or the two have parted")


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
