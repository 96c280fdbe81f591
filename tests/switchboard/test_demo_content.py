import dataclasses
import datetime as dt
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise, permutations
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from alongside.engine.timing.hours import PersonHours
from alongside.engine.timing.notation import parse_hours
from alongside.engine.timing.quiet import is_open, open_windows
from alongside.foundation.contentfile import ContentError
from alongside.foundation.voice import banned_words_in
from alongside.programs.templates import TemplateQuestion, program_template
from alongside.switchboard.demo.content import DEMO_FOLDER, demo_content, load_demo_content
from alongside.switchboard.demo.moments import Moment, parse_moment
from alongside.switchboard.demo.pairs import DemoPair

DEMO = demo_content()
# Summer, winter, a week in which clocks change, a weekend, a leap day.
TODAYS = [
    dt.date(2026, 7, 15),
    dt.date(2026, 12, 9),
    dt.date(2027, 3, 24),
    dt.date(2026, 10, 31),
    dt.date(2028, 2, 29),
]
MAIN = [pair for pair in DEMO.pairs.values() if pair.program == "spring"]


def texts_of(thing: object) -> Iterator[str]:
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, Mapping):
        for value in thing.values():
            yield from texts_of(value)
    elif isinstance(thing, tuple | list):
        for value in thing:
            yield from texts_of(value)
    elif dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            yield from texts_of(getattr(thing, field.name))


def hours_of(key: str) -> PersonHours:
    person = DEMO.person(key)
    return PersonHours(person.zone, (*parse_hours(person.hours), *parse_hours(person.possible_hours)))


# --- people ---


def test_people_are_many_and_live_in_many_zones() -> None:
    people = DEMO.cast.people.values()

    assert 60 <= len(people) <= 65
    assert len({person.zone for person in people}) >= 30
    assert [person.key for person in people if not person.email.endswith("@example.org")] == []


def test_named_cast_is_who_the_tour_expects() -> None:
    named = {key: DEMO.person(key) for key in ("mira", "ana", "tom", "sam")}

    assert {key: (person.full_name, person.zone) for key, person in named.items()} == {
        "mira": ("Mira Lindqvist", "Europe/Stockholm"),
        "ana": ("Ana Rao", "Asia/Kolkata"),
        "tom": ("Tom Whitfield", "Europe/London"),
        "sam": ("Sam Okafor", "Africa/Lagos"),
    }
    assert (DEMO.cast.coordinator, DEMO.cast.mentee, DEMO.cast.mentor, DEMO.cast.administrator) == (
        "mira", "ana", "tom", "sam",
    )  # fmt: skip


@pytest.mark.parametrize("key", DEMO.cast.people)
def test_person_has_a_known_zone_and_hours_that_can_be_read(key: str) -> None:
    hours = hours_of(key)

    assert ZoneInfo(DEMO.person(key).zone)
    assert hours.windows
    assert DEMO.person(key).channels


def test_hours_differ_as_lives_do() -> None:
    hours = [parse_hours(person.hours) for person in DEMO.cast.people.values()]

    assert any(window.end <= window.start for windows in hours for window in windows)  # a night shift
    assert any(len({window.weekday for window in windows}) <= 3 for windows in hours)  # part time
    assert any(window.start <= dt.time(6) for windows in hours for window in windows)  # early
    assert any(window.kept for windows in hours for window in windows)
    assert any(window.weekday == 6 for windows in hours for window in windows)


def test_nothing_in_the_demo_uses_a_banned_word() -> None:
    assert [(word, text) for text in texts_of(DEMO) for word in banned_words_in(text)] == []


# --- programs and participations ---


def test_programs_stand_at_different_points() -> None:
    assert {program.key: (program.template, program.state) for program in DEMO.programs.values()} == {
        "spring": ("career", "running"),
        "buddies": ("buddy", "enrolling"),
        "leadership": ("reverse", "matching"),
        "pilot": ("career", "archived"),
        "return": ("career", "closed"),
        "abroad": ("career", "draft"),
    }


def test_program_dates_are_in_order_and_fit_the_state() -> None:
    for program in DEMO.programs.values():
        dates = [
            program.enrolls_from,
            program.enrolls_until,
            program.matches_on,
            program.starts_on,
            program.ends_on,
        ]
        assert dates == sorted(dates)
        assert (program.starts_on < 0) == (program.state in ("running", "closed", "archived"))


