"""Readings of the health engine as they are kept and as one sentence for those who may read it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.engine.health import Audience, Finding, Kind, Month, Reading, Reason, State
from alongside.insights.enums import SignalState

WORDS = {
    State.SETTLED: SignalState.SETTLED,
    State.QUIET: SignalState.QUIET,
    State.NEED_HAND: SignalState.NEED_HAND,
}
SLOW_START = "slow start"


@dataclass(frozen=True, slots=True)
class Kept:
    """A reading read back: the word, why, and the month the sentence names."""

    state: SignalState
    reason: str
    since: date | None


def to_json(reading: Reading) -> dict[str, Any]:
    return {
        "state": WORDS[reading.state].value,
        "reason": reading.reason.value,
        "since": first_day(reading.since).isoformat() if reading.since else "",
    }


def from_json(kept: dict[str, Any]) -> Kept:
    since = date.fromisoformat(kept["since"]) if kept.get("since") else None
    return Kept(SignalState(kept["state"]), kept["reason"], since)


def finding_to_json(finding: Finding) -> dict[str, str]:
    return {"kind": finding.kind.value, "audience": finding.audience.value, "person": finding.person or ""}


def team_word(team: Reading, findings: tuple[Finding, ...]) -> tuple[SignalState, str, date | None]:
    """What staff see: the engine's word; a slow start the two were asked about reads as Quiet."""
    slow = any(finding.kind == Kind.START_SLOW and finding.audience == Audience.TEAM for finding in findings)
    if team.state == State.SETTLED and slow:
        return SignalState.QUIET, SLOW_START, None
    return WORDS[team.state], team.reason.value, first_day(team.since) if team.since else None


def first_day(month: Month) -> date:
    return date(month.year, month.month, 1)


def pair_sentence(reading: Kept) -> str:
    """Why, for one of the two."""
    month = date_format(reading.since, "F") if reading.since else ""
    sentences = {
        Reason.IN_TOUCH: _("You two are in touch."),
        Reason.MEETING_PLANNED: _("A talk is planned."),
        Reason.WHEN_NEEDED: _("You talk when you need it."),
        Reason.FINE_THANKS: _("You said that you are fine. We leave it at that for a while."),
        Reason.NO_CONTACT: _(
            "Nothing since {month} and no talk planned. That happens, and it is fine."
        ).format(month=month),
        Reason.SHARED_LOW: _("You told the team that something is not easy right now. Only you see this."),
        Reason.ASKED_FOR_TIP: _("You asked the team for a tip. Only you see this."),
        Reason.ASKED_FOR_CONTACT: _("You asked the team to contact you. Only you see this."),
    }
    return sentences.get(Reason(reading.reason), "")


def team_sentence(reason: str, since: date | None) -> str:
    """Why, for staff: months only."""
    month = date_format(since, "F") if since else ""
    sentences = {
        Reason.NO_CONTACT.value: _(
            "Nothing since {month} and no talk planned; both were offered help."
        ).format(month=month),
        Reason.SHARED_LOW.value: _("One of them shared that something is not easy right now."),
        Reason.ASKED_FOR_TIP.value: _("One of them asked for a tip."),
        Reason.ASKED_FOR_CONTACT.value: _("One of them asked to be contacted."),
        SLOW_START: _("No first talk yet; both were asked whether anything is in the way."),
    }
    return sentences.get(reason, "")


def finding_sentence(kind: str) -> str:
    """What the two are told beside their word."""
    return {
        Kind.START_SLOW.value: _("You have not had your first talk yet. If something is in the way, say so."),
        Kind.DIVERGING.value: _("You two see some things differently. A talk about how you talk may help."),
        Kind.LIGHTER_RHYTHM.value: _("Your talk has moved twice. A lighter rhythm may fit your life better."),
    }.get(kind, "")
