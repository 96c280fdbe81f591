"""Shared hours with the shares the design computed, and times offered by cost and by turns."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.engine.timing.hours import DayOverride, Pause, PauseKind, PersonHours, standard_hours
from alongside.engine.timing.notation import parse_hours
from alongside.engine.timing.overlap import (
    Ledger,
    Offer,
    WeeklyShare,
    good_hours_per_week,
    rank_times,
    shared_hours,
)
from alongside.engine.timing.quiet import is_open
from alongside.engine.timing.stretch import Side, costs_of
from alongside.engine.timing.windows import total
from alongside.engine.timing.zones import canonical_zones, wall_at

NEW_YORK, LOS_ANGELES, LONDON = "America/New_York", "America/Los_Angeles", "Europe/London"
BERLIN, KOLKATA, SYDNEY = "Europe/Berlin", "Asia/Kolkata", "Australia/Sydney"
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)

# two zones | a day | minutes both are open on it, each 08:00 to 18:00 on weekdays
SHARES = [
    (NEW_YORK, LONDON, "2026-03-04", 300),
    (NEW_YORK, LONDON, "2026-03-18", 360),
    (NEW_YORK, LONDON, "2026-04-15", 300),
    (NEW_YORK, LONDON, "2026-10-28", 360),
    (NEW_YORK, LONDON, "2026-11-04", 300),
    (NEW_YORK, KOLKATA, "2026-01-14", 0),
    (NEW_YORK, KOLKATA, "2026-07-15", 30),
    (LOS_ANGELES, KOLKATA, "2026-01-14", 0),
    (LOS_ANGELES, KOLKATA, "2026-07-15", 0),
    (LOS_ANGELES, BERLIN, "2026-03-04", 60),
    (LOS_ANGELES, BERLIN, "2026-03-18", 120),
    (LOS_ANGELES, BERLIN, "2026-04-15", 60),
    (LOS_ANGELES, BERLIN, "2026-10-28", 120),
    (LONDON, SYDNEY, "2026-01-14", 0),
    (LONDON, SYDNEY, "2026-04-15", 60),
    ("America/Sao_Paulo", "Europe/Lisbon", "2026-01-14", 420),
    ("America/Sao_Paulo", "Europe/Lisbon", "2026-07-15", 360),
    ("Australia/Lord_Howe", "Asia/Tokyo", "2026-01-14", 480),
    ("Australia/Lord_Howe", "Asia/Tokyo", "2026-07-15", 510),
]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def side(key: str, zone: str, hours: str = "Mon-Fri 8-18", **more: object) -> Side:
    may_night = bool(more.pop("may_night", False))
    return Side(key, PersonHours(zone, parse_hours(hours), **more), may_night)  # type: ignore[arg-type]


def walls(offer: Offer, *zones: str) -> list[str]:
    return [f"{wall_at(offer.start, zone).day:%a} {wall_at(offer.start, zone).at:%H:%M}" for zone in zones]


@pytest.mark.parametrize(("one", "other", "day", "minutes"), SHARES)
def test_shared_minutes_of_a_day_are_those_of_the_design(
    one: str, other: str, day: str, minutes: int
) -> None:
    # Half a day earlier, the whole shared stretch of Tokyo or Sydney belongs to the day that is asked for.
    start = at(day) - (12 * HOUR if "Australia" in one + other else 0 * HOUR)

    shared = shared_hours([standard_hours(one), standard_hours(other)], start, start + DAY)

    assert total(shared) == timedelta(minutes=minutes)


@given(
    st.lists(st.sampled_from(canonical_zones()), min_size=1, max_size=3),
    st.integers(0, 900 * 48).map(lambda half: at("2024-01-01") + half * HOUR / 2),
)
def test_shared_hours_hold_exactly_when_all_are_open(zones: list[str], moment: datetime) -> None:
    people = [standard_hours(zone) for zone in zones]

    shared = shared_hours(people, moment - HOUR, moment + HOUR)

    assert (moment in shared) is all(is_open(hours, moment) for hours in people)


def test_hours_are_not_shared_by_nobody() -> None:
    with pytest.raises(ValueError, match="not by nobody"):
        shared_hours([], at("2026-01-01"), at("2026-01-02"))


def test_good_hours_per_week_show_the_scantest_and_the_fullest_week() -> None:
    pair = (standard_hours(NEW_YORK), standard_hours(LONDON))

    share = good_hours_per_week(*pair, at("2026-02-23"), at("2026-04-06"))

    assert share == WeeklyShare(least=25 * HOUR, average=27.5 * HOUR, most=30 * HOUR)


def test_good_hours_per_week_leave_out_pauses_and_single_days() -> None:
    away = PersonHours(
        NEW_YORK, parse_hours("Mon-Fri 8-18"), (DayOverride(date(2026, 3, 4)),), (Pause(date(2026, 3, 2)),)
    )

    share = good_hours_per_week(away, standard_hours(LONDON), at("2026-02-23"), at("2026-03-02"))

    assert share == WeeklyShare(25 * HOUR, 25 * HOUR, 25 * HOUR)


def test_good_hours_per_week_need_a_week() -> None:
    pair = (standard_hours(NEW_YORK), standard_hours(LONDON))

    with pytest.raises(ValueError, match="at least one week"):
        good_hours_per_week(*pair, at("2026-02-23"), at("2026-03-01T23:59"))


def test_shared_times_are_offered_alone_and_the_most_comfortable_first() -> None:
    sides = [side("ana", NEW_YORK), side("tom", LONDON)]

    offers = rank_times(sides, HOUR, at("2026-03-04"), at("2026-03-05"))

    # Both are open 13:00 to 18:00 UTC; Ana's first hour and Tom's last are less comfortable.
    assert [offer.start.hour + offer.start.minute / 60 for offer in offers] == [
        14, 14.5, 15, 15.5, 16, 13.5, 16.5, 13, 17,
    ]  # fmt: skip
    assert {offer.costs for offer in offers} == {(0, 0)}
    assert [offer.uncomfortable_minutes for offer in offers] == [0, 0, 0, 0, 0, 30, 30, 60, 60]
    assert {offer.end - offer.start for offer in offers} == {HOUR}
    assert {offer.stretched_minutes for offer in offers} == {0}
    assert offers[0].stretching == ()


def test_shared_times_stay_the_only_offers_when_the_asked_days_hold_none() -> None:
    sides = [side("ana", NEW_YORK), side("tom", LONDON)]

    assert rank_times(sides, HOUR, at("2026-03-07"), at("2026-03-08")) == ()


def test_a_week_of_holidays_asks_for_another_week_not_for_an_evening() -> None:
    holidays = tuple(DayOverride(date(2026, 3, day)) for day in range(2, 7))
    sides = [side("ana", NEW_YORK), side("tom", LONDON, overrides=holidays)]

    assert rank_times(sides, HOUR, at("2026-03-02"), at("2026-03-09")) == ()
    assert rank_times(sides, HOUR, at("2026-03-02"), at("2026-03-10"))[0].start == at("2026-03-09T13:00")


def test_one_shared_hour_a_week_is_enough_to_offer_it_alone() -> None:
    sides = [side("ana", LONDON, "Mon 8-9"), side("tom", LONDON, "Mon 8-10")]
    scant = [side("ana", LONDON, "Mon 8:00-8:59"), side("tom", LONDON, "Mon 8-10")]

    assert [
        offer.start for offer in rank_times(sides, HOUR, at("2026-03-02T08:00"), at("2026-03-02T09:00"))
    ] == [at("2026-03-02T08:00")]
    assert rank_times(sides, HOUR, at("2026-03-03"), at("2026-03-04")) == ()
    assert {max(offer.costs) for offer in rank_times(scant, HOUR, at("2026-03-03"), at("2026-03-04"))} == {4}


def test_times_begin_on_somebodys_half_hour() -> None:
    sides = [side("maya", "Asia/Kathmandu"), side("tom", LONDON)]

    offers = rank_times(sides, HOUR, at("2026-03-04T09:10"), at("2026-03-04T11:20"))

    starts = sorted(offer.start for offer in offers)
    assert starts == [at(f"2026-03-04T{clock}") for clock in ("09:15", "09:30", "09:45", "10:00", "10:15")]


def test_a_talk_too_long_for_the_shared_piece_is_stretched() -> None:
    sides = [side("ana", NEW_YORK), side("ravi", KOLKATA)]
    start, end = at("2026-07-15"), at("2026-07-16")

    half_hours = rank_times(sides, HOUR / 2, start, end)
    hours = rank_times(sides, HOUR, start, end)

    assert [(offer.start, offer.costs) for offer in half_hours] == [(at("2026-07-15T12:00"), (0, 0))]
    assert [(walls(offer, NEW_YORK, KOLKATA), offer.costs) for offer in hours] == [
        (["Wed 07:30", "Wed 17:00"], (1, 0)),
        (["Wed 08:00", "Wed 17:30"], (0, 1)),
        (["Wed 07:00", "Wed 16:30"], (1, 0)),
        (["Wed 08:30", "Wed 18:00"], (0, 1)),
    ]
    assert [offer.stretched_minutes for offer in hours] == [30, 30, 60, 60]


def test_without_shared_hours_nobody_is_asked_for_more_than_the_least_possible() -> None:
    sides = [side("lee", LOS_ANGELES), side("ravi", KOLKATA)]

    winter = rank_times(sides, HOUR, at("2026-01-12"), at("2026-01-17"))
    offers = rank_times(sides, HOUR, at("2026-07-13"), at("2026-07-18"))

    assert {max(offer.costs) for offer in winter} == {1}
    assert {max(offer.costs) for offer in offers} == {2}
    for offer in offers:
        assert all(6 <= wall_at(offer.start, zone).at.hour < 22 for zone in (LOS_ANGELES, KOLKATA))


def test_people_take_turns() -> None:
    sides = [side("lee", LOS_ANGELES), side("ravi", KOLKATA)]
    ledger, asked = Ledger(), []
    for week in range(4):
        start = at("2026-01-12") + week * WEEK
        best = rank_times(sides, HOUR / 2, start, start + 5 * DAY, ledger)[0]
        ledger = ledger.after(best)
        asked.append(best.stretching)

    assert asked[0] != asked[1]
    assert asked == [asked[0], asked[1]] * 2
    assert {key for turn in asked for key in turn} == {"lee", "ravi"}


def test_an_even_stretch_is_nobodys_turn() -> None:
    offer = Offer(at("2026-01-12"), at("2026-01-13"), ("ana", "tom"), (2, 2), 90, 120)

    assert offer.stretching == ()
    assert Ledger(("ana",)).after(offer) == Ledger(("ana",))


def test_the_highest_cost_is_the_turn_of_all_who_bear_it() -> None:
    offer = Offer(at("2026-01-12"), at("2026-01-13"), ("ana", "tom", "ravi"), (2, 2, 1), 90, 120)

    assert offer.stretching == ("ana", "tom")
    assert Ledger(("ravi",)).after(offer).last_turn("tom") == 2
    assert Ledger(("ravi",)).last_turn("tom") == -1


def test_the_same_question_has_the_same_answer() -> None:
    sides = [side("lee", LOS_ANGELES), side("ravi", KOLKATA)]
    asked = (sides, HOUR, at("2026-01-12"), at("2026-01-17"), Ledger(("lee",)))

    assert rank_times(*asked) == rank_times(*asked)


def test_no_time_is_offered_when_the_span_is_shorter_than_the_talk() -> None:
    assert rank_times([side("ana", LONDON)], HOUR, at("2026-03-04T10:00"), at("2026-03-04T10:59")) == ()


def test_nobody_is_asked_when_one_side_may_not_be() -> None:
    night = [side("ana", LONDON, "Mon-Fri 8-18"), side("kai", "Pacific/Auckland", "Mon 12:00-12:30")]
    away = [side("ana", LONDON), side("tom", LONDON, pauses=(Pause(date(2026, 3, 1)),))]

    assert rank_times(away, HOUR, at("2026-03-02"), at("2026-03-07")) == ()
    assert rank_times(night, HOUR, at("2026-03-03T12:00"), at("2026-03-03T17:00")) == ()


@pytest.mark.parametrize(
    ("moment", "cost"),
    [
        ("05:30", None), ("06:00", 2), ("06:45", 2), ("07:00", 1), ("07:30", 1), ("08:00", 0), ("17:30", 0),
        ("17:45", 1), ("18:30", 1), ("19:00", 2), ("19:30", 2), ("20:00", 4), ("21:30", 4), ("21:45", None),
        ("23:00", None),
    ],
)  # fmt: skip
def test_what_half_an_hour_costs_a_side(moment: str, cost: int | None) -> None:
    costs = costs_of(side("tom", "Etc/UTC"), at("2026-03-04"), at("2026-03-05"))

    start = at(f"2026-03-04T{moment}")
    assert costs.of(start, start + HOUR / 2) == cost


def test_a_yes_to_nights_makes_them_possible_but_dearest() -> None:
    costs = costs_of(side("tom", "Etc/UTC", may_night=True), at("2026-03-04"), at("2026-03-05"))

    assert costs.of(at("2026-03-04T02:00"), at("2026-03-04T03:00")) == 8


def test_own_hours_cost_nothing_at_night() -> None:
    costs = costs_of(side("kim", "Etc/UTC", "Mon-Fri 22-06"), at("2026-03-04"), at("2026-03-05"))

    assert costs.of(at("2026-03-04T02:00"), at("2026-03-04T03:00")) == 0
    assert costs.is_comfortable(at("2026-03-04"), at("2026-03-04T05:00"))
    assert not costs.is_comfortable(at("2026-03-04"), at("2026-03-04T05:00:00.000001"))


@pytest.mark.parametrize(
    "more",
    [
        {"overrides": (DayOverride(date(2026, 3, 4)),)},
        {"overrides": (DayOverride(date(2026, 3, 4), ((time(9), time(10)),)),)},
        {"pauses": (Pause(date(2026, 3, 4), date(2026, 3, 4)),)},
        {"pauses": (Pause(date(2026, 3, 4), date(2026, 3, 4), PauseKind.LIGHTER),)},
    ],
)
def test_nobody_is_asked_to_stretch_on_a_day_that_is_spoken_for(more: dict[str, object]) -> None:
    costs = costs_of(side("tom", "Etc/UTC", may_night=True, **more), at("2026-03-04"), at("2026-03-05"))

    answers = {
        costs.of(at("2026-03-04") + step * HOUR, at("2026-03-04") + (step + 1) * HOUR) for step in range(24)
    }
    assert answers <= {0, None}


@pytest.mark.parametrize(
    ("sides", "duration", "sentence"),
    [
        ([], HOUR, "at least one side"),
        ([side("ana", LONDON), side("ana", BERLIN)], HOUR, "each once"),
        ([side("ana", LONDON)], timedelta(), "takes some time"),
    ],
)
def test_questions_without_an_answer_are_refused(
    sides: list[Side], duration: timedelta, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        rank_times(sides, duration, at("2026-03-04"), at("2026-03-05"))
