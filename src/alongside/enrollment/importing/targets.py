"""Where the columns of a sheet can go in a program: fields of the person, and the questions of the form."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.enrollment.columns import ROLE_OPTIONS, Kind, Option, Target
from alongside.enrollment.columns.words import same_words
from alongside.foundation.languages import language_names
from alongside.people.enums import Channel
from alongside.programs.models import MatchType
from alongside.questionnaires.enums import HARD_RULES, MatchRule, QuestionKind
from alongside.questionnaires.fields import LONG, SHORT
from alongside.questionnaires.models import Question

# Targets whose value does not stand in an answer, with the place it goes to.
NATIVE = {
    "name": "person.full_name",
    "job_title": "person.job_title",
    "unit": "person.unit",
    "manager": "person.manager_email",
    "about": "person.about",
    "languages": "person.languages",
    "zone": "preferences.zone",
    "hours": "preferences.hours",
    "channels": "preferences.channels",
    "capacity": "participation.capacity",
    "hours_per_month": "participation.hours_per_month",
    "reference": "participation.reference",
}
_KINDS = {
    QuestionKind.SHORT_TEXT: Kind.TEXT,
    QuestionKind.PLACE: Kind.TEXT,
    QuestionKind.LONG_TEXT: Kind.LONG_TEXT,
    QuestionKind.SINGLE: Kind.SINGLE,
    QuestionKind.MULTIPLE: Kind.MULTIPLE,
    QuestionKind.RANKED: Kind.RANKED,
    QuestionKind.SCALE: Kind.SCALE,
    QuestionKind.NUMBER: Kind.SCALE,  # read as whole numbers, which is what the form takes
    QuestionKind.DATE: Kind.DATE,
    QuestionKind.LANGUAGES: Kind.MULTIPLE,
    QuestionKind.HOURS: Kind.HOURS,
}
MANAGER_HEADINGS = (
    "manager email",
    "manager e-mail",
    "manager address",
    "line manager email",
    "line manager e-mail",
    "email of manager",
    "supervisor email",
    "reports to",
)
WISH_HEADINGS = (
    "match with similar identity",
    "similar identity",
    "match on identity",
    "shared identity wish",
    "prefer a shared identity",
    "match with someone of a similar identity",
)
IDENTITY_HEADINGS = (
    "characteristics",
    "identity to match",
    "identity",
    "identities",
    "shared identity",
    "identity to share",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A target and, if it is one, the question it answers or weighs."""

    target: Target
    question: Question | None = None
    weighs: bool = False


def places(questions: Sequence[Question], match_type: MatchType) -> dict[str, Place]:
    """All a column can be, by target key, in the order a coordinator reads them."""
    filled = {question.fills: question for question in questions if question.fills}
    own = {target.key: Place(target) for target in _own(match_type)}
    for target in _natives(match_type):
        own[target.key] = Place(_reworded(target, filled.get(NATIVE[target.key])))
    asked = [question for question in questions if not question.fills and question.kind in _KINDS]
    own |= {f"q:{question.key}": Place(_asked(question), question) for question in asked}
    return own | {
        f"importance:{question.key}": _weighed(question) for question in questions if _is_weighed(question)
    }


def labels(options: Iterable[Mapping[str, str]]) -> tuple[Option, ...]:
    """The options of a question as a sheet may name them."""
    return tuple(Option(option["id"], option["label"]) for option in options)


def is_identity(wording: str) -> bool:
    """Whether a heading or question is about an identity to share."""
    return same_words(wording) in {same_words(heading) for heading in IDENTITY_HEADINGS}


def natural_order(wordings: Iterable[str]) -> list[str]:
    """Sorted as people sort: "9 years" before "10 years"."""
    return sorted(wordings, key=lambda text: [part.zfill(12) for part in re.split(r"(\d+)", text.casefold())])


