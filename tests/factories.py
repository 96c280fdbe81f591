"""Plain factories: required fields only, no hidden friends. Each returns a saved row."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from alongside.enrollment.enums import ParticipationState
from alongside.enrollment.models import Participation
from alongside.mentorships.enums import MemberRole, MentorshipState
from alongside.mentorships.models import Member, Mentorship
from alongside.people.models import Person, Preferences
from alongside.programs.enums import ProgramState, StaffRole
from alongside.programs.models import MatchType, Program, Staff
from alongside.questionnaires.models import AnswerSet, Questionnaire

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)  # a Wednesday
PASSWORD = "correct horse battery"
_numbers = count(1)


def person(name: str = "", *, zone: str = "UTC", hours: str = "Mon-Fri 08:00-18:00", **fields: Any) -> Person:
    number = next(_numbers)
    fields.setdefault("email", f"{(name or 'person').lower()}.{number}@example.org")
    row = Person(name=name or f"Person {number}", **fields)
    row.set_password(PASSWORD)
    row.save()
    Preferences.objects.create(person=row, zone=zone, hours=hours)
    return row


def program(*, coordinator: Person | None = None, **fields: Any) -> Program:
    contact = coordinator or person("Coordinator")
    number = next(_numbers)
    fields.setdefault("name", f"Program {number}")
    fields.setdefault("state", ProgramState.ENROLLING)
    row = Program.objects.create(
        contact=contact,
        form=Questionnaire.objects.create(title="Form"),
        join_token=f"join-token-{number}",
        **fields,
    )
    MatchType.objects.create(program=row)
    Staff.objects.create(program=row, person=contact, role=StaffRole.COORDINATOR)
    return row


def participation(in_program: Program, who: Person, role: str, **fields: Any) -> Participation:
    fields.setdefault("state", ParticipationState.APPROVED)
    fields.setdefault("state_since", NOW)
    return Participation.objects.create(
        program=in_program,
        match_type=in_program.match_types.get(),
        person=who,
        role=role,
        answers=AnswerSet.objects.create(questionnaire=in_program.form, changed_at=NOW),
        **fields,
    )


def mentorship(mentee: Participation, mentor: Participation, **fields: Any) -> Mentorship:
    fields.setdefault("state", MentorshipState.RUNNING)
    fields.setdefault("started_on", date(2026, 2, 2))
    fields.setdefault("ends_on", fields["started_on"] + timedelta(days=182))
    fields.setdefault("rhythm_days", 21)
    row = Mentorship.objects.create(
        program=mentee.program, match_type=mentee.match_type, state_since=NOW, **fields
    )
    for participation_, role in ((mentee, MemberRole.MENTEE), (mentor, MemberRole.MENTOR)):
        Member.objects.create(
            mentorship=row, participation=participation_, person=participation_.person, role=role
        )
    return row
