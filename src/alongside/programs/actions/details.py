"""Changing what a program says and allows: basics, dates, access, match type, rules and weights."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.foundation.errors import Conflict, Invalid
from alongside.journal.actions import record
from alongside.people.models import Person
from alongside.programs.actions._editing import locked_program, put
from alongside.programs.enums import Access, Approval, MatchKind
from alongside.programs.models import MatchType, Program
from alongside.programs.queries import match_type_of, rules_fingerprint
from alongside.programs.rules import ANY_LEVEL, PERFECT, MatchRules
from alongside.questionnaires.actions import set_weights

_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
CODE_AT_LEAST = 6
# What each set-up page changes; two people on different pages never stand in each other's way.
BASICS = ("name", "summary", "description")
DATES = ("zone", "enrolls_from", "enrolls_until", "matches_on", "starts_on", "ends_on")
ACCESS = (
    "access", "access_domains", "access_code", "approval", "places", "waitlist", "requests_allowed",
    "suggestions_allowed", "show_scores",
)  # fmt: skip
BOUNDS = {  # whole numbers of a match type, from and to
    "capacity_default": (1, 10),
    "capacity_limit": (1, 20),
    "months": (1, 36),
    "rhythm_days": (3, 90),
    "meeting_minutes": (10, 180),
    "trial_meetings": (0, 10),
}
LABELS = ("mentee_label", "mentees_label", "mentor_label", "mentors_label")
MATCH_TYPE = ("kind", *LABELS, *BOUNDS)
RULE_BOUNDS = {
    "left_out": (0, 50 * PERFECT),
    "balance": (0, PERFECT),
    "keep": (0, PERFECT // 10),
    "fairness_target": (0, PERFECT),
    "fairness_factor": (1, 50),
    "half_hours_at_least": (0, 80),
    "reporting_levels": (0, ANY_LEVEL),
}


@transaction.atomic
def change_basics(
    *, program: Program, actor: Person, name: str, summary: str, description: str, seen: str | None = None
) -> Program:
    """Name, one line, and the page's text. Raises Invalid; Conflict when somebody changed them since `seen`."""
    row = locked_program(program, actor=actor)
    name = " ".join(name.split())
    if not name:
        raise Invalid(_("A program needs a name."), field="name")
    values = {"name": name, "summary": summary.strip(), "description": description.strip()}
    _record(row, actor, "basics", put(row, values, seen=seen))
    return row


