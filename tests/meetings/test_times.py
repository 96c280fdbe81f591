"""Finding a time: offering, taking, moving, calling off; one winner, and the others read why."""

from datetime import datetime, timedelta

import pytest

from alongside.foundation.errors import Conflict, Invalid, NotAllowed, NotFound
from alongside.journal.models import Entry
from alongside.meetings import actions
from alongside.meetings.access import get_meeting
from alongside.meetings.enums import MeetingState
from alongside.meetings.errors import TimeTaken
from alongside.meetings.models import Meeting, OfferedTime
from alongside.meetings.queries import meeting_lines
from alongside.mentorships.actions import end_early
from alongside.mentorships.enums import EndReason
from alongside.people.enums import Channel
from tests import factories as make
from tests.factories import NOW
from tests.meetings.making import MONDAY, THURSDAY, TUESDAY, booked, offered
from tests.people import Cast

pytestmark = pytest.mark.django_db
EARLY_IN_KOLKATA = datetime.fromisoformat("2026-03-09T17:00:00+00:00")  # 22:30 for Chi, 17:00 for Ben


def _take(meeting: Meeting, actor: object, at: datetime = MONDAY, now: datetime = NOW) -> Meeting:
    time = meeting.offered_times.get(starts_at=at)
    return actions.take_time(meeting=meeting, actor=actor, offered=time.public_id, now=now)  # type: ignore[arg-type]


def test_offer_keeps_its_times_and_tells_ids_and_instants_only(cast_: Cast) -> None:
    meeting = offered(cast_, times=(THURSDAY, MONDAY, MONDAY), place="https://talk.example.org/ben")

    assert (meeting.state, meeting.offered_by, meeting.starts_at) == (MeetingState.PROPOSED, cast_.ben, None)
    assert [row.starts_at for row in meeting.offered_times.all()] == [MONDAY, THURSDAY]
    assert b"talk.example" not in bytes(meeting.place_sealed or b"")
    assert meeting_lines([meeting])[0].place == "https://talk.example.org/ben"
    assert Entry.objects.get(verb="meeting.offered").data == {
        "mentorship": cast_.pair.pk,
        "starts_at": "",
        "minutes": 45,
        "times": [MONDAY.isoformat(), THURSDAY.isoformat()],
    }


def test_same_offer_sent_twice_is_one(cast_: Cast) -> None:
    assert offered(cast_) == offered(cast_)
    assert offered(cast_, times=(TUESDAY,)) != offered(cast_)
    assert Meeting.objects.count() == 2


@pytest.mark.parametrize(
    "times",
    [
        (),
        (NOW - timedelta(days=1),),
        (NOW + timedelta(hours=11),),
        (NOW + timedelta(weeks=9),),
        tuple(MONDAY + timedelta(days=number) for number in range(6)),
    ],
    ids=["none", "past", "too near", "too far", "too many"],
)
def test_offer_outside_the_booking_window_is_refused(cast_: Cast, times: tuple[datetime, ...]) -> None:
    with pytest.raises(Invalid) as refused:
        offered(cast_, times=times)

    assert refused.value.field == "times"
    assert Meeting.objects.count() == 0


def test_offer_needs_a_sensible_length_and_a_way_to_talk(cast_: Cast) -> None:
    with pytest.raises(Invalid):
        offered(cast_, minutes=200)
    with pytest.raises(Invalid):
        offered(cast_, channel=Channel.EMAIL)


def test_taken_time_is_booked_on_the_clock_of_who_offered_it(cast_: Cast) -> None:
    meeting = _take(offered(cast_, times=(MONDAY, THURSDAY)), cast_.chi)

    assert (meeting.state, meeting.starts_at, meeting.settled_by) == (MeetingState.BOOKED, MONDAY, cast_.chi)
    assert (meeting.wall_time, meeting.zone, meeting.sequence) == ("2026-03-09T09:30", "Europe/London", 1)
    assert list(OfferedTime.objects.filter(taken=True).values_list("starts_at", flat=True)) == [MONDAY]
    entry = Entry.objects.get(verb="meeting.booked")
    assert (entry.actor_id, entry.data["starts_at"]) == (cast_.chi.pk, MONDAY.isoformat())


def test_booking_remembers_who_stretched(cast_: Cast) -> None:
    assert booked(cast_).stretched is None
    assert booked(cast_, EARLY_IN_KOLKATA).stretched == cast_.chi


