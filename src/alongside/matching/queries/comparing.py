"""Two runs side by side: who gets somebody else, and what the program gains by it."""

from dataclasses import dataclass

from alongside.enrollment.models import Participation
from alongside.matching.models import Proposal, Run
from alongside.matching.queries.whatif import live_pairs


@dataclass(frozen=True, slots=True)
class Changed:
    """A mentee who has somebody else, or nobody, in the second run."""

    mentee: Participation
    before: Proposal | None
    after: Proposal | None

    @property
    def gain(self) -> int:
        """How many percent the fit goes up, down where below 0; from or to nobody it is the whole fit."""
        return (self.after.fit if self.after else 0) - (self.before.fit if self.before else 0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`first` is the run one comes from, `second` the one looked at. `total` is what the second has more, in points."""

    first: Run
    second: Run
    same: int
    changed: tuple[Changed, ...]
    total: int | None

    @property
    def placed(self) -> int:
        """How many more people have a mentor in the second."""
        return sum((entry.after is not None) - (entry.before is not None) for entry in self.changed)


def compare_runs(first: Run, second: Run) -> Comparison:
    """Both boards as they stand. Two queries. Runs over different people have no common total."""
    before, after = _by_mentee(first), _by_mentee(second)
    people = {pk: row.mentee for rows in (before, after) for pk, row in rows.items()}
    changed = [
        Changed(people[pk], before.get(pk), after.get(pk))
        for pk in people
        if _mentor(before.get(pk)) != _mentor(after.get(pk))
    ]
    comparable = first.mentees == second.mentees and first.total is not None and second.total is not None
    return Comparison(
        first=first,
        second=second,
        same=len(people) - len(changed),
        changed=tuple(
            sorted(changed, key=lambda entry: (entry.gain, entry.mentee.person.name, entry.mentee.pk))
        ),
        total=(second.total or 0) - (first.total or 0) if comparable else None,
    )


def _by_mentee(run: Run) -> dict[int, Proposal]:
    rows = live_pairs(run).select_related("mentee__person", "mentor__person").order_by("pk")
    return {row.mentee_id: row for row in rows.defer("reasons")}


def _mentor(row: Proposal | None) -> int | None:
    return row.mentor_id if row else None
