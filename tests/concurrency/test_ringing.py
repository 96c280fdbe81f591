"""Eight urgent messages in two topics at the same moment: exactly one rings through, on both databases."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from alongside.discussions.actions import open_topic
from alongside.discussions.enums import Intention, Urgency
from alongside.discussions.models import Message
from alongside.people.enums import UrgentPolicy
from tests.databases import shared_database
from tests.people import cast

CLIENTS = 8
ROOT = Path(__file__).parents[2]
EVENING = datetime(2026, 3, 4, 20, 0, tzinfo=UTC)  # Ben, in London, is open until 18


@pytest.mark.django_db(transaction=True)
def test_only_one_of_many_urgent_messages_rings(tmp_path: Path) -> None:
    people = cast()
    people.ben.preferences.urgent = UrgentPolicy.ANYTIME
    people.ben.preferences.save()
    topics = [
        open_topic(
            mentorship=people.pair,
            actor=people.chi,
            title=title,
            intention=Intention.ADVICE,
            now=EVENING - timedelta(days=8),
        ).public_id
        for title in ("Visa", "Train")
    ]
    own = {
        "DJANGO_SETTINGS_MODULE": "alongside.settings",
        "PYTHONPATH": "src",
        "ALONGSIDE_VAULT_KEY": settings.VAULT_KEY,
    }

    with shared_database(tmp_path) as environment:
        told = [json.dumps(topics), str(people.chi.pk), str(CLIENTS), EVENING.isoformat()]
        done = subprocess.run(
            [sys.executable, "-m", "tests.concurrency.ringers", *told],
            cwd=ROOT,
            env={**environment, **own},
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        kept = list(Message.objects.values_list("urgency", flat=True))

    assert sorted(json.loads(done.stdout)) == [False] * (CLIENTS - 1) + [True]
    assert kept == [Urgency.ASKED]
