"""Notices: one thing one person should hear, on one channel, at a good moment. And what the mail server does with them."""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import Q

from alongside.delivery.enums import NoticeChannel, NoticeState, Why
from alongside.enrollment.models import Participation
from alongside.foundation.models import Row
from alongside.people.enums import NoticeClass, NoticeMode
from alongside.programs.models import Program


class Notice(Row):
    """Held in the database until `not_before`. Holds ids and facts, never words of people: those are read when it is sent.

    `about` names the thing ("meeting:12"), `thread` groups what may be told together, `dedupe_key` makes planning
    idempotent. A person without an account yet (an invitation) is told at `address`.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="notices"
    )
    address = models.EmailField(max_length=254, blank=True)
    program = models.ForeignKey(Program, on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=60, help_text="key of the text it is told with")
    notice_class = models.CharField(max_length=20, choices=NoticeClass.choices)
    channel = models.CharField(max_length=10, choices=NoticeChannel.choices, default=NoticeChannel.MAIL)
    mode = models.CharField(max_length=10, choices=NoticeMode.choices, default=NoticeMode.NOW)
    about = models.CharField(max_length=60, help_text="type and id of what it tells of")
    thread = models.CharField(max_length=80, blank=True)
    dedupe_key = models.CharField(max_length=190, unique=True)
    context = models.JSONField(default=dict, help_text="further ids and facts for the text")
    starts_at = models.DateTimeField(null=True, help_text="start of the meeting it is about")
    earliest_at = models.DateTimeField(help_text="never before, whatever the hours")
    not_before = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=NoticeState.choices, default=NoticeState.DUE)
    why = models.CharField(max_length=10, choices=Why.choices, blank=True)
    told_with = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        related_name="tells",
        help_text="the mail that carried it",
    )
    lease = models.DateTimeField(null=True)
    token = models.CharField(max_length=43, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    message_id = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True)
    unsubscribed_at = models.DateTimeField(null=True, help_text="when its link was used, which works once")

    class Meta:
        indexes = (
            models.Index(fields=["not_before"], name="delivery_due", condition=Q(state=NoticeState.DUE)),
            models.Index(fields=["lease"], name="delivery_sending", condition=Q(state=NoticeState.SENDING)),
            models.Index(fields=["person", "state", "settled_at"], name="delivery_of_person"),
            models.Index(fields=["about"], name="delivery_about"),
            models.Index(fields=["thread", "notice_class"], name="delivery_thread"),
        )


class Device(Row):
    """A browser that shows notes to its person, while no page is open: as long as it is signed in, and no longer.

    It goes with the session it was added in, however that ends: signing out here or everywhere, another password.
    `endpoint` is the address its push service gave it: whoever has it can be traced by it, so it is shown to nobody.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="devices")
    session = models.OneToOneField("sessions.Session", on_delete=models.CASCADE, related_name="+")
    endpoint = models.CharField(max_length=800, unique=True)
    p256dh = models.CharField(max_length=100, help_text="the browser's public key, base64url")
    auth = models.CharField(max_length=30, help_text="secret that only the browser and we know, base64url")
    name = models.CharField(max_length=60, blank=True)

    @property
    def fingerprint(self) -> str:
        """By which a browser finds itself in a list."""
        return hashlib.sha256(self.endpoint.encode()).hexdigest()[:16]


class Announcement(Row):
    """Words of a coordinator to participants of their program. A draft until it is sent; from then on it stays as it is.

    Sent, it is one mail to each receiver in their hours, and stands on a page of theirs.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="announcements")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    circle = models.CharField(max_length=60, help_text="a Circle, or tag:name")
    subject = models.CharField(max_length=200)
    body = models.TextField(help_text="Markdown")
    sent_at = models.DateTimeField(null=True)
    people = models.ManyToManyField(Participation, through="Receipt", related_name="+")


class Receipt(models.Model):
    """Somebody an announcement went to. Whether it was opened is for their own Today page, never for staff."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="receipts")
    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["announcement", "participation"], name="delivery_announced_once"),
        )

    def __str__(self) -> str:
        return f"announcement {self.announcement_id} to {self.participation_id}"


class Outage(models.Model):
    """The mail server does not answer. One row while that is so: notices wait untouched until `next_try_at`."""

    since = models.DateTimeField()
    tried_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=1)
    error = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"no mail server since {self.since}"


class ShelfMail(Row):
    """A mail put on the shelf instead of sent: demo mode, or no mail server set. Readable on a page."""

    to = models.EmailField(max_length=254, db_index=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
