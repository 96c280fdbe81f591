from collections.abc import Iterator
from pathlib import Path

import pytest

from alongside.foundation.contentfile import ContentError
from alongside.foundation.voice import banned_words_in, longest_sentence, reading_ease
from alongside.meetings.agendas import AGENDAS_FILE, load_talk_help, talk_help
from alongside.people.enums import Channel
from alongside.programs.templates import program_templates
from alongside.switchboard.demo.content import demo_content

HELP = talk_help()


def texts() -> Iterator[str]:
    for agenda in HELP.agendas:
        yield from (agenda.name, agenda.intro)
        for part in agenda.parts:
            yield from (part.title, part.text)
    for mood in HELP.moods:
        yield from (mood.name, mood.intro, *mood.starters)


def test_five_agendas_ship_under_stable_keys() -> None:
    assert [(agenda.key, agenda.for_talk, agenda.minutes, agenda.days) for agenda in HELP.agendas] == [
        ("first-video", "first", 60, None),
        ("first-phone", "first", 30, None),
        ("first-written", "first", None, 7),
        ("regular-talk", "regular", 45, None),
        ("closing-talk", "closing", 45, None),
    ]


@pytest.mark.parametrize("agenda", HELP.agendas, ids=lambda agenda: agenda.key)
def test_agenda_opens_with_life(agenda: object) -> None:
    parts = agenda.parts  # type: ignore[attr-defined]

    assert parts[0].title.startswith("Life first")
    assert 4 <= len(parts) <= 6


def test_sixty_starters_in_six_moods() -> None:
    assert [mood.key for mood in HELP.moods] == ["light", "life", "work", "learning", "hard", "ending"]
    assert [len(mood.starters) for mood in HELP.moods] == [10] * 6
    assert [starter for mood in HELP.moods for starter in mood.starters if not starter.endswith("?")] == []


def test_texts_are_kind_and_plain() -> None:
    assert [word for text in texts() for word in banned_words_in(text)] == []
    assert max(longest_sentence(text) for text in texts()) <= 22
    assert reading_ease("\n".join(texts())) >= 75


def test_channels_are_those_people_choose_from() -> None:
    assert {channel for agenda in HELP.agendas for channel in agenda.channels} <= set(Channel.values)


def test_agendas_are_found_by_talk_and_channel() -> None:
    assert [agenda.key for agenda in HELP.for_talk("first")] == [
        "first-video",
        "first-phone",
        "first-written",
    ]
    assert [agenda.key for agenda in HELP.for_talk("first", "voice")] == ["first-video", "first-phone"]
    assert HELP.for_talk("closing", "topics") == ()
    with pytest.raises(KeyError):
        HELP.agenda("second-video")


def test_plans_and_demo_name_agendas_that_exist() -> None:
    keys = {agenda.key for agenda in HELP.agendas}

    assert {
        item.ref for template in program_templates() for item in template.plan if item.kind == "talk"
    } <= keys
    assert {meeting.agenda_key for meeting in demo_content().meetings} <= keys


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("minutes = 30", "minutes = 31", r"agenda\[2\]\.minutes"),
        ('key = "closing-talk"', 'key = "regular-talk"', r"agenda\.key"),
        ("{ day = 3, title", "{ minutes = 3, title", r"agenda\[3\]\.parts\[2\]\.minutes"),
        ("Where do you feel at home?", "Where do you feel alone with it?", r"mood\.starters"),
    ],
)
def test_a_mistake_in_the_file_is_refused(old: str, new: str, named: str, tmp_path: Path) -> None:
    text = AGENDAS_FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "agendas.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(ContentError, match=rf"agendas\.toml: {named}"):
        load_talk_help(path)