def test_every_state_of_enrollment_occurs_in_the_buddy_program() -> None:
    states = {place.state for place in DEMO.participations if place.program == "buddies"}

    assert states == {
        "invited", "started", "submitted", "waitlisted", "approved", "declined", "withdrawn", "retired",
    }  # fmt: skip


def _fits(question: TemplateQuestion, answer: object) -> bool:
    options = {option.id for option in question.options}
    if question.kind == "single":
        return answer in options
    if question.kind in ("multiple", "ranked"):
        assert isinstance(answer, list)
        return set(answer) <= options and len(answer) <= (question.most_choices or len(options))
    if question.kind == "number":
        assert isinstance(answer, int)
        return (question.least or 0) <= answer <= (question.most or 0)
    return answer is True if question.kind == "consent" else bool(answer)


@pytest.mark.parametrize("place", DEMO.participations, ids=lambda place: f"{place.program}-{place.person}")
def test_form_answers_fit_the_form(place: object) -> None:
    questions = {
        question.key: question
        for question in program_template(DEMO.programs[place.program].template).questions  # type: ignore[attr-defined]
    }
    answers = DEMO.form_answers(place, TODAYS[0])  # type: ignore[arg-type]

    assert [key for key, answer in answers.items() if not _fits(questions[key], answer)] == []
    assert set(place.answers) <= set(answers) or place.state in ("started", "invited")  # type: ignore[attr-defined]


def test_whoever_submitted_has_answered_what_is_required() -> None:
    for place in DEMO.participations:
        if place.state in ("invited", "started"):
            continue
        answers = DEMO.form_answers(place, TODAYS[0])
        template = program_template(DEMO.programs[place.program].template)
        needed = {
            question.key
            for question in template.questions
            if question.required and question.answered_by in ("everyone", place.role)
        }
        assert needed - set(answers) == set(), place


def test_a_started_form_holds_only_the_steps_behind_it() -> None:
    aisha = next(place for place in DEMO.participations if place.state == "started")
    invited = next(place for place in DEMO.participations if place.state == "invited")

    answers = DEMO.form_answers(aisha, dt.date(2026, 7, 15))

    assert answers["start_date"] == "2026-07-25"
    assert answers["site"] == "Kano"
    assert "hours" not in answers
    assert "consent_talks" not in answers
    assert DEMO.form_answers(invited, TODAYS[0]) == {}


def test_overrides_speak_of_enrolled_people() -> None:
    enrolled = {
        (place.program, place.person, place.role)
        for place in DEMO.participations
        if place.state == "approved"
    }

    for override in DEMO.overrides:
        assert (override.program, override.mentee, "mentee") in enrolled
        assert (override.program, override.mentor, "mentor") in enrolled
        assert DEMO.person(override.mentee).unit != DEMO.person(override.mentor).unit


@pytest.mark.parametrize("program", ["leadership", "buddies"])
def test_a_draft_can_place_everybody(program: str) -> None:
    places = [place for place in DEMO.participations if (place.program, place.state) == (program, "approved")]
    mentees = [place.person for place in places if place.role == "mentee"]
    seats = [place.person for place in places if place.role == "mentor" for _ in range(place.capacity)]

    assert any(
        all(_could_pair(program, mentee, mentor) for mentee, mentor in zip(mentees, order, strict=True))
        for order in permutations(seats, len(mentees))
    )


@cache
def _could_pair(program: str, mentee: str, mentor: str) -> bool:
    said = {
        (override.mentee, override.mentor): override.kind
        for override in DEMO.overrides
        if override.program == program
    }
    pinned = next((other for (one, other), kind in said.items() if one == mentee and kind == "pin"), mentor)
    rules = {rule.kind: rule for rule in program_template(DEMO.programs[program].template).rules}
    one, other = DEMO.person(mentee), DEMO.person(mentor)
    return (
        pinned == mentor
        and said.get((mentee, mentor)) != "forbid"
        and ("different_unit" not in rules or one.unit != other.unit)
        and bool(set(one.languages) & set(other.languages))
        and _shared_minutes(mentee, mentor) >= (rules["shared_hours"].minutes or 0)
    )


