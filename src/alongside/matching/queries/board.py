"""A run's board: its pairs with why in words, who waits and why, how mentors are loaded. One page of it at a time."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.engine.matching import Why as LeftOutWhy
from alongside.enrollment.enums import Role
from alongside.enrollment.models import Participation
from alongside.enrollment.queries import enrolled
from alongside.matching.enums import ProposalState
from alongside.matching.models import Override, Proposal, Run, Unmatched
from alongside.matching.queries.limits import Questions, limit_name, open_limits
from alongside.matching.queries.whatif import live_pairs
from alongside.matching.reasons import Audience, Why, why
from alongside.mentorships.queries import with_load

SORTS: Mapping[str, tuple[str, ...]] = {
    "mentee": ("mentee__person__name", "pk"),
    "mentor": ("mentor__person__name", "pk"),
    "fit": ("fit", "pk"),
}
LOW_FIT = 40  # percent below which a pair deserves a second look


@dataclass(frozen=True, slots=True)
class Look:
    """What the coordinator wants to see of a board."""

    words: str = ""
    only: str = ""
    sort: str = "fit"


@dataclass(frozen=True, slots=True)
class BoardPair:
    """One pair of the board as a row."""

    proposal: Proposal
    why: Why
    override: Override | None
    load: int
    impossible: str = ""

    @property
    def is_low(self) -> bool:
        return self.proposal.fit < LOW_FIT


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mentee the run found nobody for."""

    entry: Unmatched
    words: str
    limits: tuple[str, ...]


def board_pairs(run: Run, look: Look) -> QuerySet[Proposal]:
    """The pairs on the board, filtered and in order: those that fit least first, unless asked otherwise."""
    rows = live_pairs(run).select_related("mentee__person", "mentor__person")
    for word in look.words.split():
        rows = rows.filter(
            Q(mentee__person__name__icontains=word)
            | Q(mentor__person__name__icontains=word)
            | Q(mentee__person__full_name__icontains=word)
            | Q(mentor__person__full_name__icontains=word)
        )
    match look.only:
        case "low":
            rows = rows.filter(fit__lt=LOW_FIT)
        case "pinned":
            rows = rows.filter(pinned=True)
        case "by_hand":
            rows = rows.filter(by_hand=True)
        case "wished":
            rows = rows.filter(wish__isnull=False)
    order = SORTS.get(look.sort.removeprefix("-"), SORTS["fit"])
    return rows.order_by(f"-{order[0]}" if look.sort.startswith("-") else order[0], *order[1:])


def shown_pairs(
    run: Run,
    proposals: Sequence[Proposal],
    questions: Questions,
    *,
    impossible: Mapping[int, str] | None = None,
) -> list[BoardPair]:
    """A page of pairs with everything a row says. Two queries, however many rows."""
    words = overrides_between(run, proposals)
    mentors = {row.mentor_id for row in proposals}
    on_board = Counter(live_pairs(run).filter(mentor__in=mentors).values_list("mentor_id", flat=True))
    return [
        BoardPair(
            row,
            why(row.reasons, questions, Audience.TEAM),
            words.get((row.mentee_id, row.mentor_id)),
            on_board[row.mentor_id],
            (impossible or {}).get(row.pk, ""),
        )
        for row in proposals
    ]


def overrides_between(run: Run, proposals: Iterable[Proposal]) -> dict[tuple[int, int], Override]:
    """The coordinators' words about these pairs. One query."""
    rows = Override.objects.filter(
        match_type=run.match_type_id, mentee__in={row.mentee_id for row in proposals}
    )
    return {(row.mentee_id, row.mentor_id): row for row in rows}


def overrides_of(run_or_type: int) -> QuerySet[Override]:
    """Every word about a pair of a match type, the newest first."""
    rows = Override.objects.filter(match_type=run_or_type)
    return rows.select_related("mentee__person", "mentor__person", "by").order_by("-pk")


def waiting_mentees(run: Run) -> QuerySet[Unmatched]:
    """Those the run found nobody for and who still have nobody on the board; who waits longest first."""
    placed = live_pairs(run).filter(mentee=OuterRef("mentee"))
    rows = Unmatched.objects.filter(run=run).exclude(Exists(placed)).select_related("mentee__person")
    return rows.order_by(Coalesce("mentee__approved_at", "mentee__state_since"), "pk")


def shown_waiting(entries: Iterable[Unmatched], questions: Questions) -> list[Waiting]:
    """Why each of them waits, in words. No query."""
    return [Waiting(entry, waiting_words(entry), tuple(limits_of(entry, questions))) for entry in entries]