def test_second_taker_reads_who_was_first_and_when(cast_: Cast) -> None:
    meeting = offered(cast_, times=(MONDAY, THURSDAY))
    _take(meeting, cast_.chi)

    with pytest.raises(TimeTaken) as again:
        _take(meeting, cast_.chi, THURSDAY)
    with pytest.raises(TimeTaken) as other:
        _take(meeting, cast_.ben)

    assert again.value.message == "This talk is booked already: Monday 9 March, 15:00."
    assert other.value.message == "Chi was first: this talk is booked for Monday 9 March, 09:30."
    assert OfferedTime.objects.filter(taken=True).count() == 1


def test_whoever_offers_waits_for_the_other(cast_: Cast) -> None:
    with pytest.raises(NotAllowed):
        _take(offered(cast_), cast_.ben)


def test_time_that_has_come_is_not_taken(cast_: Cast) -> None:
    with pytest.raises(Conflict):
        _take(offered(cast_), cast_.chi, now=MONDAY)


def test_two_offers_for_one_hour_book_one_talk(cast_: Cast) -> None:
    mine, theirs = offered(cast_, by="chi"), offered(cast_, by="ben")
    _take(mine, cast_.ben)

    with pytest.raises(TimeTaken) as refused:
        _take(theirs, cast_.chi)

    assert refused.value.message == "You two talk at that time already."


def test_mentor_of_two_is_not_booked_twice_for_one_hour(cast_: Cast) -> None:
    ivy = make.person("Ivy", zone="Europe/Berlin")
    mentor = cast_.pair.members.get(person=cast_.ben).participation
    second = make.mentorship(make.participation(cast_.program, ivy, "mentee"), mentor)
    booked(cast_)
    more = {"minutes": 60, "channel": Channel.PHONE, "now": NOW}
    from_ivy = actions.offer_times(
        mentorship=second, actor=ivy, times=[MONDAY + timedelta(minutes=30)], **more
    )
    from_ben = actions.offer_times(
        mentorship=second, actor=cast_.ben, times=[MONDAY - timedelta(minutes=30)], **more
    )
    after = actions.offer_times(
        mentorship=second, actor=cast_.ben, times=[MONDAY + timedelta(minutes=45)], **more
    )

    with pytest.raises(Conflict) as his:
        _take(from_ivy, cast_.ben, MONDAY + timedelta(minutes=30))
    with pytest.raises(Conflict) as hers:
        _take(from_ben, ivy, MONDAY - timedelta(minutes=30))

    assert his.value.message == "You have another talk at that time."
    assert hers.value.message == "Ben is not free at that time any more."
    assert _take(after, ivy, MONDAY + timedelta(minutes=45)).state == MeetingState.BOOKED


def test_declined_with_other_times_turns_the_offer_round(cast_: Cast) -> None:
    meeting = offered(cast_)
    old = meeting.offered_times.get().public_id

    actions.offer_other_times(meeting=meeting, actor=cast_.chi, times=[TUESDAY, THURSDAY], now=NOW)

    meeting.refresh_from_db()
    assert (meeting.offered_by, meeting.moved_times) == (cast_.chi, 0)
    with pytest.raises(TimeTaken) as refused:
        actions.take_time(meeting=meeting, actor=cast_.ben, offered=old, now=NOW)
    assert refused.value.message == "These times were replaced by others. Have a look at the new ones."
    assert _take(meeting, cast_.ben, TUESDAY).starts_at == TUESDAY


def test_booked_talk_moved_by_a_new_offer_waits_for_the_other(cast_: Cast) -> None:
    meeting = booked(cast_)

    actions.offer_other_times(meeting=meeting, actor=cast_.chi, times=[THURSDAY], now=NOW)

    meeting.refresh_from_db()
    assert (meeting.state, meeting.moved_times, meeting.offered_by) == (MeetingState.PROPOSED, 1, cast_.chi)
    assert Entry.objects.filter(verb="meeting.offered").latest("pk").data["moves"] is True
    assert _take(meeting, cast_.ben, THURSDAY).starts_at == THURSDAY


def test_booked_talk_moved_directly_stays_booked(cast_: Cast) -> None:
    meeting = booked(cast_)

    moved = actions.move_meeting(meeting=meeting, actor=cast_.ben, to=TUESDAY, now=NOW)
    actions.move_meeting(meeting=meeting, actor=cast_.ben, to=TUESDAY, now=NOW)

    assert (moved.state, moved.starts_at, moved.sequence) == (MeetingState.BOOKED, TUESDAY, 2)
    entry = Entry.objects.get(verb="meeting.moved")
    assert (entry.data["starts_at"], entry.data["moved_from"]) == (TUESDAY.isoformat(), MONDAY.isoformat())