@transaction.atomic
def change_dates(
    *,
    program: Program,
    actor: Person,
    zone: str,
    enrolls_from: date | None,
    enrolls_until: date | None,
    matches_on: date | None,
    starts_on: date | None,
    ends_on: date | None,
    seen: str | None = None,
) -> Program:
    """Days in the program's zone; each may be open. Raises Invalid for an unknown zone or an end before its start."""
    row = locked_program(program, actor=actor)
    if zone not in available_timezones():
        raise Invalid(_("This time zone is not known here."), field="zone")
    _in_order(
        "enrolls_until", enrolls_from, enrolls_until, _("The last day to enroll lies before the first.")
    )
    _in_order("matches_on", enrolls_from, matches_on, _("Matching cannot come before enrollment."))
    _in_order("starts_on", enrolls_from, starts_on, _("The start cannot come before enrollment."))
    for field, day in (("ends_on", starts_on), ("ends_on", matches_on), ("ends_on", enrolls_until)):
        _in_order(field, day, ends_on, _("The last day lies before one of the others."))
    values = {
        "zone": zone,
        "enrolls_from": enrolls_from,
        "enrolls_until": enrolls_until,
        "matches_on": matches_on,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
    _record(row, actor, "dates", put(row, values, seen=seen))
    return row


@transaction.atomic
def change_access(
    *,
    program: Program,
    actor: Person,
    access: str,
    domains: str,
    code: str,
    approval: str,
    places: int | None,
    waitlist: bool,
    requests_allowed: bool,
    suggestions_allowed: bool,
    show_scores: bool,
    seen: str | None = None,
) -> Program:
    """Who may enroll, who approves, how many, and what participants may do themselves. Raises Invalid."""
    row = locked_program(program, actor=actor)
    if access not in Access.values:
        raise Invalid(_("Choose who may enroll."), field="access")
    if approval not in Approval.values:
        raise Invalid(_("Choose who approves."), field="approval")
    if places is not None and places < 1:
        raise Invalid(_("A program needs at least one place. Leave it empty for no limit."), field="places")
    values: dict[str, Any] = {
        "access": access,
        "access_domains": _domains(domains, needed=access == Access.DOMAIN),
        "access_code": _code(code, needed=access == Access.CODE),
        "approval": approval,
        "places": places,
        "waitlist": waitlist,
        "requests_allowed": requests_allowed,
        "suggestions_allowed": suggestions_allowed,
        "show_scores": show_scores,
    }
    _record(row, actor, "access", put(row, values, seen=seen))
    return row


@transaction.atomic
def change_match_type(
    *,
    program: Program,
    actor: Person,
    kind: str,
    labels: Mapping[str, str],
    numbers: Mapping[str, int],
    seen: str | None = None,
) -> MatchType:
    """Labels of the roles and the numbers of BOUNDS. Raises Invalid naming the field."""
    row = locked_program(program, actor=actor)
    if kind not in MatchKind.values:
        raise Invalid(_("Choose how people are brought together."), field="kind")
    kept = {f"{name}_label": " ".join(label.split()) for name, label in labels.items()}
    for field, label in kept.items():
        if not label:
            raise Invalid(_("Give every role its word."), field=field)
    _check_bounds(numbers, BOUNDS)
    if numbers["capacity_default"] > numbers["capacity_limit"]:
        raise Invalid(_("The usual number cannot be above the highest."), field="capacity_default")
    match_type = match_type_of(row)
    changed = put(match_type, {"kind": kind, **kept, **numbers}, seen=seen)
    _record(row, actor, "match_type", changed)
    return match_type


@transaction.atomic
def change_rules(
    *,
    program: Program,
    actor: Person,
    rules: Mapping[str, Any],
    weights: Mapping[str, int],
    seen: str | None = None,
) -> dict[str, int]:
    """Limits and costs of matching, and the weights {question key: any whole number}, scaled to 100,000 in all.

    Returns the weights as they are now. `rules` holds fields of MatchRules; those not named stay. Raises Invalid.
    """
    row = locked_program(program, actor=actor)
    if seen is not None and seen != rules_fingerprint(row):
        raise Conflict(_("Somebody else changed this page while you had it open."))
    match_type = match_type_of(row)
    _check_bounds({name: value for name, value in rules.items() if name in RULE_BOUNDS}, RULE_BOUNDS)
    wanted = replace(MatchRules.from_json(match_type.rules), **rules)
    changed = put(match_type, {"rules": wanted.to_json()}, seen=None)
    _record(row, actor, "rules", changed)
    return set_weights(questionnaire=row.form, weights=weights, actor_id=actor.pk)


def _in_order(field: str, first: date | None, second: date | None, sentence: str) -> None:
    if first and second and second < first:
        raise Invalid(sentence, field=field)


def _domains(text: str, *, needed: bool) -> str:
    domains = list(
        dict.fromkeys(part.strip().lstrip("@").lower() for part in text.split(",") if part.strip())
    )
    for domain in domains:
        if not _DOMAIN.fullmatch(domain):
            raise Invalid(_("“{domain}” is not a mail domain.").format(domain=domain), field="domains")
    if needed and not domains:
        raise Invalid(_("Name at least one mail domain, such as example.org."), field="domains")
    return ", ".join(domains)


def _code(text: str, *, needed: bool) -> str:
    code = text.strip()
    if (needed or code) and len(code) < CODE_AT_LEAST:
        raise Invalid(
            _("Choose a code of at least {count} characters.").format(count=CODE_AT_LEAST), field="code"
        )
    return code


def _check_bounds(numbers: Mapping[str, int], bounds: Mapping[str, tuple[int, int]]) -> None:
    for name, number in numbers.items():
        least, most = bounds[name]
        if not least <= number <= most:
            raise Invalid(_("Choose between {least} and {most}.").format(least=least, most=most), field=name)


def _record(program: Program, actor: Person, part: str, changed: list[str]) -> None:
    if changed:
        record(
            "program.changed",
            actor_id=actor.pk,
            subject=program,
            program_id=program.pk,
            data={"part": part, "fields": changed},
        )
