"""The worker, plugged in."""

import logging
import signal
import threading
from contextlib import ExitStack

from django.conf import settings
from django.db import DatabaseError, connection

from alongside.foundation.named import function_named
from alongside.jobs.actions import enqueue
from alongside.jobs.worker import run_lanes
from alongside.switchboard.schedule import AT_START, LANES

log = logging.getLogger(__name__)


def run_worker(stop: threading.Event) -> None:
    """Does all background work until `stop` is set, then ends what is under way and returns.

    Call it after `django.setup()`: in a thread beside the pages, or as the only thing a process does. Any number of
    workers may run at once.
    """
    _begin()
    with ExitStack() as ears:
        if settings.ENV.reply_listen:  # by name: the packages it needs are an extra
            ears.enter_context(
                function_named("alongside.delivery.channels.listener:listening")(settings.ENV.reply_listen)
            )
        run_lanes(LANES, stop)


def _begin() -> None:
    """Leaves the lanes what is done at each start. A database that is away does not keep them from waiting for it."""
    try:
        for kind in AT_START:
            enqueue(kind, dedupe=f"start:{kind}")
    except DatabaseError:
        log.exception("What is done at each start was left out; it is done at its next time")
    finally:
        connection.close()


def run_until_stopped() -> int:
    """As `run_worker`, in a process of its own, until SIGINT or SIGTERM; then ends what is under way. Returns 0."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    print("The worker is at work. Stop with Ctrl-C.", flush=True)
    run_worker(stop)
    return 0
