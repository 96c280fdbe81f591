"""The processes that are killed: loaded once in a server of forks, so that a new life begins in a moment.

Their clock runs SPEED times as fast, so that leases run out and outages end while the drill lasts; that of the drill itself
agrees, and can be set ahead.
"""

import os
import threading
import time
from datetime import UTC, datetime, timedelta

import django

from alongside.foundation import clock

SPEED = 60
BEGAN = float(os.environ["ALONGSIDE_DRILL_BEGAN"])
_ahead = timedelta()


def now() -> datetime:
    """The drill's instant, the same in all its processes."""
    return datetime.fromtimestamp(BEGAN + (time.time() - BEGAN) * SPEED, UTC) + _ahead


def set_ahead(by: timedelta) -> None:
    """Sets the clock of this process ahead."""
    global _ahead  # noqa: PLW0603 - there is one clock
    _ahead += by


clock.now = now  # before anything takes it from there
django.setup()

import uvicorn  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from alongside.jobs.worker import run_lanes  # noqa: E402
from alongside.switchboard.asgi import Server, make_application  # noqa: E402
from alongside.switchboard.schedule import LANES  # noqa: E402

get_resolver().url_patterns  # noqa: B018 - every view is loaded once, not in each life


def web(port: int) -> None:
    """The pages, until somebody kills it."""
    Server(uvicorn.Config(make_application(), port=port, log_level="error", lifespan="off")).run()


def worker() -> None:
    """Every lane, until somebody kills it."""
    run_lanes(LANES, threading.Event(), idle_seconds=0.05)
