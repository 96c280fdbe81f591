"""Nobody's answer can be worked out from what is shown, not even by somebody who looks every week and subtracts."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.surveys.disclosure import SMALLEST, halts, role_halts, shown_batches

ROLES = ("mentee", "mentor")
# One answer: the role of its giver, and whether they skipped the item.
GIVERS = st.lists(st.tuples(st.sampled_from(ROLES), st.booleans()), max_size=60)


def batches_of(givers: list[tuple[str, bool]], sizes: list[int]) -> list[list[tuple[str, bool]]]:
    """The givers in the order they came, cut into releases of five or more."""
    found, rest = [], list(givers)
    for size in [*sizes, *[SMALLEST] * 20]:
        if len(rest) < max(size, SMALLEST):
            break
        found.append(rest[: max(size, SMALLEST)])
        rest = rest[max(size, SMALLEST) :]
    return found


def counts(batch: list[tuple[str, bool]]) -> dict[str, int]:
    return {role: sum(1 for giver, skipped in batch if giver == role and not skipped) for role in ROLES}


def looks(batches: list[list[tuple[str, bool]]]) -> list[np.ndarray]:
    """Every sum an attacker can have seen who looked after each release: one vector over all givers for each cell."""
    people = [(place, role, skipped) for place, batch in enumerate(batches, 1) for role, skipped in batch]
    seen: dict[tuple[str, int], np.ndarray] = {}
    for week in range(1, len(batches) + 1):
        sizes = [counts(batch) for batch in batches[:week]]
        for role, by_role in (("", False), *product(ROLES, (True,))):
            until = shown_batches(sizes, by_role=by_role)
            vector = np.array(
                [
                    float(place <= until and not skipped and role in ("", own))
                    for place, own, skipped in people
                ]
            )
            seen[role, until] = vector
    return [vector for vector in seen.values() if vector.any()]


@settings(max_examples=300, deadline=None)
@given(GIVERS, st.lists(st.integers(5, 12), max_size=10))
def test_differencing_over_weekly_looks_isolates_nobody(
    givers: list[tuple[str, bool]], sizes: list[int]
) -> None:
    batches = batches_of(givers, sizes)
    known = looks(batches)
    if not known:
        return

    matrix = np.array(known)
    rank = np.linalg.matrix_rank(matrix)

    for person in range(matrix.shape[1]):
        single = np.zeros(matrix.shape[1])
        single[person] = 1
        assert np.linalg.matrix_rank(np.vstack([matrix, single])) == rank + 1


@settings(max_examples=300, deadline=None)
@given(GIVERS, st.lists(st.integers(5, 12), max_size=10))
def test_every_sum_and_every_difference_of_two_looks_is_of_nobody_or_five(
    givers: list[tuple[str, bool]], sizes: list[int]
) -> None:
    known = looks(batches_of(givers, sizes))

    for one, other in product(known, known):
        difference = one - other
        if (difference >= 0).all():
            assert difference.sum() == 0 or difference.sum() >= SMALLEST
        assert one.sum() >= SMALLEST


@settings(max_examples=200, deadline=None)
@given(GIVERS, st.lists(st.integers(5, 12), max_size=10))
def test_what_was_shown_stays_shown_and_only_grows(givers: list[tuple[str, bool]], sizes: list[int]) -> None:
    sizes_by_week = [counts(batch) for batch in batches_of(givers, sizes)]

    for by_role in (False, True):
        shown = [
            shown_batches(sizes_by_week[:week], by_role=by_role) for week in range(len(sizes_by_week) + 1)
        ]
        assert shown == sorted(shown)


def test_roles_are_only_looked_at_where_everybody_is() -> None:
    batches = [
        {"mentee": 4, "mentor": 3},
        {"mentee": 1, "mentor": 2},
        {"mentee": 2, "mentor": 5},
        {"mentee": 5},
    ]

    assert halts(batches) == [1, 3, 4]
    assert role_halts(batches) == [3, 4]
    assert set(role_halts(batches)) <= set(halts(batches))


def test_a_small_role_is_never_the_rest() -> None:
    """Twenty mentees and two mentors: showing the mentees would show the two by subtraction."""
    assert role_halts([{"mentee": 20, "mentor": 2}]) == []
    assert halts([{"mentee": 20, "mentor": 2}]) == [1]
