"""The outlook: staff of the program see states and counts; the two see their own signal and requests."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from alongside.foundation.clock import now
from alongside.insights.actions import ask_for_hand, resolve_case
from alongside.insights.enums import CaseKind
from alongside.insights.models import Case
from tests.house.matrix import SIGN_IN, Row
from tests.people import Cast


def _program(cast: Cast) -> Sequence[Any]:
    return [cast.program.public_id]


def _figure(cast: Cast) -> Sequence[Any]:
    return [cast.program.public_id, "path"]


def _mentorship(cast: Cast) -> Sequence[Any]:
    return [cast.program.public_id, cast.pair.public_id]


def _asked(cast: Cast) -> Case:
    return ask_for_hand(mentorship=cast.pair, actor=cast.chi, kind=CaseKind.TIP, now=now())


def _case(cast: Cast) -> Sequence[Any]:
    return [cast.program.public_id, _asked(cast).public_id]


def _own_case(cast: Cast) -> Sequence[Any]:
    case = resolve_case(case=_asked(cast), actor=cast.ada, now=now())
    return [cast.pair.public_id, case.public_id]


_staff = partial(
    Row, anonymous=SIGN_IN, dov=404, chi=404, ben=404, eva=404, ada=200, gus=404, hal=404, args=_program
)
_own = partial(Row, anonymous=SIGN_IN, dov=404, chi=200, ben=200, eva=404, ada=404, gus=404, hal=404)

ROWS = [
    _staff("coordinator:overview"),
    _staff("coordinator:figures", args=_figure),
    _staff("coordinator:mentorships"),
    _staff("coordinator:mentorship", args=_mentorship),
    _staff("coordinator:mentorship.help", method="POST", args=_mentorship, ada=302),
    _staff("coordinator:mentorship.ending", method="POST", args=_mentorship, ada=302),
    _staff("coordinator:cases"),
    _staff("coordinator:case", args=_case),
    _staff("coordinator:case", method="POST", args=_case, ada=302),
    _staff("coordinator:case.taking", method="POST", args=_case, ada=302),
    _staff("coordinator:case.waiting", method="POST", args=_case, ada=302),
    _staff("coordinator:case.resolution", method="POST", args=_case, ada=302),
    _staff("coordinator:report"),
    _staff("coordinator:report.file"),
    _own(
        "workspace:hand.answer",
        method="POST",
        args=_own_case,
        data=lambda cast: {"helped": "yes"},
        chi=302,
        ben=404,
    ),
]
