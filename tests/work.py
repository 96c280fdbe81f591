"""The worker, for tests of pages that leave something to it."""

from alongside.jobs.worker import turn
from alongside.switchboard.schedule import LANES


def do_work() -> None:
    """Does all jobs that are due, and those they leave behind, as the worker would a moment later."""
    (lane,) = (lane for lane in LANES if lane.kinds)
    while turn(lane):
        pass
