"""Every reaction of the house: verb → handlers. Who cares about what is answered here and nowhere else.

AT_ONCE    run in the action's own transaction: few, and only what must be true together.
AFTERWARDS run by the worker, one job per entry and handler, idempotent by their own unique keys. Handlers are named
           "package.module:function" so that a job can name them.
"""

from collections.abc import Mapping, Sequence

from alongside.activities.handlers import lay_out_plan_of_program
from alongside.delivery.audience import SETTLES, TELLINGS
from alongside.delivery.handlers import forget_leaver as forget_mail
from alongside.delivery.handlers import replan
from alongside.enrollment.handlers import forget_leaver as forget_enrollment
from alongside.insights.handlers import forget_leaver as forget_cases
from alongside.journal.actions import Handler
from alongside.mentorships.handlers import end_for_leaver
from alongside.surveys.handlers import forget_leaver as forget_surveys
from alongside.surveys.handlers import install_for_program

AT_ONCE: Mapping[str, Sequence[Handler]] = {
    # Nothing held may go out by hours that hold no longer.
    "person.hours_changed": (replan,),
    "person.notices_changed": (replan,),
    "season.planned": (replan,),
    "season.ended": (replan,),
    # Somebody who leaves is gone everywhere or nowhere.
    "person.erased": (end_for_leaver, forget_enrollment, forget_surveys, forget_cases, forget_mail),
    # A program never stands without its surveys.
    "program.created": (install_for_program,),
    "program.copied": (install_for_program,),
    # A mentorship and its plan begin together.
    "mentorship.started": (lay_out_plan_of_program,),
}

_READ = "alongside.insights.handlers:look_again"
_SHIFT = "alongside.activities.handlers:shift_plan_of_mentorship"

# Reactions of the worker, by verb. What people are told of is added below.
REACTIONS: Mapping[str, Sequence[str]] = {
    "program.changed": ("alongside.enrollment.handlers:fill_added_places",),
    "mentorship.started": ("alongside.surveys.handlers:plan_for_mentorship", _READ),
    "mentorship.ended": ("alongside.surveys.handlers:follow_ending", _READ),
    "mentorship.reopened": ("alongside.surveys.handlers:follow_reopening", _SHIFT, _READ),
    "mentorship.safety_reported": ("alongside.insights.handlers:open_case_of_safety",),
    "meeting.held": ("alongside.insights.handlers:follow_talk", _READ),
    "answer.shared": ("alongside.insights.handlers:open_asked_case", _READ),
    # What may change how a relationship reads: days of contact and talks, rests and seasons, hands asked for.
    **dict.fromkeys(
        (
            "mentorship.contacted", "mentorship.rhythm_changed", "mentorship.closing_begun",
            "meeting.booked", "meeting.moved", "meeting.canceled", "meeting.not_held",
            "meeting.repeated", "meeting.rhythm_ended",
            "case.opened", "case.changed", "case.resolved", "case.reopened",
        ),
        (_READ,),
    ),
    # A rest moves what the plan still holds.
    **dict.fromkeys(("mentorship.paused", "mentorship.resumed"), (_SHIFT, _READ)),
    **dict.fromkeys(("season.planned", "season.ended"), ("alongside.activities.handlers:shift_plans_of_person", _READ)),
}  # fmt: skip

TELL_PEOPLE = "alongside.delivery.handlers:tell_people"  # who hears of what stands in delivery.audience

AFTERWARDS: Mapping[str, Sequence[str]] = {
    verb: (*REACTIONS.get(verb, ()), *((TELL_PEOPLE,) if verb in TELLINGS or verb in SETTLES else ()))
    for verb in sorted({*REACTIONS, *TELLINGS, *SETTLES})
}
