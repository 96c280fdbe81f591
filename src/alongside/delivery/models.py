"""Notices: one thing one person should hear, on one channel, at a good moment."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from alongside.delivery.enums import NoticeChannel, NoticeState
from alongside.foundation.models import Row
from alongside.people.enums import NoticeClass
from alongside.programs.models import Program


class Notice(Row):
    """Held in the database until `not_before`; `context` holds ids and facts for the template, never talk.

    `dedupe_key` makes planning idempotent; `thread` groups what may be told together. A person without an account yet
    (an invitation) is told at `address`.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="notices"
    )
    address = models.EmailField(max_length=254, blank=True)
    program = models.ForeignKey(Program, on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=60, help_text="the template it is told with")
    notice_class = models.CharField(max_length=20, choices=NoticeClass.choices)
    channel = models.CharField(max_length=10, choices=NoticeChannel.choices, default=NoticeChannel.MAIL)
    thread = models.CharField(max_length=80, blank=True)
    dedupe_key = models.CharField(max_length=190, unique=True)
    context = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=NoticeState.choices, default=NoticeState.DUE)
    not_before = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    lease = models.DateTimeField(null=True)
    token = models.CharField(max_length=43, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    message_id = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["not_before"], name="delivery_due", condition=Q(state=NoticeState.DUE)),
            models.Index(fields=["person", "state"], name="delivery_of_person"),
        )


class ShelfMail(Row):
    """A mail put on the shelf instead of sent: demo mode, or no mail server set. Readable on a page."""

    to = models.EmailField(max_length=254, db_index=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
