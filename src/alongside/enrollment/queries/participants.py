"""Who is in a program: the enrolled, the counts, the waitlist, the coordinator's list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, Prefetch, Q, QuerySet

from alongside.enrollment.apart import about_wish, address_digest
from alongside.enrollment.enums import HOLDS_A_PLACE, ParticipationState, Role
from alongside.enrollment.models import NotWith, Participation, Tag
from alongside.programs.models import Program
from alongside.vault.queries import open_many

ENOUGH_WAITS = 5  # an average of fewer would tell about single people
SORTS: Mapping[str, tuple[str, ...]] = {
    "name": ("person__name", "pk"),
    "state": ("state", "person__name", "pk"),
    "role": ("role", "person__name", "pk"),
    "since": ("state_since", "pk"),
}


def enrolled(program: Program) -> QuerySet[Participation]:
    """Those who take part: approved, with person, preferences and answer set fetched along, in a stable order."""
    return (
        Participation.objects.filter(program=program, state=ParticipationState.APPROVED)
        .select_related("person__preferences", "answers", "match_type")
        .order_by("pk")
    )


def enrolled_in_role(program: Program, role: str) -> QuerySet[Participation]:
    """The enrolled who are there as this role, those who are both included."""
    return enrolled(program).filter(role__in=(role, Role.BOTH))


@dataclass(frozen=True, slots=True)
class StateCounts:
    """How many participations stand in each state; every state has an entry."""

    by_state: Mapping[str, int]
    enrolled_by_role: Mapping[str, int]

    def __getitem__(self, state: str) -> int:
        return self.by_state[state]

    @property
    def total(self) -> int:
        return sum(self.by_state.values())


def counts_by_state(program: Program) -> StateCounts:
    """One query."""
    rows = (
        Participation.objects.filter(program=program)
        .values("state", "role")
        .annotate(people=Count("pk"))
        .order_by()
    )
    by_state = dict.fromkeys(ParticipationState.values, 0)
    by_role = dict.fromkeys(Role.values, 0)
    for row in rows:
        by_state[row["state"]] += row["people"]
        if row["state"] == ParticipationState.APPROVED:
            by_role[row["role"]] += row["people"]
    return StateCounts(by_state, by_role)


def places_left(program: Program) -> int | None:
    """How many more can be enrolled; None where there is no limit. Exact only while the program's row is locked."""
    if program.places is None:
        return None
    held = Participation.objects.filter(program=program, state__in=HOLDS_A_PLACE).count()
    return max(0, program.places - held)


def waitlist(program: Program) -> QuerySet[Participation]:
    """Those who wait for a place, whoever has waited longest first."""
    return (
        Participation.objects.filter(program=program, state=ParticipationState.WAITLISTED)
        .select_related("person", "match_type")
        .order_by("state_since", "pk")
    )


def place_in_waitlist(participation: Participation) -> int:
    """1 for whoever moves up next."""
    before = Q(state_since__lt=participation.state_since) | Q(
        state_since=participation.state_since, pk__lt=participation.pk
    )
    return waitlist(participation.program).filter(before).count() + 1


def usual_wait(program: Program) -> timedelta | None:
    """How long enrolled people of this program waited for an answer, on average; None while there are too few to tell."""
    rows = (
        Participation.objects.filter(program=program, approved_at__gt=F("submitted_at"))
        .order_by("-approved_at")
        .values_list("submitted_at", "approved_at")[:100]
    )
    waits = [approved - submitted for submitted, approved in rows if submitted and approved]
    return sum(waits, timedelta()) / len(waits) if len(waits) >= ENOUGH_WAITS else None


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What a coordinator looks for."""

    state: str = ""
    role: str = ""
    tag: str = ""
    words: str = ""
    sort: str = "name"


def people_list(program: Program, look: PeopleFilter = PeopleFilter()) -> QuerySet[Participation]:
    """The people of a program as a list page shows them: person, tags. Two queries however many rows."""
    found = Participation.objects.filter(program=program).select_related("person", "match_type")
    if look.state:
        found = found.filter(state=look.state)
    if look.role:
        found = found.filter(role=look.role)
    if look.tag:
        found = found.filter(tags__name=look.tag)
    for word in look.words.split():
        found = found.filter(
            Q(person__name__icontains=word)
            | Q(person__full_name__icontains=word)
            | Q(person__email__icontains=word)
            | Q(person__unit__icontains=word)
        )
    return found.prefetch_related(Prefetch("tags", Tag.objects.order_by("name"))).order_by(*_order(look.sort))


def tags_of(program: Program) -> QuerySet[Tag]:
    """The program's tags with how many people carry each."""
    return Tag.objects.filter(program=program).annotate(people=Count("participations")).order_by("name")


def _order(sort: str) -> tuple[str, ...]:
    order = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    return (f"-{order[0]}", *order[1:]) if sort.startswith("-") else order


def kept_apart(participations: Iterable[Participation]) -> set[tuple[int, int]]:
    """(pk, pk) of participations that somebody asked not to be matched, the smaller pk first. For matching only: whose
    wish it was is not in the answer, and must never be shown. Needs persons fetched along. One query.
    """
    rows = list(participations)
    by_digest = {address_digest(row.person.email): row.pk for row in rows}
    wishes = NotWith.objects.filter(participation__in=[row.pk for row in rows]).values_list(
        "participation_id", "digest"
    )
    pairs = ((wisher, by_digest[digest]) for wisher, digest in wishes if digest in by_digest)
    return {(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}


def own_not_with(participation: Participation) -> list[str]:
    """The addresses a participant asked not to be matched with, for themself alone. Two queries."""
    rows = list(NotWith.objects.filter(participation=participation).order_by("pk"))
    return open_many([(row.sealed, about_wish(participation.public_id, row.digest)) for row in rows])


@dataclass(frozen=True, slots=True)
class KnownManagers:
    """Of how many people who take part it is known whom they report to."""

    known: int
    people: int


def known_managers(program: Program) -> KnownManagers:
    """One query."""
    counted = enrolled(program).order_by().aggregate(
        people=Count("pk"), known=Count("pk", filter=~Q(person__manager_email=""))
    )  # fmt: skip
    return KnownManagers(**counted)
