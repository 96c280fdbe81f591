"""Five working days of the receiver, one reminder at half time."""

from datetime import UTC, date, datetime, timedelta

from alongside.engine.timing.hours import Pause, PersonHours, standard_hours
from alongside.matching.deadlines import deadline_for

THURSDAY = datetime(2026, 3, 5, 15, 0, tzinfo=UTC)


def test_weekends_do_not_count() -> None:
    deadline = deadline_for(standard_hours("UTC"), THURSDAY)

    assert deadline.expires_at == datetime(2026, 3, 12, 23, 59, tzinfo=UTC)
    assert deadline.remind_at == datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def test_days_are_those_of_the_receiver() -> None:
    """In Auckland it is Friday already, and summer time, 13 hours ahead."""
    deadline = deadline_for(standard_hours("Pacific/Auckland"), THURSDAY)

    assert deadline.expires_at == datetime(2026, 3, 13, 10, 59, tzinfo=UTC)


def test_days_away_do_not_count() -> None:
    away = Pause(date(2026, 3, 6), date(2026, 3, 20))
    hours = PersonHours("UTC", standard_hours("UTC").windows, (), (away,))

    assert deadline_for(hours, THURSDAY).expires_at == datetime(2026, 3, 27, 23, 59, tzinfo=UTC)


def test_nobody_waits_longer_than_sixty_days() -> None:
    nobody = PersonHours("UTC")

    deadline = deadline_for(nobody, THURSDAY)

    assert timedelta(days=59) < deadline.expires_at - THURSDAY < timedelta(days=63)
    assert THURSDAY < deadline.remind_at < deadline.expires_at