def taken_out_pairs(run: Run) -> QuerySet[Proposal]:
    """Pairs that were taken off the board by hand."""
    rows = Proposal.objects.filter(run=run, state=ProposalState.REMOVED)
    return rows.select_related("mentee__person", "mentor__person").order_by("mentee__person__name", "pk")


def waiting_words(entry: Unmatched) -> str:
    """Why a run left somebody out, in a sentence."""
    match entry.why:
        case LeftOutWhy.NOBODY_ALLOWED:
            return _("The limits of the program leave nobody who could be their mentor.")
        case LeftOutWhy.NO_SEATS:
            return ngettext(
                "{count} person could be their mentor, but has no place to give.",
                "{count} people could be their mentor, but none has a place to give.",
                entry.allowed,
            ).format(count=entry.allowed)
        case LeftOutWhy.ALL_FULL:
            return ngettext(
                "{count} person could be their mentor, but fits somebody else better.",
                "{count} people could be their mentor, but all their places do more good with others.",
                entry.allowed,
            ).format(count=entry.allowed)
        case LeftOutWhy.NOT_WORTH:
            return _("A place is free, but the two would have too little in common.")
        case _:
            return _("The run was stopped before their turn.")


def limits_of(entry: Unmatched, questions: Questions) -> list[str]:
    """The limits that keep everybody from this mentee, the one that binds most first. Private wishes are no limits."""
    return [limit_name(key, questions) for key in open_limits(str(barrier[0]) for barrier in entry.barriers)]


def mentors_on_board(run: Run) -> QuerySet[Participation]:
    """Everybody who mentors, with `load` (in pairs now), `planned` (on the board) and `left`; who has most left first."""
    rows = with_load(enrolled(run.program).filter(role__in=(Role.MENTOR, Role.BOTH)))
    planned = (
        live_pairs(run)
        .filter(mentor=OuterRef("pk"), state=ProposalState.PROPOSED)
        .order_by()
        .values("mentor")
        .annotate(pairs=Count("pk"))
        .values("pairs")
    )
    rows = rows.annotate(planned=Coalesce(Subquery(planned, output_field=IntegerField()), 0))
    return rows.annotate(left=F("capacity") - F("load") - F("planned")).order_by(
        "-left", "person__name", "pk"
    )


@dataclass(frozen=True, slots=True)
class BoardFigures:
    """The board in numbers: counts of what stands on it now."""

    pairs: int
    waiting: int
    low: int
    pinned: int
    wished: int
    fit: int | None


def board_figures(run: Run) -> BoardFigures:
    """Two queries."""
    fits = list(live_pairs(run).values_list("fit", "pinned", "wish"))
    count = len(fits)
    return BoardFigures(
        pairs=count,
        waiting=waiting_mentees(run).count() + _taken_out_and_alone(run),
        low=sum(fit < LOW_FIT for fit, _pinned, _wish in fits),
        pinned=sum(pinned for _fit, pinned, _wish in fits),
        wished=sum(wish is not None for _fit, _pinned, wish in fits),
        fit=sum(fit for fit, _pinned, _wish in fits) // count if count else None,
    )


def _taken_out_and_alone(run: Run) -> int:
    placed = live_pairs(run).filter(mentee=OuterRef("mentee"))
    rows = Proposal.objects.filter(run=run, state=ProposalState.REMOVED).exclude(Exists(placed))
    return rows.values("mentee").distinct().count()


def place_on_board(run: Run, participation: Participation, role: str) -> list[Participation]:
    """With whom this person stands on the board now: their mentor, or their mentees."""
    if role == Role.MENTOR:
        rows = live_pairs(run).filter(mentor=participation).select_related("mentee__person")
        return [row.mentee for row in rows.order_by("mentee__person__name")]
    return [
        row.mentor for row in live_pairs(run).filter(mentee=participation).select_related("mentor__person")
    ]


def sheet_rows(run: Run, questions: Questions) -> Iterable[list[str]]:
    """Every pair of the board as a line of a sheet, as a coordinator may read it. One query."""
    rows = live_pairs(run).select_related("mentee__person", "mentor__person")
    for row in rows.order_by("mentee__person__name", "pk").iterator(chunk_size=500):
        told = why(row.reasons, questions, Audience.TEAM)
        hours = "" if told.hours is None else f"{told.hours:g}"
        yield [
            row.mentee.person.name,
            row.mentor.person.name,
            str(row.fit),
            hours,
            told.sentence,
            str(row.get_state_display()),
        ]
