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
from alongside.meetings.actions.answers import accept_time, doubt_time
from alongside.meetings.actions.feeds import remove_feed, renew_feed, set_feed
from alongside.meetings.actions.notes import save_own_note, save_shared_note
from alongside.meetings.actions.outcomes import say_outcome
from alongside.meetings.actions.replies import CalendarAnswer, apply_calendar_reply
from alongside.meetings.actions.series import end_series, repeat_meeting
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
    "CalendarAnswer",
    "accept_time",
    "add_agenda_item",
    "apply_calendar_reply",
    "cancel_meeting",
    "change_how",
    "doubt_time",
    "end_series",
    "move_meeting",
    "offer_other_times",
    "offer_times",
    "reinstate_meeting",
    "remove_agenda_item",
    "remove_feed",
    "renew_feed",
    "repeat_meeting",
    "save_own_note",
    "save_shared_note",
    "say_outcome",
    "set_feed",
    "set_goals_tucked_away",
    "set_wish",
    "take_time",
    "tick_agenda_item",
    "use_agenda",
]
