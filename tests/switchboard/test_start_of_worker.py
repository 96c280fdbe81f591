"""What a worker does first, whatever its timetable says."""

import threading

import pytest

from alongside.jobs.models import Job
from alongside.switchboard import worker


@pytest.mark.django_db(transaction=True)
def test_starting_worker_looks_after_the_times_of_talks_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "run_lanes", lambda lanes, stop: None)

    worker.run_worker(threading.Event())
    worker.run_worker(threading.Event())

    assert list(Job.objects.values_list("kind", flat=True)) == ["meetings.keep_times"]
