"""What a pair plans is the pair's; the library is for everybody signed in."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from alongside.activities import actions
from alongside.activities.models import Activity
from tests.factories import NOW
from tests.house.matrix import SIGN_IN, Row
from tests.people import Cast


def _pair(cast: Cast) -> Sequence[Any]:
    return [cast.pair.public_id]


def _made(cast: Cast) -> Activity:
    return actions.plan_activity(mentorship=cast.pair, actor=cast.chi, key="network-map", now=NOW)


def _activity(cast: Cast) -> Sequence[Any]:
    return [cast.pair.public_id, _made(cast).public_id]


def _elsewhere(cast: Cast) -> Sequence[Any]:
    return [cast.other_pair.public_id, _made(cast).public_id]


_room = partial(Row, anonymous=SIGN_IN, dov=404, chi=200, ben=200, eva=404, ada=404, gus=404, hal=404)
_change = partial(
    Row, anonymous=SIGN_IN, dov=404, chi=302, ben=302, eva=404, ada=404, gus=404, hal=404, method="POST"
)
_library = partial(Row, anonymous=SIGN_IN, dov=200, chi=200, ben=200, eva=200, ada=200, gus=200, hal=200)

ROWS = [
    _room("workspace:activities", args=_pair),
    _room("workspace:activities.new", args=_pair),
    _change("workspace:activities.new", args=_pair, chi=422, ben=422),
    _room("workspace:activity", args=_activity),
    _room("workspace:activity", args=_elsewhere, chi=404, ben=404),
    _change("workspace:activity.state", args=lambda c: [*_activity(c), "done"]),
    _change("workspace:activity.state", args=lambda c: [*_activity(c), "forgotten"], chi=404, ben=404),
    _change("workspace:activity.day", args=_activity),
    _change("workspace:activity.step", args=lambda c: [*_activity(c), 0]),
    _change("workspace:activity.notes", args=_activity, chi=422, ben=422),
    _change("workspace:activity.removal", args=_activity),
    _room("workspace:letter", args=_pair),
    _change("workspace:letter", args=_pair, chi=422, ben=422),
    _change("workspace:letter.removal", args=_pair),
    _library("workspace:library"),
    _library("workspace:library.activity", args=lambda c: ["network-map"]),
    _library(
        "workspace:library.activity",
        args=lambda c: ["no-such-thing"],
        dov=404,
        chi=404,
        ben=404,
        eva=404,
        ada=404,
        gus=404,
        hal=404,
    ),
    # somebody without a pair has nobody to plan it with
    _library(
        "workspace:library.activity",
        args=lambda c: ["network-map"],
        method="POST",
        dov=422,
        chi=422,
        ben=422,
        eva=422,
        ada=422,
        gus=422,
        hal=422,
    ),
]
