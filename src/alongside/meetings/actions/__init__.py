"""Everything that changes a talk: times, agenda, notes, what became of it."""

from alongside.meetings.actions._row import LONGEST_LINE, LONGEST_NOTE, LONGEST_PLACE
from alongside.meetings.actions.agenda import (
    add_agenda_item,
    remove_agenda_item,
    set_goals_tucked_away,
    set_wish,
    tick_agenda_item,
    use_agenda,
)
from alongside.meetings.actions.notes import save_own_note, save_shared_note
from alongside.meetings.actions.outcomes import say_outcome
from alongside.meetings.actions.times import (
    cancel_meeting,
    change_how,
    move_meeting,
    offer_other_times,
    offer_times,
    reinstate_meeting,
    take_time,
)

__all__ = [
    "LONGEST_LINE",
    "LONGEST_NOTE",
    "LONGEST_PLACE",
    "add_agenda_item",
    "cancel_meeting",
    "change_how",
    "move_meeting",
    "offer_other_times",
    "offer_times",
    "reinstate_meeting",
    "remove_agenda_item",
    "save_own_note",
    "save_shared_note",
    "say_outcome",
    "set_goals_tucked_away",
    "set_wish",
    "take_time",
    "tick_agenda_item",
    "use_agenda",
]
