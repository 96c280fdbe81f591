"""Goals, activities, agreements, seasons and requests of the demo."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from alongside.activities.library import activity_library
from alongside.foundation.contentfile import Section, read_content, refuse_repeats
from alongside.switchboard.demo.moments import day, optional_day
from alongside.switchboard.demo.pairs import DemoPair

GOAL_STATES = ("idea", "active", "resting", "reached", "let_go")
ACTIVITY_STATES = ("planned", "done", "skipped")
REQUEST_STATES = ("sent", "accepted", "declined", "expired", "withdrawn", "superseded")


@dataclass(frozen=True)
class DemoStep:
    text: str
    done_day: int | None


@dataclass(frozen=True)
class DemoGoal:
    """A goal of one person. `became` names the goal that grew from it, `farewell` says what matters more now."""

    key: str
    pair: str
    owner: str
    title: str
    why: str
    state: str
    since: int
    shared: bool
    around: int | None
    wakes: int | None
    became: str
    farewell: str
    steps: tuple[DemoStep, ...]


@dataclass(frozen=True)
class DemoActivity:
    """From the library (`library`) or the pair's own (`title`, `text`). `steps_done` counts steps from 1.

    `letter` is one to oneself, sealed that day.
    """

    pair: str
    library: str
    title: str
    text: str
    state: str
    day: int
    by: str
    steps_done: tuple[int, ...]
    letter: str


@dataclass(frozen=True)
class DemoAgreement:
    """The lines agreed on, by field key, and who signed when."""

    pair: str
    version: int
    proposed_by: str
    signed: Mapping[str, int]
    review: int
    lines: Mapping[str, str]


@dataclass(frozen=True)
class DemoSeason:
    person: str
    kind: str
    from_day: int
    until_day: int
    note: str


@dataclass(frozen=True)
class DemoRequest:
    program: str
    mentee: str
    mentor: str
    state: str
    day: int
    settled: int | None
    message: str
    reply: str


@dataclass(frozen=True)
class Paths:
    goals: tuple[DemoGoal, ...]
    activities: tuple[DemoActivity, ...]
    agreements: tuple[DemoAgreement, ...]
    seasons: tuple[DemoSeason, ...]
    requests: tuple[DemoRequest, ...]


def load_paths(
    path: Path, pairs: Mapping[str, DemoPair], programs: Collection[str], people: Collection[str]
) -> Paths:
    file = read_content(path)
    file.only("goal", "activity", "agreement", "season", "request")
    goals = file.each("goal", lambda section: _goal(section, pairs))
    refuse_repeats(file.file, "goal.key", (goal.key for goal in goals))
    for section in file.sections("goal"):
        if section.has("became"):
            section.choice("became", [goal.key for goal in goals])
    return Paths(
        goals=goals,
        activities=file.each("activity", lambda section: _activity(section, pairs)),
        agreements=file.each("agreement", lambda section: _agreement(section, pairs)),
        seasons=file.each("season", lambda section: _season(section, people)),
        requests=file.each("request", lambda section: _request(section, programs, people)),
    )


def _goal(section: Section, pairs: Mapping[str, DemoPair]) -> DemoGoal:
    section.only(
        "key", "pair", "owner", "title", "why", "state", "since", "shared", "around", "wakes", "became",
        "farewell", "steps",
    )  # fmt: skip
    pair = pairs[section.choice("pair", pairs)]
    return DemoGoal(
        key=section.key("key"),
        pair=pair.key,
        owner=section.choice("owner", pair.members),
        title=section.text("title"),
        why=section.text("why", ""),
        state=section.choice("state", GOAL_STATES),
        since=day(section, "since"),
        shared=section.boolean("shared"),
        around=optional_day(section, "around"),
        wakes=optional_day(section, "wakes"),
        became=section.text("became", ""),
        farewell=section.text("farewell", ""),
        steps=section.each("steps", _step, optional=True),
    )


def _step(section: Section) -> DemoStep:
    section.only("text", "done")
    return DemoStep(section.text("text"), optional_day(section, "done"))


def _activity(section: Section, pairs: Mapping[str, DemoPair]) -> DemoActivity:
    section.only("pair", "library", "title", "text", "state", "day", "by", "steps_done", "letter")
    pair = pairs[section.choice("pair", pairs)]
    known = {activity.key: activity for activity in activity_library().activities}
    library = section.choice("library", known) if section.has("library") else ""
    steps_done = section.integers("steps_done")
    if any(not 1 <= step <= (len(known[library].steps) if library else 0) for step in steps_done):
        raise section.error("steps_done", "the activity has no such step")
    return DemoActivity(
        pair=pair.key,
        library=library,
        title=section.text("title", "" if library else None),
        text=section.text("text", "" if library else None),
        state=section.choice("state", ACTIVITY_STATES),
        day=day(section, "day"),
        by=section.choice("by", pair.members),
        steps_done=steps_done,
        letter=section.text("letter", ""),
    )


def _agreement(section: Section, pairs: Mapping[str, DemoPair]) -> DemoAgreement:
    section.only("pair", "version", "proposed_by", "signed", "review", "lines")
    pair = pairs[section.choice("pair", pairs)]
    signed = section.table("signed")
    signed.only(*pair.members)
    return DemoAgreement(
        pair=pair.key,
        version=section.integer("version", least=1, most=99),
        proposed_by=section.choice("proposed_by", pair.members),
        signed={person: day(signed, person) for person in signed.values},
        review=day(section, "review"),
        lines=section.labels("lines"),
    )


def _season(section: Section, people: Collection[str]) -> DemoSeason:
    section.only("person", "kind", "from", "until", "note")
    return DemoSeason(
        person=section.choice("person", people),
        kind=section.choice("kind", ("lighter", "away")),
        from_day=day(section, "from"),
        until_day=day(section, "until"),
        note=section.text("note", ""),
    )


def _request(section: Section, programs: Collection[str], people: Collection[str]) -> DemoRequest:
    section.only("program", "mentee", "mentor", "state", "day", "settled", "message", "reply")
    return DemoRequest(
        program=section.choice("program", programs),
        mentee=section.choice("mentee", people),
        mentor=section.choice("mentor", people),
        state=section.choice("state", REQUEST_STATES),
        day=day(section, "day"),
        settled=optional_day(section, "settled"),
        message=section.text("message"),
        reply=section.text("reply", ""),
    )
