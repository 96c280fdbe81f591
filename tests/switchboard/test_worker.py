"""The worker as it is plugged in: beside its lanes it listens for answers by mail where an administrator wants that."""

import smtplib
import socket
import threading

import pytest
from pytest_django import Settings

from alongside.switchboard import worker


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    return number


@pytest.mark.parametrize("listens", [True, False])
def test_the_worker_listens_for_answers_while_it_works_if_told_to(
    listens: bool, port: int, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"smtp://127.0.0.1:{port}" if listens else ""
    settings.ENV = settings.ENV.model_copy(update={"reply_listen": url})
    greeted: list[bool] = []

    def work(*_: object) -> None:
        greeted.append(_greets(port))

    monkeypatch.setattr(worker, "run_lanes", work)
    monkeypatch.setattr(worker, "AT_START", ())
    worker.run_worker(threading.Event())

    assert (greeted, _greets(port)) == ([listens], False)


def _greets(port: int) -> bool:
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=5) as server:
            return server.noop()[0] == 250
    except OSError:
        return False
