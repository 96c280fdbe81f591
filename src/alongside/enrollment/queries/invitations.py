"""Invitations: reading pasted addresses, planning what would be sent to whom, and how the sent ones stand."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.enrollment.access import JOINABLE
from alongside.enrollment.columns.addresses import likely_address, read_address
from alongside.enrollment.enums import PRESENT, UNANSWERED, InvitationState
from alongside.enrollment.models import Invitation, Participation
from alongside.enrollment.tokens import invitation_token
from alongside.foundation.errors import Invalid
from alongside.people.models import Person
from alongside.programs.models import Program

MOST_AT_ONCE = 2_000
LASTS = timedelta(days=30)  # a link of an invitation
REMIND_AFTER = timedelta(days=5)
_PIECES = re.compile(r"[,;\n\r\t]+")
_NAMED = re.compile(r"\s*\"?(?P<name>[^<>\"]*?)\"?\s*<(?P<address>[^<>]*)>\s*")
_QUOTED_COMMA = re.compile(r"\"([^\"]*)\"(?=\s*<)")


class Outcome(StrEnum):
    """What would happen to one pasted address."""

    SEND = "send"
    AGAIN = "again"  # invited before, and the link is no longer open
    INVITED = "invited"
    IN = "in"
    DOUBLE = "double"
    UNREADABLE = "unreadable"


SENDS = (Outcome.SEND, Outcome.AGAIN)


@dataclass(frozen=True, slots=True)
class AddressPlan:
    """One pasted piece. `suggestion` is what was probably meant by one that cannot be read."""

    text: str
    email: str
    name: str
    outcome: Outcome
    suggestion: str = ""

    @property
    def sends(self) -> bool:
        return self.outcome in SENDS


@dataclass(frozen=True, slots=True)
class Pasted:
    """A piece of pasted text as read: the address, or none."""

    text: str
    email: str
    name: str


def read_pasted(text: str) -> list[Pasted]:
    """The addresses in any shape people paste: one a line, commas, semicolons, `Name <address>`, "Last, First" <…>."""
    held = _QUOTED_COMMA.sub(lambda found: found.group(1).replace(",", "\u0000"), text)
    pieces = (piece.replace("\u0000", ",").strip() for piece in _PIECES.split(held))
    return [_piece(part) for piece in pieces if piece for part in _spaced(piece)]


def plan_invitations(program: Program, text: str, *, now: datetime) -> list[AddressPlan]:
    """What sending to the pasted addresses would do to each, in order. Two queries. Nothing is sent.

    Raises Invalid for more than MOST_AT_ONCE.
    """
    pieces = read_pasted(text)
    if len(pieces) > MOST_AT_ONCE:
        words = _(
            "These are {count} addresses, and {most} go at once. Please send the others in another round."
        )
        raise Invalid(words.format(count=len(pieces), most=MOST_AT_ONCE), field="addresses")
    emails = {piece.email for piece in pieces if piece.email}
    inside = {
        email.casefold()
        for email in Participation.objects.filter(program=program, state__in=PRESENT).values_list(
            "person__email", flat=True
        )
    }
    invited = {row.email: row for row in Invitation.objects.filter(program=program, email__in=emails)}
    seen: set[str] = set()
    plans = []
    for piece in pieces:
        plans.append(_planned(piece, seen, inside, invited, now))
        seen.add(piece.email)
    return plans


def invitations_of(program: Program, *, state: str = "") -> QuerySet[Invitation]:
    """The program's invitations, the newest first."""
    rows = Invitation.objects.filter(program=program).select_related("invited_by").order_by("-sent_at", "-pk")
    return rows.filter(state=state) if state else rows


@dataclass(frozen=True, slots=True)
class InvitationCounts:
    """How many invitations stand in each state (every state has an entry), and how many may be reminded."""

    by_state: Mapping[str, int]
    to_remind: int

    def __getitem__(self, state: str) -> int:
        return self.by_state[state]

    @property
    def total(self) -> int:
        """All that were not taken back."""
        return sum(self.by_state.values()) - self.by_state[InvitationState.REVOKED]


def invitation_counts(program: Program, *, now: datetime) -> InvitationCounts:
    """One query."""
    rows = Invitation.objects.filter(program=program).values("state").order_by()
    waiting = Count("pk", filter=remindable(now=now))
    by_state, remind = dict.fromkeys(InvitationState.values, 0), 0
    for row in rows.annotate(number=Count("pk"), waiting=waiting):
        by_state[row["state"]] = row["number"]
        remind += row["waiting"]
    return InvitationCounts(by_state, remind)


def remindable(*, now: datetime) -> Q:
    """Invitations that rest without an answer, are still open and were never reminded of: nobody is reminded twice."""
    return Q(
        state__in=UNANSWERED, reminded_at__isnull=True, expires_at__gt=now, sent_at__lte=now - REMIND_AFTER
    )


@dataclass(frozen=True, slots=True)
class OwnInvitation:
    """An invitation as its receiver is shown it: to what, by whom, and the path of its page."""

    program: Program
    by: str
    path: str


def invitations_to(person: Person, *, now: datetime) -> list[OwnInvitation]:
    """Invitations to the person's own address that wait for a word and still let them in. One query.

    Whoever is signed in has shown that the address is theirs; the link tells them nothing their mail does not.
    """
    rows = Invitation.objects.filter(
        email__iexact=person.email,
        state__in=UNANSWERED,
        expires_at__gt=now,
        program__state__in=JOINABLE,
    ).exclude(program__participations__person=person)
    return [
        OwnInvitation(row.program, row.invited_by.name if row.invited_by else "", _path(row))
        for row in rows.select_related("program", "invited_by").order_by("-sent_at", "-pk")
    ]


def invitation_link(invitation: Invitation) -> str:
    """The address that stands in the mail."""
    return f"{settings.BASE_URL}{_path(invitation)}"


def _path(invitation: Invitation) -> str:
    return reverse("public:invitation", args=[invitation_token(invitation)])


def _piece(text: str) -> Pasted:
    named = _NAMED.fullmatch(text)
    address = read_address(named["address"] if named else text)
    return Pasted(text, address or "", " ".join(named["name"].split())[:120] if named and address else "")


def _spaced(piece: str) -> list[str]:
    """Several bare addresses side by side stand for themselves; anything else is one piece."""
    parts = piece.split()
    return parts if len(parts) > 1 and all(read_address(part) for part in parts) else [piece]


def _planned(
    piece: Pasted, seen: set[str], inside: set[str], invited: Mapping[str, Invitation], now: datetime
) -> AddressPlan:
    if not piece.email:
        return AddressPlan(piece.text, "", "", Outcome.UNREADABLE, likely_address(piece.text) or "")
    invitation = invited.get(piece.email)
    if piece.email in seen:
        outcome = Outcome.DOUBLE
    elif piece.email in inside:
        outcome = Outcome.IN
    elif invitation is None:
        outcome = Outcome.SEND
    elif invitation.is_open(now=now) and invitation.state in UNANSWERED:
        outcome = Outcome.INVITED
    else:
        outcome = Outcome.AGAIN
    return AddressPlan(piece.text, piece.email, piece.name, outcome)
