"""What became of what was handed over, written down: the same for every channel."""

from datetime import datetime

from alongside.delivery.actions.sending import (
    Claimed,
    Words,
    mark_bounced,
    mark_sent,
    mark_unknown,
    mark_unreachable,
    put_back,
)
from alongside.delivery.channels.mail import Outcome


def settle(claimed: Claimed[Words], outcome: Outcome, problem: str, *, now: datetime) -> None:
    """Outside the transaction that claimed it: what was taken cannot be rolled back."""
    match outcome:
        case Outcome.TAKEN:
            mark_sent(claimed, now=now)
        case Outcome.NOT_NOW:
            put_back(claimed, problem, now=now)
        case Outcome.REFUSED:
            mark_bounced(claimed, problem, now=now)
        case Outcome.UNKNOWN:
            mark_unknown(claimed, problem, now=now)
        case Outcome.GONE:
            mark_unreachable(claimed, now=now)
