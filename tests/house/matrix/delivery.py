"""Mails: the shelf, leaving a class, what was held and sent, the mail lane, previews."""

from datetime import timedelta
from typing import Any

from alongside.delivery.actions import plan_notice, send_announcement, write_announcement
from alongside.delivery.enums import Act
from alongside.delivery.links import act_link, taking_link, unsubscribe_link
from alongside.delivery.models import Announcement, Notice, ShelfMail
from alongside.discussions.actions import open_topic, post_message
from alongside.discussions.enums import Intention
from alongside.jobs.enums import JobState
from alongside.jobs.models import Job
from alongside.meetings.actions import offer_times
from alongside.people.enums import Channel
from tests.factories import NOW
from tests.house.matrix import SIGN_IN, Row
from tests.people import Cast

ADMINISTRATOR = {"anonymous": SIGN_IN, "dov": 404, "chi": 404, "ben": 404, "eva": 404, "ada": 404, "gus": 404}
STAFF = {
    "anonymous": SIGN_IN,
    "dov": 404,
    "chi": 404,
    "ben": 404,
    "eva": 404,
    "ada": 200,
    "gus": 404,
    "hal": 404,
}
EVERYBODY = {"anonymous": SIGN_IN, **dict.fromkeys(("dov", "chi", "ben", "eva", "ada", "gus", "hal"), 200)}
ANYBODY = dict.fromkeys(("anonymous", "dov", "chi", "ben", "eva", "ada", "gus", "hal"), 200)


def _notice(cast: Cast) -> Notice:
    notice = plan_notice(
        kind="message_posted", about="message:1", person=cast.ben, program=cast.program, now=NOW
    )
    assert notice is not None
    return notice


def _mail_to_hal(cast: Cast) -> list[Any]:
    return [
        ShelfMail.objects.create(
            to=cast.hal.email, subject="Hello", text="Hello", html="<p>Hello</p>"
        ).public_id
    ]


def _mail_to_ben(cast: Cast) -> list[Any]:
    return [
        ShelfMail.objects.create(
            to=cast.ben.email, subject="Hello", text="Hello", html="<p>Hello</p>"
        ).public_id
    ]


def _token(cast: Cast) -> list[Any]:
    return [unsubscribe_link(_notice(cast)).rstrip("/").rpartition("/")[2]]


def _taking(cast: Cast) -> list[Any]:
    start = NOW + timedelta(days=2)
    talk = offer_times(
        mentorship=cast.pair, actor=cast.chi, times=[start], minutes=45, channel=Channel.VIDEO, now=NOW
    )
    notice = plan_notice(
        kind="meeting_offered", about=f"meeting:{talk.pk}", person=cast.ben, program=cast.program, now=NOW
    )
    assert notice is not None
    return [taking_link(notice, talk.offered_times.get().public_id).rstrip("/").rpartition("/")[2]]


def _message(cast: Cast) -> int:
    topic = open_topic(
        mentorship=cast.pair, actor=cast.chi, title="Visa", intention=Intention.ADVICE, now=NOW
    )
    return post_message(topic=topic, actor=cast.chi, body="Hello", now=NOW).pk


def _act(cast: Cast) -> list[Any]:
    notice = plan_notice(
        kind="message_posted",
        about=f"message:{_message(cast)}",
        person=cast.ben,
        program=cast.program,
        now=NOW,
    )
    assert notice is not None
    return [act_link(notice, Act.LATER).rstrip("/").rpartition("/")[2]]


def _job(cast: Cast) -> list[Any]:
    return [Job.objects.create(kind="a", state=JobState.GIVEN_UP, run_after=NOW, created_at=NOW).pk]


def _draft(cast: Cast) -> list[Any]:
    row = write_announcement(
        program=cast.program, circle="mentees", subject="News", body="We meet.", actor=cast.ada, now=NOW
    )
    return [cast.program.public_id, row.public_id]


def _sent(cast: Cast) -> list[Any]:
    _program, public_id = _draft(cast)
    row = Announcement.objects.get(public_id=public_id)
    send_announcement(announcement=row, actor=cast.ada, now=NOW)
    return [public_id]


WORDS = {"circle": "mentees", "subject": "News", "body": "We meet."}

ROWS = [
    # words of the team: its staff write them, those they went to read them
    Row("coordinator:announcements", args=lambda c: [c.program.public_id], **STAFF),
    Row("coordinator:announcement.new", args=lambda c: [c.program.public_id], **STAFF),
    Row(
        "coordinator:announcement.new",
        args=lambda c: [c.program.public_id],
        method="POST",
        data=lambda c: WORDS,
        **{**STAFF, "ada": 302},
    ),
    Row("coordinator:announcement", args=_draft, **STAFF),
    Row("coordinator:announcement.wording", args=_draft, **STAFF),
    Row("coordinator:announcement.wording", args=_draft, method="POST", **{**STAFF, "ada": 422}),
    Row("coordinator:announcement.sending", args=_draft, method="POST", **{**STAFF, "ada": 302}),
    Row("coordinator:announcement.removal", args=_draft, method="POST", **{**STAFF, "ada": 302}),
    Row("workspace:announcements", **EVERYBODY),
    Row("workspace:announcement", args=_sent, **{**STAFF, "ada": 404, "chi": 200, "eva": 200}),
    Row("workspace:announcement", args=lambda c: _draft(c)[1:], **{**STAFF, "ada": 404}),
    # outside a demo: an administrator's own mails, nobody else's
    Row("public:mail_shelf", **ADMINISTRATOR, hal=200),
    Row("public:mail_shelf.mail", args=_mail_to_hal, **ADMINISTRATOR, hal=200),
    Row("public:mail_shelf.mail", args=_mail_to_ben, **ADMINISTRATOR, hal=404),
    Row("public:mail_shelf.html", args=_mail_to_hal, **ADMINISTRATOR, hal=200),
    Row("public:mail_shelf.html", args=_mail_to_ben, **ADMINISTRATOR, hal=404),
    # what waits is shown in a demo only
    Row("public:mail_shelf.waiting", args=lambda c: [_notice(c).public_id], **dict.fromkeys(ANYBODY, 404)),
    Row(
        "public:mail_shelf.waiting_html", args=lambda c: [_notice(c).public_id], **dict.fromkeys(ANYBODY, 404)
    ),
    # whoever has the link may use it, signed in as anybody or not at all
    Row("public:unsubscribe", args=_token, **ANYBODY),
    Row("public:unsubscribe", args=_token, method="POST", **ANYBODY),
    Row("public:taking", args=_taking, **ANYBODY),
    Row("public:taking", args=_taking, method="POST", **dict.fromkeys(ANYBODY, 409)),  # the time has gone by
    Row("public:act", args=_act, **ANYBODY),
    Row("public:act", args=_act, method="POST", **dict.fromkeys(ANYBODY, 302)),
    Row("me:notices_log", **EVERYBODY),
    Row("operator:delivery", **ADMINISTRATOR, hal=200),
    Row("operator:delivery.server_try", method="POST", **ADMINISTRATOR, hal=302),
    Row(
        "operator:delivery.notice_retry",
        args=lambda c: [_notice(c).public_id],
        method="POST",
        **ADMINISTRATOR,
        hal=302,
    ),
    Row("operator:delivery.job_retry", args=_job, method="POST", **ADMINISTRATOR, hal=302),
    Row("coordinator:text_preview", args=lambda c: [c.program.public_id, "message_posted"], **STAFF),
    Row(
        "coordinator:text_preview",
        args=lambda c: [c.program.public_id, "message_posted"],
        method="POST",
        **STAFF,
    ),
]
