"""Workers killed without warning, on a real database: nothing is lost, nothing in the database is doubled."""

import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from alongside.jobs.enums import JobState
from alongside.jobs.models import Job
from alongside.journal.models import Entry
from tests import factories as make
from tests.databases import shared_database

JOBS, KILLS, WORKERS = 240, 6, 2
ROOT = Path(__file__).parents[2]


@pytest.mark.django_db(transaction=True)
def test_killed_workers_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    told = tmp_path / "told"
    told.touch()
    with shared_database(tmp_path) as environment:
        Job.objects.bulk_create(
            Job(kind=kind, payload={"n": n}, run_after=make.NOW, created_at=make.NOW)
            for n in range(JOBS)
            for kind in ("book", "tell")
        )
        _work_and_kill(environment, told)

        booked = Counter(entry.data["n"] for entry in Entry.objects.all())
        attempts = list(Job.objects.values_list("attempts", flat=True))

    assert booked == Counter(range(JOBS))
    assert set(told.read_text().split()) == {str(n) for n in range(JOBS)}
    assert max(attempts) > 1  # the kills did hit jobs that were under way


def _work_and_kill(environment: dict[str, str], told: Path) -> None:
    """Keeps two workers running, kills one of them at KILLS moments, and ends when all jobs are done."""
    moments = sorted(random.sample(range(20, 2 * JOBS - 20), KILLS))
    workers = [_worker(environment, told) for _ in range(WORKERS)]
    try:
        give_up_at = time.monotonic() + 120
        while (count := Job.objects.filter(state=JobState.DONE).count()) < 2 * JOBS:
            assert time.monotonic() < give_up_at, f"only {count} of {2 * JOBS} done"
            if moments and count >= moments[0]:
                moments.pop(0)
                victim = workers.pop(0)
                victim.kill()
                victim.wait()
                workers.append(_worker(environment, told))
            time.sleep(0.01)
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()


def _worker(environment: dict[str, str], told: Path) -> subprocess.Popen[bytes]:
    environment = {**environment, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.killable", str(told)], cwd=ROOT, env=environment
    )
