"""One place left and eight who send in at once: exactly one gets it, the others read that they wait, on both databases."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from alongside.enrollment.enums import EnrollmentStep, ParticipationState
from alongside.enrollment.models import Participation
from alongside.enrollment.queries import counts_by_state
from alongside.programs.enums import Approval
from tests import factories as make
from tests.databases import shared_database

CLIENTS = 8
ROOT = Path(__file__).parents[2]


@pytest.mark.django_db(transaction=True)
def test_last_place_goes_to_exactly_one(tmp_path: Path) -> None:
    program = make.program(places=1, approval=Approval.NONE)
    waiting = [
        make.participation(
            program,
            make.person(),
            "mentee",
            state=ParticipationState.STARTED,
            steps_done=EnrollmentStep.values,
        ).pk
        for _number in range(CLIENTS)
    ]
    own = {
        "DJANGO_SETTINGS_MODULE": "alongside.settings",
        "PYTHONPATH": "src",
        "ALONGSIDE_VAULT_KEY": settings.VAULT_KEY,
    }

    with shared_database(tmp_path) as environment:
        done = subprocess.run(
            [sys.executable, "-m", "tests.concurrency.joiners", json.dumps(waiting)],
            cwd=ROOT,
            env={**environment, **own},
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        counts = counts_by_state(program)
        kept = dict(Participation.objects.filter(pk__in=waiting).values_list("pk", "state"))

    told = json.loads(done.stdout)
    assert sorted(told) == ["approved"] + ["waitlisted"] * (CLIENTS - 1)
    assert [kept[pk] for pk in waiting] == told
    assert (counts[ParticipationState.APPROVED], counts[ParticipationState.WAITLISTED]) == (1, CLIENTS - 1)
