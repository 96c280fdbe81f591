"""Third part of making the demo: talks held and to come, with what was written around them."""

import datetime as dt

from alongside.foundation.errors import Conflict
from alongside.meetings.actions import (
    add_agenda_item,
    cancel_meeting,
    offer_times,
    save_own_note,
    save_shared_note,
    say_outcome,
    set_goals_tucked_away,
    set_wish,
    take_time,
    tick_agenda_item,
)
from alongside.meetings.enums import MeetingState, OutcomeKind, WishKind
from alongside.meetings.models import Meeting
from alongside.meetings.queries.planner import TALKING
from alongside.people.enums import Channel
from alongside.switchboard.demo.moments import Moment
from alongside.switchboard.demo.pairs import DemoMeeting, DemoPair
from alongside.switchboard.demo.world import DAY, World

AHEAD = 4 * DAY  # how long before a talk its times were offered
HOUR = dt.timedelta(hours=1)


def make_talks(world: World) -> None:
    """The talks told in detail, then the plain ones of every pair on days that have none yet."""
    told: set[tuple[str, dt.date]] = set()
    for meeting in world.content.meetings:
        told.add((meeting.pair, make_meeting(world, meeting)))
    for pair in world.content.pairs.values():
        make_plain_talks(world, pair, told)


def make_meeting(world: World, entry: DemoMeeting) -> dt.date:
    """One talk with its words; returns the day it stands on."""
    zone = world.content.person(entry.zone_of).zone
    if entry.at is None:
        times = [moment.on_workday(world.today).instant(world.today, zone) for moment in entry.offered]
        _offered(world, entry, times, now=world.now - 3 * HOUR)
        return world.today
    starts = entry.at.on_workday(world.today).instant(world.today, zone)
    meeting = _offered(world, entry, [starts], now=min(starts - AHEAD, world.now - HOUR))
    taker = _other(world, entry)
    take_time(
        meeting=meeting,
        actor=world.people[taker],
        offered=meeting.offered_times.get().public_id,
        now=min(starts - AHEAD + HOUR, world.now),
    )
    meeting.refresh_from_db()
    _write(world, meeting, entry)
    _settle(world, meeting, entry, starts)
    return starts.date()


def make_plain_talks(world: World, entry: DemoPair, told: set[tuple[str, dt.date]]) -> None:
    zone = world.content.person(entry.mentee).zone
    days = [*entry.talks, *([entry.next_day] if entry.next_day is not None else [])]
    for day in days:
        starts = Moment(day, entry.talk_minutes).on_workday(world.today).instant(world.today, zone)
        if not any((entry.key, starts.date() + shift * DAY) in told for shift in (-2, -1, 0, 1, 2)):
            _plain_talk(world, entry, starts)


def _plain_talk(world: World, entry: DemoPair, starts: dt.datetime) -> None:
    mentee, mentor = world.people[entry.mentee], world.people[entry.mentor]
    offered_at = min(starts - AHEAD, world.now - HOUR)
    for later in range(3):  # somebody with two mentees may have another talk at that hour
        meeting = offer_times(
            mentorship=world.pairs[entry.key],
            actor=mentee,
            times=[starts + later * HOUR],
            minutes=45,
            channel=Channel(entry.channel) if entry.channel in TALKING else Channel.VOICE,
            now=offered_at,
        )
        try:
            take_time(
                meeting=meeting, actor=mentor, offered=meeting.offered_times.get().public_id, now=offered_at
            )
        except Conflict:
            cancel_meeting(meeting=meeting, actor=mentee, now=offered_at)
            continue
        break
    ends = starts + (later + 1) * HOUR
    if ends < world.now:
        for person in (mentee, mentor):
            say_outcome(meeting=meeting, actor=person, kind=OutcomeKind.HELD, now=ends)


def _offered(world: World, entry: DemoMeeting, times: list[dt.datetime], *, now: dt.datetime) -> Meeting:
    return offer_times(
        mentorship=world.pairs[entry.pair],
        actor=world.people[entry.offered_by],
        times=times,
        minutes=entry.minutes,
        channel=Channel(entry.channel),
        place=entry.place,
        agenda_key=entry.agenda_key,
        now=now,
    )


def _write(world: World, meeting: Meeting, entry: DemoMeeting) -> None:
    """Wish, agenda, notes. Written shortly before or after, it makes no difference to what is shown."""
    now = min(meeting.starts_at or world.now, world.now)
    asker = world.people[world.content.pairs[entry.pair].mentee]
    if entry.wish:
        set_wish(meeting=meeting, actor=asker, wish=WishKind(entry.wish))
    if entry.goals_tucked_away:
        set_goals_tucked_away(meeting=meeting, actor=asker, tucked_away=True)
    for item in entry.agenda:
        row = add_agenda_item(
            meeting=meeting, actor=world.people[item.by], text=item.text, is_action=item.is_action, now=now
        )
        if item.done_day is not None:
            tick_agenda_item(item=row, actor=world.people[item.by], done=True, now=world.at(item.done_day))
    if entry.shared_note:
        save_shared_note(meeting=meeting, actor=asker, text=entry.shared_note, based_on=0, now=now)
    for note in entry.private_notes:
        save_own_note(meeting=meeting, actor=world.people[note.by], text=note.text, now=now)


def _settle(world: World, meeting: Meeting, entry: DemoMeeting, starts: dt.datetime) -> None:
    if entry.state == MeetingState.CANCELED:
        cancel_meeting(
            meeting=meeting, actor=world.people[entry.offered_by], now=min(starts - HOUR, world.now)
        )
    for key, kind in entry.outcomes.items():
        say_outcome(
            meeting=meeting,
            actor=world.people[key],
            kind=OutcomeKind(kind),
            now=max(starts, min(starts + HOUR, world.now)),
        )


def _other(world: World, entry: DemoMeeting) -> str:
    return next(key for key in world.content.pairs[entry.pair].members if key != entry.offered_by)