def _shared_minutes(one: str, other: str) -> float:
    monday = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
    week = monday, monday + dt.timedelta(days=7)
    shared = open_windows(hours_of(one), *week) & open_windows(hours_of(other), *week)
    return sum((stretch.end - stretch.start).total_seconds() for stretch in shared) / 60


# --- pairs ---


def test_running_program_shows_every_state_of_a_pair() -> None:
    ended_early = [pair.key for pair in MAIN if pair.closing and pair.closing.kind == "early"]

    assert len(MAIN) == 18
    assert Counter(pair.state for pair in MAIN) == {
        "running": 11, "trial": 3, "closed": 2, "paused": 1, "closing": 1,
    }  # fmt: skip
    assert Counter(pair.shows for pair in MAIN) == {"settled": 14, "quiet": 2, "would_like_a_hand": 2}
    assert ended_early == ["omar-nino"]


def test_pairs_are_made_of_participants_within_capacity() -> None:
    places = {(place.program, place.person, place.role): place for place in DEMO.participations}
    for pair in DEMO.pairs.values():
        assert (pair.program, pair.mentee, "mentee") in places
        assert (pair.program, pair.mentor, "mentor") in places
        assert set(DEMO.person(pair.mentee).languages) & set(DEMO.person(pair.mentor).languages)

    load = Counter(pair.mentor for pair in MAIN if pair.state != "closed")
    assert [
        mentor for mentor, pairs in load.items() if places["spring", mentor, "mentor"].capacity < pairs
    ] == []


@pytest.mark.parametrize("pair", MAIN, ids=lambda pair: pair.key)
def test_dates_of_a_pair_agree_with_its_state(pair: DemoPair) -> None:
    ended = pair.closed if pair.closed is not None else 0

    assert all(pair.started <= talk <= ended for talk in pair.talks)
    assert (pair.closed is not None) == (pair.state == "closed")
    assert (pair.closing is not None) == (pair.state in ("closing", "closed"))
    assert (pair.pause is not None) == (pair.state == "paused")
    assert (pair.hand is not None) == (pair.shows == "would_like_a_hand")
    assert pair.next_day is None or pair.next_day > 0


@pytest.mark.parametrize("today", TODAYS, ids=str)
def test_talks_lie_in_the_open_hours_of_both(today: dt.date) -> None:
    for pair in DEMO.pairs.values():
        zone = DEMO.person(pair.mentee).zone
        for day in (*pair.talks, *([pair.next_day] if pair.next_day else [])):
            at = Moment(day, pair.talk_minutes).on_workday(today).instant(today, zone)
            # Part-timers make an exception for the day of a talk, never for its time of day.
            for member in pair.members:
                around = [at + dt.timedelta(days=shift) for shift in range(-3, 4)]
                assert any(is_open(hours_of(member), instant) for instant in around), (pair.key, member, at)


def last_contact(pair: DemoPair) -> int | None:
    days = [
        *pair.talks,
        *(
            meeting.at.days
            for meeting in DEMO.meetings
            if meeting.pair == pair.key and meeting.state == "held" and meeting.at
        ),
        *(message.at.days for topic in DEMO.topics if topic.pair == pair.key for message in topic.messages),
    ]
    return max(days, default=None)


@pytest.mark.parametrize(
    "pair", [pair for pair in MAIN if pair.state in ("running", "trial")], ids=lambda pair: pair.key
)
def test_signal_follows_from_the_facts(pair: DemoPair) -> None:
    contact = last_contact(pair)
    planned = pair.next_day is not None or any(
        meeting.pair == pair.key and meeting.state in ("booked", "proposed") for meeting in DEMO.meetings
    )
    silent = -(pair.started if contact is None else contact)
    start_is_slow = contact is None and -pair.started >= 14
    quiet = pair.rhythm is not None and silent > 1.5 * pair.rhythm and not planned

    assert pair.shows == (
        "would_like_a_hand" if pair.hand else "quiet" if quiet or start_is_slow else "settled"
    )


# --- talk ---


