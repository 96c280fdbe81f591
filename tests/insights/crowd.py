"""Many people at once, written with bulk_create."""

from datetime import date, timedelta

from django.db import connection

from alongside.enrollment.enums import ParticipationState, Role
from alongside.enrollment.models import Participation
from alongside.insights.models import Signal
from alongside.mentorships.enums import MemberRole, MentorshipState
from alongside.mentorships.models import Member, Mentorship
from alongside.people.models import Person, Preferences
from alongside.programs.models import Program
from alongside.questionnaires.models import AnswerSet
from tests.factories import NOW


def crowd(program: Program, people: int, *, pairs: int) -> None:
    """`people` enrolled (half mentees, half mentors), the first `pairs` of each together; every tenth pair quiet."""
    match_type = program.match_types.get()
    persons = Person.objects.bulk_create(
        [
            Person(name=f"Person {place}", email=f"crowd.{program.pk}.{place}@example.org")
            for place in range(people)
        ]
    )
    Preferences.objects.bulk_create([Preferences(person=person) for person in persons])
    sets = AnswerSet.objects.bulk_create(
        [AnswerSet(questionnaire=program.form, changed_at=NOW) for _person in persons]
    )
    rows = Participation.objects.bulk_create(
        [
            Participation(
                program=program,
                match_type=match_type,
                person=person,
                role=Role.MENTOR if place % 2 else Role.MENTEE,
                state=ParticipationState.APPROVED,
                answers=answers,
                state_since=NOW - timedelta(days=place % 40),
                approved_at=NOW - timedelta(days=place % 40),
            )
            for place, (person, answers) in enumerate(zip(persons, sets, strict=True))
        ]
    )
    started = date(2026, 1, 5)
    together = Mentorship.objects.bulk_create(
        [
            Mentorship(
                program=program,
                match_type=match_type,
                state=MentorshipState.RUNNING,
                state_since=NOW,
                started_on=started,
                ends_on=started + timedelta(days=182),
                rhythm_days=21,
                first_met_at=NOW if place % 3 else None,
            )
            for place in range(pairs)
        ]
    )
    Member.objects.bulk_create(
        [
            Member(
                mentorship=row,
                participation=rows[2 * place + side],
                person=persons[2 * place + side],
                role=role,
            )
            for place, row in enumerate(together)
            for side, role in enumerate((MemberRole.MENTEE, MemberRole.MENTOR))
        ]
    )
    Signal.objects.bulk_create(
        [
            Signal(
                mentorship=row,
                computed_at=NOW,
                **(
                    {"team_state": "quiet", "team_reason": "no contact", "team_since": started}
                    if place % 10 == 0
                    else {}
                ),
            )
            for place, row in enumerate(together)
        ]
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # a database that grew by and by has counted its rows, and plans by them