def _own(match_type: MatchType) -> list[Target]:
    named = {"mentor": match_type.mentor_label, "mentee": match_type.mentee_label}
    many = {"mentor": match_type.mentors_label, "mentee": match_type.mentees_label}
    roles = tuple(
        Option(
            option.id,
            option.label,
            (*option.aliases, *filter(None, (named.get(option.id), many.get(option.id)))),
        )
        for option in ROLE_OPTIONS
        if option.id != "peer"
    )
    return [
        Target("email", _("E-mail address"), Kind.EMAIL, required=True),
        Target("role", _("Role"), Kind.ROLE, roles),
        Target(
            "both",
            _("Both mentor and mentee (yes or no)"),
            Kind.BOTH_ROLES,
            aliases=("both mentor and mentee",),
        ),
    ]


def _natives(match_type: MatchType) -> list[Target]:
    languages = tuple(
        Option(code, name.split(" (")[0], (name, code, *re.findall(r"\((.*)\)", name)))
        for code, name in language_names().items()
    )
    channels = tuple(Option(channel.value, str(channel.label)) for channel in Channel)
    return [
        Target("name", _("Name"), Kind.NAME, most=120),
        Target("job_title", _("Job title"), Kind.TEXT, aliases=("job title",), most=120),
        Target("unit", _("Team or unit"), Kind.TEXT, aliases=("unit", "team"), most=120),
        Target(
            "manager", _("Whom they report to (address)"), Kind.ADDRESS, aliases=MANAGER_HEADINGS, most=254
        ),
        Target("about", _("About them"), Kind.LONG_TEXT, aliases=("about me", "biography"), most=2000),
        Target("languages", _("Languages"), Kind.MULTIPLE, languages),
        Target("zone", _("Time zone"), Kind.ZONE),
        Target("hours", _("Weekly hours"), Kind.HOURS),
        Target("channels", _("Ways to talk, in order"), Kind.RANKED, channels, aliases=("channels",)),
        Target("capacity", _("How many mentees"), Kind.CAPACITY, most=match_type.capacity_limit),
        Target("hours_per_month", _("Hours a month"), Kind.SCALE, least=1, most=40),
        Target("reference", _("Staff number"), Kind.TEXT, aliases=("employee id", "staff id", "id"), most=80),
    ]


def _reworded(target: Target, question: Question | None) -> Target:
    """A field of the person that a question of the form asks for: found by that question's words, too."""
    if question is None:
        return target
    more: tuple[str, ...] = (question.label, question.key)
    if target.key == "unit":
        more = (*more, "organization")
    return Target(
        target.key, target.label, target.kind, target.options, (*target.aliases, *more), False,
        least=target.least, most=target.most,
    )  # fmt: skip


def _asked(question: Question) -> Target:
    kind = _KINDS[QuestionKind(question.kind)]
    options, least, most = labels(question.options), None, None
    if question.match_rule == MatchRule.STEPS and kind is Kind.SINGLE:
        kind = Kind.ORDERED
    if question.kind == QuestionKind.LANGUAGES:
        options = tuple(Option(code, name, (code,)) for code, name in language_names().items())
    if kind is Kind.SCALE:
        low, high = (0, 1_000_000) if question.kind == QuestionKind.NUMBER else (1, 5)
        least, most = question.settings.get("least", low), question.settings.get("most", high)
    if kind in (Kind.TEXT, Kind.LONG_TEXT):
        most = SHORT if kind is Kind.TEXT else LONG
    return Target(
        f"q:{question.key}", question.label, kind, options, (question.key,), False, least=least, most=most
    )


def _weighed(question: Question) -> Place:
    words = _("Match on “{question}”: only for a yes").format(question=question.label)
    aliases = WISH_HEADINGS if is_identity(question.label) or is_identity(question.key) else ()
    return Place(
        Target(f"importance:{question.key}", words, Kind.BOOL, aliases=aliases), question, weighs=True
    )


def _is_weighed(question: Question) -> bool:
    return question.match_rule not in (MatchRule.NONE, *HARD_RULES) and question.kind != QuestionKind.HOURS
