"""The root check of everything two people share: only its members, never staff, never administrators."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.foundation.errors import Conflict, NotFound
from alongside.foundation.reading import one_of_rows
from alongside.mentorships.enums import EndKind, EndReason, MentorshipState
from alongside.mentorships.models import Agreement, Member, Mentorship
from alongside.people.models import Person


def own_mentorships(person: Person) -> QuerySet[Mentorship]:
    """Mentorships this person is or was a member of."""
    return Mentorship.objects.filter(members__person=person).select_related("program", "match_type")


def get_mentorship(person: Person, public_id: str) -> Mentorship:
    """A mentorship, for its members. Raises NotFound for everybody else, staff and administrators included."""
    row = one_of_rows(own_mentorships(person).filter(public_id=public_id))
    if row is None:
        raise NotFound
    return row


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
