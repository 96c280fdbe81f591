"""The root check of everything two people share: only its members, never staff, never administrators."""

from collections.abc import Sequence
from functools import cache

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from alongside.foundation.compiled import Compiled, compiled
from alongside.foundation.errors import Conflict, NotFound
from alongside.mentorships.enums import EndKind, EndReason, MentorshipState
from alongside.mentorships.models import Agreement, Member, Mentorship
from alongside.people.models import Person


def own_mentorships(person: Person, *relations: str, public_id: str | None = None) -> list[Mentorship]:
    """Mentorships this person is or was a member of, or the one with this id; with these relations. One query.

    They know their members, with people and preferences: whoever holds such a row need not ask who is in it.
    """
    found: dict[int, list[Member]] = {}
    for member in _members_along(relations)(person.pk, *(() if public_id is None else (public_id,))):
        found.setdefault(member.mentorship_id, []).append(member)
    for group in found.values():
        group[0].mentorship.known_members = tuple(group)
    return [group[0].mentorship for group in found.values()]


@cache
def _members_along(relations: tuple[str, ...]) -> Compiled[..., Member]:
    """Members of all mentorships of a person, or of one of them, with these relations of the mentorship."""

    @compiled
    def members(person: int, *public_id: str) -> QuerySet[Member]:
        rows = Member.objects.filter(mentorship__members__person=person)
        for named in public_id:
            rows = rows.filter(mentorship__public_id=named)
        along = (f"mentorship__{relation}" for relation in relations)
        return rows.select_related("mentorship", *along, "person__preferences")

    return members


def among_own(person: int, mentorships: Sequence[int]) -> Q:
    """The root check by keys, for compiled queries: rows of those of these mentorships that are or were this person's."""
    return Q(mentorship__in=mentorships, mentorship__members__person=person)


def in_own(person: Person, of: Mentorship | Sequence[Mentorship] | None = None) -> Q:
    """The root check as a condition on rows that hang on a mentorship: only those this person is or was a member of.

    `of` limits it to one mentorship or some. For rows that know their members the check is made here, and the database
    is asked for plain keys: a page asks ten rooms, and a join in each question costs more than all the rows.
    """
    if of is None:
        return Q(mentorship__members__person=person)
    rows = [of] if isinstance(of, Mentorship) else of
    if not all(row.known_members for row in rows):
        return Q(mentorship__in=[row.pk for row in rows], mentorship__members__person=person)
    return Q(mentorship__in=[row.pk for row in rows if _knows(row, person)])


def _knows(mentorship: Mentorship, person: Person) -> bool:
    return any(member.person_id == person.pk for member in mentorship.known_members)


def get_mentorship(
    person: Person, public_id: str, *, along: Sequence[str] = ("program", "match_type")
) -> Mentorship:
    """A mentorship, for its members. Raises NotFound for everybody else, staff and administrators included.

    It knows its members and comes with the relations `along`. One query.
    """
    for row in own_mentorships(person, *along, public_id=public_id):
        return row
    raise NotFound


def check_member(person: Person, mentorship: Mentorship) -> Member:
    """The membership of `person`. Raises NotFound when there is none."""
    member = mentorship.members.filter(person=person).first()
    if member is None:
        raise NotFound
    return member


def check_may_write(person: Person, mentorship: Mentorship) -> Member:
    """As `check_member`; raises Conflict once the mentorship is closed: its room can be read, not written.

    The state is the database's, whatever the row in hand remembers.
    """
    member = mentorship.members.filter(person=person).select_related("mentorship").first()
    if member is None:
        raise NotFound
    if member.mentorship.state == MentorshipState.CLOSED:
        raise Conflict(_("This mentorship has ended. You can still read everything here."))
    return member


def may_reopen_mentorship(person: Person, mentorship: Mentorship) -> bool:
    """Whether this member may take the ending back: either after a good ending, only the one who left after an early
    one, nobody when somebody did not feel safe."""
    closings = list(mentorship.closings.values_list("by_id", "kind", "reason"))
    if any(reason == EndReason.UNSAFE for _by, _kind, reason in closings):
        return False
    return all(by == person.pk for by, kind, _reason in closings if kind == EndKind.EARLY)


def get_agreement(person: Person, mentorship: Mentorship, public_id: str) -> Agreement:
    """One version of the agreement of one's own mentorship. Raises NotFound."""
    check_member(person, mentorship)
    row = mentorship.agreements.filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row
