"""When periodic jobs come again."""

from datetime import UTC, datetime, time, timedelta

import pytest

from alongside.jobs.actions import claim_jobs, start_periodic_jobs
from alongside.jobs.models import Job, Schedule
from alongside.jobs.timetable import Periodic

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
HOURLY = Periodic("hourly", every=timedelta(hours=1))


def test_daily_time_is_a_wall_time_of_its_zone() -> None:
    nightly = Periodic("nightly", at=time(2, 30), zone="Europe/Berlin")
    assert nightly.next_after(datetime(2026, 3, 28, 0, 0, tzinfo=UTC)) == datetime(
        2026, 3, 28, 1, 30, tzinfo=UTC
    )
    skipped = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)  # 02:30 does not exist: 03:30
    assert nightly.next_after(datetime(2026, 3, 28, 1, 30, tzinfo=UTC)) == skipped
    assert nightly.next_after(skipped) == datetime(2026, 3, 30, 0, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_periodic_job_starts_when_its_time_has_come_and_once() -> None:
    assert start_periodic_jobs([HOURLY], now=NOW) == 0  # gets its row
    assert start_periodic_jobs([HOURLY], now=NOW + timedelta(minutes=59)) == 0
    assert start_periodic_jobs([HOURLY], now=NOW + timedelta(minutes=60)) == 1
    assert start_periodic_jobs([HOURLY], now=NOW + timedelta(minutes=60)) == 0
    assert [job.kind for job in Job.objects.all()] == ["hourly"]


@pytest.mark.django_db
def test_outage_is_not_made_up_for() -> None:
    start_periodic_jobs([HOURLY], now=NOW)
    after = NOW + timedelta(days=3)

    assert start_periodic_jobs([HOURLY], now=after) == 1

    assert Schedule.objects.get().next_at == after + timedelta(hours=1)
    assert len(claim_jobs(now=after + timedelta(days=365), limit=10)) == 1


@pytest.mark.django_db
def test_second_worker_with_an_old_look_starts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    start_periodic_jobs([HOURLY], now=NOW)
    due = NOW + timedelta(hours=1)
    stale = [(HOURLY, Schedule.objects.get())]
    start_periodic_jobs([HOURLY], now=due)
    monkeypatch.setattr("alongside.jobs.actions.due_schedules", lambda *_: stale)

    assert start_periodic_jobs([HOURLY], now=due) == 0
