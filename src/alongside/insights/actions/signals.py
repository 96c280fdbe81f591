"""Reading relationships anew. The two are offered help first; staff see silence days later, or never."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.engine.health import Assessment, Audience, Facts, Kind, Reason, Seen, assess
from alongside.foundation.errors import Conflict
from alongside.insights.enums import SignalState
from alongside.insights.facts import Days, facts_of
from alongside.insights.models import Signal
from alongside.insights.readings import finding_to_json, team_word, to_json
from alongside.journal.actions import record
from alongside.mentorships.access import check_member
from alongside.mentorships.enums import MentorshipState
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person

READ_IN = (MentorshipState.TRIAL, MentorshipState.RUNNING, MentorshipState.PAUSED)
CHUNK = 200
ONE_NUDGE_IN = timedelta(days=7)


def recompute_signals(keys: Iterable[int], *, now: datetime) -> int:
    """Reads these mentorships anew, 200 in one transaction; returns how many. Safe to run again.

    An offer is made to the two when their silence calls for one, nobody of them rests and a week has passed since the
    last. Mentorships that are ending have no reading.
    """
    wanted = list(keys)
    for start in range(0, len(wanted), CHUNK):
        _recompute(wanted[start : start + CHUNK], now)
    return len(wanted)


@transaction.atomic
def say_fine(*, mentorship: Mentorship, actor: Person, now: datetime) -> Signal:
    """*We're fine, thanks*, by either of the two: nothing is offered and nothing shown for thirty days.

    Raises NotFound for others, Conflict when there is nothing to answer.
    """
    check_member(actor, mentorship)
    signal = Signal.objects.select_for_update().filter(mentorship=mentorship).first()
    if signal is None or not signal.offers:
        raise Conflict(_("There is nothing to answer right now."))
    signal.fine_at, signal.fines = now, min(signal.fines + 1, signal.offers)
    signal.save(update_fields=["fine_at", "fines"])
    record(
        "signal.dismissed",
        actor_id=actor.pk,
        subject=signal,
        program_id=mentorship.program_id,
        data={"mentorship": mentorship.pk},
        now=now,
    )
    _recompute([mentorship.pk], now)
    signal.refresh_from_db()
    return signal


@transaction.atomic
def _recompute(keys: Sequence[int], now: datetime) -> None:
    rows = list(Mentorship.objects.filter(pk__in=keys).select_related("program", "match_type").order_by("pk"))
    missing = [Signal(mentorship=row, computed_at=now) for row in rows]
    Signal.objects.bulk_create(missing, ignore_conflicts=True)
    signals = {
        signal.mentorship_id: signal
        for signal in Signal.objects.select_for_update().filter(mentorship__in=keys).order_by("pk")
    }
    known = facts_of([row for row in rows if row.state in READ_IN], now=now)
    for row in rows:
        signal = signals[row.pk]
        if row.pk in known:
            _read(signal, row, *known[row.pk], now=now)
        else:
            _write(signal, None, now)
    Signal.objects.bulk_update(signals.values(), _FIELDS, batch_size=100)


def _read(signal: Signal, row: Mentorship, facts: Facts, days: Days, *, now: datetime) -> None:
    assessment = assess(facts)
    offered = _offer(signal, facts, assessment, days, now)
    if offered is not facts:
        assessment = assess(offered)
        record(
            "signal.offered",
            actor_id=None,
            subject=signal,
            program_id=row.program_id,
            data={"mentorship": row.pk},
            now=now,
        )
    _write(signal, assessment, now)


def _offer(signal: Signal, facts: Facts, assessment: Assessment, days: Days, now: datetime) -> Facts:
    """The facts with an offer made today, or as they are when none is called for."""
    if days.is_paused(facts.today) or _was_nudged(signal, now):
        return facts
    today = Seen(on=facts.today, reachable_days=0)
    silent = any(
        reading.reason == Reason.NO_CONTACT and not reading.offered for _person, reading in assessment.people
    )
    slow = any(
        finding.kind == Kind.START_SLOW and finding.audience == Audience.PAIR
        for finding in assessment.findings
    )
    start = slow and signal.start_offered_at is None and facts.next_meeting_on is None
    if not silent and not start:
        return facts
    signal.offers += 1
    if start:
        signal.start_offered_at = now
        facts = replace(facts, start_offer=today)
    if silent:
        signal.offered_at = now
        facts = replace(facts, offer=today)
    return facts


def _was_nudged(signal: Signal, now: datetime) -> bool:
    nudges = [at for at in (signal.offered_at, signal.start_offered_at) if at is not None]
    return bool(nudges) and now - max(nudges) < ONE_NUDGE_IN


def _write(signal: Signal, assessment: Assessment | None, now: datetime) -> None:
    before = signal.team_state
    if assessment is None:
        signal.readings, signal.findings = {}, []
        signal.team_state, signal.team_reason, signal.team_since = SignalState.SETTLED, "", None
    else:
        signal.readings = {person: to_json(reading) for person, reading in assessment.people}
        signal.findings = [finding_to_json(finding) for finding in assessment.findings]
        signal.team_state, signal.team_reason, signal.team_since = team_word(
            assessment.team, assessment.findings
        )
    if signal.team_state != before or signal.team_from is None:
        signal.team_from = now
    signal.computed_at = now


_FIELDS = (
    "readings", "findings", "team_state", "team_reason", "team_since", "team_from", "offered_at", "start_offered_at",
    "offers", "computed_at",
)  # fmt: skip
