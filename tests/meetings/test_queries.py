"""Lists of talks, counts for the report, and the planner: best times, comfort, whose turn it is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from alongside.meetings import actions
from alongside.meetings.enums import OutcomeKind
from alongside.meetings.queries import (
    Comfort,
    MeetingCounts,
    TalksNow,
    best_times,
    channels_of_both,
    meeting_counts,
    meetings_of,
    talks_now,
)
from alongside.mentorships.access import own_mentorships
from alongside.people.enums import Channel
from alongside.people.models import Person, Season
from tests import factories as make
from tests.factories import NOW
from tests.meetings.making import MONDAY, THURSDAY, TUESDAY, booked, offered
from tests.people import Cast

pytestmark = pytest.mark.django_db


def _between(person: Person, hours: str) -> None:
    person.preferences.hours = hours
    person.preferences.save()


def test_next_talk_is_the_soonest_not_over(
    cast_: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert talks_now([cast_.pair], viewer=cast_.chi, now=NOW).coming is None
    thursday = booked(cast_, THURSDAY)
    monday = booked(cast_, MONDAY)
    offered(cast_, times=(TUESDAY,))

    pairs = own_mentorships(cast_.chi)
    with django_assert_num_queries(1):
        found = talks_now(pairs, viewer=cast_.chi, now=NOW).coming
        assert found is not None
        assert found.mentorship == cast_.pair

    assert found == monday
    still_on, over = MONDAY + timedelta(minutes=44), MONDAY + timedelta(minutes=45)
    assert talks_now([cast_.pair], viewer=cast_.ben, now=still_on).coming == monday
    assert talks_now(own_mentorships(cast_.ben), viewer=cast_.ben, now=over).coming == thursday


@pytest.mark.parametrize("stranger", ["dov", "eva", "ada", "gus", "hal"])
def test_nobody_else_sees_a_talk_in_any_list(cast_: Cast, stranger: str) -> None:
    viewer = getattr(cast_, stranger)
    booked(cast_)
    offered(cast_, times=(TUESDAY,))
    nothing = TalksNow(coming=None, offers=[], to_tell=[])

    assert talks_now([cast_.pair], viewer=viewer, now=NOW) == nothing
    assert talks_now(own_mentorships(cast_.chi), viewer=viewer, now=NOW) == nothing
    assert talks_now([cast_.pair], viewer=viewer, now=NOW + timedelta(days=30)) == nothing
    assert list(meetings_of(cast_.pair, viewer=viewer, now=NOW)) == []


def test_offers_wait_for_the_other_only_in_the_order_they_were_made(cast_: Cast) -> None:
    first = offered(cast_, times=(TUESDAY, THURSDAY))
    second = offered(cast_, times=(MONDAY,))

    assert talks_now(own_mentorships(cast_.chi), viewer=cast_.chi, now=NOW).offers == [first, second]
    assert talks_now(own_mentorships(cast_.ben), viewer=cast_.ben, now=NOW).offers == []


def test_talk_that_is_over_asks_each_once(cast_: Cast) -> None:
    meeting = booked(cast_)
    after = MONDAY + timedelta(hours=2)  # within the time in which a long talk would still go on

    assert (
        talks_now(own_mentorships(cast_.chi), viewer=cast_.chi, now=MONDAY + timedelta(minutes=10)).to_tell
        == []
    )
    assert talks_now(own_mentorships(cast_.chi), viewer=cast_.chi, now=after).to_tell == [meeting]
    actions.say_outcome(meeting=meeting, actor=cast_.chi, kind=OutcomeKind.HELD, now=after)
    assert talks_now(own_mentorships(cast_.chi), viewer=cast_.chi, now=after).to_tell == []
    assert talks_now([cast_.pair], viewer=cast_.ben, now=after).to_tell == [meeting]


def test_talks_that_are_over_are_asked_about_from_the_latest_back(cast_: Cast) -> None:
    meetings = [booked(cast_, MONDAY + timedelta(days=day)) for day in range(7)]

    found = talks_now(own_mentorships(cast_.chi), viewer=cast_.chi, now=MONDAY + timedelta(days=40))

    assert found.to_tell == meetings[:1:-1]


def test_list_begins_with_what_waits_then_comes_then_was(cast_: Cast) -> None:
    for at in (MONDAY, TUESDAY, THURSDAY):
        booked(cast_, at)
    waiting = offered(cast_, times=(THURSDAY + timedelta(days=7),))
    now = TUESDAY + timedelta(days=1)
    booked(cast_, THURSDAY + timedelta(days=1))

    found = list(meetings_of(cast_.pair, viewer=cast_.chi, now=now))

    assert found[0] == waiting
    assert [row.starts_at for row in found[1:]] == [
        THURSDAY,
        THURSDAY + timedelta(days=1),
        TUESDAY,
        MONDAY,
    ]


def test_counts_tell_one_word_from_two(cast_: Cast) -> None:
    assert meeting_counts(cast_.program) == MeetingCounts(0, 0, 0, 0, 0, 0)
    offered(cast_, times=(TUESDAY + timedelta(days=7),))
    talks = [booked(cast_, MONDAY + timedelta(hours=hour)) for hour in range(5)]
    after = MONDAY + timedelta(days=1)
    for talk, words in zip(
        talks,
        [("held", "elsewhere"), ("held", "not_held"), ("not_held",), (), ()],
        strict=True,
    ):
        for actor, word in zip((cast_.chi, cast_.ben), words, strict=False):
            actions.say_outcome(meeting=talk, actor=actor, kind=OutcomeKind(word), now=after)
    other = booked(cast_, THURSDAY)
    actions.cancel_meeting(meeting=other, actor=cast_.chi, now=NOW)

    assert meeting_counts(cast_.program) == MeetingCounts(
        offered=1, booked=5, confirmed_by_one=1, confirmed_by_both=1, not_held=1, canceled=1
    )


def test_best_times_are_three_days_within_the_hours_of_both(cast_: Cast) -> None:
    planner = best_times(cast_.pair, viewer=cast_.chi, partner=cast_.ben, minutes=45, now=NOW)

    # London 08–18 and Kolkata 08–18 share 08:00–12:30 UTC; an hour from the edges is 09:00 on.
    assert [time.starts_at for time in planner.times] == [
        datetime(2026, 3, day, 9, 0, tzinfo=UTC) for day in (5, 6, 9)
    ]
    assert {time.comfort for time in planner.times} == {Comfort.GOOD}
    first = planner.times[0]
    assert (f"{first.mine.at:%H:%M}", f"{first.theirs.at:%H:%M}" if first.theirs else "") == (
        "14:30",
        "09:00",
    )
    assert (planner.stretching, planner.stretched_last) == (None, None)


def test_times_already_taken_and_days_away_are_left_out(cast_: Cast) -> None:
    booked(cast_, datetime(2026, 3, 6, 8, 30, tzinfo=UTC), minutes=90)
    Season.objects.create(person=cast_.ben, kind="away", from_on=date(2026, 3, 9), until_on=date(2026, 3, 9))

    planner = best_times(
        cast_.pair, viewer=cast_.chi, partner=cast_.ben, minutes=45, now=NOW, from_on=date(2026, 3, 6)
    )

    assert [time.starts_at.day for time in planner.times] == [6, 10, 11]
    assert planner.times[0].starts_at == datetime(2026, 3, 6, 10, 0, tzinfo=UTC)


def test_rhythm_asks_from_when_to_look(cast_: Cast) -> None:
    booked(cast_, MONDAY)  # every 21 days: two weeks later the next may come

    planner = best_times(cast_.pair, viewer=cast_.chi, partner=cast_.ben, minutes=45, now=NOW)

    assert planner.from_on == date(2026, 3, 23)
    assert planner.times[0].starts_at.date() == date(2026, 3, 23)


def test_those_who_share_no_hour_take_turns(cast_: Cast) -> None:
    _between(cast_.chi, "Mon-Fri 08:00-14:30")
    cast_.ben.preferences.zone = "Africa/Accra"  # its clocks never change
    _between(cast_.ben, "Mon-Fri 09:00-18:00")

    def turn() -> int | None:
        planner = best_times(cast_.pair, viewer=cast_.chi, partner=cast_.ben, minutes=30, now=NOW)
        time = planner.times[0]
        booked(cast_, time.starts_at, minutes=30)
        return planner.stretching

    first, second, third = turn(), turn(), turn()
    assert first in {cast_.chi.pk, cast_.ben.pk}
    assert second in {cast_.chi.pk, cast_.ben.pk} - {first}
    assert third == first


def test_clock_is_not_told_where_it_is_not_shared(cast_: Cast) -> None:
    cast_.ben.preferences.share_clock = False
    cast_.ben.preferences.save()

    planner = best_times(cast_.pair, viewer=cast_.chi, partner=cast_.ben, minutes=45, now=NOW)

    assert {time.theirs for time in planner.times} == {None}


def test_clock_change_before_the_times_is_named(cast_: Cast) -> None:
    planner = best_times(
        cast_.pair, viewer=cast_.chi, partner=cast_.ben, minutes=45, now=NOW, from_on=date(2026, 3, 30)
    )

    assert planner.clock_changes == [(cast_.ben.pk, date(2026, 3, 29))]
    assert planner.times[0].starts_at == datetime(2026, 3, 30, 8, 0, tzinfo=UTC)


def test_person_without_hours_gets_no_times(cast_: Cast) -> None:
    _between(cast_.ben, "")
    Season.objects.create(person=cast_.ben, kind="away", from_on=date(2026, 3, 1))

    assert not best_times(cast_.pair, viewer=cast_.chi, partner=cast_.ben, minutes=45, now=NOW).times


def test_channels_come_in_the_order_of_both() -> None:
    ana, tom = make.person("Ana"), make.person("Tom")
    ana.preferences.channels = [{"channel": "voice"}, {"channel": "topics"}, {"channel": "phone"}]
    tom.preferences.channels = [{"channel": "in_person"}, {"channel": "phone"}, {"channel": "voice"}]

    found = channels_of_both([ana, tom])

    assert [(choice.channel, len(choice.liked_by)) for choice in found] == [
        (Channel.VOICE, 2),
        (Channel.PHONE, 2),
        (Channel.IN_PERSON, 1),
        (Channel.VIDEO, 0),
    ]
