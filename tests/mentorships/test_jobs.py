"""Dates that come by themselves: pauses end, ends are told once, closings open and complete."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from alongside.foundation.errors import Invalid
from alongside.journal.models import Entry
from alongside.mentorships import jobs
from alongside.mentorships.actions import change_end, end_early, pause_mentorship, reopen_mentorship
from alongside.mentorships.enums import EndReason
from tests.factories import NOW
from tests.people import Cast

pytestmark = pytest.mark.django_db


def _run_on(day: date) -> list[str]:
    """Runs the job twice at noon of a day; the verbs it recorded."""
    before = Entry.objects.count()
    with time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=UTC), tick=False):
        jobs.keep_dates(None)  # type: ignore[arg-type] - it needs nothing from its task
        jobs.keep_dates(None)  # type: ignore[arg-type]
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True)[before:])


@pytest.fixture
def alone(cast_: Cast) -> Cast:
    """The cast with one pair only."""
    cast_.other_pair.delete()
    return cast_


def test_pause_is_over_the_day_after_its_last(alone: Cast) -> None:
    pause_mentorship(mentorship=alone.pair, actor=alone.chi, until_on=date(2026, 4, 1), now=NOW)

    assert _run_on(date(2026, 4, 1)) == []
    assert _run_on(date(2026, 4, 2)) == ["mentorship.resumed"]


def test_pause_without_a_last_day_goes_on(alone: Cast) -> None:
    pause_mentorship(mentorship=alone.pair, actor=alone.chi, until_on=None, now=NOW)

    assert _run_on(date(2026, 6, 1)) == []


def test_end_is_told_then_opened_then_completed(alone: Cast) -> None:
    # It ends on 2026-08-03.
    assert _run_on(date(2026, 7, 19)) == []
    assert _run_on(date(2026, 7, 20)) == ["mentorship.closing_soon"]
    assert _run_on(date(2026, 8, 3)) == []
    assert _run_on(date(2026, 8, 4)) == ["mentorship.closing_begun"]
    assert _run_on(date(2026, 8, 23)) == []
    assert _run_on(date(2026, 8, 24)) == ["mentorship.ended"]
    assert _run_on(date(2026, 9, 24)) == []


def test_moved_end_is_told_anew(alone: Cast) -> None:
    assert _run_on(date(2026, 7, 20)) == ["mentorship.closing_soon"]
    change_end(
        mentorship=alone.pair,
        actor=alone.ben,
        ends_on=date(2026, 10, 1),
        now=datetime(2026, 7, 21, tzinfo=UTC),
    )

    assert _run_on(date(2026, 8, 10)) == []
    assert _run_on(date(2026, 9, 17)) == ["mentorship.closing_soon"]


def test_resting_pair_is_not_hurried_to_its_end(alone: Cast) -> None:
    pause_mentorship(mentorship=alone.pair, actor=alone.chi, until_on=None, now=NOW)

    assert _run_on(date(2026, 8, 10)) == []


@pytest.mark.parametrize("day", [date(2026, 3, 4), date(2027, 4, 9)])
def test_end_is_moved_within_the_coming_year_only(alone: Cast, day: date) -> None:
    with pytest.raises(Invalid):
        change_end(mentorship=alone.pair, actor=alone.ben, ends_on=day, now=NOW)


def test_reopened_pair_has_time_ahead(alone: Cast) -> None:
    after_end = datetime(2026, 9, 1, tzinfo=UTC)
    end_early(mentorship=alone.pair, actor=alone.chi, reason=EndReason.TIME, now=NOW)

    row = reopen_mentorship(mentorship=alone.pair, actor=alone.chi, now=after_end)

    assert row.ends_on == date(2026, 12, 1)