def test_talk_is_rich_enough() -> None:
    ana_and_tom = [topic for topic in DEMO.topics if topic.pair == "ana-tom"]

    assert len(DEMO.topics) >= 12
    assert len(ana_and_tom) == 5
    assert sum(len(topic.messages) for topic in ana_and_tom) >= 40
    assert all(3 <= len(topic.messages) <= 14 for topic in DEMO.topics)
    assert {topic.intention for topic in DEMO.topics} == {"to_be_heard", "advice", "decision", "sharing"}
    assert {topic.state for topic in DEMO.topics} == {"open", "resting", "closed"}


def test_messages_expect_different_things() -> None:
    messages = [message for topic in DEMO.topics for message in topic.messages]

    assert {message.expects for message in messages} == {"no_reply", "whenever", "by_date"}
    assert all((message.reply_by is not None) == (message.expects == "by_date") for message in messages)
    assert sum(message.send is not None for message in messages) == 1
    assert min(len(message.text) for message in messages) < 30
    assert max(len(message.text) for message in messages) > 500


@pytest.mark.parametrize("today", TODAYS, ids=str)
def test_messages_follow_each_other_on_the_worlds_clock(today: dt.date) -> None:
    for topic in DEMO.topics:
        written = [message.at.instant(today, DEMO.person(message.by).zone) for message in topic.messages]
        assert all(before < after for before, after in pairwise(written)), topic.key
        assert written[-1] < dt.datetime.combine(today, dt.time(), tzinfo=dt.UTC)


def test_topics_lie_within_the_time_of_their_pair() -> None:
    for topic in DEMO.topics:
        assert topic.messages[0].by == topic.by
        assert topic.messages[0].at.days >= DEMO.pairs[topic.pair].started
        assert topic.closed_day is None or topic.closed_day >= topic.messages[-1].at.days
        assert {message.by for message in topic.messages} == set(DEMO.pairs[topic.pair].members)


# --- meetings, goals, activities, agreements, requests, surveys ---


def test_meetings_show_every_state() -> None:
    assert {meeting.state for meeting in DEMO.meetings} == {
        "held", "booked", "proposed", "not_held", "canceled",
    }  # fmt: skip
    for meeting in DEMO.meetings:
        coming = meeting.state in ("booked", "proposed")
        moments = meeting.offered or ((meeting.at,) if meeting.at else ())
        assert all((at.days > 0) == coming for at in moments), meeting.key
    assert any(meeting.private_notes for meeting in DEMO.meetings)
    assert any(meeting.goals_tucked_away for meeting in DEMO.meetings)


def test_agendas_leave_life_first_to_the_page_which_opens_with_it() -> None:
    lines = [line.text for meeting in DEMO.meetings for line in meeting.agenda]

    assert lines
    assert [line for line in lines if line.lower().startswith("life first")] == []


def test_goals_stand_in_every_state_and_say_why_they_were_let_go() -> None:
    goals = DEMO.paths.goals
    ana = {goal.state for goal in goals if goal.owner == "ana"}

    assert ana == {"idea", "active", "resting", "reached", "let_go"}
    assert all(goal.farewell for goal in goals if goal.state == "let_go")
    assert all(goal.wakes for goal in goals if goal.state == "resting")
    assert any(goal.became for goal in goals)
    assert any(not goal.shared for goal in goals)


def test_activities_stand_in_every_state() -> None:
    activities = DEMO.paths.activities

    assert {activity.state for activity in activities} == {"planned", "done", "skipped"}
    assert all((activity.day > 0) == (activity.state == "planned") for activity in activities)
    assert any(activity.title for activity in activities)


def test_agreements_are_signed_by_both_but_for_one_that_waits() -> None:
    waiting = [
        agreement.pair
        for agreement in DEMO.paths.agreements
        if len(agreement.signed) < len(DEMO.pairs[agreement.pair].members)
    ]

    assert waiting == ["nadia-rob"]
    for agreement in DEMO.paths.agreements:
        assert {"rhythm", "channels", "time_zones", "confidentiality", "exit"} <= set(agreement.lines)


def test_requests_show_what_can_become_of_them() -> None:
    assert {request.state for request in DEMO.paths.requests} == {
        "sent", "accepted", "declined", "expired", "withdrawn",
    }  # fmt: skip
    open_requests = Counter(request.mentee for request in DEMO.paths.requests if request.state == "sent")
    assert max(open_requests.values()) <= 2
    assert all((request.settled is None) == (request.state == "sent") for request in DEMO.paths.requests)