def test_talk_is_not_moved_onto_another(cast_: Cast) -> None:
    meeting = booked(cast_)
    booked(cast_, TUESDAY)

    with pytest.raises(TimeTaken):
        actions.move_meeting(meeting=meeting, actor=cast_.ben, to=TUESDAY, now=NOW)
    with pytest.raises(Conflict):
        actions.move_meeting(meeting=offered(cast_), actor=cast_.ben, to=THURSDAY, now=NOW)


def test_calling_off_asks_no_reason_and_can_be_taken_back_by_who_did_it(cast_: Cast) -> None:
    meeting = booked(cast_)
    for _ in range(2):
        actions.cancel_meeting(meeting=meeting, actor=cast_.chi, now=NOW)
    assert Entry.objects.filter(verb="meeting.canceled").count() == 1
    with pytest.raises(TimeTaken) as refused:
        _take(meeting, cast_.ben)
    assert refused.value.message == "Chi called this talk off. You can offer new times."

    with pytest.raises(NotAllowed):
        actions.reinstate_meeting(meeting=meeting, actor=cast_.ben, now=NOW)
    back = actions.reinstate_meeting(meeting=meeting, actor=cast_.chi, now=NOW)
    assert (back.state, back.starts_at) == (MeetingState.BOOKED, MONDAY)


def test_talk_called_off_comes_back_only_if_the_hour_is_free_and_to_come(cast_: Cast) -> None:
    meeting = booked(cast_)
    actions.cancel_meeting(meeting=meeting, actor=cast_.chi, now=NOW)
    with pytest.raises(Conflict):
        actions.reinstate_meeting(meeting=meeting, actor=cast_.chi, now=MONDAY)

    booked(cast_)
    with pytest.raises(TimeTaken):
        actions.reinstate_meeting(meeting=meeting, actor=cast_.chi, now=NOW)


def test_offer_taken_back_can_stand_again(cast_: Cast) -> None:
    meeting = offered(cast_)
    actions.cancel_meeting(meeting=meeting, actor=cast_.ben, now=NOW)

    assert actions.reinstate_meeting(meeting=meeting, actor=cast_.ben, now=NOW).state == MeetingState.PROPOSED


def test_talk_whose_time_is_over_is_told_not_called_off(cast_: Cast) -> None:
    meeting = booked(cast_)

    with pytest.raises(Conflict):
        actions.cancel_meeting(meeting=meeting, actor=cast_.chi, now=MONDAY + timedelta(minutes=45))


def test_how_it_is_held_may_change(cast_: Cast) -> None:
    meeting = booked(cast_)
    booked(cast_, MONDAY + timedelta(minutes=45))
    how = {"meeting": meeting, "actor": cast_.chi, "channel": Channel.PHONE, "now": NOW}

    changed = actions.change_how(place="+44 20 0000", minutes=30, **how)
    assert (changed.channel, changed.minutes, meeting_lines([changed])[0].place) == (
        "phone",
        30,
        "+44 20 0000",
    )
    with pytest.raises(TimeTaken):
        actions.change_how(place="", minutes=60, **how)
    meeting.refresh_from_db()
    assert meeting.minutes == 30


@pytest.mark.parametrize("stranger", ["dov", "eva", "ada", "gus", "hal"])
def test_nobody_else_offers_takes_moves_or_finds(cast_: Cast, stranger: str) -> None:
    open_one, fixed, actor = offered(cast_, times=(TUESDAY,)), booked(cast_), getattr(cast_, stranger)

    with pytest.raises(NotFound):
        offered(cast_, by=stranger)
    with pytest.raises(NotFound):
        _take(open_one, actor, TUESDAY)
    with pytest.raises(NotFound):
        actions.offer_other_times(meeting=open_one, actor=actor, times=[THURSDAY], now=NOW)
    with pytest.raises(NotFound):
        actions.move_meeting(meeting=fixed, actor=actor, to=THURSDAY, now=NOW)
    with pytest.raises(NotFound):
        actions.cancel_meeting(meeting=fixed, actor=actor, now=NOW)
    with pytest.raises(NotFound):
        get_meeting(actor, fixed.public_id)
    fixed.refresh_from_db()
    assert (fixed.state, fixed.starts_at) == (MeetingState.BOOKED, MONDAY)


def test_ended_mentorship_plans_no_talks(cast_: Cast) -> None:
    meeting = offered(cast_)
    end_early(mentorship=cast_.pair, actor=cast_.ben, reason=EndReason.UNSAID, now=NOW)

    with pytest.raises(Conflict):
        offered(cast_, times=(TUESDAY,))
    with pytest.raises(Conflict):
        _take(meeting, cast_.chi)
