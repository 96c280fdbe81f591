"""The activity library that ships with the product, read from data/library.toml. Planning one is in actions."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alongside.foundation.contentfile import ContentError, Section, read_content, refuse_repeats

LIBRARY_FILE = Path(__file__).parent / "data" / "library.toml"
LETTER = (
    "letter-to-next-years-me"  # the activity that has a page of its own: a letter sealed until the two part
)
AUDIENCES = ("both", "mentee", "mentor")
CHANNELS = ("video", "phone", "written")


@dataclass(frozen=True)
class ActivityStep:
    """One line of the checklist: what to do, and one sentence that helps."""

    do: str
    help: str


@dataclass(frozen=True)
class LibraryActivity:
    """One activity, complete enough for two people to do it without further reading."""

    key: str
    number: int
    name: str
    minutes: int
    purpose: str
    summary: str
    for_whom: str
    channels: tuple[str, ...]
    smallest_group: int
    largest_group: int
    prep: str
    materials: tuple[str, ...]
    accessibility: str
    skip_if: str
    goals: tuple[str, ...]
    steps: tuple[ActivityStep, ...]
    reflection: str


@dataclass(frozen=True)
class ActivityLibrary:
    """All activities in their printed order, with the labels of their purposes and goal tags."""

    version: int
    purposes: dict[str, str]
    goals: dict[str, str]
    activities: tuple[LibraryActivity, ...]

    def activity(self, key: str) -> LibraryActivity:
        """The activity with this key; KeyError when there is none."""
        for activity in self.activities:
            if activity.key == key:
                return activity
        raise KeyError(key)

    def for_goal(self, tag: str) -> tuple[LibraryActivity, ...]:
        return tuple(activity for activity in self.activities if tag in activity.goals)


@cache
def activity_library() -> ActivityLibrary:
    """The library as shipped, read once for each process."""
    return load_activity_library(LIBRARY_FILE)


def load_activity_library(path: Path) -> ActivityLibrary:
    """Read a library file. Raises ContentError naming file and key when anything in it is amiss."""
    file = read_content(path)
    file.only("version", "purposes", "goals", "activity")
    purposes, goals = file.labels("purposes"), file.labels("goals")
    activities = file.each("activity", lambda section: _activity(section, purposes, goals))
    refuse_repeats(file.file, "activity.key", (activity.key for activity in activities))
    if [activity.number for activity in activities] != list(range(1, len(activities) + 1)):
        raise ContentError(file.file, "activity.number", "numbers run from 1 without a gap")
    return ActivityLibrary(file.integer("version", least=1, most=10_000), purposes, goals, activities)


def _activity(section: Section, purposes: dict[str, str], goals: dict[str, str]) -> LibraryActivity:
    section.only(
        "key", "number", "name", "minutes", "purpose", "summary", "for_whom", "channels", "smallest_group",
        "largest_group", "prep", "materials", "accessibility", "skip_if", "goals", "steps", "reflection",
    )  # fmt: skip
    smallest = section.integer("smallest_group", least=1, most=20, default=2)
    return LibraryActivity(
        key=section.key("key"),
        number=section.integer("number", least=1, most=999),
        name=section.text("name"),
        minutes=section.integer("minutes", least=5, most=180),
        purpose=section.choice("purpose", purposes),
        summary=section.text("summary"),
        for_whom=section.choice("for_whom", AUDIENCES),
        channels=section.texts("channels", CHANNELS),
        smallest_group=smallest,
        largest_group=section.integer("largest_group", least=smallest, most=20),
        prep=section.text("prep"),
        materials=section.texts("materials"),
        accessibility=section.text("accessibility"),
        skip_if=section.text("skip_if"),
        goals=section.texts("goals", goals),
        steps=section.each("steps", _step),
        reflection=section.text("reflection"),
    )


def _step(section: Section) -> ActivityStep:
    section.only("do", "help")
    return ActivityStep(section.text("do"), section.text("help"))
