"""Telling what is due: the sweep of the mail lane. And letters asked for at the door, one job each."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from alongside.delivery.actions.outages import forget_outage, note_outage
from alongside.delivery.actions.posting import posted_letter
from alongside.delivery.actions.sending import claim_letter, settle_lost_letters
from alongside.delivery.channels.mail import MailServer, Outcome, ServerAway
from alongside.delivery.channels.settling import settle
from alongside.delivery.queries import current_outage, has_due, lost_in_sending
from alongside.foundation.clock import now as machine_now
from alongside.jobs.actions import Task

log = logging.getLogger(__name__)

BATCH = 20  # letters of one turn: then the lane gives its sign of life


def send_due(now: datetime) -> int:
    """Hands over up to BATCH letters whose moment has come; returns how many. Looks with plain reads first.

    A server that does not answer costs no notice anything: they wait, and so do we, a little longer each time.
    """
    if lost_in_sending(now).exists():
        settle_lost_letters(now=now)
    if not has_due(now):
        return 0
    outage = current_outage()
    if outage is not None and outage.next_try_at > now:
        return 0
    server = MailServer()
    try:
        server.ready()
        if outage is not None:
            forget_outage()
        return _batch(server, _running_from(now))
    except ServerAway as problem:
        note_outage(str(problem), now=now)
        return 0
    finally:
        server.close()


def send_posted_letter(task: Task) -> None:
    """Hands over a letter somebody asked for at the door. Whatever is not a plain refusal is tried again."""
    letter = posted_letter(task.payload, now=machine_now())
    if letter is None:
        return
    server = MailServer()
    try:
        server.ready()
        outcome, problem = server.hand_over(letter)
    finally:
        server.close()
    if outcome is Outcome.REFUSED:
        log.warning("A letter asked for at the door was refused: %s", problem)
    elif outcome is not Outcome.TAKEN:
        raise ServerAway(problem)


def _batch(server: MailServer, clock: Callable[[], datetime]) -> int:
    sent = 0
    for _turn in range(BATCH):
        server.ready()  # before claiming: a claimed letter that meets a dead server would count as tried
        claimed = claim_letter(now=clock())
        if claimed is None:
            break
        outcome, problem = server.hand_over(claimed.letter)
        settle(claimed, outcome, problem, now=clock())
        sent += 1
    return sent


def _running_from(now: datetime) -> Callable[[], datetime]:
    """A clock that shows `now` at first and runs on from there."""
    begun = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - begun)
