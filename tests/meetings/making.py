"""Talks for tests: offered, booked, over."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from alongside.meetings import actions
from alongside.meetings.models import Meeting
from alongside.people.enums import Channel
from tests.factories import NOW
from tests.people import Cast

MONDAY = datetime(2026, 3, 9, 9, 30, tzinfo=UTC)  # 15:00 in Kolkata, 9:30 in London
TUESDAY, THURSDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=3)


def offered(cast: Cast, *, times: Sequence[datetime] = (MONDAY,), by: str = "ben", **more: Any) -> Meeting:
    """Times offered by Ben to Chi, 45 minutes of video."""
    fields = {"minutes": 45, "channel": Channel.VIDEO, "now": NOW, **more}
    return actions.offer_times(mentorship=cast.pair, actor=getattr(cast, by), times=times, **fields)


def booked(cast: Cast, at: datetime = MONDAY, **more: Any) -> Meeting:
    """Offered by Ben, taken by Chi."""
    meeting = offered(cast, times=(at,), **more)
    time = meeting.offered_times.get(starts_at=at)
    return actions.take_time(meeting=meeting, actor=cast.chi, offered=time.public_id, now=NOW)
