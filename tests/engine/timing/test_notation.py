"""Hours as text: read generously, written in one way, and refused with the exact part."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.engine.timing.hours import WeeklyWindow, in_order, same_each_day
from alongside.engine.timing.notation import (
    HoursError,
    Problem,
    format_hours,
    format_span,
    parse_hours,
    parse_span,
)

times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
weeks = st.lists(st.builds(WeeklyWindow, st.integers(0, 6), times, times, st.booleans()), max_size=12)


@given(weeks)
def test_formatted_hours_are_read_back_as_they_were(windows: list[WeeklyWindow]) -> None:
    text = format_hours(windows)

    assert parse_hours(text) == in_order(windows)
    assert format_hours(parse_hours(text)) == text


@given(st.text(alphabet="MonTuedayFri 0123:-,;kept\n", max_size=30))
def test_any_text_is_read_or_refused_with_a_part_that_stands_at_its_position(text: str) -> None:
    error, windows = outcome(text)

    assert parse_hours(format_hours(windows)) == windows
    assert text[error.position :].startswith(error.part)
    assert error.part in str(error)


def outcome(text: str) -> tuple[HoursError, tuple[WeeklyWindow, ...]]:
    """What came of reading a text: the refusal, an empty one if it was read, and the windows."""
    try:
        return HoursError(Problem.WORD, "", 0), parse_hours(text)
    except HoursError as error:
        return error, ()


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("Mon-Fri 08:00-18:00, Sat 10:00-12:00", "Mon-Fri 08:00-18:00, Sat 10:00-12:00"),
        ("mon–fri 8–18", "Mon-Fri 08:00-18:00"),
        ("Monday - Friday 8 - 18", "Mon-Fri 08:00-18:00"),
        ("Fr-Mo 20:00-22:00", "Mon Fri-Sun 20:00-22:00"),
        ("Mon, Wed, Fri 08:00-10:00", "Mon Wed Fri 08:00-10:00"),
        ("Mon/Wed & Fri 08:00-10:00", "Mon Wed Fri 08:00-10:00"),
        ("Tue 08:00-12:00, 13:00-17:00", "Tue 08:00-12:00, Tue 13:00-17:00"),
        ("Tue 8-12; Thu 13-17\nSat 9-10", "Tue 08:00-12:00, Thu 13:00-17:00, Sat 09:00-10:00"),
        ("weekdays 8am-6pm, weekends 12 am - 12 p.m.", "Mon-Fri 08:00-18:00, Sat-Sun 00:00-12:00"),
        ("Every day 22.30-6", "Mon-Sun 22:30-06:00"),
        ("daily 00:00-24:00", "Mon-Sun 00:00-24:00"),
        ("daily 00:00-00:00", "Mon-Sun 00:00-24:00"),
        ("Sat 10-12 kept, Sun 10-12", "Sat 10:00-12:00 kept, Sun 10:00-12:00"),
        ("Sat 10-12, Sat 10-12 KEPT", "Sat 10:00-12:00 kept"),
        ("Mon ٠٨:٣٠-۱۸:۰۰", "Mon 08:30-18:00"),
        ("Mon\u00a0Tue 8\u00a0-\u00a09", "Mon-Tue 08:00-09:00"),
        ("Wed. 8-9,, ,", "Wed 08:00-09:00"),
        ("", ""),
    ],
)
def test_hours_are_read_generously_and_written_in_one_way(text: str, canonical: str) -> None:
    assert format_hours(parse_hours(text)) == canonical


@pytest.mark.parametrize(
    ("text", "problem", "part"),
    [
        ("Mon-Fri 08:00-18:00, Xat 10:00-12:00", Problem.DAY, "Xat"),
        ("Mon-Fry 8-18", Problem.DAY, "Fry"),
        ("Wed M 8-18", Problem.DAY, "M"),
        ("Mon- 8-18", Problem.DAY, "Mon-"),
        ("Mon Tue- 8-18", Problem.DAY, "Tue-"),
        ("-Fri 8-18", Problem.DAY, "-Fri"),
        ("- 8-18", Problem.DAY, "-"),
        ("Mon-Wed-Fri 8-18", Problem.DAY, "Wed-Fri"),
        ("Mon-Fri 08:00-25:00", Problem.TIME, "25:00"),
        ("Mon-Fri 24:00-08:00", Problem.TIME, "24:00"),
        ("Mon 8-18, Tue 08:75-18:00", Problem.TIME, "08:75"),
        ("Mon 8-24:30", Problem.TIME, "24:30"),
        ("Mon 13pm-18:00", Problem.TIME, "13pm"),
        ("Mon 0am-18:00", Problem.TIME, "0am"),
        ("Mon 8x-18", Problem.TIME, "8x"),
        ("Mon 8-late", Problem.TIME, "late"),
        ("Mon 8 o'clock-18", Problem.TIME, "8 o'clock"),
        ("Mon 8-", Problem.SPAN, "8-"),
        ("Mon 8", Problem.SPAN, "8"),
        ("Mon 8-12-18", Problem.SPAN, "8-12-18"),
        ("Mon 8-18 sometimes", Problem.WORD, "sometimes"),
        ("Mon 8-18 sometimes kept", Problem.WORD, "sometimes"),
        ("08:00-18:00", Problem.NO_DAYS, "08:00-18:00"),
        ("Mon 8-18, Tue", Problem.NO_HOURS, "Tue"),
    ],
)
def test_an_error_names_the_exact_part(text: str, problem: Problem, part: str) -> None:
    with pytest.raises(HoursError) as caught:
        parse_hours(text)

    assert (caught.value.problem, caught.value.part) == (problem, part)
    assert text[caught.value.position :].startswith(part)


def test_an_error_is_a_sentence() -> None:
    with pytest.raises(HoursError, match=r"^“25:00” is not a time of day$"):
        parse_hours("Mon-Fri 08:00-25:00")


def test_the_position_of_an_error_is_that_of_its_own_occurrence() -> None:
    text = "Mon-Fri 08:00-18:00, Mon Mox 08:00-18:00"

    with pytest.raises(HoursError) as caught:
        parse_hours(text)

    assert text[: caught.value.position] == "Mon-Fri 08:00-18:00, Mon "


def test_a_span_is_read_and_written() -> None:
    assert parse_span("  10:00 - 12:00 ") == (time(10), time(12))
    assert format_span((time(22), time(0))) == "22:00-24:00"
    with pytest.raises(HoursError) as caught:
        parse_span("  10:00 to 12:00")
    assert (caught.value.problem, caught.value.position) == (Problem.SPAN, 2)


def test_the_default_week_reads_as_people_write_it() -> None:
    assert parse_hours("Mon-Fri 08:00-18:00") == same_each_day(range(5), time(8), time(18))
