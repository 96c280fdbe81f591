"""What people say in the demo: topics with their messages, survey answers, words to everybody."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from alongside.foundation.contentfile import Section, read_content, refuse_repeats
from alongside.surveys.catalog import CatalogSurvey, survey_catalog
from alongside.switchboard.demo.cast import DemoProgram
from alongside.switchboard.demo.moments import Moment, day, moment, optional_day
from alongside.switchboard.demo.pairs import DemoPair

INTENTIONS = ("to_be_heard", "advice", "decision", "sharing")
EXPECTATIONS = ("no_reply", "whenever", "by_date")
TOPIC_STATES = ("open", "resting", "closed")
CIRCLES = ("everybody", "mentors", "mentees", "unmatched")


@dataclass(frozen=True)
class DemoMessage:
    """One message, written at `at` on the author's clock; with `send` it waits until then."""

    by: str
    at: Moment
    text: str
    expects: str
    reply_by: int | None
    send: Moment | None


@dataclass(frozen=True)
class DemoTopic:
    key: str
    pair: str
    by: str
    title: str
    intention: str
    state: str
    takeaway: str
    closed_by: str
    closed_day: int | None
    messages: tuple[DemoMessage, ...]


@dataclass(frozen=True)
class DemoNeed:
    text: str
    points: int
    rating: int


@dataclass(frozen=True)
class DemoResponse:
    """One set of survey answers: item id to value. It knows a role and no person. Skipped items are absent."""

    role: str
    answers: Mapping[str, int | str]
    needs: tuple[DemoNeed, ...]


@dataclass(frozen=True)
class DemoWave:
    program: str
    survey: str
    opened: int
    closed: int | None
    state: str
    you_said: str
    responses: tuple[DemoResponse, ...]


@dataclass(frozen=True)
class DemoAnnouncement:
    """Words of a coordinator, sent at `at` on the writer's clock; a draft without."""

    program: str
    by: str
    circle: str
    at: Moment | None
    subject: str
    body: str


def load_topics(path: Path, pairs: Mapping[str, DemoPair]) -> tuple[DemoTopic, ...]:
    file = read_content(path)
    file.only("topic")
    topics = file.each("topic", lambda section: _topic(section, pairs))
    refuse_repeats(file.file, "topic.key", (topic.key for topic in topics))
    return topics


def load_waves(path: Path, programs: Collection[str]) -> tuple[DemoWave, ...]:
    file = read_content(path)
    file.only("wave")
    return file.each("wave", lambda section: _wave(section, programs))


def load_announcements(path: Path, programs: Mapping[str, DemoProgram]) -> tuple[DemoAnnouncement, ...]:
    file = read_content(path)
    file.only("announcement")
    return file.each("announcement", lambda section: _announcement(section, programs))


def _topic(section: Section, pairs: Mapping[str, DemoPair]) -> DemoTopic:
    section.only("key", "pair", "by", "title", "intention", "state", "takeaway", "closed", "messages")
    pair = pairs[section.choice("pair", pairs)]
    state = section.choice("state", TOPIC_STATES)
    if (state == "closed") != section.has("closed"):
        raise section.error("closed", "says who closed the topic and when; open and resting ones have none")
    closed = section.table("closed") if section.has("closed") else None
    return DemoTopic(
        key=section.key("key"),
        pair=pair.key,
        by=section.choice("by", pair.members),
        title=section.text("title"),
        intention=section.choice("intention", INTENTIONS),
        state=state,
        takeaway=section.text("takeaway", None if closed else ""),
        closed_by=closed.choice("by", pair.members) if closed else "",
        closed_day=day(closed, "day") if closed else None,
        messages=section.each("messages", lambda message: _message(message, pair.members)),
    )


def _message(section: Section, members: tuple[str, str]) -> DemoMessage:
    section.only("by", "at", "text", "expects", "reply_by", "send")
    return DemoMessage(
        by=section.choice("by", members),
        at=moment(section, "at"),
        text=section.text("text"),
        expects=section.choice("expects", EXPECTATIONS, default="whenever"),
        reply_by=optional_day(section, "reply_by"),
        send=moment(section, "send") if section.has("send") else None,
    )


def _wave(section: Section, programs: Collection[str]) -> DemoWave:
    section.only("program", "survey", "opened", "closed", "state", "you_said", "responses")
    surveys = {survey.key: survey for survey in survey_catalog().surveys}
    survey = surveys[section.choice("survey", surveys)]
    return DemoWave(
        program=section.choice("program", programs),
        survey=survey.key,
        opened=day(section, "opened"),
        closed=optional_day(section, "closed"),
        state=section.choice("state", ("planned", "open", "closed")),
        you_said=section.text("you_said", ""),
        responses=section.each("responses", lambda response: _response(response, survey)),
    )


def _response(section: Section, survey: CatalogSurvey) -> DemoResponse:
    section.only("role", "core", "hand", "comment", "more", "needs")
    answers: dict[str, int | str] = {}
    core = [item.id for item in survey.items if item.core]
    given = section.integers("core")
    if len(given) != len(core) or not all(0 <= value <= 5 for value in given):
        raise section.error("core", f"six numbers from 0 to 5 stand here, for {', '.join(core)}")
    answers |= {item_id: value for item_id, value in zip(core, given, strict=True) if value}
    if section.has("more"):
        answers |= _more(section.table("more"), survey)
    if section.has("hand"):
        answers["HAND"] = section.choice("hand", ("no", "tip", "contact"))
    if section.has("comment"):
        answers["OPEN1"] = section.text("comment")
    return DemoResponse(
        role=section.choice("role", ("mentee", "mentor")),
        answers=answers,
        needs=section.each("needs", _need, optional=True),
    )


def _more(section: Section, survey: CatalogSurvey) -> dict[str, int]:
    section.only(*(item.id for item in survey.items if item.kind == "agree5" and not item.core))
    return {item_id: section.integer(item_id, least=1, most=5) for item_id in section.values}


def _need(section: Section) -> DemoNeed:
    section.only("text", "points", "rating")
    return DemoNeed(
        text=section.text("text"),
        points=section.integer("points", least=0, most=10),
        rating=section.integer("rating", least=1, most=5),
    )


def _announcement(section: Section, programs: Mapping[str, DemoProgram]) -> DemoAnnouncement:
    section.only("program", "by", "circle", "at", "subject", "body")
    program = programs[section.choice("program", programs)]
    at = moment(section, "at") if section.has("at") else None
    if at is not None and at.days >= 0:
        raise section.error(
            "at", "words that are out were sent before today; without a moment they are a draft"
        )
    return DemoAnnouncement(
        program=program.key,
        by=section.choice("by", program.coordinators),
        circle=section.choice("circle", CIRCLES),
        at=at,
        subject=section.text("subject"),
        body=section.text("body"),
    )
