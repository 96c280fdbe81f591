"""What may be known of a relationship to offer help: dates of contact, pauses, and what people chose to share.

This is the whole list. Nothing here tells what was said, how much, by which feeling, who was signed in, who read
what, or how goals are going; there is no field for it, so nothing can be concluded from it.

Days are the caller's: *paused days* are calendar days on which either person paused; *reachable days* are days on
which the person (or both) had at least one open hour and no pause.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

CADENCE: Final = 21  # calendar days between two talks where the pair agreed on nothing else


class Hand(StrEnum):
    """What somebody answered to "I would like a hand from the team"; saying no is not a fact."""

    TIP = "a tip"
    CONTACT = "please contact me"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """That both have been shown an offer: the day, and the reachable days of both since."""

    on: date
    reachable_days: int

    def __post_init__(self) -> None:
        _count("reachable_days", self.reachable_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedForHand:
    """An open request for a hand; leave it out when the team has answered it."""

    person: str
    hand: Hand


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedAnswer:
    """An answer (1 to 5) of the latest wave that the person tapped *share* for."""

    person: str
    item: str
    value: int

    def __post_init__(self) -> None:
        if self.value not in range(1, 6):
            raise ValueError(f"an answer is 1 to 5, not {self.value}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """Messages one person wrote since the other last did, and the *receiver's* reachable days since the first."""

    sender: str
    messages: int
    reachable_days: int

    def __post_init__(self) -> None:
        _count("messages", self.messages)
        _count("reachable_days", self.reachable_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One relationship on one day.

    * ``cadence``: agreed calendar days between talks; None is "when we need it";
    * ``last_contact_on``: by any route, in either direction, "we talked elsewhere" included;
    * ``next_meeting_on``: the first planned meeting from today on;
    * ``paused_days``: paused days since the last contact, or since the start while there was none;
    * ``start_paused_days``: paused days since the start;
    * ``offer``, ``start_offer``: when both were shown the offer of the present silence, of the slow start;
    * ``fine_on``: when the pair last answered an offer with *We're fine, thanks*;
    * ``fine_paused_days``: paused days since then;
    * ``moved_in_a_row``: how often the coming meeting has been moved to a new date;
    * ``unsafe``: a report, or "I felt uncomfortable or unsafe" when leaving.

    Raises ValueError for dates and counts that contradict each other.
    """

    today: date
    people: tuple[str, ...]
    started_on: date
    cadence: int | None = CADENCE
    first_talk_on: date | None = None
    last_contact_on: date | None = None
    next_meeting_on: date | None = None
    paused_days: int = 0
    start_paused_days: int = 0
    offer: Seen | None = None
    start_offer: Seen | None = None
    fine_on: date | None = None
    fine_paused_days: int = 0
    moved_in_a_row: int = 0
    asked: tuple[AskedForHand, ...] = ()
    shared: tuple[SharedAnswer, ...] = ()
    unanswered: Unanswered | None = None
    unsafe: bool = False

    def __post_init__(self) -> None:
        if self.cadence is not None and self.cadence < 1:
            raise ValueError(f"a cadence is 1 day or more, not {self.cadence}")
        for name in ("paused_days", "start_paused_days", "fine_paused_days", "moved_in_a_row"):
            _count(name, getattr(self, name))
        for name in ("started_on", "first_talk_on", "last_contact_on", "fine_on"):
            day: date | None = getattr(self, name)
            if day is not None and day > self.today:
                raise ValueError(f"{name} {day} lies after today, {self.today}")
        if self.next_meeting_on is not None and self.next_meeting_on < self.today:
            raise ValueError(f"next_meeting_on {self.next_meeting_on} lies before today, {self.today}")
        named = {request.person for request in self.asked} | {answer.person for answer in self.shared}
        named |= {self.unanswered.sender} if self.unanswered else set()
        if not named <= set(self.people):
            raise ValueError(
                f"{sorted(named - set(self.people))} are not among the people of this relationship"
            )


def _count(name: str, value: int) -> None:
    if value < 0:
        raise ValueError(f"{name} is 0 or more, not {value}")
