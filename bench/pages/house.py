"""The house the pages are measured in: one pair with a long topic, a program with 1,000 pairs, one with 10,000 people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count

from alongside.activities.actions import lay_out_plan
from alongside.discussions.actions import open_topic, post_message
from alongside.discussions.enums import Intention
from alongside.discussions.models import Topic
from alongside.enrollment.enums import ParticipationState
from alongside.enrollment.models import Participation
from alongside.foundation.clock import now as machine_now
from alongside.goals.actions import add_goal
from alongside.meetings.actions import offer_times, take_time
from alongside.mentorships.enums import MentorshipState
from alongside.mentorships.models import Member, Mentorship
from alongside.people.actions import create_administrator
from alongside.people.enums import Channel
from alongside.people.models import Person, Preferences
from alongside.programs.actions import create_program
from alongside.programs.models import Program
from alongside.programs.templates import program_template
from alongside.questionnaires.models import AnswerSet

ZONES = ("Asia/Kolkata", "Europe/London", "America/New_York", "Africa/Lagos", "Australia/Sydney")
_numbers = count(1)


@dataclass
class House:
    coordinator: Person
    mentee: Person
    pair: Mentorship
    topic: Topic
    large: Program  # 10,000 participants, 1,000 pairs


def build(*, participants: int, pairs: int, messages: int) -> House:
    """Fills an empty database. The pair everybody looks at lives in the large program, as it would."""
    now = machine_now()
    coordinator = create_administrator(email="ada@example.org", name="Ada", password="three herons at dusk")
    program = create_program(
        actor=coordinator,
        name="Spring career program",
        zone="Europe/Stockholm",
        template=program_template("career"),
    )
    Program.objects.filter(pk=program.pk).update(state="running", starts_on=now.date() - timedelta(days=60))
    program.refresh_from_db()
    places = _places(program, participants, now)
    rows = _pairs(program, places, pairs, now)
    pair = rows[0]
    mentee, mentor = (
        member.person for member in pair.members.select_related("person__preferences").order_by("role")
    )
    topic = _talk(pair, mentee, mentor, messages, now)
    lay_out_plan(mentorship=pair, now=now)
    for title in ("Say it in the room", "Find out whether I want to lead", "Fewer evenings with mail"):
        add_goal(mentorship=pair, actor=mentee, title=title, shared=True, now=now)
    meeting = offer_times(
        mentorship=pair,
        actor=mentor,
        times=[now + timedelta(days=3)],
        minutes=45,
        channel=Channel.VIDEO,
        now=now,
    )
    take_time(meeting=meeting, actor=mentee, offered=meeting.offered_times.get().public_id, now=now)
    return House(coordinator, mentee, pair, topic, program)


def _people(number: int) -> list[Person]:
    people = [
        Person(
            email=f"p{next(_numbers)}@example.org",
            name=f"Person {n}",
            full_name=f"Person Number {n}",
            password="!",
        )
        for n in range(number)
    ]
    Person.objects.bulk_create(people, batch_size=1000)
    Preferences.objects.bulk_create(
        (Preferences(person=person, zone=ZONES[n % len(ZONES)]) for n, person in enumerate(people)),
        batch_size=1000,
    )
    return people


def _places(program: Program, number: int, now: datetime) -> list[Participation]:
    people = _people(number)
    answers = [AnswerSet(questionnaire=program.form, changed_at=now) for _ in people]
    AnswerSet.objects.bulk_create(answers, batch_size=1000)
    match_type = program.match_types.get()
    places = [
        Participation(
            program=program,
            match_type=match_type,
            person=person,
            role="mentee" if n % 2 == 0 else "mentor",
            state=ParticipationState.APPROVED if n % 10 else ParticipationState.SUBMITTED,
            state_since=now,
            approved_at=now if n % 10 else None,
            answers=answers[n],
        )
        for n, person in enumerate(people)
    ]
    Participation.objects.bulk_create(places, batch_size=1000)
    return places


def _pairs(program: Program, places: list[Participation], number: int, now: datetime) -> list[Mentorship]:
    started = date(now.year, now.month, now.day) - timedelta(days=60)
    approved = [place for place in places if place.state == ParticipationState.APPROVED]
    mentees = [place for place in approved if place.role == "mentee"][:number]
    mentors = [place for place in approved if place.role == "mentor"][:number]
    rows = [
        Mentorship(
            program=program,
            match_type=place.match_type,
            state=MentorshipState.RUNNING,
            state_since=now,
            started_on=started,
            ends_on=started + timedelta(days=182),
            rhythm_days=21,
            last_contact_on=started + timedelta(days=10 + n % 50),
            first_met_at=datetime.combine(started + timedelta(days=10), datetime.min.time(), tzinfo=UTC),
        )
        for n, place in enumerate(mentees)
    ]
    Mentorship.objects.bulk_create(rows, batch_size=1000)
    Member.objects.bulk_create(_members(rows, mentees, mentors), batch_size=1000)
    return rows


def _members(
    rows: list[Mentorship], mentees: list[Participation], mentors: list[Participation]
) -> Iterator[Member]:
    for row, mentee, mentor in zip(rows, mentees, mentors, strict=True):
        yield Member(mentorship=row, participation=mentee, person_id=mentee.person_id, role="mentee")
        yield Member(mentorship=row, participation=mentor, person_id=mentor.person_id, role="mentor")


def _talk(pair: Mentorship, mentee: Person, mentor: Person, number: int, now: datetime) -> Topic:
    topics = [
        open_topic(mentorship=pair, actor=mentee, title=title, intention=Intention.ADVICE, now=now)
        for title in ("The review talk", "Visa question", "What leading would mean")
    ]
    words = "I asked our travel desk, and they say it takes *about* three weeks. What would you do first?"
    for n in range(number):
        author = mentee if n % 3 else mentor
        post_message(
            topic=topics[0],
            actor=author,
            body=f"{words} ({n})",
            now=now - timedelta(minutes=5 * (number - n)),
        )
    return topics[0]
