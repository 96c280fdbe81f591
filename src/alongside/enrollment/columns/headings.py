"""Which column of a sheet is which target, guessed from the wording of its heading."""

from __future__ import annotations

from collections.abc import Sequence

from alongside.enrollment.columns.targets import Kind, Target
from alongside.enrollment.columns.words import same_words

FIRST_NAME = ("first name", "given name", "forename", "firstname", "given names", "vorname", "prénom")
LAST_NAME = ("last name", "family name", "surname", "lastname", "nachname", "nom de famille")

_KIND_HEADINGS: dict[Kind, tuple[str, ...]] = {
    Kind.EMAIL: (
        *("email address", "email", "e-mail", "e-mail address", "mail", "mail address", "work email"),
        *("work email address", "your email", "your email address", "e-mail-adresse", "courriel"),
    ),
    Kind.NAME: ("name", "full name", "your name", "display name", "preferred name", "name to use"),
    Kind.ROLE: ("role", "program role", "mentoring role", "mentor or mentee", "sign up as", "i want to be"),
    Kind.BOTH_ROLES: (
        "both mentor and mentee",
        "both roles",
        "both",
        "mentor and mentee",
        "also the other role",
    ),
    Kind.CAPACITY: (
        *("capacity", "how many mentees", "number of mentees", "mentees", "max mentees"),
        *("maximum mentees", "maximum number of mentees", "places"),
    ),
    Kind.ZONE: ("time zone", "timezone", "zone", "tz", "zeitzone", "fuseau horaire"),
    Kind.HOURS: ("hours", "weekly hours", "availability", "available hours", "good hours", "when free"),
}

# Headings that mean one thing on sign-up sheets everywhere. A target whose label, key or alias is in a group
# is found by any heading of that group.
_GROUPS: tuple[tuple[str, ...], ...] = (
    ("organisation", "organization", "department", "company", "employer", "agency", "business unit"),
    ("job title", "position", "title", "job", "current role", "job role"),
    ("grade", "level", "seniority", "job level", "pay band", "band", "career level"),
    ("profession", "field", "job family", "discipline", "function", "area of work", "line of work"),
    (
        "biography",
        "bio",
        "about me",
        "about you",
        "about yourself",
        "short biography",
        "introduction",
        "profile",
    ),
    (
        "characteristics",
        "identity to match",
        "identity",
        "identities",
        "shared identity",
        "identity to share",
    ),
    (
        *("match with similar identity", "similar identity", "match on identity", "shared identity wish"),
        *("prefer a shared identity", "match with someone of a similar identity"),
    ),
    ("languages", "language", "spoken languages", "languages spoken"),
    ("location", "city", "place", "office", "based in", "site"),
    ("pronouns", "pronoun", "your pronouns"),
    ("skills wanted", "topics wanted", "what i want to learn", "learning goals", "wants"),
    ("skills offered", "topics offered", "what i can offer", "expertise", "offers"),
    ("hours a month", "hours per month", "monthly hours", "time a month"),
)


def guess_mapping(header: Sequence[str], targets: Sequence[Target]) -> dict[str, tuple[int, ...]]:
    """Columns (from 0) for each target that some heading names; every column is given away once.

    A target's own wording goes before the words its kind is known by, and these before the groups of
    common headings. First and last name become one name when no column holds the full name.
    """
    columns: dict[str, int] = {}
    for number, heading in enumerate(header):
        columns.setdefault(same_words(heading), number)
    columns.pop("", None)
    mapping: dict[str, tuple[int, ...]] = {}
    for wordings_of in (_own_wordings, _kind_wordings, _group_wordings):
        for target in targets:
            if target.key not in mapping:
                found = _take(columns, wordings_of(target))
                if found is None and target.kind is Kind.NAME and wordings_of is _kind_wordings:
                    mapping.update(_joined_name(target, columns))
                elif found is not None:
                    mapping[target.key] = (found,)
    return {target.key: mapping[target.key] for target in targets if target.key in mapping}


def _take(columns: dict[str, int], wordings: Sequence[str]) -> int | None:
    for wording in wordings:
        if same_words(wording) in columns:
            return columns.pop(same_words(wording))
    return None


def _joined_name(target: Target, columns: dict[str, int]) -> dict[str, tuple[int, ...]]:
    parts = [_take(columns, FIRST_NAME), _take(columns, LAST_NAME)]
    found = tuple(part for part in parts if part is not None)
    return {target.key: found} if found else {}


def _own_wordings(target: Target) -> tuple[str, ...]:
    return (target.label, target.key, *target.aliases)


def _kind_wordings(target: Target) -> tuple[str, ...]:
    return _KIND_HEADINGS.get(target.kind, ())


def _group_wordings(target: Target) -> tuple[str, ...]:
    own = {same_words(wording) for wording in _own_wordings(target)}
    return tuple(
        wording for group in _GROUPS if own & {same_words(heading) for heading in group} for wording in group
    )
