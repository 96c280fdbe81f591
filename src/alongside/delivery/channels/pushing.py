"""Telling on devices what is due: the sweep of the push lane."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from alongside.delivery.actions.devices import forget_devices
from alongside.delivery.actions.sending import (
    Claimed,
    claim_push,
    settle_lost_letters,
)
from alongside.delivery.channels.mail import Outcome
from alongside.delivery.channels.push import hand_over
from alongside.delivery.channels.settling import settle
from alongside.delivery.enums import NoticeChannel
from alongside.delivery.pushes import Push
from alongside.delivery.queries import has_due, lost_in_sending
from alongside.jobs.worker import PULSE

BATCH = 20  # notes of one turn, if they take no longer than PULSE: then the lane gives its sign of life
BUDGET = 20.0  # seconds for all devices of one note: far below the lease it is handed over under
# Of several devices the best counts: a note that one of them took is told, and goes to none twice.
_BEST_FIRST = (Outcome.TAKEN, Outcome.UNKNOWN, Outcome.NOT_NOW, Outcome.REFUSED, Outcome.GONE)


def send_due_pushes(now: datetime) -> int:
    """Hands over up to BATCH notes whose moment has come; returns how many. Looks with plain reads first.

    Begins none after PULSE, however slow push services are: the lane's next sign of life comes a BUDGET later at the most.
    """
    if lost_in_sending(now).exists():
        settle_lost_letters(now=now)
    if not has_due(now, NoticeChannel.PUSH):
        return 0
    begun, sent = time.monotonic(), 0
    for _turn in range(BATCH):
        passed = timedelta(seconds=time.monotonic() - begun)
        if sent and passed >= PULSE:
            break
        at = now + passed
        claimed = claim_push(now=at)
        if claimed is None:
            break
        _tell(claimed, lambda: now + timedelta(seconds=time.monotonic() - begun))
        sent += 1
    return sent


def _tell(claimed: Claimed[Push], clock: Callable[[], datetime]) -> None:
    """Outside any transaction: what a push service took cannot be called back."""
    results = _results(claimed)
    gone = [pk for pk, outcome, _problem in results if outcome is Outcome.GONE]
    if gone:
        forget_devices(gone)
    found = {outcome for _pk, outcome, _problem in results}
    best = next((kind for kind in _BEST_FIRST if kind in found), Outcome.GONE)
    problem = next((problem for _pk, outcome, problem in results if outcome is best), "")
    settle(claimed, best, problem, now=clock())


def _results(claimed: Claimed[Push]) -> list[tuple[int, Outcome, str]]:
    """What became of the note at each device within the BUDGET. Those it did not reach come first at the next try."""
    ends = time.monotonic() + BUDGET
    devices = claimed.letter.devices
    first = (claimed.notice.attempts - 1) % max(1, len(devices))
    return [
        (device.pk, *hand_over(claimed.letter, device, within=ends - time.monotonic()))
        for device in (*devices[first:], *devices[:first])
    ]
