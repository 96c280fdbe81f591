"""Letters asked for at the door: sealed while they wait, sent once, tried again while the server is away."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from pytest_django import Settings

from alongside.delivery.actions.posting import post_letter, posted_letter
from alongside.foundation.clock import now
from alongside.foundation.mail import Action, Letter
from alongside.jobs.enums import JobState
from alongside.jobs.models import Job
from alongside.vault.errors import SealBroken
from tests.delivery.sink import Sink
from tests.work import do_work

SECRET = "https://example.org/link/secret"
LETTER = Letter("ana@example.org", "Your link", "Here *it* is.", Action("Sign in", SECRET), foot="Leave it.")
pytestmark = pytest.mark.django_db


def test_letter_is_sent_as_it_was_and_forgotten() -> None:
    post_letter(LETTER, now=now(), expires_at=now() + timedelta(minutes=30))
    job = Job.objects.get()
    assert "secret" not in str(job.payload)
    assert "ana@" not in str(job.payload)

    do_work()

    [message] = mail.outbox
    assert (message.to, message.subject) == (["ana@example.org"], "Your link")
    assert SECRET in message.body
    assert message.extra_headers["Message-ID"].startswith("<letter.")
    job.refresh_from_db()
    assert (job.state, job.payload) == (JobState.DONE, {})


def test_letter_that_is_no_use_any_more_is_not_sent() -> None:
    post_letter(LETTER, now=now() - timedelta(hours=1), expires_at=now() - timedelta(minutes=30))
    do_work()
    assert mail.outbox == []
    assert Job.objects.get().state == JobState.DONE


def test_letter_moved_to_another_place_does_not_open() -> None:
    at = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
    post_letter(LETTER, now=at)
    payload = Job.objects.get().payload
    assert posted_letter(payload, now=at) is not None
    with pytest.raises(SealBroken):
        posted_letter({**payload, "number": "another"}, now=at)


def test_dead_server_breaks_nothing_and_the_letter_goes_when_it_is_back(settings: Settings) -> None:
    sink = Sink()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", sink.port, False
    post_letter(LETTER, now=now())
    do_work()
    job = Job.objects.get()
    assert (job.state, job.attempts) == (JobState.READY, 1)
    assert job.error.startswith("ServerAway")

    sink.start()
    Job.objects.update(run_after=now())
    do_work()
    sink.stop()

    assert sink.receivers == ["ana@example.org"]
