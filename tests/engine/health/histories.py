"""Days of two people, lived one after the other: an oracle that counts days itself, and random lives for it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from alongside.engine.health import Facts, Seen, SharedAnswer, State, assess

START = date(2026, 1, 5)
PEOPLE = ("ada", "ben")


@dataclass(frozen=True)
class History:
    """What happened, as days since the start. ``noise`` is what must never matter: goals, notes, log-ins."""

    today: int
    cadence: int | None = 21
    contacts: frozenset[int] = frozenset()
    planned: frozenset[int] = frozenset()
    paused: frozenset[int] = frozenset()
    closed: frozenset[int] = frozenset()
    offered: int | None = None
    fine: int | None = None
    moved: int = 0
    noise: tuple[str, ...] = field(default=())

    def facts(self) -> Facts:
        """Counts every kind of day by going through the days one by one."""
        last = max((day for day in self.contacts if day <= self.today), default=None)
        ahead = [day for day in self.planned if day >= self.today]
        return Facts(
            today=on(self.today),
            people=PEOPLE,
            started_on=START,
            cadence=self.cadence,
            first_talk_on=on(min(self.contacts)) if last is not None else None,
            last_contact_on=on(last) if last is not None else None,
            next_meeting_on=on(min(ahead)) if ahead else None,
            paused_days=self.paused_since(last or 0),
            start_paused_days=self.paused_since(0),
            offer=None
            if self.offered is None
            else Seen(on=on(self.offered), reachable_days=self.reachable_since(self.offered)),
            fine_on=None if self.fine is None else on(self.fine),
            fine_paused_days=0 if self.fine is None else self.paused_since(self.fine),
            moved_in_a_row=self.moved,
        )

    def paused_since(self, day: int) -> int:
        """Days after ``day`` up to today on which either paused."""
        return len([d for d in range(day + 1, self.today + 1) if d in self.paused])

    def reachable_since(self, day: int) -> int:
        """Days after ``day`` up to today on which both had an open hour and no pause."""
        return len(
            [d for d in range(day + 1, self.today + 1) if d not in self.paused and d not in self.closed]
        )


def on(day: int) -> date:
    """The date of a day since the start."""
    return START + timedelta(days=day)


def random_history(random: Random) -> History:
    """One relationship at some point of its life."""
    today = random.randint(0, 200)
    days = range(today + 1)
    pauses: set[int] = set()
    for _ in range(random.randint(0, 2)):
        begin = random.choice(days)
        pauses |= set(range(begin, min(today, begin + random.randint(0, 30)) + 1))
    contacts = [day for day in days if random.random() < random.choice([0.0, 0.01, 0.05])]
    quiet_since = max(contacts, default=0)
    return History(
        today=today,
        cadence=random.choice([7, 14, 21, 30, None]),
        contacts=frozenset(contacts),
        planned=frozenset(today + random.randint(0, 60) for _ in range(random.choice([0, 0, 1, 2]))),
        paused=frozenset(pauses),
        closed=frozenset(day for day in days if day % 7 in (5, 6)),
        offered=random.choice([None, random.randint(quiet_since, today), random.choice(days)]),
        fine=random.choice([None, None, random.choice(days)]),
        moved=random.choice([0, 0, 1]),
    )


def shared(item: str, mine: int, yours: int) -> tuple[SharedAnswer, SharedAnswer]:
    """Both answers to one item."""
    return (
        SharedAnswer(person="ada", item=item, value=mine),
        SharedAnswer(person="ben", item=item, value=yours),
    )


def states(history: History) -> tuple[State, State]:
    """What the two see, and what the team sees."""
    assessment = assess(history.facts())
    return assessment.seen_by("ada").state, assessment.team.state


def later(history: History, days: int, *, paused: bool = False) -> History:
    """The same history some days later, with nothing happening, or with a pause."""
    extra = range(history.today + 1, history.today + days + 1) if paused else range(0)
    return replace(
        history,
        today=history.today + days,
        planned=frozenset(day + days for day in history.planned) if paused else history.planned,
        paused=history.paused | frozenset(extra),
    )