def test_one_wave_can_be_shown_and_one_is_held_back() -> None:
    shown, held_back = DEMO.waves

    assert (shown.survey, len(shown.responses)) == ("how-is-it-going", 27)
    assert (held_back.survey, len(held_back.responses)) == ("half-way", 3)
    comments = [response.answers["OPEN1"] for response in shown.responses if "OPEN1" in response.answers]
    assert len(comments) >= 5
    spread = {response.answers.get("RHY1") for response in shown.responses}
    assert spread == {1, 2, 3, 4, 5}
    assert sum(need.points for need in held_back.responses[0].needs) == 10


def test_coordinator_tells_everybody_something_old_and_something_new() -> None:
    told = DEMO.announcements

    assert [(words.program, words.by, words.circle, words.at is not None) for words in told] == [
        ("spring", "mira", "everybody", True),
        ("spring", "mira", "everybody", True),
        ("spring", "mira", "mentors", False),
    ]
    assert "27 answers" in told[0].body
    assert len(DEMO.waves[0].responses) == 27


# --- moments and mistakes ---


def test_moment_reads_days_and_wall_time() -> None:
    assert parse_moment("-12 09:30") == Moment(-12, 570)
    assert parse_moment("+3 00:00") == Moment(3, 0)
    assert [parse_moment(text) for text in ("12 09:30", "-1 24:00", "-1 9:30", "")] == [None] * 4


def test_moment_is_an_instant_of_its_zone() -> None:
    at = Moment(-1, 22 * 60 + 50).instant(dt.date(2026, 7, 15), "Europe/London")

    assert at == dt.datetime(2026, 7, 14, 21, 50, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("days", "moved"),
    [(-1, -1), (-2, -2), (-3, -5), (-4, -5), (-5, -5), (-10, -12), (-11, -12), (3, 5), (4, 5), (5, 5)],
)
def test_weekend_moves_back_in_the_past_and_on_in_the_future(days: int, moved: int) -> None:
    wednesday = dt.date(2026, 7, 15)

    assert Moment(days, 600).on_workday(wednesday) == Moment(moved, 600)


@pytest.mark.parametrize(
    ("name", "old", "new", "named"),
    [
        ("people", 'key = "ana"', 'key = "tom"', r"people\.toml: person\.key"),
        ("programs", 'person = "ana"', 'person = "anna"', r"programs\.toml: participation\[1\]\.person"),
        ("pairs", "talks = [-90, -68, -45, -22]", "talks = [-90, 3]", r"pairs\.toml: pair\[2\]\.talks"),
        ("talk", 'at = "-96 10:05"', 'at = "-96 25:05"', r"talk\.toml: topic\[1\]\.messages\[1\]\.at"),
        ("talk", 'closed = { by = "tom", day = -89 }\n', "", r"talk\.toml: topic\[1\]\.closed"),
        ("meetings", 'state = "held"\nat', 'state = "proposed"\nat', r"meetings\.toml: meeting\[1\]\.at"),
        ("paths", 'became = "ana-lead"', 'became = "ana-leads"', r"paths\.toml: goal\[5\]\.became"),
        ("paths", "steps_done = [1, 2, 3, 4, 5, 6]", "steps_done = [7]", r"paths\.toml: activity\[1\]\.steps_done"),
        ("surveys", "core = [5, 4, 5, 4, 4, 5]", "core = [5, 4]", r"surveys\.toml: wave\[1\]\.responses\[1\]\.core"),
        ("announcements", 'at = "-1 09:15"', 'at = "+0 09:15"', r"announcements\.toml: announcement\[2\]\.at"),
        ("surveys", "CON2r = 1", "CON2 = 1", r"surveys\.toml: wave\[2\]\.responses\[1\]\.more\.CON2"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_file_is_refused(name: str, old: str, new: str, named: str, tmp_path: Path) -> None:
    for path in DEMO_FOLDER.glob("*.toml"):
        shutil.copy(path, tmp_path)
    file = tmp_path / f"{name}.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(ContentError, match=re.compile(named)):
        load_demo_content(tmp_path)
