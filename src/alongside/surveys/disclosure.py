"""What may be shown without telling on anybody. Pure functions over the order in which answers were released.

Answers are released in batches of five or more. Some of a batch skip an item, and most batches are mixed in roles, so
a figure for one item or one role could still move by a single answer from one week to the next. Therefore every figure
has *halts* of its own: it is shown as it stood at a halt, and from halt to halt it gains nothing or at least five.

* `halts` of a figure over everybody: after each batch that completes five more answers to it.
* `role_halts` are halts at which every role gained nothing or at least five. So neither a role nor the rest is ever
  left smaller than five, in one look or between two (this is the complementary suppression).

Halts follow from the batches alone, so what was shown last week is a look at an earlier halt of the same list.
"""

from collections.abc import Mapping, Sequence

SMALLEST = 5  # people in a figure; cannot be lowered
COUNTS_ONLY = 10  # below this many: dots and counts, no mean, no percentage
ONE_FILTER = 50  # below this many: one filter at a time
RECOMMEND = 30  # answers the difference of promoters and detractors needs
CHANGE = 10  # people with both waves a change over time needs
FEW = 0.30  # share of answers below which a result says so

Batches = Sequence[Mapping[str, int]]  # for each batch in order: role → answers to the item


def halts(batches: Batches) -> list[int]:
    """After how many batches the figure may be shown anew, in order.

    >>> halts([{"mentee": 4, "mentor": 1}, {"mentee": 2}, {"mentor": 3}])
    [1, 3]
    """
    found, waiting = [], 0
    for place, batch in enumerate(batches, start=1):
        waiting += sum(batch.values())
        if waiting >= SMALLEST:
            found.append(place)
            waiting = 0
    return found


def role_halts(batches: Batches) -> list[int]:
    """The halts at which the figure may be shown by role.

    >>> role_halts([{"mentee": 5, "mentor": 4}, {"mentee": 5, "mentor": 1}])
    [2]
    """
    allowed, found, waiting = set(halts(batches)), [], dict[str, int]()
    for place, batch in enumerate(batches, start=1):
        for role, count in batch.items():
            waiting[role] = waiting.get(role, 0) + count
        gained = [count for count in waiting.values() if count]
        if place in allowed and gained and min(gained) >= SMALLEST:
            found.append(place)
            waiting = {}
    return found


def shown_batches(batches: Batches, *, by_role: bool) -> int:
    """How many of the first batches count in what is shown now; 0 for nothing."""
    found = role_halts(batches) if by_role else halts(batches)
    return found[-1] if found else 0
