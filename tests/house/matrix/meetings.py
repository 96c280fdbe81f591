"""Talks belong to the two; nobody else finds one, whatever its state."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from alongside.foundation import clock
from alongside.meetings import actions
from alongside.meetings.models import Meeting
from alongside.people.enums import Channel
from tests.house.matrix import SIGN_IN, Row
from tests.people import Cast


def _pair(cast: Cast) -> Sequence[Any]:
    return [cast.pair.public_id]


def _offered(cast: Cast) -> Meeting:
    """Offered by Ben for next week, as the pages' own clock has it."""
    now = clock.now()
    return actions.offer_times(
        mentorship=cast.pair,
        actor=cast.ben,
        times=[now.replace(microsecond=0) + timedelta(days=7)],
        minutes=45,
        channel=Channel.VIDEO,
        now=now,
    )


def _booked(cast: Cast) -> Meeting:
    meeting = _offered(cast)
    time = meeting.offered_times.get().public_id
    return actions.take_time(meeting=meeting, actor=cast.chi, offered=time, now=clock.now())


def _offer(cast: Cast) -> Sequence[Any]:
    return [cast.pair.public_id, _offered(cast).public_id]


def _talk(cast: Cast) -> Sequence[Any]:
    return [cast.pair.public_id, _booked(cast).public_id]


def _elsewhere(cast: Cast) -> Sequence[Any]:
    return [cast.other_pair.public_id, _booked(cast).public_id]


def _item(cast: Cast) -> Sequence[Any]:
    meeting = _booked(cast)
    item = actions.add_agenda_item(meeting=meeting, actor=cast.chi, text="Review", now=clock.now())
    return [cast.pair.public_id, meeting.public_id, item.public_id]


_room = partial(Row, anonymous=SIGN_IN, dov=404, chi=200, ben=200, eva=404, ada=404, gus=404, hal=404)
_change = partial(
    Row, anonymous=SIGN_IN, dov=404, chi=302, ben=302, eva=404, ada=404, gus=404, hal=404, method="POST"
)

ROWS = [
    _room("workspace:meetings", args=_pair),
    _room("workspace:meetings.new", args=_pair),
    _change("workspace:meetings.new", args=_pair, chi=422, ben=422),
    _room("workspace:meeting", args=_talk),
    _room("workspace:meeting", args=_offer),
    _room("workspace:meeting", args=_elsewhere, chi=404, ben=404),
    _room("workspace:meeting.times", args=_talk),
    _change("workspace:meeting.times", args=_talk, chi=422, ben=422),
    # an empty choice is answered in words on the talk's own page
    _change("workspace:meeting.booking", args=_offer),
    _change("workspace:meeting.acceptance", args=_talk),
    _change("workspace:meeting.cancellation", args=_talk),
    _change("workspace:meeting.reinstatement", args=_talk),
    _room("workspace:meeting.rhythm", args=_talk),
    _change("workspace:meeting.rhythm", args=_talk, chi=422, ben=422),
    _room("workspace:meeting.rhythm_end", args=_talk),
    _change("workspace:meeting.rhythm_end", args=_talk, chi=409, ben=409),
    _room("workspace:meeting.how", args=_talk),
    _change("workspace:meeting.how", args=_talk, chi=422, ben=422),
    _change("workspace:meeting.outcome", args=_talk, chi=422, ben=422),
    _room("workspace:meeting.calendar", args=_talk),
    _room("workspace:meeting.calendar", args=_offer, chi=404, ben=404),
    _change("workspace:meeting.agenda", args=_talk, chi=422, ben=422),
    _change("workspace:meeting.suggestion", args=_talk, chi=422, ben=422),
    _change("workspace:meeting.item", args=_item),
    _change("workspace:meeting.item.removal", args=_item),
    _change("workspace:meeting.wish", args=_talk),
    _change("workspace:meeting.goals", args=_talk),
    _room("workspace:meeting.notes", args=_talk),
    _change("workspace:meeting.notes", args=_talk, chi=422, ben=422),
    _change("workspace:meeting.own_note", args=_talk),
]
