"""Talks: times offered, agenda, notes, outcome. Words are sealed; times are not."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from alongside.foundation.clock import now as clock_now
from alongside.foundation.models import Row
from alongside.meetings.enums import (
    Attending,
    FeedDetail,
    MeetingState,
    NoteKind,
    OutcomeKind,
    Rhythm,
    WishKind,
)
from alongside.mentorships.models import Mentorship
from alongside.people.enums import Channel


class Meeting(Row):
    """One talk. The instant is resolved from the wall time in the anchor's zone, both are kept."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="meetings")
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PROPOSED)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    minutes = models.PositiveSmallIntegerField(default=45)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.VIDEO)
    place_sealed = models.BinaryField(null=True, help_text="link, number or place")
    starts_at = models.DateTimeField(null=True)
    wall_time = models.CharField(max_length=16, blank=True, help_text="YYYY-MM-DDTHH:MM in `zone`")
    zone = models.CharField(max_length=60, blank=True)
    fold = models.PositiveSmallIntegerField(
        default=0, help_text="1: the second time the clock shows `wall_time` that day"
    )
    tz_version = models.CharField(
        max_length=20, blank=True, help_text="release of the zone data it was resolved by"
    )
    sequence = models.PositiveIntegerField(
        default=0, help_text="rises with every change, as iCalendar wants it"
    )
    revised_at = models.DateTimeField(default=clock_now, help_text="when `sequence` rose last")
    clocks_told_at = models.DateTimeField(
        null=True, help_text="when the two were told that a clock change moves it for one of them"
    )
    moved_times = models.PositiveSmallIntegerField(default=0)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="who booked, moved or called it off last",
    )
    stretched = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="whose turn it was to stretch, so that turns are taken",
    )
    series = models.CharField(max_length=20, blank=True, help_text="the same for all turns of a rhythm")
    rhythm = models.CharField(max_length=12, choices=Rhythm.choices, blank=True)
    turn_wall = models.CharField(
        max_length=16,
        blank=True,
        help_text="when this turn was to be at first: YYYY-MM-DDTHH:MM in `turn_zone`",
    )
    turn_zone = models.CharField(max_length=60, blank=True)
    goals_tucked_away = models.BooleanField(default=False)
    agenda_key = models.CharField(
        max_length=60, blank=True, help_text="of the suggested agenda; empty: by the talk"
    )

    class Meta:
        indexes = (
            models.Index(fields=["mentorship", "starts_at"], name="meetings_by_time"),
            models.Index(fields=["series"], name="meetings_of_series", condition=~Q(series="")),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["mentorship", "starts_at"],
                condition=Q(state=MeetingState.BOOKED),
                name="meetings_one_at_a_time",
            ),
        )

    @property
    def ends_at(self) -> datetime | None:
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at else None


class Attendance(models.Model):
    """What one of the two said to the time as it is booked now."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=10, choices=Attending.choices)
    said_at = models.DateTimeField()
    stamped_at = models.DateTimeField(
        null=True, help_text="of the latest calendar answer, by that calendar's clock"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["meeting", "person"], name="meetings_one_attendance_each"),
        )

    def __str__(self) -> str:
        return f"{self.status} by {self.person_id}"


class OfferedTime(Row):
    """One of the times offered. Taking one books the meeting; a constraint keeps it to a single winner."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="offered_times")
    starts_at = models.DateTimeField()
    taken = models.BooleanField(default=False)

    class Meta:
        ordering = ("starts_at",)
        constraints = (
            models.UniqueConstraint(fields=["meeting", "starts_at"], name="meetings_offer_once"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(taken=True), name="meetings_one_time_taken"
            ),
        )


class AgendaItem(Row):
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text_sealed = models.BinaryField()
    is_action = models.BooleanField(default=False, help_text="something to do after; carries over until done")
    position = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("position", "pk")


class Note(Row):
    """Shared notes keep every version (the newest counts); a private note is its author's alone."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=8, choices=NoteKind.choices)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text_sealed = models.BinaryField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "version"],
                condition=Q(kind=NoteKind.SHARED),
                name="meetings_shared_note_version",
            ),
            models.UniqueConstraint(
                fields=["meeting", "author"],
                condition=Q(kind=NoteKind.PRIVATE),
                name="meetings_one_private_note",
            ),
        )


class Wish(models.Model):
    """What one of the two would like from the talk."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="wishes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=WishKind.choices)

    class Meta:
        verbose_name_plural = "wishes"
        constraints = (models.UniqueConstraint(fields=["meeting", "person"], name="meetings_one_wish_each"),)

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}"


class Outcome(models.Model):
    """What one of the two said became of it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="outcomes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=OutcomeKind.choices)
    said_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["meeting", "person"], name="meetings_one_outcome_each"),
        )

    def __str__(self) -> str:
        return f"{self.kind} by {self.person_id}"


class Feed(Row):
    """A person's talks as a calendar to subscribe to. Its address is signed; a new public id makes the old one worthless."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    detail = models.CharField(max_length=10, choices=FeedDetail.choices, default=FeedDetail.BUSY)

    class Meta:
        verbose_name = "calendar feed"
