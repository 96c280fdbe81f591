"""Everything that can be done to a mentorship. Each action checks who may, runs in one transaction, records one entry."""

from alongside.mentorships.actions.agreeing import propose_agreement, save_own_answers, sign_agreement
from alongside.mentorships.actions.contact import record_contact, record_talk_held, retract_talk
from alongside.mentorships.actions.ending import (
    begin_closing,
    close_mentorship,
    end_early,
    end_well,
    end_with_program,
    tell_closing_soon,
)
from alongside.mentorships.actions.lifecycle import (
    change_end,
    change_rhythm,
    confirm_mentorship,
    pause_mentorship,
    put_away_introduction,
    reopen_mentorship,
    resume_mentorship,
    start_mentorship,
)
from alongside.mentorships.actions.undoing import undo_start

__all__ = [
    "begin_closing",
    "change_end",
    "change_rhythm",
    "close_mentorship",
    "confirm_mentorship",
    "end_early",
    "end_well",
    "end_with_program",
    "pause_mentorship",
    "propose_agreement",
    "put_away_introduction",
    "record_contact",
    "record_talk_held",
    "reopen_mentorship",
    "resume_mentorship",
    "retract_talk",
    "save_own_answers",
    "sign_agreement",
    "start_mentorship",
    "tell_closing_soon",
    "undo_start",
]
