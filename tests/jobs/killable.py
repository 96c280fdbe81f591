"""A worker process for test_kill to kill: books entries in the database and lines in a file, both slowly.

Run as `python -m tests.jobs.killable <file>` with the settings of the database to work on.
"""

import os
import random
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import django


def book(task: "Task") -> None:
    """An effect in the database, with a while before and after it in which the process may be killed."""
    time.sleep(random.random() / 100)
    record("test.booked", actor_id=None, subject=Job(pk=task.id), data=task.payload)
    time.sleep(random.random() / 100)


def tell(task: "Task") -> None:
    """An effect outside: one line, written at once."""
    with Path(sys.argv[1]).open("a") as file:
        file.write(f"{task.payload['n']}\n")
    time.sleep(random.random() / 100)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.settings")
    django.setup()

from alongside.jobs.actions import Task  # noqa: E402 - models can be imported once Django is set up
from alongside.jobs.models import Job  # noqa: E402
from alongside.jobs.worker import Kind, Lane, run_lanes  # noqa: E402
from alongside.journal.actions import record  # noqa: E402

if __name__ == "__main__":
    kinds = {"book": Kind("__main__:book"), "tell": Kind("__main__:tell", outside=True)}
    run_lanes(
        [Lane("killable", kinds=kinds, lease=timedelta(seconds=1))], threading.Event(), idle_seconds=0.05
    )
