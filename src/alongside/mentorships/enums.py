from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class MentorshipState(models.TextChoices):
    TRIAL = "trial", _("Trial")
    RUNNING = "running", _("Running")
    PAUSED = "paused", _("Paused")
    CLOSING = "closing", _("Closing")
    CLOSED = "closed", _("Closed")


STEPS: dict[str, tuple[str, ...]] = {
    MentorshipState.TRIAL: (
        MentorshipState.RUNNING,
        MentorshipState.PAUSED,
        MentorshipState.CLOSING,
        MentorshipState.CLOSED,
    ),
    MentorshipState.RUNNING: (MentorshipState.PAUSED, MentorshipState.CLOSING, MentorshipState.CLOSED),
    MentorshipState.PAUSED: (
        MentorshipState.TRIAL,
        MentorshipState.RUNNING,
        MentorshipState.CLOSING,
        MentorshipState.CLOSED,
    ),
    MentorshipState.CLOSING: (MentorshipState.RUNNING, MentorshipState.CLOSED),
    MentorshipState.CLOSED: (MentorshipState.RUNNING,),
}
OPEN_STATES = (
    MentorshipState.TRIAL,
    MentorshipState.RUNNING,
    MentorshipState.PAUSED,
    MentorshipState.CLOSING,
)


class MemberRole(models.TextChoices):
    MENTEE = "mentee", _("Mentee")
    MENTOR = "mentor", _("Mentor")


class EndKind(models.TextChoices):
    WELL = "well", _("Ended well")
    EARLY = "early", _("Ended early")
    WITH_PROGRAM = "with_program", _("Ended with the program")


class EndReason(models.TextChoices):
    LIFE_CHANGED = "life_changed", _("life changed")
    NEEDS_CHANGED = "needs_changed", _("my needs changed")
    TIME = "time", _("time or time zones")
    NOT_THE_FIT = "not_the_fit", _("not the right fit")
    LOST_TOUCH = "lost_touch", _("we lost touch")
    UNSAFE = "unsafe", _("I felt uncomfortable or unsafe")
    REACHED = "reached", _("we reached what we wanted")
    UNSAID = "unsaid", _("rather not say")


class NewMatch(models.TextChoices):
    """What somebody would like after an early ending."""

    NOW = "now", _("yes, soon")
    LATER = "later", _("maybe later")
    NO = "no", _("no, thank you")


class ReasonKind(StrEnum):
    """What a line of the introduction of two people tells."""

    REASON = "reason"
    DIFFERENCE = "difference"
    HOURS = "hours"


class AgreementState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    SIGNED_BY_SOME = "signed_by_some", _("Signed by one of you")
    SIGNED_BY_ALL = "signed_by_all", _("Signed")
    REPLACED = "replaced", _("Replaced")
