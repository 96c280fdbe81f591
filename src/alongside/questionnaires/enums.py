from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionKind(models.TextChoices):
    SHORT_TEXT = "short_text", _("Short text")
    LONG_TEXT = "long_text", _("Long text")
    SINGLE = "single", _("One of several")
    MULTIPLE = "multiple", _("Several of several")
    RANKED = "ranked", _("Ranked choice")
    SCALE = "scale", _("Scale")
    SKILL = "skill", _("Skills with level")
    NUMBER = "number", _("Number")
    DATE = "date", _("Date")
    PLACE = "place", _("Place")
    LANGUAGES = "languages", _("Languages")
    HOURS = "hours", _("Weekly hours")
    CONSENT = "consent", _("Consent")
    FILE = "file", _("File")


class Audience(models.TextChoices):
    """Which role answers a question."""

    EVERYONE = "everyone", _("Everyone")
    MENTEE = "mentee", _("Mentees")
    MENTOR = "mentor", _("Mentors")


class Visibility(models.TextChoices):
    """Who may read an answer. Ordered from the widest to the narrowest."""

    PROGRAM = "program", _("Everyone in the program")
    PARTNER = "partner", _("My partner and the coordinators")
    TEAM = "team", _("The coordinators")
    GROUP = "group", _("Counted in groups only")
    ME = "me", _("Only me")


class MatchRule(models.TextChoices):
    """How the answers of two people become points; see `engine.matching`."""

    NONE = "none", _("Not used in matching")
    OVERLAP = "overlap", _("What mentees want, mentors offer")
    SAME = "same", _("The same is better")
    DIFFERENT = "different", _("Different is better")
    STEPS = "steps", _("Steps on an ordered scale")
    SHARED_HOURS = "shared_hours", _("Shared hours")
    MUST_SAME = "must_same", _("Must be the same")
    MUST_DIFFER = "must_differ", _("Must be different")
    MUST_SHARE = "must_share", _("Must have one in common")
