"""Hours and seasons of people, read into the timing engine."""

from datetime import UTC, date, datetime, time

import pytest
from pytest_django import DjangoAssertNumQueries

from alongside.engine.timing.hours import DayOverride, Pause, PauseKind, PersonHours, same_each_day
from alongside.people.enums import SeasonKind
from alongside.people.models import DayOverride as DayOverrideRow
from alongside.people.models import Preferences, Season
from alongside.people.queries import hours_in_words, hours_of, hours_of_people, season_of, seasons_of_people
from tests import factories as make

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)


def test_hours_carry_windows_single_days_and_seasons() -> None:
    person = make.person("Chi", zone="Asia/Calcutta", hours="Mon-Fri 09:00-17:00")
    DayOverrideRow.objects.create(person=person, on=date(2026, 3, 6), hours="10:00-12:00, 14:00-15:00")
    DayOverrideRow.objects.create(person=person, on=date(2026, 3, 9))
    Season.objects.create(person=person, kind=SeasonKind.AWAY, from_on=date(2026, 4, 1))

    assert hours_of(person) == PersonHours(
        "Asia/Kolkata",
        same_each_day(range(5), time(9), time(17)),
        (
            DayOverride(date(2026, 3, 6), ((time(10), time(12)), (time(14), time(15)))),
            DayOverride(date(2026, 3, 9)),
        ),
        (Pause(date(2026, 4, 1), None, PauseKind.AWAY),),
    )


def test_hours_forget_a_season_that_was_ended() -> None:
    person = make.person("Chi")
    Season.objects.create(person=person, kind=SeasonKind.AWAY, from_on=date(2026, 3, 1), ended_at=WEDNESDAY)

    assert hours_of(person).pauses == ()
    assert season_of(person, now=WEDNESDAY) is None


def test_hours_of_a_zone_nobody_knows_are_read_in_utc() -> None:
    assert hours_of(make.person("Chi", zone="Mars/Olympus")).zone == "Etc/UTC"


@pytest.mark.parametrize("count", [1, 3])
def test_hours_of_many_cost_two_queries(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people = [make.person() for _ in range(count)]

    with django_assert_num_queries(2):
        assert len(hours_of_people(people)) == count


def test_season_begins_and_ends_on_the_persons_own_calendar() -> None:
    person = make.person("Kit", zone="Pacific/Kiritimati")  # already Thursday there
    season = Season.objects.create(
        person=person, kind=SeasonKind.LIGHTER, from_on=date(2026, 3, 5), until_on=date(2026, 3, 5)
    )

    assert season_of(person, now=WEDNESDAY) == season
    assert season_of(person, now=datetime(2026, 3, 5, 10, 0, tzinfo=UTC)) is None


def test_away_outweighs_lighter_weeks() -> None:
    person = make.person("Kit")
    away = Season.objects.create(person=person, kind=SeasonKind.AWAY, from_on=date(2026, 3, 1))
    Season.objects.create(person=person, kind=SeasonKind.LIGHTER, from_on=date(2026, 3, 2))

    assert seasons_of_people([person], now=WEDNESDAY) == {person.pk: away}


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ("Mon-Fri 09:00-17:30, Tue 09:00-12:00 kept", "Mon–Fri 09:00–17:30"),
        ("Mon-Fri 09:00-17:30, Sat 10:00-12:00 kept", "Mon–Fri 09:00–17:30, Sat 10:00–12:00"),
        ("Mon 22:00-02:00 kept", "Mon 22:00–02:00"),
        ("", ""),
    ],
)
def test_hours_in_words_leave_out_what_only_lighter_weeks_know(hours: str, words: str) -> None:
    assert hours_in_words(Preferences(hours=hours)) == words
