"""The pairs of the demo and their talks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from alongside.foundation.contentfile import Section, read_content, refuse_repeats
from alongside.switchboard.demo.cast import CHANNELS
from alongside.switchboard.demo.moments import Moment, clock, day, moment, moments, optional_day

PAIR_STATES = ("trial", "running", "paused", "closing", "closed")
SIGNALS = ("settled", "quiet", "would_like_a_hand")
CASE_STATES = ("new", "taken", "waiting", "resolved")
END_KINDS = ("well", "early", "with_program")
END_REASONS = (
    "life_changed", "needs_changed", "time", "not_the_fit", "lost_touch", "unsafe", "reached", "unsaid",
)  # fmt: skip
MEETING_STATES = ("proposed", "booked", "held", "not_held", "canceled")
OUTCOMES = ("held", "moved", "not_held", "elsewhere")
WISHES = ("heard", "helped", "challenged")


@dataclass(frozen=True)
class DemoHand:
    """One of the two asked the team for a hand; `case` is where the coordinator stands with it."""

    by: str
    wish: str
    day: int
    case: str
    note: str


@dataclass(frozen=True)
class DemoPause:
    by: str
    from_day: int
    until_day: int


@dataclass(frozen=True)
class DemoClosing:
    """How one of the two ended it; `reason` and `new_match` are blank where nothing was said."""

    by: str
    day: int
    kind: str
    reason: str
    new_match: str
    words: str


@dataclass(frozen=True)
class DemoPair:
    """A mentorship. `talks` are plain talks that took place, `next_day` the one booked, at `talk_minutes` o'clock
    of the mentee. `rhythm` is None for "when we need it"; `shows` is the signal its facts lead to.
    """

    key: str
    program: str
    mentee: str
    mentor: str
    state: str
    started: int
    closed: int | None
    rhythm: int | None
    channel: str
    talk_minutes: int
    talks: tuple[int, ...]
    next_day: int | None
    shows: str
    hand: DemoHand | None
    pause: DemoPause | None
    closing: DemoClosing | None

    @property
    def members(self) -> tuple[str, str]:
        return self.mentee, self.mentor


@dataclass(frozen=True)
class DemoAgendaItem:
    """A line of the agenda, or an action to do after the talk."""

    by: str
    text: str
    is_action: bool
    done_day: int | None


@dataclass(frozen=True)
class DemoNote:
    by: str
    text: str


@dataclass(frozen=True)
class DemoMeeting:
    """A talk with words around it. `at` is wall time of the person `zone_of`; proposed ones have `offered` instead."""

    key: str
    pair: str
    state: str
    at: Moment | None
    offered: tuple[Moment, ...]
    zone_of: str
    minutes: int
    channel: str
    place: str
    offered_by: str
    agenda_key: str
    wish: str
    moved_times: int
    goals_tucked_away: bool
    agenda: tuple[DemoAgendaItem, ...]
    shared_note: str
    private_notes: tuple[DemoNote, ...]
    outcomes: Mapping[str, str]


def load_pairs(path: Path, programs: Collection[str], people: Collection[str]) -> dict[str, DemoPair]:
    file = read_content(path)
    file.only("pair")
    pairs = file.each("pair", lambda section: _pair(section, programs, people))
    refuse_repeats(file.file, "pair.key", (pair.key for pair in pairs))
    return {pair.key: pair for pair in pairs}


def load_meetings(path: Path, pairs: Mapping[str, DemoPair]) -> tuple[DemoMeeting, ...]:
    file = read_content(path)
    file.only("meeting")
    meetings = file.each("meeting", lambda section: _meeting(section, pairs))
    refuse_repeats(file.file, "meeting.key", (meeting.key for meeting in meetings))
    return meetings


def _pair(section: Section, programs: Collection[str], people: Collection[str]) -> DemoPair:
    section.only(
        "key", "program", "mentee", "mentor", "state", "started", "closed", "rhythm", "channel", "talk_at",
        "talks", "next", "shows", "hand", "pause", "closing",
    )  # fmt: skip
    members = section.choice("mentee", people), section.choice("mentor", people)
    return DemoPair(
        key=section.key("key"),
        program=section.choice("program", programs),
        mentee=members[0],
        mentor=members[1],
        state=section.choice("state", PAIR_STATES),
        started=day(section, "started"),
        closed=optional_day(section, "closed"),
        rhythm=section.integer("rhythm", least=7, most=90) if section.has("rhythm") else None,
        channel=section.choice("channel", CHANNELS),
        talk_minutes=clock(section, "talk_at"),
        talks=_days(section, "talks"),
        next_day=optional_day(section, "next"),
        shows=section.choice("shows", SIGNALS),
        hand=_hand(section.table("hand"), members) if section.has("hand") else None,
        pause=_pause(section.table("pause"), members) if section.has("pause") else None,
        closing=_closing(section.table("closing"), members) if section.has("closing") else None,
    )


def _days(section: Section, key: str) -> tuple[int, ...]:
    days = section.integers(key)
    if list(days) != sorted(set(days)) or any(number >= 0 for number in days):
        raise section.error(key, "talks that took place are days ago, in their order, each once")
    return days


def _hand(section: Section, members: tuple[str, str]) -> DemoHand:
    section.only("by", "wish", "day", "case", "note")
    return DemoHand(
        by=section.choice("by", members),
        wish=section.choice("wish", ("tip", "contact")),
        day=day(section, "day"),
        case=section.choice("case", CASE_STATES),
        note=section.text("note"),
    )


def _pause(section: Section, members: tuple[str, str]) -> DemoPause:
    section.only("by", "from", "until")
    return DemoPause(section.choice("by", members), day(section, "from"), day(section, "until"))


def _closing(section: Section, members: tuple[str, str]) -> DemoClosing:
    section.only("by", "day", "kind", "reason", "new_match", "words")
    return DemoClosing(
        by=section.choice("by", members),
        day=day(section, "day"),
        kind=section.choice("kind", END_KINDS),
        reason=_choice_or_blank(section, "reason", END_REASONS),
        new_match=_choice_or_blank(section, "new_match", ("now", "later", "no")),
        words=section.text("words"),
    )


def _choice_or_blank(section: Section, key: str, allowed: Collection[str]) -> str:
    return section.choice(key, allowed) if section.has(key) else ""


def _meeting(section: Section, pairs: Mapping[str, DemoPair]) -> DemoMeeting:
    section.only(
        "key", "pair", "state", "at", "offered", "zone_of", "minutes", "channel", "place", "offered_by",
        "agenda_key", "wish", "moved_times", "goals_tucked_away", "agenda", "shared_note", "private_notes",
        "outcomes",
    )  # fmt: skip
    members = pairs[section.choice("pair", pairs)].members
    state = section.choice("state", MEETING_STATES)
    proposed = state == "proposed"
    if proposed == section.has("at") or proposed != section.has("offered"):
        raise section.error("at", "a proposed talk has offered times, any other talk has one time")
    return DemoMeeting(
        key=section.key("key"),
        pair=section.text("pair"),
        state=state,
        at=None if proposed else moment(section, "at"),
        offered=moments(section, "offered"),
        zone_of=section.choice("zone_of", members),
        minutes=section.integer("minutes", least=15, most=180),
        channel=section.choice("channel", CHANNELS),
        place=section.text("place", ""),
        offered_by=section.choice("offered_by", members),
        agenda_key=section.key("agenda_key"),
        wish=_choice_or_blank(section, "wish", WISHES),
        moved_times=section.integer("moved_times", least=0, most=9, default=0),
        goals_tucked_away=section.boolean("goals_tucked_away", default=False),
        agenda=section.each("agenda", lambda item: _agenda_item(item, members), optional=True),
        shared_note=section.text("shared_note", ""),
        private_notes=section.each("private_notes", lambda note: _note(note, members), optional=True),
        outcomes=_outcomes(section.table("outcomes"), members) if section.has("outcomes") else {},
    )


def _agenda_item(section: Section, members: tuple[str, str]) -> DemoAgendaItem:
    section.only("by", "text", "action", "done")
    return DemoAgendaItem(
        by=section.choice("by", members),
        text=section.text("text"),
        is_action=section.boolean("action", default=False),
        done_day=optional_day(section, "done"),
    )


def _note(section: Section, members: tuple[str, str]) -> DemoNote:
    section.only("by", "text")
    return DemoNote(section.choice("by", members), section.text("text"))


def _outcomes(section: Section, members: tuple[str, str]) -> dict[str, str]:
    section.only(*members)
    return {person: section.choice(person, OUTCOMES) for person in section.values}
