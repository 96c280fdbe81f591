"""What the worker does for matching: large runs, and requests whose time has come."""

from alongside.foundation.clock import now as machine_now
from alongside.jobs.actions import Task
from alongside.matching.actions import solve_run, tend_request
from alongside.matching.models import Run
from alongside.matching.queries.requests import due_requests


def solve(task: Task) -> None:
    """Solves one run, outside a transaction: it may take minutes. A run that is gone or solved is left alone."""
    run = Run.objects.defer("snapshot_sealed", "result").filter(pk=task.payload["run"]).first()
    if run is not None:
        solve_run(run=run, now=machine_now())


def tend_requests(task: Task) -> None:
    """Reminds and ends what is due, each request in a transaction of its own."""
    now = machine_now()
    for request in due_requests(now=now):
        tend_request(request=request, now=now)
