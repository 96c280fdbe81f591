"""Sixteen clients write to one pair at once: every acknowledged message is there exactly once, on both databases."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from alongside.discussions.actions import open_topic
from alongside.discussions.enums import Intention
from alongside.discussions.models import Message
from alongside.journal.models import Entry
from alongside.vault.models import DataKey
from alongside.vault.queries import open_many
from tests.databases import shared_database
from tests.factories import NOW
from tests.people import cast

PROCESSES, CLIENTS, SENDS = 2, 8, 36
ROOT = Path(__file__).parents[2]


@pytest.mark.django_db(transaction=True)
def test_every_acknowledged_message_is_there_exactly_once(tmp_path: Path) -> None:
    people = cast()
    topic = open_topic(
        mentorship=people.pair, actor=people.chi, title="Rush", intention=Intention.SHARING, now=NOW
    )
    authors = json.dumps([people.chi.pk, people.ben.pk])

    own = {
        "DJANGO_SETTINGS_MODULE": "alongside.settings",
        "PYTHONPATH": "src",
        "ALONGSIDE_VAULT_KEY": settings.VAULT_KEY,
    }

    with shared_database(tmp_path) as environment:
        arguments = [topic.public_id, authors]
        running = [
            subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "tests.concurrency.writers",
                    *arguments,
                    *map(str, (process, CLIENTS, SENDS)),
                ],
                cwd=ROOT,
                env={**environment, **own},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            for process in range(PROCESSES)
        ]
        answers = [process.communicate(timeout=300) for process in running]
        assert [process.returncode for process in running] == [0] * PROCESSES, answers
        rows = list(Message.objects.filter(topic=topic))
        texts = open_many([(row.body_sealed, f"message:{row.public_id}:body") for row in rows])
        posted = Entry.objects.filter(verb="message.posted").values_list("subject_id", flat=True)
        told = Counter(posted)
        keys_of_authors = DataKey.objects.filter(scope=people.pair.scope).count()

    acknowledged = [tuple(pair) for out, _err in answers for pair in json.loads(out)]
    assert len(acknowledged) == PROCESSES * CLIENTS * SENDS
    assert len(rows) >= 500
    assert {(row.client_key, row.public_id) for row in rows} == set(acknowledged)
    assert len({row.client_key for row in rows}) == len(rows)
    assert sorted(texts) == sorted(f"words of {row.client_key}" for row in rows)
    assert told == Counter(row.pk for row in rows)
    assert keys_of_authors == 2
