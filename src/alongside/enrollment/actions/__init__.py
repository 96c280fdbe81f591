"""Everything that can be done about taking part. Each action checks who may, runs in one transaction, records what happened."""

from alongside.enrollment.actions.deciding import (
    Decided,
    approve_participations,
    change_capacity,
    change_role,
    decline_participations,
    retire_participations,
    return_participation,
    tag_participations,
    untag_participations,
)
from alongside.enrollment.actions.filling import StepInput, save_step
from alongside.enrollment.actions.importing import (
    choose_columns,
    confirm_import,
    discard_import,
    upload_sheet,
)
from alongside.enrollment.actions.inviting import (
    ask_address_letter,
    decline_invitation,
    remind_invited,
    resend_invitation,
    revoke_invitation,
    send_invitations,
)
from alongside.enrollment.actions.joining import (
    change_own_capacity,
    change_own_role,
    fill_places,
    start_participation,
    submit_enrollment,
    withdraw_participation,
)

__all__ = [
    "Decided",
    "StepInput",
    "approve_participations",
    "ask_address_letter",
    "change_capacity",
    "change_own_capacity",
    "change_own_role",
    "change_role",
    "choose_columns",
    "confirm_import",
    "decline_invitation",
    "decline_participations",
    "discard_import",
    "fill_places",
    "remind_invited",
    "resend_invitation",
    "retire_participations",
    "return_participation",
    "revoke_invitation",
    "save_step",
    "send_invitations",
    "start_participation",
    "submit_enrollment",
    "tag_participations",
    "untag_participations",
    "upload_sheet",
    "withdraw_participation",
]
