from django.db import models
from django.utils.translation import gettext_lazy as _


class ProgramState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ENROLLING = "enrolling", _("Enrolling")
    MATCHING = "matching", _("Matching")
    RUNNING = "running", _("Running")
    CLOSING = "closing", _("Closing")
    CLOSED = "closed", _("Closed")
    ARCHIVED = "archived", _("Archived")


# Every date may move and people may join late, so most steps have a way back.
STEPS: dict[str, tuple[str, ...]] = {
    ProgramState.DRAFT: (ProgramState.ENROLLING, ProgramState.ARCHIVED),
    ProgramState.ENROLLING: (
        ProgramState.DRAFT,
        ProgramState.MATCHING,
        ProgramState.RUNNING,
        ProgramState.CLOSED,
    ),
    ProgramState.MATCHING: (ProgramState.ENROLLING, ProgramState.RUNNING, ProgramState.CLOSED),
    ProgramState.RUNNING: (ProgramState.MATCHING, ProgramState.CLOSING, ProgramState.CLOSED),
    ProgramState.CLOSING: (ProgramState.RUNNING, ProgramState.CLOSED),
    ProgramState.CLOSED: (ProgramState.RUNNING, ProgramState.ARCHIVED),
    ProgramState.ARCHIVED: (ProgramState.CLOSED,),
}


# No new pair starts: nobody is looked for, and nobody waits.
ENDING = (ProgramState.CLOSING, ProgramState.CLOSED, ProgramState.ARCHIVED)


class Access(models.TextChoices):
    OPEN = "open", _("Open to everyone with an account here")
    INVITED = "invited", _("By invitation only")
    DOMAIN = "domain", _("By mail domain")
    CODE = "code", _("With a code")


class Approval(models.TextChoices):
    NONE = "none", _("Nobody: who enrolls is in")
    COORDINATOR = "coordinator", _("A coordinator")


class StaffRole(models.TextChoices):
    COORDINATOR = "coordinator", _("Coordinator")
    ASSISTANT = "assistant", _("Assistant: sees people and states, changes nothing")


STAFF_WORDS = {StaffRole.COORDINATOR: _("coordinator"), StaffRole.ASSISTANT: _("assistant")}  # in a sentence


class MatchKind(models.TextChoices):
    ONE_TO_ONE = "one_to_one", _("One to one")
    REVERSE = "reverse", _("Reverse mentoring")


class PlanItemKind(models.TextChoices):
    ACTIVITY = "activity", _("Activity")
    TALK = "talk", _("Talk")
    SURVEY = "survey", _("Survey")
    TIP = "tip", _("Tip")


class PlanAudience(models.TextChoices):
    """Who of the two a plan item is meant for."""

    BOTH = "both", _("Both")
    MENTEE = "mentee", _("The mentee")
    MENTOR = "mentor", _("The mentor")
