"""What the outlook writes: readings of relationships, cases, figures counted once."""

from alongside.insights.actions.cases import (
    ask_for_hand,
    offer_help,
    open_safety_case,
    resolve_case,
    say_helped,
    take_case,
    wait_for_case,
    write_team_note,
)
from alongside.insights.actions.counting import figures_of
from alongside.insights.actions.signals import recompute_signals, say_fine

__all__ = [
    "ask_for_hand",
    "figures_of",
    "offer_help",
    "open_safety_case",
    "recompute_signals",
    "resolve_case",
    "say_fine",
    "say_helped",
    "take_case",
    "wait_for_case",
    "write_team_note",
]
