"""Words of the team: drafted, sent once to a circle in each one's hours, read on a page of one's own."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from pytest_django import Settings

from alongside.delivery.actions import (
    drop_announcement,
    mark_announcement_read,
    reword_announcement,
    send_announcement,
    write_announcement,
)
from alongside.delivery.announced import circles_of, hearing_of, people_in, received_by, unread_by
from alongside.delivery.handlers import tell_people
from alongside.delivery.jobs import send_due
from alongside.delivery.models import Announcement, Notice
from alongside.enrollment.actions import tag_participations
from alongside.enrollment.enums import ParticipationState, Role
from alongside.enrollment.models import Participation
from alongside.foundation.errors import Conflict, Invalid, NotFound
from alongside.journal.models import Entry
from alongside.people.enums import NoticeClass, NoticeMode
from alongside.people.models import Preferences
from tests import factories as make
from tests.people import Cast

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)  # open hours in London, Kolkata and Stockholm; not in Sydney
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mails_in_memory(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def written(cast: Cast, circle: str = "everybody", body: str = "We meet.") -> Announcement:
    return write_announcement(
        program=cast.program, circle=circle, subject="News", body=body, actor=cast.ada, now=NOW
    )


def names(cast: Cast, circle: str) -> list[str]:
    return sorted(row.person.name for row in people_in(cast.program, circle))


def tell(at: datetime = NOW) -> dict[str, object]:
    for entry in Entry.objects.filter(verb="announcement.made"):
        tell_people(entry)
    send_due(now=at)
    return {message.to[0]: message.subject for message in mail.outbox}


def test_circles_hold_those_who_take_part_and_fit(cast_: Cast) -> None:
    lone, both = make.person("Ivo"), make.person("Jo")
    make.participation(cast_.program, lone, Role.MENTEE)
    make.participation(cast_.program, both, Role.BOTH)
    make.participation(cast_.program, make.person("Kim"), Role.MENTEE, state=ParticipationState.WAITLISTED)
    rows = Participation.objects.filter(person__in=(lone, cast_.chi))
    tag_participations(program=cast_.program, participations=list(rows), name="pilot", actor=cast_.ada)

    assert names(cast_, "everybody") == ["Ben", "Chi", "Eva", "Fay", "Ivo", "Jo"]
    assert names(cast_, "mentors") == ["Ben", "Fay", "Jo"]
    assert names(cast_, "mentees") == ["Chi", "Eva", "Ivo", "Jo"]
    assert names(cast_, "unmatched") == ["Ivo", "Jo"]
    assert names(cast_, "tag:pilot") == ["Chi", "Ivo"]
    assert [(circle, people) for circle, _words, people in circles_of(cast_.program)] == [
        ("everybody", 6),
        ("mentors", 3),
        ("mentees", 4),
        ("unmatched", 2),
        ("tag:pilot", 2),
    ]


def test_draft_reaches_nobody(cast_: Cast) -> None:
    written(cast_)

    assert tell() == {}
    assert list(received_by(cast_.chi)) == []


def test_sent_words_go_to_the_circle_as_they_were_written(cast_: Cast) -> None:
    row = written(cast_, "mentors", "Hello,\r\n\r\n**we** meet.")

    send_announcement(announcement=row, actor=cast_.ada, now=NOW)

    assert tell() == {cast_.ben.email: "News"}  # it is night for Fay
    [told] = mail.outbox
    assert isinstance(told, EmailMultiAlternatives)
    assert "<strong>we</strong>" in str(told.alternatives[0])
    assert set(tell(NOW + timedelta(hours=14))) == {cast_.ben.email, cast_.fay.email}
    assert [row.subject for row in unread_by(cast_.fay)] == ["News"]
    assert unread_by(cast_.chi) == []


def test_hearing_says_who_hears_when(cast_: Cast) -> None:
    for person, mode in ((cast_.ben, NoticeMode.OFF), (cast_.chi, NoticeMode.DIGEST)):
        Preferences.objects.filter(person=person).update(notices={NoticeClass.TEAM_NOTE: mode})

    hearing = hearing_of(written(cast_), now=NOW)

    assert (hearing.people, hearing.at_once, hearing.later) == (4, 0, 2)
    assert (hearing.in_digest, hearing.here_only, hearing.away) == (1, 1, 0)
    assert hearing.until is not None
    assert hearing.until.replace(second=0) == datetime(
        2026, 3, 4, 21, 0, tzinfo=UTC
    )  # eight in the morning in Sydney


def test_sending_twice_sends_once(cast_: Cast) -> None:
    row = written(cast_)
    send_announcement(announcement=row, actor=cast_.ada, now=NOW)

    for again in (
        lambda: send_announcement(announcement=row, actor=cast_.ada, now=NOW),
        lambda: drop_announcement(announcement=row, actor=cast_.ada),
        lambda: reword_announcement(
            announcement=row, circle="mentees", subject="Other", body="words", actor=cast_.ada
        ),
    ):
        with pytest.raises(Conflict):
            again()

    assert row.receipts.count() == 4
    assert Announcement.objects.get().subject == "News"
    assert Entry.objects.filter(verb="announcement.made").count() == 1


def test_circle_is_filled_when_it_is_sent(cast_: Cast) -> None:
    row = written(cast_, "unmatched")
    with pytest.raises(Invalid, match="Nobody"):
        send_announcement(announcement=row, actor=cast_.ada, now=NOW)

    make.participation(cast_.program, make.person("Ivo"), Role.MENTEE)
    send_announcement(announcement=row, actor=cast_.ada, now=NOW)

    assert [receipt.participation.person.name for receipt in row.receipts.all()] == ["Ivo"]


def test_read_here_is_not_told_by_mail(cast_: Cast) -> None:
    row = written(cast_, "mentors")
    send_announcement(announcement=row, actor=cast_.ada, now=NOW)

    mark_announcement_read(announcement=row, reader=cast_.ben, now=NOW)

    assert tell() == {}
    assert unread_by(cast_.ben) == []
    assert [receipt.announcement for receipt in received_by(cast_.ben)] == [row]
    assert Notice.objects.get(person=cast_.ben).state == "canceled"


@pytest.mark.parametrize(
    ("field", "value"),
    [("circle", "friends"), ("circle", "tag:none"), ("circle", "tag:"), ("subject", " "), ("body", "\n")],
)
def test_words_or_circle_that_are_nothing_are_refused(cast_: Cast, field: str, value: str) -> None:
    words = {"circle": "everybody", "subject": "News", "body": "We meet.", field: value}
    with pytest.raises(Invalid) as problem:
        write_announcement(program=cast_.program, actor=cast_.ada, now=NOW, **words)
    assert problem.value.field == field


@pytest.mark.parametrize("actor", ["ben", "gus", "hal"])
def test_only_coordinators_of_the_program_announce(cast_: Cast, actor: str) -> None:
    row = written(cast_)
    with pytest.raises(NotFound):
        send_announcement(announcement=row, actor=getattr(cast_, actor), now=NOW)
    assert Announcement.objects.get().sent_at is None
