"""Writing a checked sheet: persons, participations and answers in bulk, in the transaction of the caller."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password

from alongside.enrollment.enums import InvitationState, ParticipationState
from alongside.enrollment.importing.plans import FULL_WEIGHT, SLICE, RowPlan
from alongside.enrollment.importing.targets import Place
from alongside.enrollment.models import Invitation, Participation, SheetImport
from alongside.enrollment.queries.imports import DryRun
from alongside.enrollment.queries.participants import places_left
from alongside.people.models import Person, Preferences
from alongside.people.queries import known_zone
from alongside.programs.models import MatchType, Program
from alongside.questionnaires.actions import save_many_answers
from alongside.questionnaires.models import AnswerSet, Question

HR_FIELDS = {"name": "full_name", "job_title": "job_title", "unit": "unit", "manager": "manager_email"}
OWN_FIELDS = {"about": "about", "languages": "languages"}
_PERSON, _PREFERENCES = (*HR_FIELDS.values(), *OWN_FIELDS.values()), ("zone", "hours", "channels")
_PARTICIPATION = ("capacity", "hours_per_month", "reference")


def take_in(checked: DryRun, *, program: Program, held: SheetImport, now: datetime) -> None:
    """Writes everything a sound dry run plans. Needs the program's row locked and a transaction around it.

    The number of statements grows with slices of people, not with people.
    """
    plans = [plan for plan in checked.plans if plan.changes]
    _change_participations([plan for plan in plans if plan.participation is not None], checked.places)
    _change_people([plan for plan in plans if plan.person is not None])
    _add_people([plan for plan in plans if plan.person is None], program)
    match_type = program.match_types.order_by("pk")[0]
    new = [plan for plan in plans if plan.participation is None]
    _add_participations(new, checked, program=program, match_type=match_type, held=held, now=now)
    _write_answers(plans, checked.places, now)
    _accept_invitations(program, plans, now)


def _add_people(plans: Sequence[RowPlan], program: Program) -> None:
    """Persons for addresses nobody has yet, without a password: they sign in by a link sent to their address."""
    for plan in plans:
        full = str(plan.fresh.get("name", ""))
        name = full or plan.row.email.partition("@")[0]
        plan.person = Person(email=plan.row.email, name=name[:80], password=make_password(None))
        _fill(plan.person, plan, brought=frozenset())
    Person.objects.bulk_create([plan.person for plan in plans if plan.person], batch_size=SLICE)
    made = []
    for plan in plans:
        preferences = Preferences(person=plan.person, zone=known_zone(program.zone))
        _fill_preferences(preferences, plan)
        made.append(preferences)
    Preferences.objects.bulk_create(made, batch_size=SLICE)


def _change_people(plans: Sequence[RowPlan]) -> None:
    """Fields of people who were here before: only what is empty, or what a sheet of this program brought."""
    people, preferences = [], []
    for plan in plans:
        person = plan.person
        if person is None:
            continue
        if _fill(person, plan, brought=plan.brought):
            people.append(person)
        if person.preferences.zone_confirmed_at is None:
            _fill_preferences(person.preferences, plan)
            preferences.append(person.preferences)
    Person.objects.bulk_update(people, _PERSON, batch_size=SLICE)
    Preferences.objects.bulk_update(preferences, _PREFERENCES, batch_size=SLICE)


def _fill(person: Person, plan: RowPlan, *, brought: frozenset[str]) -> bool:
    """Writes fields of the person; whether any changed. Their own words are never written over."""
    changed = False
    for key, name in {**HR_FIELDS, **OWN_FIELDS}.items():
        if key not in plan.fresh:
            continue
        if not getattr(person, name) or (key in brought and key in HR_FIELDS):
            setattr(person, name, plan.fresh[key])
            changed = True
    return changed


def _fill_preferences(preferences: Preferences, plan: RowPlan) -> None:
    preferences.zone = plan.fresh.get("zone", preferences.zone)
    preferences.hours = plan.fresh.get("hours", preferences.hours)
    if "channels" in plan.fresh:
        preferences.channels = [{"channel": channel} for channel in plan.fresh["channels"]]


def _add_participations(
    plans: Sequence[RowPlan],
    checked: DryRun,
    *,
    program: Program,
    match_type: MatchType,
    held: SheetImport,
    now: datetime,
) -> None:
    sets = AnswerSet.objects.bulk_create(
        [AnswerSet(questionnaire=program.form, changed_at=now) for _plan in plans], batch_size=SLICE
    )
    states = _states(len(plans), checked.choices.arrive, places_left(program))
    for plan, answer_set, state in zip(plans, sets, states, strict=True):
        row = Participation(
            program=program,
            match_type=match_type,
            person=plan.person,
            role=plan.role,
            state=state,
            answers=answer_set,
            capacity=match_type.capacity_default,
            came_with=held,
            state_since=now,
            submitted_at=now if state != ParticipationState.STARTED else None,
            approved_at=now if state == ParticipationState.APPROVED else None,
        )
        _fill_participation(row, plan, checked.places)
        plan.participation = row
    Participation.objects.bulk_create(
        [plan.participation for plan in plans if plan.participation], batch_size=SLICE
    )


def _states(count: int, arrive: str, free: int | None) -> list[str]:
    """Who finds a place, in the order of the sheet; the rest waits."""
    if arrive != ParticipationState.APPROVED:
        return [arrive] * count
    enrolled = count if free is None else min(count, free)
    return [ParticipationState.APPROVED.value] * enrolled + [ParticipationState.WAITLISTED.value] * (
        count - enrolled
    )


def _change_participations(plans: Sequence[RowPlan], places: Mapping[str, Place]) -> None:
    rows = []
    for plan in plans:
        if plan.participation is not None:
            _fill_participation(plan.participation, plan, places)
            plan.participation.role = plan.role
            rows.append(plan.participation)
    Participation.objects.bulk_update(
        rows, [*_PARTICIPATION, "role", "importance", "imported"], batch_size=SLICE
    )


def _fill_participation(row: Participation, plan: RowPlan, places: Mapping[str, Place]) -> None:
    for name in _PARTICIPATION:
        if name in plan.fresh:
            setattr(row, name, plan.fresh[name])
    wishes = {
        question.key: FULL_WEIGHT if plan.fresh[key] else 0
        for key, place in places.items()
        if place.weighs and key in plan.fresh and (question := place.question) is not None
    }
    row.importance = {**row.importance, **wishes}
    row.imported = {**row.imported, **plan.digests}


def _write_answers(plans: Sequence[RowPlan], places: Mapping[str, Place], now: datetime) -> None:
    rows: list[tuple[AnswerSet, Mapping[Question, Any], int | None]] = []
    for plan in plans:
        answers = {
            question: plan.fresh[key]
            for key in plan.fresh
            if not places[key].weighs and (question := places[key].question) is not None
        }
        if answers and plan.participation is not None:
            rows.append((plan.participation.answers, answers, plan.participation.person_id))
    for at in range(0, len(rows), SLICE):
        save_many_answers(rows=rows[at : at + SLICE], now=now)


def _accept_invitations(program: Program, plans: Sequence[RowPlan], now: datetime) -> None:
    """Whoever came with the sheet needs no invitation any more."""
    emails = [plan.row.email for plan in plans]
    for at in range(0, len(emails), SLICE):
        Invitation.objects.filter(program=program, email__in=emails[at : at + SLICE]).exclude(
            state__in=(InvitationState.ACCEPTED, InvitationState.REVOKED)
        ).update(state=InvitationState.ACCEPTED, answered_at=now)
