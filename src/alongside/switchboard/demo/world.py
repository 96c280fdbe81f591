"""First part of making the demo: people, programs, and who takes part in them. Returns what the second part needs."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from alongside.enrollment.enums import EnrollmentStep, InvitationState, ParticipationState
from alongside.enrollment.models import Invitation, Participation
from alongside.enrollment.tokens import invitation_token, token_hash
from alongside.foundation.clock import now as machine_now
from alongside.mentorships.models import Mentorship
from alongside.people.enums import SeasonKind
from alongside.people.models import Person, Preferences, Season
from alongside.programs.actions import add_staff, create_program
from alongside.programs.models import Program, Staff
from alongside.programs.templates import program_template
from alongside.questionnaires.actions import create_answer_set, save_many_answers
from alongside.questionnaires.models import Question
from alongside.questionnaires.queries import questions_of
from alongside.switchboard.demo.cast import DemoParticipation, DemoPerson, DemoProgram
from alongside.switchboard.demo.content import DemoContent

STEPS = [step.value for step in EnrollmentStep]
DAY = dt.timedelta(days=1)


@dataclass
class World:
    """What was made so far, by the keys of the content files. `now` is the one moment the demo is told from."""

    content: DemoContent
    now: dt.datetime
    people: dict[str, Person] = field(default_factory=dict)
    programs: dict[str, Program] = field(default_factory=dict)
    places: dict[tuple[str, str], Participation] = field(default_factory=dict)
    pairs: dict[str, Mentorship] = field(default_factory=dict)

    @property
    def today(self) -> dt.date:
        return self.now.date()

    def day(self, days: int) -> dt.date:
        return self.today + days * DAY

    def at(self, days: int, hour: int = 10) -> dt.datetime:
        """A moment on that day, never after now for days that are over."""
        moment = dt.datetime.combine(self.day(days), dt.time(hour), tzinfo=dt.UTC)
        return min(moment, self.now) if days <= 0 else moment


def make_world(content: DemoContent) -> World:
    """People with their hours and seasons, the programs, everybody's place in them."""
    world = World(content, machine_now())
    make_people(world)
    for program in content.programs.values():
        make_program(world, program)
    make_places(world)
    make_invitations(world)
    return world


def make_people(world: World) -> None:
    for entry in world.content.cast.people.values():
        world.people[entry.key] = _person(entry, administrator=entry.key == world.content.cast.administrator)
    Person.objects.bulk_create(world.people.values())
    Preferences.objects.bulk_create(
        _preferences(entry, world.people[entry.key], world.now)
        for entry in world.content.cast.people.values()
    )
    Season.objects.bulk_create(
        Season(
            person=world.people[season.person],
            kind=SeasonKind(season.kind),
            from_on=world.day(season.from_day),
            until_on=world.day(season.until_day),
            note_for_partner=season.note,
        )
        for season in world.content.paths.seasons
    )


def _person(entry: DemoPerson, *, administrator: bool) -> Person:
    person = Person(
        email=entry.email,
        full_name=entry.full_name,
        name=entry.name,
        pronouns=entry.pronouns,
        about=entry.about,
        languages=list(entry.languages),
        job_title=entry.job_title,
        unit=entry.unit,
        is_administrator=administrator,
    )
    person.set_unusable_password()
    return person


def _preferences(entry: DemoPerson, person: Person, now: dt.datetime) -> Preferences:
    return Preferences(
        person=person,
        zone=entry.zone,
        zone_confirmed_at=now,
        hours=entry.hours,
        possible_hours=entry.possible_hours,
        channels=[{"channel": channel} for channel in entry.channels],
        reply_habit=entry.reply_habit,
    )


def make_program(world: World, entry: DemoProgram) -> None:
    """A program from its template, with its dates, doors and staff; its state as the content says."""
    coordinator = world.people[entry.coordinators[0]]
    may_already = coordinator.is_administrator
    coordinator.is_administrator = True  # the first program of a house is opened by an administrator
    program = create_program(
        actor=coordinator, name=entry.name, zone=entry.zone, template=program_template(entry.template)
    )
    coordinator.is_administrator = may_already
    for key in entry.coordinators[1:]:
        add_staff(program=program, actor=coordinator, email=world.people[key].email, role="coordinator")
    Program.objects.filter(pk=program.pk).update(
        summary=entry.summary,
        state=entry.state,
        access=entry.access,
        access_code="WELCOME" if entry.access == "code" else "",
        access_domains="example.org" if entry.access == "domain" else "",
        approval=entry.approval,
        contact=world.people[entry.contact],
        requests_allowed=entry.requests_allowed,
        enrolls_from=world.day(entry.enrolls_from),
        enrolls_until=world.day(entry.enrolls_until),
        matches_on=world.day(entry.matches_on),
        starts_on=world.day(entry.starts_on),
        ends_on=world.day(entry.ends_on),
        archived_at=world.now if entry.state == "archived" else None,
        created_at=world.at(entry.enrolls_from - 20),
    )
    world.programs[entry.key] = Program.objects.get(pk=program.pk)


def make_places(world: World) -> None:
    """Participations with their answers. Who is only invited has none yet: see `make_invitations`."""
    questions = {
        key: {q.key: q for q in questions_of(program.form)} for key, program in world.programs.items()
    }
    answered: list[tuple[Any, dict[Question, Any], int]] = []
    for place in world.content.participations:
        if place.state == ParticipationState.INVITED:
            continue
        row = _participation(world, place)
        world.places[place.program, place.person] = row
        given = world.content.form_answers(place, world.today)
        known = questions[place.program]
        answered.append((
            row.answers,
            {known[key]: value for key, value in given.items() if key in known and not known[key].fills},
            row.person_id,
        ))  # fmt: skip
    save_many_answers(rows=answered, now=world.now)


def _participation(world: World, place: DemoParticipation) -> Participation:
    program = world.programs[place.program]
    since = world.at(place.since)
    passed = place.state not in (ParticipationState.STARTED, ParticipationState.INVITED)
    return Participation.objects.create(
        program=program,
        match_type=program.match_types.get(),
        person=world.people[place.person],
        role=place.role,
        state=place.state,
        state_since=since,
        answers=create_answer_set(questionnaire=program.form, now=since),
        steps_done=STEPS if passed else STEPS[: STEPS.index(place.step)],
        step=place.step,
        capacity=place.capacity,
        hours_per_month=place.hours_per_month,
        submitted_at=since if passed else None,
        approved_at=since
        if place.state in (ParticipationState.APPROVED, ParticipationState.RETIRED)
        else None,
        note_from_team=place.note,
        created_at=since,
    )


def make_invitations(world: World) -> None:
    """Everybody was invited once: accepted by those who came, still open for the others."""
    by_program: dict[str, list[DemoParticipation]] = defaultdict(list)
    for place in world.content.participations:
        by_program[place.program].append(place)
    for key, places in by_program.items():
        program = world.programs[key]
        sender = Staff.objects.filter(program=program).order_by("pk").first()
        invitations = [
            Invitation(
                program=program,
                email=world.people[place.person].email,
                name=world.people[place.person].full_name,
                role=place.role,
                state=InvitationState.SENT if place.state == "invited" else InvitationState.ACCEPTED,
                invited_by_id=sender.person_id if sender else None,
                created_at=world.at(place.since - 4),
                sent_at=world.at(place.since - 4),
                answered_at=world.at(place.since) if place.state != "invited" else None,
                expires_at=world.at(place.since + 40),
            )
            for place in places
        ]
        for invitation in invitations:
            invitation.token_hash = token_hash(invitation_token(invitation))
        Invitation.objects.bulk_create(invitations)
