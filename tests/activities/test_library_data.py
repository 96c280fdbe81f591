from collections.abc import Iterator
from pathlib import Path

import pytest

from alongside.activities.library import (
    LIBRARY_FILE,
    LibraryActivity,
    activity_library,
    load_activity_library,
)
from alongside.foundation.contentfile import ContentError
from alongside.foundation.voice import banned_words_in, longest_sentence, reading_ease

# Programs and plans keep these keys in the database: adding is fine, changing one is not.
STABLE_KEYS = (
    "two-timelines", "my-new-normal", "user-manual-of-me", "hopes-not-goals", "from-hope-to-first-step",
    "does-it-still-matter", "case-on-the-table", "shadow-by-screen", "reverse-hour", "network-map",
    "introduction-well-made", "strengths-in-stories", "feedback-rehearsal", "only-questions", "three-silences",
    "decision-two-way", "career-window", "read-together", "small-experiment", "setback-walk-through",
    "boundary-planner", "letter-to-next-years-me", "half-time-talk", "good-ending",
)  # fmt: skip

ACTIVITIES = activity_library().activities


def texts_of(activity: LibraryActivity) -> Iterator[str]:
    yield from (activity.name, activity.summary, activity.prep, activity.accessibility, activity.skip_if)
    yield activity.reflection
    yield from activity.materials
    for step in activity.steps:
        yield from (step.do, step.help)


def test_library_holds_the_24_activities_under_stable_keys() -> None:
    assert tuple(activity.key for activity in ACTIVITIES) == STABLE_KEYS
    assert [activity.number for activity in ACTIVITIES] == list(range(1, 25))


@pytest.mark.parametrize("activity", ACTIVITIES, ids=STABLE_KEYS)
def test_activity_can_be_done_without_further_reading(activity: LibraryActivity) -> None:
    assert 4 <= len(activity.steps) <= 8
    assert activity.channels
    assert activity.goals
    assert activity.materials
    assert activity.reflection.endswith("?")
    assert len({step.do for step in activity.steps}) == len(activity.steps)


@pytest.mark.parametrize("activity", ACTIVITIES, ids=STABLE_KEYS)
def test_activity_reads_plainly(activity: LibraryActivity) -> None:
    texts = list(texts_of(activity))

    assert [word for text in texts for word in banned_words_in(text)] == []
    assert max(longest_sentence(text) for text in texts) <= 24
    assert reading_ease("\n".join(texts)) >= 60


def test_every_goal_tag_and_purpose_is_used() -> None:
    library = activity_library()

    assert {tag for activity in ACTIVITIES for tag in activity.goals} == set(library.goals)
    assert {activity.purpose for activity in ACTIVITIES} == set(library.purposes)


def test_every_channel_and_role_finds_something_to_do() -> None:
    for channel in ("video", "phone", "written"):
        assert sum(channel in activity.channels for activity in ACTIVITIES) >= 12
    assert {"both", "mentee"} <= {activity.for_whom for activity in ACTIVITIES}


def test_activity_is_found_by_key_and_by_goal() -> None:
    library = activity_library()

    assert library.activity("three-silences").number == 15
    assert [activity.key for activity in library.for_goal("network")] == [
        "network-map", "introduction-well-made", "good-ending",
    ]  # fmt: skip
    with pytest.raises(KeyError):
        library.activity("four-silences")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('key = "my-new-normal"', 'key = "two-timelines"', "activity.key"),
        ("number = 24", "number = 25", "activity.number"),
        ('purpose = "listening"', 'purpose = "hearing"', r"activity\[14\]\.purpose"),
        ('skip_if = "You did this', 'skip_when = "You did this', r"activity\[23\]\.skip_when"),
        ('{ do = "Do this three times.", help', '{ do = "", help', r"activity\[15\]\.steps\[4\]\.do"),
    ],
)
def test_a_mistake_in_the_file_is_refused_with_its_place(
    old: str, new: str, named: str, tmp_path: Path
) -> None:
    text = LIBRARY_FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "library.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(ContentError, match=rf"library\.toml: {named}"):
        load_activity_library(path)
