"""The worker, plugged in."""

import threading

from alongside.jobs.worker import run_lanes
from alongside.switchboard.schedule import LANES


def run_worker(stop: threading.Event) -> None:
    """Does all background work until `stop` is set, then ends what is under way and returns.

    Call it after `django.setup()`: in a thread beside the pages, or as the only thing a process does. Any number of
    workers may run at once.
    """
    run_lanes(LANES, stop)
