"""Everything that can be done in matching. Each action checks who may, runs in one transaction, records one entry."""

from alongside.matching.actions.answering import accept_request, decline_request, say_full
from alongside.matching.actions.asking import send_request, tend_request, withdraw_request
from alongside.matching.actions.byhand import add_pair, put_back_pair, take_out_pair
from alongside.matching.actions.overriding import clear_override, forbid_pair, pin_pair
from alongside.matching.actions.publishing import publish_run, take_out_impossible, undo_publish
from alongside.matching.actions.runs import discard_run, solve_run, start_run, stop_run
from alongside.matching.actions.suggesting import save_suggestions

__all__ = [
    "accept_request",
    "add_pair",
    "clear_override",
    "decline_request",
    "discard_run",
    "forbid_pair",
    "pin_pair",
    "publish_run",
    "put_back_pair",
    "save_suggestions",
    "say_full",
    "send_request",
    "solve_run",
    "start_run",
    "stop_run",
    "take_out_impossible",
    "take_out_pair",
    "tend_request",
    "undo_publish",
    "withdraw_request",
]
