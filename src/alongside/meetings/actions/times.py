"""Finding a time together: offering, taking, moving, calling off. Nobody is ever booked twice for one hour."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.engine.timing.zones import database_version, zone_info
from alongside.foundation.errors import Conflict, Invalid, NotAllowed
from alongside.meetings.access import check_visible
from alongside.meetings.actions._attending import expect_answers
from alongside.meetings.actions._row import LONGEST_PLACE, lock_people, locked, revise, sealed, tell
from alongside.meetings.enums import MeetingState
from alongside.meetings.errors import TimeTaken
from alongside.meetings.models import Meeting, OfferedTime
from alongside.meetings.queries.planner import (
    SOONEST,
    TALKING,
    clashing_meeting,
    furthest_for,
    who_stretches,
)
from alongside.mentorships.access import check_may_write
from alongside.mentorships.models import Mentorship
from alongside.people.enums import Channel
from alongside.people.models import Person
from alongside.people.queries import known_zone
from alongside.vault.queries import open_sealed

SHORTEST, LONGEST = 15, 180
MOST_TIMES = 5


@transaction.atomic
def offer_times(
    *,
    mentorship: Mentorship,
    actor: Person,
    times: Sequence[datetime],
    minutes: int,
    channel: Channel,
    place: str = "",
    agenda_key: str = "",
    now: datetime,
) -> Meeting:
    """Offers times for a talk; the partner takes one. The same offer sent twice is one offer.

    Raises Invalid for times outside the booking window, Conflict when the mentorship has ended.
    """
    check_may_write(actor, mentorship)
    wanted = _checked_times(times, soonest=now + SOONEST, now=now)
    _check_how(minutes, channel)
    Mentorship.objects.select_for_update(of=("self",)).get(pk=mentorship.pk)
    for there in mentorship.meetings.filter(state=MeetingState.PROPOSED, offered_by=actor, minutes=minutes):
        if list(there.offered_times.values_list("starts_at", flat=True)) == wanted:
            return there
    meeting = Meeting(
        mentorship=mentorship,
        offered_by=actor,
        minutes=minutes,
        channel=channel,
        agenda_key=agenda_key,
        created_at=now,
    )
    _set_place(meeting, place, actor)
    meeting.save()
    _put_on_offer(meeting, wanted, now)
    tell("meeting.offered", meeting, actor=actor, now=now, times=[at.isoformat() for at in wanted])
    return meeting


def take_time(*, meeting: Meeting, actor: Person, offered: str, now: datetime) -> Meeting:
    """Books the talk at one of the times offered (its public id). Exactly one taker wins, ever.

    Raises TimeTaken, saying who did what meanwhile, when the talk is booked, called off or offered anew; NotAllowed to
    whoever offered the times; Conflict when one of the two has another talk then, or the time has come.
    """
    check_visible(actor, meeting)
    try:
        with transaction.atomic():
            return _take(meeting, actor, offered, now)
    except IntegrityError:  # a constraint had the last word: somebody else was first
        row = Meeting.objects.select_related("settled_by").get(pk=meeting.pk)
        still_open = row.state == MeetingState.PROPOSED
        words = _("You two talk at that time already.") if still_open else _what_is_so(row, actor)
        raise TimeTaken(words) from None


@transaction.atomic
def offer_other_times(
    *, meeting: Meeting, actor: Person, times: Sequence[datetime], now: datetime
) -> Meeting:
    """Other times instead of those offered, or instead of the one booked: then the talk is being moved.

    Either of the two may; the partner takes one of the new times. Raises Invalid for times not to come, Conflict once
    the talk is over or called off.
    """
    row = locked(meeting, actor=actor)
    _check_still_coming(row, now)
    wanted = _checked_times(times, soonest=now, now=now, of=row)
    moves = row.state == MeetingState.BOOKED
    row.state, row.offered_by, row.settled_by = MeetingState.PROPOSED, actor, None
    row.moved_times += 1 if moves else 0
    revise(row, now, "state", "offered_by", "settled_by", "moved_times")
    OfferedTime.objects.filter(meeting=row).delete()
    _put_on_offer(row, wanted, now)
    tell("meeting.offered", row, actor=actor, now=now, times=[at.isoformat() for at in wanted], moves=moves)
    return row


def move_meeting(*, meeting: Meeting, actor: Person, to: datetime, now: datetime) -> Meeting:
    """Moves a booked talk to another time at once; the partner hears of it and may move it on. No reason is asked.

    Raises Conflict when it is not booked or one of the two has another talk then, Invalid for a time not to come.
    """
    check_visible(actor, meeting)
    try:
        with transaction.atomic():
            return _move(meeting, actor, to, now)
    except IntegrityError:
        raise TimeTaken(_("You two talk at that time already.")) from None


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, actor: Person, by_calendar: bool = False, now: datetime) -> Meeting:
    """Calls a talk off, or takes back or declines times offered. No reason is asked. Idempotent.

    `by_calendar`: the actor's own calendar said so, and need not be told.
    Raises Conflict when its time is over.
    """
    row = locked(meeting, actor=actor)
    if row.state == MeetingState.CANCELED:
        return row
    _check_still_coming(row, now)
    row.state, row.settled_by = MeetingState.CANCELED, actor
    revise(row, now, "state", "settled_by")
    tell("meeting.canceled", row, actor=actor, now=now, by_calendar=by_calendar)
    return row


@transaction.atomic
def reinstate_meeting(*, meeting: Meeting, actor: Person, now: datetime) -> Meeting:
    """Takes one's own calling off back, while the time is still to come and both are free. Idempotent."""
    check_visible(actor, meeting)
    people = lock_people(meeting.mentorship)
    row = locked(meeting, actor=actor)
    if row.state != MeetingState.CANCELED:
        return row
    if row.settled_by_id != actor.pk:
        raise NotAllowed(_("Whoever called it off can take that back. You can offer new times."))
    open_offer = (
        row.offered_times.filter(taken=False).exists() and not row.offered_times.filter(taken=True).exists()
    )
    if open_offer or row.starts_at is None:
        row.state, row.settled_by = MeetingState.PROPOSED, None
        revise(row, now, "state", "settled_by")
        tell("meeting.offered", row, actor=actor, now=now)
        return row
    if row.starts_at <= now:
        raise Conflict(_("This time has begun already. Offer another one."))
    _check_free(row, people, row.starts_at, actor)
    _book(row, row.starts_at, people, actor, now)
    expect_answers(row, people, agreed=[actor], now=now)
    tell("meeting.booked", row, actor=actor, now=now)
    return row


