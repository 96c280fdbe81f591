"""Goals are their owner's (Chi's here), and the partner's only while shared; everybody else finds nothing."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from alongside.goals import actions
from alongside.goals.models import Goal
from tests.factories import NOW
from tests.house.matrix import SIGN_IN, Row
from tests.people import Cast


def _pair(cast: Cast) -> Sequence[Any]:
    return [cast.pair.public_id]


def _made(cast: Cast, *, shared: bool) -> Goal:
    return actions.add_goal(mentorship=cast.pair, actor=cast.chi, title="Speak up", shared=shared, now=NOW)


def _private(cast: Cast) -> Sequence[Any]:
    return [cast.pair.public_id, _made(cast, shared=False).public_id]


def _shared(cast: Cast) -> Sequence[Any]:
    return [cast.pair.public_id, _made(cast, shared=True).public_id]


def _elsewhere(cast: Cast) -> Sequence[Any]:
    """A goal of this pair under the address of another: no such page, for anybody."""
    return [cast.other_pair.public_id, _made(cast, shared=True).public_id]


def _state(cast: Cast) -> Sequence[Any]:
    return [*_shared(cast), "reached"]


def _step(cast: Cast) -> Sequence[Any]:
    goal = _made(cast, shared=True)
    step = actions.add_step(goal=goal, actor=cast.chi, text="One question", now=NOW)
    return [cast.pair.public_id, goal.public_id, step.public_id]


_room = partial(Row, anonymous=SIGN_IN, dov=404, chi=200, ben=200, eva=404, ada=404, gus=404, hal=404)
# What only the owner does: the partner, who can read it, is told so.
_change = partial(
    Row, anonymous=SIGN_IN, dov=404, chi=302, ben=403, eva=404, ada=404, gus=404, hal=404, method="POST"
)

ROWS = [
    _room("workspace:goals", args=_pair),
    _room("workspace:goals.new", args=_pair),
    _room("workspace:goals.new", args=_pair, chi=422, ben=422, method="POST"),
    _room("workspace:goal", args=_shared),
    _room("workspace:goal", args=_private, ben=404),
    _room("workspace:goal", args=_elsewhere, chi=404, ben=404),
    _room("workspace:goal.edit", args=_shared, ben=403),
    _room("workspace:goal.edit", args=_private, ben=404),
    _change("workspace:goal.edit", args=_shared, chi=422),
    _change("workspace:goal.state", args=_state),
    _room("workspace:goal.rest", args=_shared, ben=403),
    _change("workspace:goal.rest", args=_shared),
    _change("workspace:goal.rest", args=_private, ben=404),
    _room("workspace:goal.letting_go", args=_shared, ben=403),
    _change("workspace:goal.letting_go", args=_shared),
    _change("workspace:goal.sharing", args=_shared),
    _change("workspace:goal.sharing", args=_private, ben=404),
    _change("workspace:goal.privacy", args=_shared),
    _change("workspace:goal.removal", args=_shared),
    _change("workspace:goal.removal", args=_private, ben=404),
    _change("workspace:goal.steps", args=_shared, chi=422),
    _change("workspace:goal.step", args=_step),
    _change("workspace:goal.step.place", args=_step),
    _change("workspace:goal.step.removal", args=_step),
]
