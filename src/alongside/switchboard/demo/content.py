"""The whole demo as typed content, read from the files of this folder. Writing it to the database is not done here."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alongside.programs.templates import STEPS, TemplateQuestion, program_template
from alongside.switchboard.demo.cast import (
    Cast,
    DemoOverride,
    DemoParticipation,
    DemoPerson,
    DemoProgram,
    load_cast,
    load_programs,
)
from alongside.switchboard.demo.pairs import DemoMeeting, DemoPair, load_meetings, load_pairs
from alongside.switchboard.demo.paths import Paths, load_paths
from alongside.switchboard.demo.voices import (
    DemoAnnouncement,
    DemoTopic,
    DemoWave,
    load_announcements,
    load_topics,
    load_waves,
)

DEMO_FOLDER = Path(__file__).parent

FormAnswer = str | int | bool | list[str]


@dataclass(frozen=True)
class DemoContent:
    """Everything the demo tells. Every key another entry refers to exists."""

    cast: Cast
    programs: Mapping[str, DemoProgram]
    participations: tuple[DemoParticipation, ...]
    overrides: tuple[DemoOverride, ...]
    pairs: Mapping[str, DemoPair]
    meetings: tuple[DemoMeeting, ...]
    topics: tuple[DemoTopic, ...]
    paths: Paths
    waves: tuple[DemoWave, ...]
    announcements: tuple[DemoAnnouncement, ...]

    def person(self, key: str) -> DemoPerson:
        return self.cast.people[key]

    def form_answers(self, place: DemoParticipation, today: dt.date) -> dict[str, FormAnswer]:
        """What the participant answered in the form of the program, by question key, so far as they have come."""
        if place.state == "invited":
            return {}
        person = self.person(place.person)
        template = program_template(self.programs[place.program].template)
        steps = STEPS[: STEPS.index(place.step)] if place.state == "started" else STEPS
        answers = {
            question.key: _answer(question, person, place, today)
            for question in template.questions
            if question.step in steps and question.answered_by in ("everyone", place.role)
        }
        return {key: answer for key, answer in answers.items() if answer not in (None, "", [])}


@cache
def demo_content() -> DemoContent:
    """The demo as shipped, read once for each process."""
    return load_demo_content(DEMO_FOLDER)


def load_demo_content(folder: Path) -> DemoContent:
    """Read a folder of demo files. Raises ContentError naming file and key when anything in it is amiss."""
    cast = load_cast(folder / "people.toml")
    programs, participations, overrides = load_programs(folder / "programs.toml", cast.people)
    pairs = load_pairs(folder / "pairs.toml", programs, cast.people)
    return DemoContent(
        cast=cast,
        programs=programs,
        participations=participations,
        overrides=overrides,
        pairs=pairs,
        meetings=load_meetings(folder / "meetings.toml", pairs),
        topics=load_topics(folder / "talk.toml", pairs),
        paths=load_paths(folder / "paths.toml", pairs, programs, cast.people),
        waves=load_waves(folder / "surveys.toml", programs),
        announcements=load_announcements(folder / "announcements.toml", programs),
    )


def _answer(
    question: TemplateQuestion, person: DemoPerson, place: DemoParticipation, today: dt.date
) -> FormAnswer | None:
    for source in (place.answers, person.traits):
        if question.key in source:
            value = source[question.key]
            return value if isinstance(value, str) else list(value)
    if question.kind == "consent":
        return True
    if question.kind == "place":
        return person.city
    if question.kind == "date" and place.start_day is not None:
        return (today + dt.timedelta(days=place.start_day)).isoformat()
    if question.fills == "preferences.channels":
        offered = {option.id for option in question.options}
        return [channel for channel in person.channels if channel in offered]
    return _field(question.fills, person, place)


def _field(fills: str | None, person: DemoPerson, place: DemoParticipation) -> FormAnswer | None:
    fields: dict[str, FormAnswer] = {
        "person.about": person.about,
        "person.languages": list(person.languages),
        "person.unit": person.unit,
        "preferences.hours": person.hours,
        "participation.capacity": place.capacity,
        "participation.hours_per_month": place.hours_per_month,
    }
    return fields.get(fills) if fills else None
