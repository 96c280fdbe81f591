"""Who is in the demo: people, programs, and who takes part in what."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from alongside.foundation.contentfile import Section, read_content, refuse_repeats
from alongside.programs.templates import STEPS, program_templates
from alongside.switchboard.demo.moments import day, optional_day

PROGRAM_STATES = ("draft", "enrolling", "matching", "running", "closing", "closed", "archived")
ENROLLMENT_STATES = (
    "invited", "started", "submitted", "waitlisted", "approved", "declined", "withdrawn", "retired",
)  # fmt: skip
ACCESS = ("open", "invited", "domain", "code")
APPROVAL = ("none", "coordinator")
CHANNELS = ("topics", "video", "voice", "phone", "text", "email", "in_person")
TRAITS = ("values", "learning", "help_style", "life_stage")
SINGLE_TRAITS = ("experience", "level")


@dataclass(frozen=True)
class DemoPerson:
    """One made-up person. `traits` answer the form questions of that key."""

    key: str
    full_name: str
    name: str
    pronouns: str
    email: str
    job_title: str
    unit: str
    city: str
    zone: str
    languages: tuple[str, ...]
    hours: str
    possible_hours: str
    channels: tuple[str, ...]
    reply_habit: str
    about: str
    traits: Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True)
class Cast:
    """Everybody, and the keys of those whom the tour of the demo follows."""

    organization: str
    administrator: str
    coordinator: str
    mentee: str
    mentor: str
    people: Mapping[str, DemoPerson]


@dataclass(frozen=True)
class DemoProgram:
    """One program; all dates are days from today."""

    key: str
    template: str
    name: str
    summary: str
    zone: str
    state: str
    access: str
    approval: str
    contact: str
    coordinators: tuple[str, ...]
    enrolls_from: int
    enrolls_until: int
    matches_on: int
    starts_on: int
    ends_on: int
    requests_allowed: bool


@dataclass(frozen=True)
class DemoParticipation:
    """A person's place in a program. `answers` are those of this program alone; see DemoContent.form_answers."""

    program: str
    person: str
    role: str
    state: str
    since: int
    step: str
    capacity: int
    hours_per_month: int
    start_day: int | None
    note: str
    answers: Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True)
class DemoOverride:
    """A pair that a coordinator keeps together or apart in the drafts."""

    program: str
    mentee: str
    mentor: str
    kind: str
    by: str


def load_cast(path: Path) -> Cast:
    file = read_content(path)
    file.only("organization", "administrator", "coordinator", "mentee", "mentor", "person")
    people = file.each("person", _person)
    refuse_repeats(file.file, "person.key", (person.key for person in people))
    refuse_repeats(file.file, "person.email", (person.email for person in people))
    by_key = {person.key: person for person in people}
    return Cast(
        organization=file.text("organization"),
        administrator=file.choice("administrator", by_key),
        coordinator=file.choice("coordinator", by_key),
        mentee=file.choice("mentee", by_key),
        mentor=file.choice("mentor", by_key),
        people=by_key,
    )


def load_programs(
    path: Path, people: Collection[str]
) -> tuple[dict[str, DemoProgram], tuple[DemoParticipation, ...], tuple[DemoOverride, ...]]:
    file = read_content(path)
    file.only("program", "participation", "override")
    programs = file.each("program", lambda section: _program(section, people))
    refuse_repeats(file.file, "program.key", (program.key for program in programs))
    by_key = {program.key: program for program in programs}
    places = file.each("participation", lambda section: _participation(section, by_key, people))
    refuse_repeats(file.file, "participation", (f"{place.program}: {place.person}" for place in places))
    return by_key, places, file.each("override", lambda section: _override(section, by_key, people))


def _person(section: Section) -> DemoPerson:
    section.only(
        "key", "full_name", "name", "pronouns", "email", "job_title", "unit", "city", "zone", "languages",
        "hours", "possible_hours", "channels", "reply_habit", "about", *TRAITS, *SINGLE_TRAITS,
    )  # fmt: skip
    full_name = section.text("full_name")
    traits: dict[str, str | tuple[str, ...]] = {
        name: section.texts(name) for name in TRAITS if section.has(name)
    }
    traits |= {name: section.key(name) for name in SINGLE_TRAITS if section.has(name)}
    return DemoPerson(
        key=section.key("key"),
        full_name=full_name,
        name=section.text("name", full_name.split()[0]),
        pronouns=section.text("pronouns", ""),
        email=section.text("email"),
        job_title=section.text("job_title"),
        unit=section.text("unit"),
        city=section.text("city"),
        zone=section.text("zone"),
        languages=section.texts("languages"),
        hours=section.text("hours"),
        possible_hours=section.text("possible_hours", ""),
        channels=section.texts("channels", CHANNELS),
        reply_habit=section.text("reply_habit", ""),
        about=section.text("about"),
        traits=traits,
    )


def _program(section: Section, people: Collection[str]) -> DemoProgram:
    section.only(
        "key", "template", "name", "summary", "zone", "state", "access", "approval", "contact", "coordinators",
        "enrolls_from", "enrolls_until", "matches_on", "starts_on", "ends_on", "requests_allowed",
    )  # fmt: skip
    return DemoProgram(
        key=section.key("key"),
        template=section.choice("template", [template.key for template in program_templates()]),
        name=section.text("name"),
        summary=section.text("summary"),
        zone=section.text("zone"),
        state=section.choice("state", PROGRAM_STATES),
        access=section.choice("access", ACCESS),
        approval=section.choice("approval", APPROVAL),
        contact=section.choice("contact", people),
        coordinators=section.texts("coordinators", people),
        enrolls_from=day(section, "enrolls_from"),
        enrolls_until=day(section, "enrolls_until"),
        matches_on=day(section, "matches_on"),
        starts_on=day(section, "starts_on"),
        ends_on=day(section, "ends_on"),
        requests_allowed=section.boolean("requests_allowed", default=False),
    )


def _participation(section: Section, programs: Collection[str], people: Collection[str]) -> DemoParticipation:
    section.only(
        "program", "person", "role", "state", "since", "step", "capacity", "hours_per_month", "start_day",
        "note", "answers",
    )  # fmt: skip
    return DemoParticipation(
        program=section.choice("program", programs),
        person=section.choice("person", people),
        role=section.choice("role", ("mentee", "mentor")),
        state=section.choice("state", ENROLLMENT_STATES),
        since=day(section, "since"),
        step=section.choice("step", STEPS, default=STEPS[-1]),
        capacity=section.integer("capacity", least=1, most=5, default=1),
        hours_per_month=section.integer("hours_per_month", least=1, most=20, default=2),
        start_day=optional_day(section, "start_day"),
        note=section.text("note", ""),
        answers=_answers(section.table("answers")),
    )


def _answers(section: Section) -> dict[str, str | tuple[str, ...]]:
    return {
        key: section.texts(key) if isinstance(value, list) else section.text(key)
        for key, value in section.values.items()
    }


def _override(section: Section, programs: Collection[str], people: Collection[str]) -> DemoOverride:
    section.only("program", "mentee", "mentor", "kind", "by")
    return DemoOverride(
        program=section.choice("program", programs),
        mentee=section.choice("mentee", people),
        mentor=section.choice("mentor", people),
        kind=section.choice("kind", ("pin", "forbid")),
        by=section.choice("by", people),
    )
