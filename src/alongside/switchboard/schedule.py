"""Everything the worker does: how each kind of job is run, and what comes again and when."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.conf import settings

from alongside.jobs.timetable import Periodic
from alongside.jobs.worker import Kind, Lane

KINDS: Mapping[str, Kind] = {
    "journal.react": Kind("alongside.journal.jobs:react"),
    "jobs.sweep": Kind("alongside.jobs.jobs:sweep"),
    "delivery.post_letter": Kind("alongside.delivery.jobs:send_posted_letter", outside=True),
    "delivery.fetch_answers": Kind("alongside.delivery.channels.fetching:fetch_answers", outside=True),
    "enrollment.address_letter": Kind("alongside.enrollment.jobs:send_address_letter", outside=True),
    "people.erase_due": Kind("alongside.people.jobs:erase_due"),
    "people.forget_sessions": Kind("alongside.people.jobs:forget_sessions"),
    "matching.solve": Kind("alongside.matching.jobs:solve", outside=True),
    "matching.tend_requests": Kind("alongside.matching.jobs:tend_requests"),
    "mentorships.keep_dates": Kind("alongside.mentorships.jobs:keep_dates"),
    "discussions.send_scheduled": Kind("alongside.discussions.jobs:send_scheduled"),
    "insights.read_all": Kind("alongside.insights.jobs:read_all", outside=True),
    "insights.ask_surveys": Kind("alongside.insights.jobs:ask_surveys"),
    "meetings.keep_times": Kind("alongside.meetings.jobs:keep_times", outside=True),
    "goals.wake": Kind("alongside.goals.jobs:wake"),
}

TIMETABLE: Sequence[Periodic] = (
    Periodic("jobs.sweep", every=timedelta(hours=1)),
    Periodic("people.erase_due", every=timedelta(hours=1)),
    Periodic("people.forget_sessions", every=timedelta(hours=1)),
    Periodic("insights.read_all", every=timedelta(hours=6)),
    Periodic("insights.ask_surveys", every=timedelta(minutes=15)),
    Periodic("meetings.keep_times", every=timedelta(hours=6)),
    Periodic("goals.wake", every=timedelta(hours=1)),
    Periodic("matching.tend_requests", every=timedelta(minutes=15)),
    Periodic("mentorships.keep_dates", every=timedelta(hours=6)),
    *(
        (Periodic("delivery.fetch_answers", every=timedelta(minutes=1)),)
        if settings.ENV.reply_mailbox
        else ()
    ),
)

# Done once whenever a worker starts, beside its time: what an upgrade may have changed.
AT_START: Sequence[str] = ("meetings.keep_times",)

# Sweeps look at due columns with a plain read each turn. Mail and push have lanes of their own: a slow
# server holds up nothing.
LANES: Sequence[Lane] = (
    Lane("work", kinds=KINDS, timetable=TIMETABLE),
    Lane("mail", sweeps=("alongside.delivery.jobs:send_due",)),
    *(
        (Lane("push", sweeps=("alongside.delivery.channels.pushing:send_due_pushes",)),)
        if settings.PUSH
        else ()
    ),
)
