"""Writing about people, by occasion: joining, settings of one's own, leaving, roles."""

from alongside.people.actions.joining import checked_email, create_administrator, ensure_person, set_password
from alongside.people.actions.leaving import ask_for_erasure, erase_person, keep_account
from alongside.people.actions.roles import close_account, make_administrator, open_account, take_administrator
from alongside.people.actions.sessions import forget_ended_sessions
from alongside.people.actions.settings import (
    add_season,
    change_hours,
    change_notices,
    change_profile,
    end_season,
    set_photo,
)

__all__ = [
    "add_season",
    "ask_for_erasure",
    "change_hours",
    "change_notices",
    "change_profile",
    "checked_email",
    "close_account",
    "create_administrator",
    "end_season",
    "ensure_person",
    "erase_person",
    "forget_ended_sessions",
    "keep_account",
    "make_administrator",
    "open_account",
    "set_password",
    "set_photo",
    "take_administrator",
]
