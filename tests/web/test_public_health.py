import pytest
from django.test import Client

from alongside.foundation.clock import now
from alongside.jobs.actions import beat

pytestmark = pytest.mark.django_db


def test_health_is_ok_when_a_worker_lives(client: Client) -> None:
    beat("worker-1", now=now())

    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "migrations": "ok", "worker": "ok"}


def test_health_names_the_worker_when_none_lives(client: Client) -> None:
    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json() == {"status": "unwell", "database": "ok", "migrations": "ok", "worker": "unwell"}
