"""Matching: coordinators of the program decide about pairs; requests are between two people."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from alongside.enrollment.models import Participation
from alongside.matching.actions import forbid_pair, start_run, take_out_pair
from alongside.matching.models import Proposal, Request, Run
from tests.factories import NOW
from tests.house.matrix import SIGN_IN, Row
from tests.matching import stage
from tests.people import Cast


def _program(cast: Cast) -> Sequence[Any]:
    return [cast.program.public_id]


def _two(cast: Cast) -> tuple[Participation, Participation]:
    """Somebody who looks for a mentor and somebody with a place, in the cast's program."""
    found = list(cast.program.participations.filter(person__name__in=("Ivy", "Jon")).order_by("person__name"))
    if not found:
        stage.question(cast.program, "topics", "multiple", "overlap", 100_000, options=stage.TOPICS)
        stage.question(cast.program, "values", "multiple", "none", options=stage.VALUES)
        found = [stage.mentee(cast.program, "Ivy"), stage.mentor(cast.program, "Jon")]
    return found[0], found[1]


def _board(cast: Cast) -> Run:
    _two(cast)
    return start_run(program=cast.program, actor=cast.ada, now=NOW)


def _run(cast: Cast) -> Sequence[Any]:
    return [cast.program.public_id, _board(cast).public_id]


def _proposal(cast: Cast) -> Sequence[Any]:
    run = _board(cast)
    return [cast.program.public_id, run.public_id, Proposal.objects.get(run=run).public_id]


def _removed(cast: Cast) -> Sequence[Any]:
    run = _board(cast)
    row = take_out_pair(proposal=Proposal.objects.get(run=run), actor=cast.ada, now=NOW)
    return [cast.program.public_id, run.public_id, row.public_id]


def _override(cast: Cast) -> Sequence[Any]:
    mentee, mentor = _two(cast)
    word = forbid_pair(mentee=mentee, mentor=mentor, actor=cast.ada, now=NOW)
    return [cast.program.public_id, word.public_id]


def _person(cast: Cast) -> Sequence[Any]:
    return [cast.program.public_id, _two(cast)[0].public_id]


def _ids(cast: Cast) -> dict[str, Any]:
    mentee, mentor = _two(cast)
    return {"mentee": mentee.public_id, "mentor": mentor.public_id, "kind": "forbid"}


def _mentor(cast: Cast) -> Sequence[Any]:
    cast.program.requests_allowed = True
    cast.program.save()
    return [cast.program.public_id, _two(cast)[1].public_id]


def _request(cast: Cast) -> Sequence[Any]:
    of = {row.person.name: row for row in cast.program.participations.select_related("person")}
    row = Request.objects.create(
        mentee=of["Chi"], mentor=of["Ben"], remind_at=NOW, expires_at=NOW.replace(year=2099)
    )
    return [row.public_id]


_desk = partial(Row, anonymous=SIGN_IN, dov=404, chi=404, ben=404, eva=404, gus=404, hal=404)
_own = partial(Row, anonymous=SIGN_IN, dov=404, ada=404, gus=404, hal=404)

ROWS = [
    _desk("coordinator:matching", ada=200, args=_program),
    _desk("coordinator:matching.readiness", ada=200, args=_program),
    _desk("coordinator:matching.runs", ada=302, args=_program, method="POST"),
    _desk("coordinator:matching.overrides", ada=302, args=_program, method="POST", data=_ids),
    _desk("coordinator:override.removal", ada=302, args=_override, method="POST"),
    _desk("coordinator:candidates", ada=200, args=_person),
    _desk("coordinator:run", ada=200, args=_run),
    _desk("coordinator:run.waiting", ada=200, args=_run),
    _desk("coordinator:run.mentors", ada=200, args=_run),
    _desk("coordinator:run.sheet", ada=200, args=_run),
    _desk("coordinator:run.again", ada=302, args=_run, method="POST"),
    _desk("coordinator:run.stop", ada=302, args=_run, method="POST"),
    _desk("coordinator:run.setting_aside", ada=302, args=_run, method="POST"),
    _desk("coordinator:run.comparison", ada=200, args=_run),
    _desk("coordinator:run.publication", ada=200, args=_run),
    _desk("coordinator:run.publication", ada=302, args=_run, method="POST"),
    _desk("coordinator:run.undo", ada=302, args=_run, method="POST"),
    _desk("coordinator:run.impossible", ada=302, args=_run, method="POST"),
    _desk("coordinator:pair.new", ada=302, args=_run, method="POST", data=_ids),
    _desk("coordinator:pair.new", ada=404, args=_run),
    _desk("coordinator:proposal.removal", ada=302, args=_proposal, method="POST"),
    _desk("coordinator:proposal.return", ada=302, args=_removed, method="POST"),
    Row("workspace:find", SIGN_IN, dov=200, chi=302, ben=200, eva=302, ada=200, gus=200, hal=200),
    _own("workspace:find.program", chi=200, ben=404, eva=200, args=_program),
    _own("workspace:find.person", chi=200, ben=404, eva=200, args=_mentor),
    _own("workspace:wishes", chi=200, ben=404, eva=200, args=_program),
    _own("workspace:fullness", chi=404, ben=302, eva=404, args=_program, method="POST"),
    _own("workspace:places", chi=404, ben=302, eva=404, args=_program, method="POST"),
    Row("workspace:requests", SIGN_IN, dov=200, chi=200, ben=200, eva=200, ada=200, gus=200, hal=200),
    _own("workspace:request", chi=200, ben=200, eva=404, args=_request),
    _own("workspace:request.acceptance", chi=404, ben=409, eva=404, args=_request, method="POST"),
    _own("workspace:request.refusal", chi=404, ben=302, eva=404, args=_request, method="POST"),
    _own("workspace:request.withdrawal", chi=302, ben=404, eva=404, args=_request, method="POST"),
]
