"""Planning: once, in the receiver's hours, by their choices, and anew when those change."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.delivery.actions import cancel_notices, plan_notice, replan_person
from alongside.delivery.enums import NoticeState, Why
from alongside.delivery.models import Notice
from alongside.delivery.plan import HORIZON, jitter
from alongside.people.enums import NoticeClass, NoticeMode, SeasonKind
from alongside.people.models import Person, Season
from tests import factories as make

NIGHT = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)  # Wednesday
OPENS = datetime(2026, 3, 4, 8, 0, tzinfo=UTC)
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def ben() -> Person:
    return make.person("Ben", zone="Europe/London")


def _plan(
    person: Person | None, now: datetime, kind: str = "message_posted", **given: object
) -> Notice | None:
    defaults: dict[str, object] = {"about": "message:1", "thread": "pair:1"}
    return plan_notice(kind=kind, person=person, now=now, **{**defaults, **given})  # type: ignore[arg-type]


def _choose(person: Person, notice_class: NoticeClass, mode: NoticeMode) -> None:
    person.preferences.notices[notice_class] = mode
    person.preferences.save()


def test_notice_waits_for_the_hours_and_up_to_two_minutes_more(ben: Person) -> None:
    notice = _plan(ben, NIGHT)
    assert notice is not None
    assert notice.not_before == OPENS + jitter(notice.public_id)
    assert timedelta() <= jitter(notice.public_id) <= timedelta(minutes=2)


def test_notice_in_open_hours_goes_at_once(ben: Person) -> None:
    notice = _plan(ben, NOON)
    assert notice is not None
    assert notice.not_before == NOON


def test_safety_goes_at_any_hour(ben: Person) -> None:
    notice = _plan(ben, NIGHT, kind="safety_reported", about="mentorship:1")
    assert notice is not None
    assert notice.not_before == NIGHT


def test_planning_twice_plans_once(ben: Person) -> None:
    first, second = _plan(ben, NIGHT), _plan(ben, NOON)
    assert first is not None
    assert first == second
    assert Notice.objects.get().not_before == first.not_before


def test_class_switched_off_is_not_planned_and_one_for_the_digest_waits_for_it(ben: Person) -> None:
    _choose(ben, NoticeClass.MESSAGE, NoticeMode.OFF)
    assert _plan(ben, NOON) is None
    assert not Notice.objects.exists()

    _choose(ben, NoticeClass.MESSAGE, NoticeMode.DIGEST)
    notice = _plan(ben, NOON)

    digest = Notice.objects.get(kind="digest")
    assert notice is not None
    assert notice.not_before == digest.not_before == datetime(2026, 3, 5, 8, 30, tzinfo=UTC)


def test_account_and_safety_cannot_be_switched_off(ben: Person) -> None:
    _choose(ben, NoticeClass.SAFETY, NoticeMode.OFF)
    assert _plan(ben, NIGHT, kind="safety_reported") is not None


def test_address_without_account_has_the_programs_cautious_hours() -> None:
    program = make.program(zone="America/New_York")
    notice = _plan(
        None, NIGHT, kind="invitation", address="Ana@example.org", program=program, about="invitation:1"
    )
    assert notice is not None
    assert notice.not_before - jitter(notice.public_id) == datetime(2026, 3, 4, 14, 0, tzinfo=UTC)  # 09:00


def test_person_whose_zone_nobody_knows_has_the_programs_cautious_hours() -> None:
    program = make.program(zone="Asia/Tokyo")
    notice = _plan(make.person("New"), NOON, program=program)
    assert notice is not None
    assert notice.not_before - jitter(notice.public_id) == datetime(2026, 3, 5, 0, 0, tzinfo=UTC)  # 09:00


def test_person_without_open_hours_is_told_in_the_app_and_asked_again_after_two_weeks(ben: Person) -> None:
    Season.objects.create(person=ben, kind=SeasonKind.AWAY, from_on=date(2026, 3, 1), until_on=None)
    notice = _plan(ben, NOON)
    assert notice is not None
    assert notice.not_before == NOON + HORIZON


def test_change_of_hours_replans_everything_held(ben: Person) -> None:
    notice = _plan(ben, NIGHT)
    ben.preferences.zone = "Asia/Kolkata"
    ben.preferences.save()

    assert replan_person(ben, now=NIGHT) == 1

    notice = Notice.objects.get()
    assert notice.not_before == NIGHT  # 08:30 there


def test_replanning_keeps_the_earliest_moment(ben: Person) -> None:
    _plan(ben, NIGHT, earliest_at=NOON)
    assert Notice.objects.get().not_before == NOON
    replan_person(ben, now=NIGHT)
    assert Notice.objects.get().not_before == NOON


def test_choice_of_digest_moves_what_is_held_and_back(ben: Person) -> None:
    _plan(ben, NIGHT)
    _choose(ben, NoticeClass.MESSAGE, NoticeMode.DIGEST)

    replan_person(ben, now=NIGHT)

    notice = Notice.objects.get(kind="message_posted")
    assert (notice.mode, notice.not_before) == (NoticeMode.DIGEST, datetime(2026, 3, 4, 8, 30, tzinfo=UTC))
    _choose(ben, NoticeClass.MESSAGE, NoticeMode.NOW)
    replan_person(ben, now=NIGHT)
    [only] = Notice.objects.all()  # no digest for nothing
    assert only.not_before == OPENS + jitter(only.public_id)


def test_switching_off_while_held_cancels_and_says_why(ben: Person) -> None:
    _plan(ben, NIGHT)
    _choose(ben, NoticeClass.MESSAGE, NoticeMode.OFF)

    replan_person(ben, now=NIGHT)

    notice = Notice.objects.get()
    assert (notice.state, notice.why, notice.settled_at) == (NoticeState.CANCELED, Why.OFF, NIGHT)


def test_second_gentle_offer_to_a_pair_within_a_week_is_not_made(ben: Person) -> None:
    ana = make.person("Ana", zone="Europe/London")
    for person in (ana, ben):
        assert _plan(person, NOON, kind="signal_offered", about="signal:1") is not None

    assert _plan(ana, NOON + timedelta(days=6), kind="goal_woke", about="goal:1") is None
    assert _plan(ana, NOON + timedelta(days=8), kind="goal_woke", about="goal:1") is not None
    assert _plan(ana, NOON, kind="signal_offered", about="signal:2", thread="pair:2") is not None


def test_gentle_offer_runs_out_after_three_days(ben: Person) -> None:
    notice = _plan(ben, NOON, kind="goal_woke", about="goal:1")
    assert notice is not None
    assert notice.expires_at == NOON + timedelta(hours=72)


def test_cancel_by_thing_kind_person_or_thread(ben: Person) -> None:
    _plan(ben, NIGHT, about="message:1")
    _plan(ben, NIGHT, about="message:2")
    _plan(ben, NIGHT, kind="topic_opened", about="topic:1", thread="pair:2")

    assert cancel_notices(about="message:1", kinds=("message_posted",), now=NIGHT) == 1
    assert cancel_notices(thread="pair:2", now=NIGHT) == 1
    assert cancel_notices(person=ben, notice_class=NoticeClass.MESSAGE, now=NIGHT) == 1
    assert set(Notice.objects.values_list("state", "why")) == {(NoticeState.CANCELED, Why.GONE)}
    with pytest.raises(ValueError, match="say what to cancel"):
        cancel_notices(now=NIGHT)