@transaction.atomic
def change_how(
    *, meeting: Meeting, actor: Person, channel: Channel, place: str, minutes: int, now: datetime
) -> Meeting:
    """How the talk is held: channel, link or number, length. Either of the two may."""
    check_visible(actor, meeting)
    people = lock_people(meeting.mentorship)
    row = locked(meeting, actor=actor)
    _check_still_coming(row, now)
    _check_how(minutes, channel)
    longer = minutes > row.minutes
    row.channel, row.minutes = channel, minutes
    if longer and row.state == MeetingState.BOOKED and row.starts_at is not None:
        _check_free(row, people, row.starts_at, actor)
    _set_place(row, place, actor)
    revise(row, now, "channel", "minutes", "place_sealed")
    tell("meeting.changed", row, actor=actor, now=now)
    return row


def _take(meeting: Meeting, actor: Person, offered: str, now: datetime) -> Meeting:
    people = lock_people(meeting.mentorship)
    row = locked(meeting, actor=actor)
    if row.state != MeetingState.PROPOSED:
        raise TimeTaken(_what_is_so(row, actor))
    time = row.offered_times.filter(public_id=offered).first()
    if time is None:
        raise TimeTaken(_("These times were replaced by others. Have a look at the new ones."))
    if row.offered_by_id == actor.pk:
        raise NotAllowed(_("You offered these times. Your partner takes the one that suits."))
    if time.starts_at <= now:
        raise Conflict(_("This time has begun already. Offer another one."))
    _check_free(row, people, time.starts_at, actor)
    time.taken = True
    time.save(update_fields=["taken"])
    _book(row, time.starts_at, people, actor, now)
    expect_answers(row, people, agreed=people, now=now)
    tell("meeting.booked", row, actor=actor, now=now)
    return row


def _move(meeting: Meeting, actor: Person, to: datetime, now: datetime) -> Meeting:
    people = lock_people(meeting.mentorship)
    row = locked(meeting, actor=actor)
    if row.state != MeetingState.BOOKED:
        raise TimeTaken(_what_is_so(row, actor))
    _check_still_coming(row, now)
    (at,) = _checked_times([to], soonest=now, now=now, of=row)
    if at == row.starts_at:
        return row
    _check_free(row, people, at, actor)
    before = row.starts_at
    row.moved_times += 1
    row.save(update_fields=["moved_times"])
    _book(row, at, people, actor, now)
    expect_answers(row, people, agreed=[actor], now=now)
    tell("meeting.moved", row, actor=actor, now=now, moved_from=before.isoformat() if before else "")
    return row


