from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    MENTEE = "mentee", _("Mentee")
    MENTOR = "mentor", _("Mentor")
    BOTH = "both", _("Both")


class ParticipationState(models.TextChoices):
    INVITED = "invited", _("Invited")
    STARTED = "started", _("Started")
    SUBMITTED = "submitted", _("Waiting for approval")
    WAITLISTED = "waitlisted", _("On the waitlist")
    APPROVED = "approved", _("Enrolled")
    DECLINED = "declined", _("Not this time")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RETIRED = "retired", _("Retired")


# Those who hold one of the program's places.
HOLDS_A_PLACE = (ParticipationState.APPROVED,)
# Those who are, or are about to be, part of the program.
PRESENT = (
    ParticipationState.INVITED,
    ParticipationState.STARTED,
    ParticipationState.SUBMITTED,
    ParticipationState.WAITLISTED,
    ParticipationState.APPROVED,
)

# A person who withdrew, was declined or retired can come back; nothing they gave is asked twice.
STEPS: dict[str, tuple[str, ...]] = {
    ParticipationState.INVITED: (ParticipationState.STARTED, ParticipationState.WITHDRAWN),
    ParticipationState.STARTED: (
        ParticipationState.SUBMITTED,
        ParticipationState.APPROVED,
        ParticipationState.WAITLISTED,
        ParticipationState.WITHDRAWN,
    ),
    ParticipationState.SUBMITTED: (
        ParticipationState.APPROVED,
        ParticipationState.WAITLISTED,
        ParticipationState.DECLINED,
        ParticipationState.WITHDRAWN,
    ),
    ParticipationState.WAITLISTED: (
        ParticipationState.APPROVED,
        ParticipationState.DECLINED,
        ParticipationState.WITHDRAWN,
    ),
    ParticipationState.APPROVED: (ParticipationState.RETIRED, ParticipationState.WITHDRAWN),
    ParticipationState.DECLINED: (
        ParticipationState.APPROVED,
        ParticipationState.WAITLISTED,
        ParticipationState.STARTED,
    ),
    ParticipationState.WITHDRAWN: (ParticipationState.STARTED,),
    ParticipationState.RETIRED: (ParticipationState.APPROVED, ParticipationState.WAITLISTED),
}


class EnrollmentStep(models.TextChoices):
    ABOUT_YOU = "about_you", _("About you")
    WHEN = "when", _("How and when you connect")
    TOPICS = "topics", _("What it is about")
    HOW_YOU_TICK = "how_you_tick", _("How you tick")
    PRIVACY = "privacy", _("Who sees what")


class InvitationState(models.TextChoices):
    SENT = "sent", _("Sent")
    OPENED = "opened", _("Opened")
    ACCEPTED = "accepted", _("Said yes")
    DECLINED = "declined", _("Not now")
    REVOKED = "revoked", _("Taken back")


# States in which an invitation's link still lets somebody in, until it expires. "Not now" may become "now".
OPEN_INVITATIONS = (InvitationState.SENT, InvitationState.OPENED, InvitationState.DECLINED)
UNANSWERED = (InvitationState.SENT, InvitationState.OPENED)


class ImportState(models.TextChoices):
    CHECKED = "checked", _("Checked")
    DONE = "done", _("Imported")
    DISCARDED = "discarded", _("Discarded")
