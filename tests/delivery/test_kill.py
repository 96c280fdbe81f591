"""Mail workers killed without warning, with a real mail server: no mail twice, none lost from view."""

import random
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from alongside.delivery.actions import plan_notice
from alongside.delivery.actions.sending import LEASE, settle_lost_letters
from alongside.delivery.enums import NoticeState
from alongside.delivery.models import Notice
from alongside.delivery.queries import digest_items
from alongside.foundation.clock import now
from tests import factories as make
from tests.databases import shared_database
from tests.delivery.sink import Sink
from tests.people import Cast

MAILS, KILLS, WORKERS = 120, 6, 2
ROOT = Path(__file__).parents[2]
WORKER = "import django; django.setup(); from alongside.switchboard.worker import run_until_stopped; run_until_stopped()"


@pytest.mark.django_db(transaction=True)
def test_killed_mail_workers_send_nothing_twice_and_hide_nothing(cast_: Cast, tmp_path: Path) -> None:
    for _ in range(MAILS):
        plan_notice(
            kind="safety_reported",
            about=f"mentorship:{cast_.pair.pk}",
            person=make.person(zone="Europe/London"),
            program=cast_.program,
            now=now(),
        )
    sink = Sink()
    sink.at_data = _take_a_while
    sink.start()
    with shared_database(tmp_path) as environment:
        _work_and_kill(
            {**environment, "ALONGSIDE_MAIL_URL": sink.url, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        )
        later = now() + LEASE + timedelta(seconds=1)
        in_doubt = settle_lost_letters(now=later)
        notices = list(Notice.objects.exclude(kind="digest"))
        told_later = sum(digest_items(notice.person_id or 0).count() for notice in notices)
        digests = Notice.objects.filter(kind="digest", state=NoticeState.DUE).count()
    sink.stop()

    arrived = Counter(mail["Message-ID"] for mail in sink.mails)
    by_state = Counter(notice.state for notice in notices)
    assert max(arrived.values()) == 1
    assert by_state[NoticeState.SENT] + by_state[NoticeState.UNKNOWN] == MAILS
    assert {f"<{row.message_id}>" for row in notices if row.state == NoticeState.SENT} <= set(arrived)
    assert in_doubt == by_state[NoticeState.UNKNOWN] == told_later == digests


def _take_a_while(address: str, number: int) -> str:
    time.sleep(0.01)
    return "250 OK"


def _work_and_kill(environment: dict[str, str]) -> None:
    """Keeps two workers running, kills one of them at KILLS moments, and ends when nothing is due any more."""
    moments = sorted(random.sample(range(5, MAILS - 15), KILLS))
    workers = [_worker(environment) for _ in range(WORKERS)]
    try:
        give_up_at = time.monotonic() + 120
        while left := Notice.objects.filter(state=NoticeState.DUE, kind="safety_reported").count():
            assert time.monotonic() < give_up_at, f"{left} still due"
            if moments and MAILS - left >= moments[0]:
                moments.pop(0)
                victim = workers.pop(0)
                victim.kill()
                victim.wait()
                workers.append(_worker(environment))
            time.sleep(0.005)
        for worker in workers:
            worker.terminate()  # as an administrator would: what is under way is finished
            assert worker.wait(timeout=30) == 0
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()


def _worker(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    settings = {**environment, "DJANGO_SETTINGS_MODULE": "alongside.settings"}
    command = [sys.executable, "-c", WORKER]
    return subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL)
