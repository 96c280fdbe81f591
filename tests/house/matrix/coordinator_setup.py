"""Programs and their set-up: coordinators of the program only; everybody else finds nothing."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from alongside.foundation.clock import now
from alongside.programs.actions import (
    PlanItemSpec,
    add_form_question,
    add_plan_item,
    add_plan_stage,
    add_staff,
    invite_staff,
)
from alongside.programs.models import PlanStage, StaffInvitation
from alongside.programs.tokens import staff_token
from alongside.questionnaires.spec import QuestionSpec
from tests.house.matrix import SIGN_IN, Row
from tests.people import Cast


def _program(cast: Cast) -> Sequence[Any]:
    return [cast.program.public_id]


def _question(cast: Cast) -> Sequence[Any]:
    spec = QuestionSpec(kind="short_text", label="What?")
    return [
        cast.program.public_id,
        add_form_question(program=cast.program, actor=cast.ada, spec=spec).public_id,
    ]


def _new_stage(cast: Cast) -> PlanStage:
    return add_plan_stage(program=cast.program, actor=cast.ada, name="Arrive")


def _stage(cast: Cast) -> Sequence[Any]:
    return [cast.program.public_id, _new_stage(cast).public_id]


def _item(cast: Cast) -> Sequence[Any]:
    spec = PlanItemSpec(kind="talk", title="First talk")
    return [
        cast.program.public_id,
        add_plan_item(stage=_new_stage(cast), actor=cast.ada, spec=spec).public_id,
    ]


def _member(cast: Cast) -> Sequence[Any]:
    person = cast.fay
    add_staff(program=cast.program, actor=cast.ada, email=person.email, role="assistant")
    return [cast.program.public_id, person.public_id]


def _with(make: Any, *more: str) -> Any:
    return lambda cast: [*make(cast), *more]


_desk = partial(
    Row, anonymous=SIGN_IN, dov=404, chi=404, ben=404, eva=404, ada=200, gus=404, hal=404, args=_program
)
_form = partial(_desk, method="POST", ada=422)
_done = partial(_desk, method="POST", ada=302)


def _made_letter(cast: Cast) -> StaffInvitation:
    return invite_staff(
        program=cast.program, actor=cast.ada, email="new@example.org", role="coordinator", now=now()
    )


def _letter(cast: Cast) -> list[str]:
    return [cast.program.public_id, _made_letter(cast).public_id]


def _letter_link(cast: Cast) -> list[str]:
    return [staff_token(_made_letter(cast))]


EVERYBODY = dict.fromkeys(("anonymous", "dov", "chi", "ben", "eva", "ada", "gus", "hal"), 200)

ROWS = [
    Row("coordinator:home", SIGN_IN, dov=200, chi=200, ben=200, eva=200, ada=200, gus=200, hal=200),
    Row("coordinator:program.new", SIGN_IN, dov=403, chi=403, ben=403, eva=403, ada=200, gus=200, hal=200),
    Row(
        "coordinator:program.new",
        SIGN_IN,
        dov=403,
        chi=403,
        ben=403,
        eva=403,
        ada=422,
        gus=422,
        hal=422,
        method="POST",
    ),
    Row(
        "coordinator:template",
        SIGN_IN,
        dov=404,
        chi=404,
        ben=404,
        eva=404,
        ada=200,
        gus=200,
        hal=200,
        args=lambda cast: ["career"],
    ),
    _desk("coordinator:setup"),
    *(
        row(f"coordinator:setup.{page}")
        for page in ("basics", "dates", "access", "match_type", "rules")
        for row in (_desk, _form)
    ),
    _desk("coordinator:setup.step", args=_with(_program, "matching")),
    _done("coordinator:setup.step", args=_with(_program, "closed")),
    _desk("coordinator:setup.staff"),
    _form("coordinator:setup.staff"),
    _done("coordinator:setup.staff.role", args=_member, data=lambda cast: {"role": "coordinator"}),
    _done("coordinator:setup.staff.contact", args=lambda cast: [cast.program.public_id, cast.ada.public_id]),
    _done("coordinator:setup.staff.removal", args=_member),
    _done("coordinator:setup.staff.letter_removal", args=_letter),
    Row("public:staff_invitation", args=_letter_link, **EVERYBODY),
    # the link is for one address: who is signed in with another one is told so
    Row(
        "public:staff_invitation.acceptance",
        args=_letter_link,
        method="POST",
        **(dict.fromkeys(EVERYBODY, 409) | {"anonymous": 302}),
    ),
    *(_desk(f"coordinator:setup.form{page}") for page in ("", ".kinds", ".as_mentee", ".as_mentor")),
    _desk("coordinator:setup.form.new", args=_with(_program, "single")),
    _form("coordinator:setup.form.new", args=_with(_program, "single")),
    _desk("coordinator:setup.question", args=_question),
    _form("coordinator:setup.question", args=_question),
    *(
        _done(f"coordinator:setup.question.{step}", args=_question)
        for step in ("place", "retirement", "restoration")
    ),
    _desk("coordinator:setup.plan"),
    _form("coordinator:setup.plan"),
    _desk("coordinator:setup.stage", args=_stage),
    _form("coordinator:setup.stage", args=_stage),
    _done("coordinator:setup.stage.place", args=_stage),
    _done("coordinator:setup.stage.removal", args=_stage),
    _desk("coordinator:setup.item.new", args=_with(_stage, "tip")),
    _form("coordinator:setup.item.new", args=_with(_stage, "tip")),
    _desk("coordinator:setup.item", args=_item),
    _form("coordinator:setup.item", args=_item),
    _done("coordinator:setup.item.removal", args=_item),
    _desk("coordinator:texts"),
    _desk("coordinator:text", args=_with(_program, "enrolled")),
    _form("coordinator:text", args=_with(_program, "enrolled")),
    _done("coordinator:text.reset", args=_with(_program, "enrolled")),
]
