"""Coming into a program: public pages, a person's own enrollment, and what coordinators do about people."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from alongside.enrollment.access import participations_of
from alongside.enrollment.actions import send_invitations, upload_sheet
from alongside.enrollment.models import Invitation
from alongside.enrollment.tokens import ProvenAddress, address_token, invitation_token
from alongside.foundation.clock import now
from alongside.programs.models import Program
from tests.house.matrix import SIGN_IN, Row
from tests.people import Cast


def _program(cast: Cast) -> Sequence[Any]:
    return [cast.program.public_id]


def _open_program(cast: Cast) -> Sequence[Any]:
    Program.objects.filter(pk=cast.program.pk).update(access="open")
    return [cast.program.public_id]


def _code_program(cast: Cast) -> Sequence[Any]:
    Program.objects.filter(pk=cast.program.pk).update(access="code", access_code="heron")
    return [cast.program.public_id]


def _join_token(cast: Cast) -> Sequence[Any]:
    return [cast.program.join_token]


def _address_token(cast: Cast) -> Sequence[Any]:
    return [address_token(ProvenAddress("new@example.org", cast.program.public_id, "mentee", "join"))]


def _invitation(cast: Cast) -> Invitation:
    (row,) = send_invitations(
        program=cast.program, text="new@example.org", role="mentee", actor=cast.ada, now=now()
    )
    return row


def _invitation_token(cast: Cast) -> Sequence[Any]:
    return [invitation_token(_invitation(cast))]


def _invitation_id(cast: Cast) -> Sequence[Any]:
    return [cast.program.public_id, _invitation(cast).public_id]


def _chi(cast: Cast) -> Sequence[Any]:
    row = participations_of(cast.program).get(person=cast.chi)
    return [cast.program.public_id, row.public_id]


def _import(cast: Cast) -> Sequence[Any]:
    held = upload_sheet(
        program=cast.program,
        file_name="people.csv",
        content=b"email,role\nana@example.org,mentor\n",
        actor=cast.ada,
    )
    return [cast.program.public_id, held.public_id]


def _step(cast: Cast) -> Sequence[Any]:
    return [cast.program.public_id, "about-you"]


# Everybody with the page's key reads it; without one, only who takes part and the staff.
_public = partial(Row, anonymous=200, dov=200, chi=200, ben=200, eva=200, ada=200, gus=200, hal=200)
_shut = partial(
    Row, anonymous=404, dov=404, chi=200, ben=200, eva=200, ada=200, gus=404, hal=404, args=_program
)
# A person's own enrollment: staff and administrators are strangers here.
_own = partial(
    Row, anonymous=SIGN_IN, dov=404, chi=200, ben=200, eva=200, ada=404, gus=404, hal=404, args=_program
)
_staff = partial(
    Row, anonymous=SIGN_IN, dov=404, chi=404, ben=404, eva=404, ada=200, gus=404, hal=404, args=_program
)
_staff_post = partial(_staff, method="POST", ada=302)

ROWS = [
    _shut("public:program"),
    _public("public:program", args=_open_program),
    _shut("public:letter"),
    _public("public:join", args=_join_token, **dict.fromkeys(
        ("anonymous", "dov", "chi", "ben", "eva", "ada", "gus", "hal"), 302)),
    # no role chosen: the page comes back with what is missing
    Row("public:program.joining", 422, 422, 422, 422, 422, 422, 422, 422, args=_open_program, method="POST"),
    Row("public:program.code", 422, 422, 422, 422, 422, 422, 422, 422, args=_code_program, method="POST"),
    _public("public:address", args=_address_token),
    _public("public:invitation", args=_invitation_token),
    # who is signed in with another address cannot take it up; nobody: comes in as the invited person
    Row("public:invitation.acceptance", 302, 409, 409, 409, 409, 409, 409, 409,
        args=_invitation_token, method="POST"),
    Row("public:invitation.refusal", 302, 302, 302, 302, 302, 302, 302, 302,
        args=_invitation_token, method="POST"),
    Row("workspace:programs", SIGN_IN, 200, 200, 200, 200, 200, 200, 200),
    _own("workspace:enroll"),
    _own("workspace:enroll.step", args=_step),
    _own("workspace:enroll.submission", method="POST", chi=302, ben=302, eva=302),
    _own("workspace:enroll.withdrawal", method="POST", chi=302, ben=302, eva=302),
    # sent in before: only coordinators change the role now
    _own("workspace:enroll.role", method="POST", chi=409, ben=409, eva=409),
    _own("workspace:enroll.preview", method="POST"),
    _staff("coordinator:people"),
    _staff_post("coordinator:people.decisions"),
    _staff("coordinator:people.sheet"),
    _staff("coordinator:person", args=_chi),
    _staff_post("coordinator:person.decision", args=_chi),
    _staff_post("coordinator:person.place", args=_chi),
    # a tag without words
    _staff("coordinator:person.tags", args=_chi, method="POST", ada=422),
    _staff("coordinator:invitations"),
    _staff("coordinator:invitations.plan", method="POST", ada=422),
    _staff("coordinator:invitations.sending", method="POST", ada=422),
    _staff_post("coordinator:invitations.reminders"),
    _staff_post("coordinator:invitation.resending", args=_invitation_id),
    _staff_post("coordinator:invitation.revocation", args=_invitation_id),
    _staff("coordinator:imports"),
    _staff("coordinator:import", args=_import),
    _staff_post("coordinator:import.confirmation", args=_import),
    _staff_post("coordinator:import.removal", args=_import),
]  # fmt: skip
