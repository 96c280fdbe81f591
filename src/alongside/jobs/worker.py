"""The worker: takes what is due, runs it, says how it ended. One loop, as threads of the server or as its own process."""

import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import close_old_connections, connection, transaction

from alongside.foundation.clock import now as machine_now
from alongside.foundation.named import function_named
from alongside.jobs import actions
from alongside.jobs.actions import Task
from alongside.jobs.errors import LostLease
from alongside.jobs.timetable import Periodic

log = logging.getLogger(__name__)

PULSE = timedelta(seconds=15)
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Kind:
    """How jobs of a kind are run: `handler` names the function that is given the Task.

    By default handler and acknowledgement share one transaction: effects in our database happen exactly once.
    `outside` is for work that leaves the database or takes long: it runs without a transaction while its lease is
    renewed, and may run again after a crash, so it must bear that.
    """

    handler: str
    outside: bool = False


@dataclass(frozen=True)
class Lane:
    """What one thread of the worker does, in turns: periodic jobs, jobs, and sweeps over due columns.

    A sweep is the name of a function `(now) -> int` that looks with a plain read first, claims for itself, and returns
    how much it did.
    """

    name: str
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    timetable: Sequence[Periodic] = ()
    sweeps: Sequence[str] = ()
    lease: timedelta = actions.LEASE


def run_lanes(lanes: Sequence[Lane], stop: threading.Event, *, idle_seconds: float = 1.0) -> None:
    """Runs every lane in a thread of its own until `stop` is set; returns when the last has ended its turn.

    What is under way is finished. What is cut off by force is taken up again when its lease has run out.
    """
    threads = [
        threading.Thread(target=run_lane, args=(lane, stop, idle_seconds), name=f"worker-{lane.name}")
        for lane in lanes
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def run_lane(lane: Lane, stop: threading.Event, idle_seconds: float = 1.0) -> None:
    """One lane until `stop` is set. No error ends it: it waits a little longer and looks again."""
    name = f"{socket.gethostname()}:{os.getpid()}:{lane.name}"
    beaten, troubles = None, 0
    while not stop.is_set():
        done = 0
        try:
            close_old_connections()
            now = machine_now()
            if beaten is None or now - beaten >= PULSE:
                actions.beat(name, now=now)
                beaten = now
            done = turn(lane, name=name)
            troubles = 0
        except Exception:
            troubles += 1
            log.exception("The worker could not take its turn; it looks again soon")
            connection.close()
        if not done:
            stop.wait(min(idle_seconds * 2**troubles, 30))
    connection.close()


def turn(lane: Lane, *, name: str = "worker", clock: Clock = machine_now) -> int:
    """Starts what is periodic, runs each sweep once and one job; returns how much there was to do."""
    if lane.timetable:
        actions.start_periodic_jobs(lane.timetable, now=clock())
    done: int = sum(function_named(sweep)(clock()) for sweep in lane.sweeps)
    if lane.kinds:
        for task in actions.claim_jobs(now=clock(), lease=lane.lease):
            run_task(task, lane, name=name, clock=clock)
            done += 1
    return done


def run_task(task: Task, lane: Lane, *, name: str = "worker", clock: Clock = machine_now) -> None:
    """Runs one claimed job. What it raises is kept with the job, which is tried again after a growing delay."""
    try:
        kind = lane.kinds[task.kind]
        handler = function_named(kind.handler)
        if kind.outside:
            with _kept_lease(task, lane.lease, name, clock):
                handler(task)
            actions.finish_job(task, now=clock())
        else:
            with transaction.atomic():
                actions.renew_lease(
                    task, now=clock(), lease=lane.lease
                )  # locks the row until the effects are committed
                handler(task)
                actions.finish_job(task, now=clock())
    except LostLease:
        log.warning("Job %s %s went to another worker; what was done here is undone", task.kind, task.id)
    except Exception as problem:
        state = actions.put_back_job(task, problem, now=clock())
        log.exception("Job %s %s, attempt %s: %s", task.kind, task.id, task.attempt, state)


@contextmanager
def _kept_lease(task: Task, lease: timedelta, name: str, clock: Clock) -> Iterator[None]:
    """Renews the lease from a second thread for as long as the block runs."""
    done = threading.Event()

    def renew() -> None:
        while not done.wait(lease.total_seconds() / 3):
            try:
                actions.renew_lease(task, now=clock(), lease=lease)
                actions.beat(name, now=clock())
            except LostLease:
                return
            except Exception:
                log.exception("The lease of job %s could not be renewed; trying again", task.id)
            finally:
                connection.close()

    thread = threading.Thread(target=renew, name=f"lease-{task.id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
