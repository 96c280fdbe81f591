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


class Reader(models.TextChoices):
    """Who is looking at answers: the widest circle they belong to. What each may see is in SEES."""

    FELLOW = "fellow", _("Somebody in the program")
    PARTNER = "partner", _("Their partner")
    TEAM = "team", _("A coordinator")
    OWNER = "owner", _("The person who answered")


SEES: dict[str, tuple[str, ...]] = {
    Reader.FELLOW: (Visibility.PROGRAM,),
    Reader.PARTNER: (Visibility.PROGRAM, Visibility.PARTNER),
    Reader.TEAM: (Visibility.PROGRAM, Visibility.PARTNER, Visibility.TEAM),
    Reader.OWNER: tuple(Visibility),
}


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


class MatchDirection(models.TextChoices):
    """Which way a rule reads the two answers."""

    WISH_TO_OFFER = "wish_to_offer", _("What mentees want, mentors offer")
    MUTUAL = "mutual", _("Both ways")
    MENTOR_AHEAD = "mentor_ahead", _("The mentor is one or two steps ahead")
    MENTEE_AHEAD = "mentee_ahead", _("The mentee is one or two steps ahead")
    CLOSE = "close", _("The closer the better")


HARD_RULES = (MatchRule.MUST_SAME, MatchRule.MUST_DIFFER, MatchRule.MUST_SHARE)
KINDS_WITH_OPTIONS = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.RANKED, QuestionKind.SKILL)

# Which rules make sense for which kind; a kind that is not named cannot be matched on.
_LISTS = (MatchRule.OVERLAP, MatchRule.SAME, MatchRule.DIFFERENT, MatchRule.MUST_SHARE)
_SINGLES = (
    MatchRule.SAME,
    MatchRule.DIFFERENT,
    MatchRule.OVERLAP,
    MatchRule.STEPS,
    MatchRule.MUST_SAME,
    MatchRule.MUST_DIFFER,
)
_TEXTS = (MatchRule.SAME, MatchRule.DIFFERENT, MatchRule.MUST_SAME, MatchRule.MUST_DIFFER)
RULES_BY_KIND: dict[str, tuple[MatchRule, ...]] = {
    QuestionKind.SINGLE: _SINGLES,
    QuestionKind.SCALE: (MatchRule.STEPS, MatchRule.SAME, MatchRule.DIFFERENT),
    QuestionKind.MULTIPLE: _LISTS,
    QuestionKind.RANKED: _LISTS,
    QuestionKind.SKILL: (MatchRule.OVERLAP, MatchRule.MUST_SHARE),
    QuestionKind.LANGUAGES: (MatchRule.OVERLAP, MatchRule.MUST_SHARE),
    QuestionKind.HOURS: (MatchRule.SHARED_HOURS,),
    QuestionKind.SHORT_TEXT: _TEXTS,
    QuestionKind.PLACE: _TEXTS,
}
DIRECTIONS: dict[str, tuple[MatchDirection, ...]] = {
    MatchRule.OVERLAP: (MatchDirection.WISH_TO_OFFER, MatchDirection.MUTUAL),
    MatchRule.STEPS: (MatchDirection.MENTOR_AHEAD, MatchDirection.MENTEE_AHEAD, MatchDirection.CLOSE),
}
