"""The demo program is made once and whole."""

import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from alongside.delivery.announced import received_by, unread_by
from alongside.delivery.enums import NoticeState
from alongside.delivery.models import Announcement, Notice
from alongside.delivery.previews import letter_waiting
from alongside.discussions.models import Message
from alongside.enrollment.enums import InvitationState
from alongside.enrollment.models import Invitation
from alongside.enrollment.queries import enrolled
from alongside.foundation.clock import now
from alongside.insights.personal import export_zip
from alongside.jobs.actions import Task
from alongside.jobs.models import Job
from alongside.journal.actions import REACT
from alongside.journal.jobs import react
from alongside.meetings.enums import MeetingState
from alongside.meetings.models import Meeting
from alongside.mentorships.enums import MentorshipState
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person
from alongside.programs.models import Program
from alongside.switchboard.demo.content import demo_content
from alongside.switchboard.demo.load import load_if_absent

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Made once for all of them, which takes ten seconds; what a test does to it is undone after the test."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert load_if_absent()
        yield
        transaction.set_rollback(True)


def test_demo_is_made_whole_and_once() -> None:
    content = demo_content()

    assert Person.objects.count() == len(content.cast.people)
    assert Mentorship.objects.count() == len(content.pairs)
    assert {pair.state for pair in content.pairs.values()} == set(
        Mentorship.objects.values_list("state", flat=True)
    )
    assert Message.objects.count() == sum(len(topic.messages) for topic in content.topics)
    assert all(row.reasons for row in Mentorship.objects.filter(state=MentorshipState.TRIAL))
    assert not load_if_absent()


def test_people_of_the_demo_hear_of_what_is_ahead_and_of_nothing_past() -> None:
    for job in Job.objects.filter(kind=REACT):
        react(Task(job.pk, job.kind, job.payload, 1, ""))

    talks = Meeting.objects.filter(state=MeetingState.BOOKED)
    told = Notice.objects.filter(kind="meeting_reminder", state=NoticeState.DUE)
    invited = Invitation.objects.filter(state=InvitationState.SENT)
    assert {notice.about for notice in told} == {f"meeting:{talk.pk}" for talk in talks}
    assert told.count() == 2 * talks.count() > 0
    assert set(
        Notice.objects.filter(kind="invitation", state=NoticeState.DUE).values_list("about", flat=True)
    ) == {f"invitation:{row.pk}" for row in invited}
    assert all(letter_waiting(notice, now=now()) is not None for notice in told)
    assert not Notice.objects.filter(kind__in=("message_posted", "introduction_mentee", "survey")).exists()


def test_demo_has_words_from_the_team_that_wait_to_be_read() -> None:
    mentee = Person.objects.get(email=settings.DEMO_DOORS["mentee"])
    everybody = enrolled(Program.objects.get(name="Spring career program")).count()

    told = [(row.announcement.subject, row.read_at is not None) for row in received_by(mentee)]
    drafts = Announcement.objects.filter(sent_at=None)

    assert told == [
        ("Half of our way, and an open hour on Thursday", False),
        ("What you told us after a month", True),
    ]
    assert [row.subject for row in unread_by(mentee)] == [told[0][0]]
    assert [row.receipts.count() for row in Announcement.objects.exclude(sent_at=None)] == [everybody] * 2
    assert [row.circle for row in drafts] == ["mentors"]
    assert not Notice.objects.exists()


def test_everybody_of_the_demo_can_take_their_data_along() -> None:
    people = list(Person.objects.order_by("pk"))

    exports = [zipfile.ZipFile(BytesIO(export_zip(person, now=now()))) for person in people]

    assert len(people) > 50
    assert all(
        person.email in export.read("my-data.json").decode()
        for person, export in zip(people, exports, strict=True)
    )
