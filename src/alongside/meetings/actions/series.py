"""Talks in a rhythm: the same time again and again, each turn a talk of its own that can be moved or called off."""

from datetime import datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from alongside.engine.timing.cadence import Occurrence
from alongside.engine.timing.zones import WallKind, database_version, instant_at
from alongside.foundation.errors import Conflict
from alongside.foundation.ids import new_public_id
from alongside.meetings.access import check_visible
from alongside.meetings.actions._attending import expect_answers
from alongside.meetings.actions._row import lock_people, locked, revise, tell
from alongside.meetings.enums import MeetingState, Rhythm
from alongside.meetings.errors import TimeTaken
from alongside.meetings.models import Meeting
from alongside.meetings.queries.lists import began, turns_left
from alongside.meetings.queries.planner import clashing_meeting, who_stretches
from alongside.meetings.rhythms import turns_between
from alongside.people.models import Person
from alongside.vault.actions import copied

MOST_TURNS = 26
LONGEST_SERIES = timedelta(weeks=26)


def repeat_meeting(*, meeting: Meeting, actor: Person, rhythm: Rhythm, now: datetime) -> list[Meeting]:
    """Books the time of a talk to come again and again, on the clock of the person it was made for; returns the new talks.

    Until the last day of the pair, half a year and 26 turns at most. A turn at which one of the two has another talk is left
    out. Raises Conflict when the talk is not booked or comes again already, when clocks skip or double its time at a turn, and
    when there is no turn.
    """
    check_visible(actor, meeting)
    try:
        with transaction.atomic():
            return _repeat(meeting, actor, rhythm, now)
    except IntegrityError:
        raise TimeTaken(_("You two talk at one of these times already.")) from None


@transaction.atomic
def end_series(*, meeting: Meeting, actor: Person, now: datetime) -> int:
    """Calls off this turn and all after it that are still to come; returns how many. No reason is asked. Idempotent.

    Of the talk the rhythm began with: calls off all turns; the talk itself stands. Raises Conflict when it never had a rhythm.
    """
    check_visible(actor, meeting)
    lock_people(meeting.mentorship)
    row = locked(meeting, actor=actor)
    if not row.series and not Meeting.objects.filter(began(row), mentorship=row.mentorship).exists():
        raise Conflict(_("This talk has no rhythm."))
    rest = turns_left(row, now=now).select_for_update(of=("self",)).select_related("mentorship__program")
    ended: dict[str, list[Meeting]] = {}
    for turn in rest:
        turn.state, turn.settled_by = MeetingState.CANCELED, actor
        revise(turn, now, "state", "settled_by")
        tell("meeting.dropped", turn, actor=actor, now=now)
        ended.setdefault(turn.series, []).append(turn)
    for turns in ended.values():
        tell("meeting.rhythm_ended", turns[0], actor=actor, now=now, turns=[turn.pk for turn in turns])
    return sum(map(len, ended.values()))


def _repeat(meeting: Meeting, actor: Person, rhythm: Rhythm, now: datetime) -> list[Meeting]:
    people = lock_people(meeting.mentorship)
    row = locked(meeting, actor=actor)
    if row.state != MeetingState.BOOKED or row.starts_at is None or row.starts_at <= now or not row.wall_time:
        raise Conflict(_("Only a talk that is booked and still to come can be repeated."))
    if turns_left(row, now=now).exclude(pk=row.pk).exists():
        raise Conflict(_("This talk comes again already."))
    rows, series = [], _new_series(row)
    for turn in _turns(row, rhythm):
        if clashing_meeting(people, turn.instant, row.minutes) is None:
            new = _turn(row, turn, series, rhythm, actor)
            new.stretched = who_stretches(people, turn.instant, row.minutes)
            own, its = (f"meeting:{talk.public_id}:place" for talk in (row, new))
            new.place_sealed = copied(row.place_sealed, of=own, about=its)
            new.created_at = new.revised_at = now
            new.save()
            expect_answers(new, people, agreed=[actor], now=now)
            tell("meeting.laid_out", new, actor=actor, now=now)
            rows.append(new)
    if not rows:
        raise Conflict(_("There is no further time before your last day that is free."))
    tell("meeting.repeated", rows[0], actor=actor, now=now, rhythm=rhythm.value)
    return rows


def _new_series(row: Meeting) -> str:
    """A name no rhythm had: calendars keep what was ended under the one before."""
    before = Meeting.objects.filter(began(row), mentorship=row.mentorship)
    count = before.values("series").distinct().count()
    return f"{row.public_id}-{count + 1}" if count else row.public_id


def _turns(row: Meeting, rhythm: Rhythm) -> list[Occurrence]:
    """The turns after the talk itself."""
    wall = datetime.fromisoformat(row.wall_time)
    last_day = instant_at(row.mentorship.ends_on + timedelta(days=1), time(0), row.zone).instant
    begins = row.starts_at or last_day
    turns = turns_between(wall, row.zone, rhythm, min(last_day, begins + LONGEST_SERIES))
    after = [turn for turn in turns if turn.instant > begins][:MOST_TURNS]
    if any(turn.kind is not WallKind.ONCE for turn in after):
        raise Conflict(
            _("Clocks change over this very time. Choose another time for a talk that comes again.")
        )
    return after


def _turn(row: Meeting, turn: Occurrence, series: str, rhythm: Rhythm, actor: Person) -> Meeting:
    wall = f"{turn.day}T{turn.at:%H:%M}"
    return Meeting(
        public_id=new_public_id(),
        mentorship=row.mentorship,
        state=MeetingState.BOOKED,
        offered_by=row.offered_by,
        settled_by=actor,
        minutes=row.minutes,
        channel=row.channel,
        starts_at=turn.instant,
        wall_time=wall,
        zone=row.zone,
        tz_version=database_version(),
        series=series,
        rhythm=rhythm,
        turn_wall=wall,
        turn_zone=row.zone,
    )
