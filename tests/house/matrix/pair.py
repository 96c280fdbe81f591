"""The pair's room and the participants' own days: members only; staff and administrators are strangers here."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from tests.house.matrix import SIGN_IN, Row
from tests.people import Cast


def _pair(cast: Cast) -> Sequence[Any]:
    return [cast.pair.public_id]


# What every page of the room answers: the two may, everybody else finds nothing.
_room = partial(
    Row, anonymous=SIGN_IN, dov=404, chi=200, ben=200, eva=404, ada=404, gus=404, hal=404, args=_pair
)

ROWS = [
    Row("workspace:pair", SIGN_IN, dov=200, chi=302, ben=302, eva=302, ada=200, gus=200, hal=200),
    _room("workspace:pair.home"),
]
