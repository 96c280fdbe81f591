"""Reading mentorships: who is in them, and how many a mentor holds."""

from django.db.models import Count, Q, QuerySet

from alongside.enrollment.models import Participation
from alongside.mentorships.enums import OPEN_STATES, MemberRole
from alongside.mentorships.models import Member, Mentorship
from alongside.people.models import Person


def open_load(participation: Participation) -> int:
    """How many open mentorships this participation mentors now. The number capacity is compared with."""
    return Member.objects.filter(
        participation=participation, role=MemberRole.MENTOR, mentorship__state__in=OPEN_STATES
    ).count()


def with_load(participations: QuerySet[Participation]) -> QuerySet[Participation]:
    """Adds `load` (open mentorships as mentor) and `as_mentee` (open mentorships as mentee) to each row."""
    is_open = Q(memberships__mentorship__state__in=OPEN_STATES)
    return participations.annotate(
        load=Count("memberships", filter=is_open & Q(memberships__role=MemberRole.MENTOR), distinct=True),
        as_mentee=Count(
            "memberships", filter=is_open & Q(memberships__role=MemberRole.MENTEE), distinct=True
        ),
    )


def members_of(mentorship: Mentorship) -> list[Member]:
    """Members with person and preferences, mentee first. One query."""
    return list(mentorship.members.select_related("person__preferences", "participation").order_by("role"))


def partner_in(mentorship: Mentorship, person: Person) -> Person:
    """The other of the two."""
    return next(member.person for member in members_of(mentorship) if member.person_id != person.pk)
