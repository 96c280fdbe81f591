"""Agendas and conversation starters that ship with the product, read from data/agendas.toml."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alongside.foundation.contentfile import Section, read_content, refuse_repeats

AGENDAS_FILE = Path(__file__).parent / "data" / "agendas.toml"
TALKS = ("first", "regular", "closing")
CHANNELS = ("topics", "video", "voice", "phone", "text", "email", "in_person")


@dataclass(frozen=True)
class AgendaPart:
    """One part of a talk: so many `minutes`, or, in a written talk, the `day` on which it begins."""

    title: str
    text: str
    minutes: int | None
    day: int | None


@dataclass(frozen=True)
class Agenda:
    """One agenda. `minutes` is the sum of its parts; a written one has `days` instead."""

    key: str
    name: str
    for_talk: str
    channels: tuple[str, ...]
    intro: str
    minutes: int | None
    days: int | None
    parts: tuple[AgendaPart, ...]


@dataclass(frozen=True)
class Mood:
    """Conversation starters of one mood."""

    key: str
    name: str
    intro: str
    starters: tuple[str, ...]


@dataclass(frozen=True)
class TalkHelp:
    """What helps a talk along: agendas and starters, in their printed order."""

    version: int
    agendas: tuple[Agenda, ...]
    moods: tuple[Mood, ...]

    def agenda(self, key: str) -> Agenda:
        """The agenda with this key; KeyError when there is none."""
        for agenda in self.agendas:
            if agenda.key == key:
                return agenda
        raise KeyError(key)

    def for_talk(self, talk: str, channel: str | None = None) -> tuple[Agenda, ...]:
        """The agendas for a first, regular or closing talk, those for this channel only where one is given."""
        return tuple(
            agenda
            for agenda in self.agendas
            if agenda.for_talk == talk and (channel is None or channel in agenda.channels)
        )


@cache
def talk_help() -> TalkHelp:
    """Agendas and starters as shipped, read once for each process."""
    return load_talk_help(AGENDAS_FILE)


def load_talk_help(path: Path) -> TalkHelp:
    """Read an agendas file. Raises ContentError naming file and key when anything in it is amiss."""
    file = read_content(path)
    file.only("version", "agenda", "mood")
    agendas, moods = file.each("agenda", _agenda), file.each("mood", _mood)
    refuse_repeats(file.file, "agenda.key", (agenda.key for agenda in agendas))
    refuse_repeats(file.file, "mood.key", (mood.key for mood in moods))
    refuse_repeats(file.file, "mood.starters", (starter for mood in moods for starter in mood.starters))
    return TalkHelp(file.integer("version", least=1, most=10_000), agendas, moods)


def _agenda(section: Section) -> Agenda:
    section.only("key", "name", "for_talk", "channels", "intro", "minutes", "days", "parts")
    written = section.has("days")
    parts = section.each("parts", _written_part if written else _spoken_part)
    minutes = None if written else section.integer("minutes", least=10, most=180)
    if minutes is not None and minutes != sum(part.minutes or 0 for part in parts):
        raise section.error("minutes", "the minutes of the parts do not add up to it")
    return Agenda(
        key=section.key("key"),
        name=section.text("name"),
        for_talk=section.choice("for_talk", TALKS),
        channels=section.texts("channels", CHANNELS),
        intro=section.text("intro"),
        minutes=minutes,
        days=section.integer("days", least=2, most=60) if written else None,
        parts=parts,
    )


def _spoken_part(section: Section) -> AgendaPart:
    section.only("minutes", "title", "text")
    minutes = section.integer("minutes", least=1, most=120)
    return AgendaPart(section.text("title"), section.text("text"), minutes, None)


def _written_part(section: Section) -> AgendaPart:
    section.only("day", "title", "text")
    day = section.integer("day", least=1, most=60)
    return AgendaPart(section.text("title"), section.text("text"), None, day)


def _mood(section: Section) -> Mood:
    section.only("key", "name", "intro", "starters")
    return Mood(section.key("key"), section.text("name"), section.text("intro"), section.texts("starters"))
