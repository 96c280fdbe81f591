"""What delivery does when something happened: plan who hears of it and when, take back what is settled, plan anew."""

from datetime import datetime, timedelta
from typing import Any

from alongside.delivery.actions.forgetting import forget_person
from alongside.delivery.actions.planning import cancel_notices, plan_notice, replan_person
from alongside.delivery.audience import SETTLES, TELLINGS, Telling, receivers
from alongside.delivery.scenes import Scene, load_scene, run_undo_until, scenes_of_run
from alongside.journal.models import Entry
from alongside.people.models import Person

_OF_A_TIME = frozenset(
    {
        "meeting_booked", "meeting_moved", "meeting_changed", "meeting_doubted", "meeting_canceled",
        "meeting_reminder", "meeting_shifted", "clock_change", "calendar_entry",
    }
)  # fmt: skip
_EXPIRE_AT_START = _OF_A_TIME - {"meeting_moved", "meeting_canceled"}
_EXPIRE_WITH_THING = frozenset(
    {"request_received", "request_reminder", "invitation", "invitation_reminder", "staff_invitation"}
)
# Told once whichever verb comes first; everything else once for each entry.
_ONCE = frozenset({"introduction_mentee", "introduction_mentor"})
_SURVEYS = frozenset({"survey_asked", "survey_reminder"})
SURVEY_LIFE = timedelta(days=14)
ANSWER_LIFE = timedelta(days=7)  # after a talk; the page goes on asking


def tell_people(entry: Entry) -> None:
    """Plans a notice for everybody who should hear of the entry. A thing that is gone is told to nobody."""
    about = f"{entry.subject_type}:{entry.subject_id}"
    cancel_settled(entry)
    facts = _facts(entry)
    for place in scenes_of_run(entry.subject_id) if entry.subject_type == "run" else [about]:
        scene = load_scene(place, facts)
        if scene is not None:
            for telling in TELLINGS.get(entry.verb, ()):
                _tell(telling, scene, entry, facts)


def cancel_settled(entry: Entry) -> None:
    """Takes back what need not be told any more, now that this has happened."""
    kinds = SETTLES.get(entry.verb, ())
    if kinds:
        cancel_notices(about=f"{entry.subject_type}:{entry.subject_id}", kinds=kinds, now=entry.at)


def replan(entry: Entry) -> None:
    """Plans everything held for the person of the entry anew. In the transaction of the change itself."""
    person_id = entry.data.get("person") or (
        entry.subject_id if entry.subject_type == "person" else entry.actor_id
    )
    person = Person.objects.select_related("preferences").filter(pk=person_id or 0).first()
    if person is not None:
        replan_person(person, now=entry.at)


def _facts(entry: Entry) -> dict[str, Any]:
    return {**entry.data, "actor": entry.actor_id, "program": entry.program_id}


def _tell(telling: Telling, scene: Scene, entry: Entry, facts: dict[str, Any]) -> None:
    starts_at: datetime | None = scene.thing.starts_at if telling.kind in _OF_A_TIME else None
    if telling.kind == "meeting_reminder" and (starts_at is None or starts_at <= entry.at):
        return
    over = scene.thing.ends_at if telling.kind == "meeting_over" else None
    if telling.kind == "meeting_over" and over is None:
        return
    occasion = scene.about if telling.kind in _ONCE else f"entry:{entry.pk}"
    for receiver in receivers(telling, scene):
        who = receiver.person.pk if receiver.person is not None else receiver.address.lower()
        plan_notice(
            kind=telling.kind,
            about=scene.about,
            person=receiver.person,
            address=receiver.address,
            program=scene.program,
            thread=scene.thread,
            context=facts,
            dedupe_key=f"{telling.kind}:{occasion}:{who}",
            starts_at=starts_at,
            earliest_at=max(entry.at + telling.after, run_undo_until(scene) or entry.at, over or entry.at),
            expires_at=_expiry(telling, scene, entry, starts_at),
            now=entry.at,
        )


def _expiry(telling: Telling, scene: Scene, entry: Entry, starts_at: datetime | None) -> datetime | None:
    if telling.kind in _EXPIRE_WITH_THING:
        expires_at: datetime = scene.thing.expires_at
        return expires_at
    if telling.kind == "meeting_over":
        ends_at: datetime | None = scene.thing.ends_at
        return ends_at + ANSWER_LIFE if ends_at is not None else None
    if telling.kind in _EXPIRE_AT_START:
        return starts_at
    return entry.at + SURVEY_LIFE if telling.kind in _SURVEYS else None


def forget_leaver(entry: Entry) -> None:
    """Somebody deletes their account: nothing more is told to them, and what was is gone."""
    forget_person(person=Person.objects.get(pk=entry.subject_id))
