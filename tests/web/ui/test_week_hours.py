"""The week of hours: what a form posts, what it cleans to, what it shows."""

from datetime import time

import pytest
from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from alongside.engine.timing.hours import WeeklyWindow
from alongside.engine.timing.notation import format_hours
from alongside.web.ui.widgets import Range, WeekHours, WeekHoursField, ranges_of


class HoursForm(forms.Form):
    hours = WeekHoursField(required=False)


def posted(*ranges: Range) -> QueryDict:
    """What the rows of the editor send for these ranges."""
    data = QueryDict(mutable=True)
    data["hours-sent"] = "1"
    for row, entry in enumerate(ranges):
        data[f"hours-{entry.day}-{row}-from"] = entry.start
        data[f"hours-{entry.day}-{row}-to"] = entry.end
        data[f"hours-{entry.day}-{row}-kind"] = entry.kind
    return data


def cleaned(*ranges: Range) -> WeekHours:
    form = HoursForm(posted(*ranges))
    assert form.is_valid(), form.errors
    week = form.cleaned_data["hours"]
    assert isinstance(week, WeekHours)
    return week


def test_rows_clean_to_two_notations() -> None:
    week = cleaned(
        Range(0, "08:00", "12:00"), Range(1, "08:00", "12:00"), Range(5, "10:00", "12:00", "possible")
    )

    assert week == WeekHours(good="Mon-Tue 08:00-12:00", possible="Sat 10:00-12:00")


def test_empty_rows_are_an_empty_week() -> None:
    assert cleaned() == WeekHours()


def test_midnight_as_end_closes_the_day() -> None:
    assert cleaned(Range(4, "20:00", "00:00")) == WeekHours(good="Fri 20:00-24:00")


def test_required_week_without_rows_asks_for_one() -> None:
    field = WeekHoursField()

    with pytest.raises(forms.ValidationError) as refused:
        field.clean([])

    assert refused.value.code == "required"


@pytest.mark.parametrize(("start", "end"), [("08:00", ""), ("", "12:00")])
def test_half_a_row_is_sent_back_with_its_day_and_its_words(start: str, end: str) -> None:
    form = HoursForm(posted(Range(2, start, end)))

    assert form.errors == {"hours": ["Wednesday: please give both a start and an end."]}
    assert f'value="{start or end}"' in str(form["hours"])


def test_words_that_are_no_time_are_sent_back() -> None:
    form = HoursForm(posted(Range(2, "soon", "12:00")))

    assert list(form.errors) == ["hours"]


def test_form_without_the_editor_leaves_the_week_alone() -> None:
    widget = HoursForm().fields["hours"].widget

    assert widget.value_omitted_from_data(QueryDict(), {}, "hours") is True
    assert widget.value_omitted_from_data(posted(), {}, "hours") is False


minutes = st.integers(min_value=0, max_value=24 * 60 - 1).map(lambda m: time(m // 60, m % 60))
windows = st.lists(
    st.tuples(st.integers(0, 6), minutes, minutes).filter(lambda w: w[1] != w[2]), max_size=6, unique=True
)


@given(windows)
def test_what_is_shown_cleans_to_what_was_there(week: list[tuple[int, time, time]]) -> None:
    notation = format_hours(WeeklyWindow(day, start, end) for day, start, end in week)

    shown = list(ranges_of(WeekHours(good=notation)))

    assert WeekHoursField(required=False).clean(shown) == WeekHours(good=notation)
