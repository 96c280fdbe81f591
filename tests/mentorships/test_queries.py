"""What the two may know of each other's days."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from alongside.engine.timing.hours import PersonHours, same_each_day
from alongside.engine.timing.zones import Wall
from alongside.enrollment.enums import Role
from alongside.mentorships.models import Pause
from alongside.mentorships.queries import (
    contact_facts,
    mentorships_with_partner,
    partner_facts,
    shared_days,
    shared_hours_this_week,
    shared_time,
)
from alongside.people.enums import Channel, SeasonKind
from alongside.people.models import Season
from tests import factories as make
from tests.factories import NOW
from tests.people import Cast

pytestmark = pytest.mark.django_db


def test_partner_facts_show_the_clock_the_hours_and_the_channels(cast_: Cast) -> None:
    preferences = cast_.ben.preferences
    preferences.channels = [{"channel": "voice", "hours": "Mon 9-12"}, {"channel": "pigeon"}, "odd"]
    preferences.reply_habit = "within two days"
    preferences.save()

    facts = partner_facts(cast_.pair, viewer=cast_.chi, now=NOW)

    assert facts.person == cast_.ben
    assert facts.clock == Wall(date(2026, 3, 4), time(10, 0), timedelta())
    assert (facts.city, facts.hours) == ("London", "Mon–Fri 08:00–18:00")
    assert [(fact.channel, fact.hours) for fact in facts.channels] == [(Channel.VOICE, "Mon 9-12")]
    assert (facts.reply_habit, facts.season) == ("within two days", None)


def test_partner_facts_keep_clock_zone_and_hours_when_they_are_not_shared(cast_: Cast) -> None:
    cast_.ben.preferences.share_clock = False
    cast_.ben.preferences.save()

    facts = partner_facts(cast_.pair, viewer=cast_.chi, now=NOW)

    assert (facts.clock, facts.zone, facts.city, facts.hours) == (None, "", "", "")


def test_partner_facts_carry_the_present_season(cast_: Cast) -> None:
    season = Season.objects.create(person=cast_.ben, kind=SeasonKind.LIGHTER, from_on=date(2026, 3, 1))

    assert partner_facts(cast_.pair, viewer=cast_.chi, now=NOW).season == season


def test_shared_hours_lie_on_the_viewers_days(cast_: Cast) -> None:
    # London 8–18 and Kolkata 8–18 in winter share 8:00–12:30 UTC, which is 13:30–18:00 in Kolkata.
    days = shared_hours_this_week(cast_.pair, viewer=cast_.chi, now=NOW)

    def day(number: int, start: int = 8) -> tuple[tuple[datetime, datetime], ...]:
        return (
            (
                datetime(2026, 3, number, start, tzinfo=UTC),
                datetime(2026, 3, number, 12, 30, tzinfo=UTC),
            ),
        )

    assert [(row.day.day, row.spans) for row in days] == [
        (4, day(4, 10)),
        (5, day(5)),
        (6, day(6)),
        (7, ()),
        (8, ()),
        (9, day(9)),
        (10, day(10)),
    ]
    assert shared_time(days) == timedelta(hours=2.5 + 4 * 4.5)


def test_shared_hours_are_cut_at_the_viewers_midnight() -> None:
    night = PersonHours("Etc/UTC", same_each_day(range(7), time(22), time(2)))

    days = shared_days([night], zone="Etc/UTC", now=datetime(2026, 3, 4, 23, 0, tzinfo=UTC))

    assert [row.minutes for row in days] == [60, 240, 240, 240, 240, 240, 240]


def test_contact_facts_are_days_and_pauses_only(cast_: Cast) -> None:
    Pause.objects.create(mentorship=cast_.pair, by=cast_.chi, from_at=NOW, state_before="running")

    facts = contact_facts(cast_.pair)

    assert (facts.started_on, facts.last_contact_on, facts.rhythm_days) == (date(2026, 2, 2), None, 21)
    assert facts.pauses == ((NOW, None),)


@pytest.mark.parametrize("count", [1, 3])
def test_pairs_of_a_person_cost_one_query(
    cast_: Cast, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    mentor = cast_.pair.members.get(person=cast_.ben).participation
    for index in range(count - 1):
        mentee = make.participation(cast_.program, make.person(f"Mia {index}"), Role.MENTEE)
        make.mentorship(mentee, mentor, state="closed")

    with django_assert_num_queries(1):
        pairs = [
            (row.state, partner.preferences.zone) for row, partner in mentorships_with_partner(cast_.ben)
        ]
    assert pairs[0] == ("running", "Asia/Kolkata")
    assert len(pairs) == count
