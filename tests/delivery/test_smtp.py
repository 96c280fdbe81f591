"""Mails through a real mail server: what arrives, and what becomes of what does not."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings

from alongside.delivery.actions import plan_notice
from alongside.delivery.enums import NoticeState
from alongside.delivery.jobs import send_due
from alongside.delivery.models import Notice, Outage
from alongside.people.models import Person
from tests import factories as make
from tests.delivery.sink import Sink
from tests.people import Cast

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    sink = Sink()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", sink.port, 5
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.DEFAULT_FROM_EMAIL = "Alongside <hello@alongside.example>"
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture
def many(cast_: Cast) -> list[Notice]:
    """A notice for each of six people in open hours."""
    people = [make.person(f"Reader{number}", zone="Europe/London") for number in range(6)]
    return [_plan(cast_, person) for person in people]


def _plan(cast_: Cast, person: Person, kind: str = "introduction_mentee") -> Notice:
    notice = plan_notice(
        kind=kind, about=f"mentorship:{cast_.pair.pk}", person=person, program=cast_.program, now=NOW
    )
    assert notice is not None
    return notice


def _states() -> Counter[str]:
    return Counter(Notice.objects.values_list("state", flat=True))


def test_mail_arrives_as_html_and_plain_text_with_its_headers(cast_: Cast, sink: Sink) -> None:
    cast_.pair.reasons = [{"mentee": "You both love *maps*", "mentor": "Chi draws maps"}]
    cast_.pair.save()
    notice = _plan(cast_, cast_.chi)

    assert send_due(NOW) == 1

    [mail] = sink.mails
    assert mail["To"] == cast_.chi.email
    assert mail["Subject"] == f"{cast_.program.name}: meet Ben"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == f"<notice.{notice.public_id}@alongside.example>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/unsubscribe/" in mail["List-Unsubscribe"]
    plain, html = mail.iter_parts()
    assert (mail.get_content_type(), plain.get_content_type(), html.get_content_type()) == (
        "multipart/alternative",
        "text/plain",
        "text/html",
    )
    assert "- You both love *maps*" in plain.get_content()
    assert "<li" in html.get_content()
    assert "You both love *maps*" in html.get_content()
    notice.refresh_from_db()
    assert (notice.state, notice.message_id) == (
        NoticeState.SENT,
        f"notice.{notice.public_id}@alongside.example",
    )


def test_class_that_cannot_be_switched_off_has_no_unsubscribe_header(cast_: Cast, sink: Sink) -> None:
    _plan(cast_, cast_.ada, "safety_reported")
    send_due(NOW)
    [mail] = sink.mails
    assert mail["List-Unsubscribe"] is None
    assert mail["List-Unsubscribe-Post"] is None


def test_dead_server_costs_no_mail_and_each_goes_exactly_once_when_it_is_back(
    many: list[Notice], sink: Sink
) -> None:
    sink.stop()
    at = NOW
    for _minute in range(10):
        assert send_due(at) == 0
        at += timedelta(minutes=1)
    outage = Outage.objects.get()
    assert outage.since == NOW
    assert 1 < outage.tries < 8  # asked again after a growing while
    assert _states() == {NoticeState.DUE: 6}
    assert set(Notice.objects.values_list("attempts", flat=True)) == {0}

    sink.start()
    at = outage.next_try_at
    assert send_due(at) == 6
    assert send_due(at) == 0

    assert Counter(sink.receivers) == Counter(notice.person.email for notice in many if notice.person)
    assert _states() == {NoticeState.SENT: 6}
    assert not Outage.objects.exists()


def test_server_that_dies_between_two_mails_is_met_with_a_new_connection(
    many: list[Notice], sink: Sink
) -> None:
    sink.at_data = lambda address, number: "421 closing" if number == 3 else "250 OK"

    send_due(NOW)
    send_due(NOW + timedelta(minutes=2))

    assert Counter(sink.receivers) == Counter(notice.person.email for notice in many if notice.person)
    assert _states() == {NoticeState.SENT: 6}


def test_server_that_asks_to_come_back_gets_the_mail_later(cast_: Cast, sink: Sink) -> None:
    _plan(cast_, cast_.chi)
    sink.at_data = lambda address, number: "451 greylisted" if number == 1 else "250 OK"

    send_due(NOW)
    notice = Notice.objects.get()
    assert (notice.state, notice.not_before > NOW) == (NoticeState.DUE, True)
    assert "451" in notice.error

    send_due(NOW + timedelta(minutes=2))
    assert len(sink.mails) == 1


@pytest.mark.parametrize("where", ["at_rcpt", "at_data"])
def test_refused_for_good_bounces_and_is_not_tried_again(cast_: Cast, sink: Sink, where: str) -> None:
    _plan(cast_, cast_.chi)
    setattr(sink, where, lambda address, number: "550 no such person")

    send_due(NOW)
    send_due(NOW + timedelta(hours=2))

    notice = Notice.objects.get()
    assert notice.state == NoticeState.BOUNCED
    assert "550" in notice.error
    assert cast_.chi.email not in notice.error
    assert sink.mails == []


def test_connection_cut_in_the_middle_is_told_in_the_next_digest_not_again(cast_: Cast, sink: Sink) -> None:
    _plan(cast_, cast_.chi)
    sink.at_data = lambda address, number: "hang up" if number == 1 else "250 OK"

    send_due(NOW)
    assert Notice.objects.get(kind="introduction_mentee").state == NoticeState.UNKNOWN
    assert send_due(NOW + timedelta(minutes=5)) == 0

    send_due(datetime(2026, 3, 5, 3, 1, tzinfo=UTC))  # 8:31 in Kolkata
    [mail] = sink.mails
    assert mail["Subject"] == f"{cast_.program.name}: meet Ben"
    assert Notice.objects.get(kind="introduction_mentee").told_with == Notice.objects.get(kind="digest")


def test_address_that_would_add_a_receiver_is_refused(cast_: Cast, sink: Sink) -> None:
    Person.objects.filter(pk=cast_.chi.pk).update(email="chi@example.org\nBcc: all@example.org")
    _plan(cast_, cast_.chi)
    send_due(NOW)
    assert sink.mails == []
    assert Notice.objects.get().state == NoticeState.BOUNCED


def test_name_with_a_line_break_adds_no_header(cast_: Cast, sink: Sink) -> None:
    Person.objects.filter(pk=cast_.ben.pk).update(name="Ben\r\nBcc: all@example.org")
    _plan(cast_, cast_.chi)
    send_due(NOW)
    [mail] = sink.mails
    assert mail["Bcc"] is None
    assert mail["Subject"].endswith(": meet Ben Bcc: all@example.org")