def _book(row: Meeting, at: datetime, people: Sequence[Person], actor: Person, now: datetime) -> None:
    """Writes the booking: the instant, and the wall time on the clock of whoever offered it."""
    anchor = row.offered_by or actor
    zone = known_zone(anchor.preferences.zone)
    row.state, row.starts_at, row.settled_by = MeetingState.BOOKED, at, actor
    local = at.astimezone(zone_info(zone))
    row.wall_time, row.fold = f"{local:%Y-%m-%dT%H:%M}", local.fold
    row.zone, row.tz_version, row.clocks_told_at = zone, database_version(), None
    row.stretched = who_stretches(people, at, row.minutes)
    revise(
        row,
        now,
        "state",
        "starts_at",
        "settled_by",
        "wall_time",
        "fold",
        "zone",
        "tz_version",
        "stretched",
        "clocks_told_at",
    )


def _put_on_offer(meeting: Meeting, times: Sequence[datetime], now: datetime) -> None:
    OfferedTime.objects.bulk_create(
        OfferedTime(meeting=meeting, starts_at=at, created_at=now) for at in times
    )


def _set_place(meeting: Meeting, place: str, actor: Person) -> None:
    words = " ".join(place.split())
    if len(words) > LONGEST_PLACE:
        raise Invalid(_("Say it a little shorter."), field="place")
    about = f"meeting:{meeting.public_id}:place"
    if words != open_sealed(
        meeting.place_sealed, about=about
    ):  # unchanged words stay those of who wrote them
        meeting.place_sealed = sealed(words, meeting=meeting, owner=actor, about=about)


def _checked_times(
    times: Sequence[datetime], *, soonest: datetime, now: datetime, of: Meeting | None = None
) -> list[datetime]:
    wanted = sorted(set(times))
    if not 1 <= len(wanted) <= MOST_TIMES:
        raise Invalid(_("Choose one to five times."), field="times")
    if wanted[0] <= soonest:
        raise Invalid(
            _("This time is very near. Choose one that leaves both of you half a day."), field="times"
        )
    if wanted[-1] > furthest_for(of, now):
        is_far = furthest_for(of, now) > furthest_for(None, now)
        near = _("Choose times within the next eight weeks.")
        raise Invalid(
            _("Choose times within eight weeks of the one you have.") if is_far else near, field="times"
        )
    return wanted


def _check_how(minutes: int, channel: Channel) -> None:
    if not SHORTEST <= minutes <= LONGEST:
        raise Invalid(_("Choose a length from a quarter of an hour to three hours."), field="minutes")
    if channel not in TALKING:
        raise Invalid(_("Choose how you would like to talk."), field="channel")


def _check_still_coming(row: Meeting, now: datetime) -> None:
    if row.state == MeetingState.CANCELED:
        raise Conflict(_("This talk was called off. You can offer new times."))
    over = row.state in (MeetingState.HELD, MeetingState.NOT_HELD)
    if over or (row.state == MeetingState.BOOKED and row.ends_at is not None and row.ends_at <= now):
        raise Conflict(_("The time of this talk is over. You can say what became of it."))


def _check_free(row: Meeting, people: Sequence[Person], at: datetime, actor: Person) -> None:
    clash = clashing_meeting(people, at, row.minutes, but=row)
    if clash is None:
        return
    if clash.mentorship_id == row.mentorship_id:
        raise TimeTaken(_("You two talk at that time already."))
    if clash.mentorship.members.filter(person=actor).exists():
        raise Conflict(_("You have another talk at that time."))
    partner = next(person for person in people if person.pk != actor.pk)
    raise Conflict(_("%(name)s is not free at that time any more.") % {"name": partner.name})


def _what_is_so(row: Meeting, actor: Person) -> str:
    """Who did what meanwhile, in one sentence, on the actor's clock."""
    if row.state == MeetingState.BOOKED and row.starts_at is not None:
        zone = zone_info(known_zone(actor.preferences.zone))
        values = {"when": date_format(row.starts_at.astimezone(zone), "l j F, H:i")}
        if row.settled_by_id == actor.pk or row.settled_by is None:
            return _("This talk is booked already: %(when)s.") % values
        return _("%(name)s was first: this talk is booked for %(when)s.") % {
            **values,
            "name": row.settled_by.name,
        }
    if row.state == MeetingState.CANCELED:
        if row.settled_by is None or row.settled_by_id == actor.pk:
            return _("This talk was called off. You can offer new times.")
        return _("%(name)s called this talk off. You can offer new times.") % {"name": row.settled_by.name}
    if row.state == MeetingState.PROPOSED:
        return _("New times are on offer for this talk. Have a look at them.")
    return _("The time of this talk is over. You can say what became of it.")
