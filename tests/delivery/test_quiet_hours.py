"""The promise itself, through the database and the sender: nothing reaches anybody outside their hours."""

from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.delivery import jobs
from alongside.delivery.actions import plan_notice, replan_person
from alongside.delivery.channels.mail import MailServer, Outcome
from alongside.delivery.enums import ALWAYS, NoticeState
from alongside.delivery.models import Notice, Outage
from alongside.engine.timing.quiet import is_open
from alongside.engine.timing.zones import canonical_zones
from alongside.foundation.mail import Letter
from alongside.people.enums import SeasonKind
from alongside.people.models import Season
from alongside.people.queries import hours_of
from alongside.programs.texts import text_catalog
from tests.people import Cast

HOURS = (
    "Mon-Fri 08:00-18:00",
    "Mon-Fri 22:00-06:00",
    "Sat Sun 10:00-12:00, Wed 02:15-02:45",
    "daily 00:00-02:30",
    "Tue 09:00-09:01",
    "",
)
KINDS = ("pair_back", "pair_resting", "pair_ended", "safety_reported")
BEGIN = datetime(2026, 3, 20, tzinfo=UTC)  # a fortnight with changes of clocks on both halves of the globe
MOMENTS = st.integers(0, 16 * 24 * 60).map(lambda minutes: BEGIN + timedelta(minutes=minutes))
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("plan", "sweep", "zone", "hours", "season", "outage")), MOMENTS, st.integers(0, 99)
    ),
    min_size=5,
    max_size=40,
).map(lambda steps: sorted(steps, key=lambda step: step[1]))


class Life:
    """Ben's fortnight: what is planned for him, what he changes, and what he was sent."""

    def __init__(self, cast: Cast) -> None:
        for model in (Notice, Outage, Season):
            model._default_manager.all().delete()
        self.cast, self.person, self.planned = cast, cast.ben, 0
        self.person.preferences.zone_confirmed_at = BEGIN
        self.server_answers = True
        self.sent: list[tuple[str, datetime, bool]] = []

    def plan(self, at: datetime, choice: int) -> None:
        self.planned += 1
        plan_notice(
            kind=KINDS[choice % len(KINDS)],
            about=f"mentorship:{self.cast.pair.pk}",
            person=self.person,
            dedupe_key=str(self.planned),
            now=at,
        )

    def sweep(self, at: datetime, choice: int) -> None:
        if self.server_answers:
            self.sent += _sweep(at)

    def outage(self, at: datetime, choice: int) -> None:
        self.server_answers = not self.server_answers

    def zone(self, at: datetime, choice: int) -> None:
        zones = canonical_zones()
        self._change(at, zone=zones[choice * 7 % len(zones)])

    def hours(self, at: datetime, choice: int) -> None:
        self._change(at, hours=HOURS[choice % len(HOURS)])

    def season(self, at: datetime, choice: int) -> None:
        last = at.date() + timedelta(days=choice % 5)
        Season.objects.create(person=self.person, kind=SeasonKind.AWAY, from_on=at.date(), until_on=last)
        self._change(at)

    def _change(self, at: datetime, **chosen: str) -> None:
        for name, value in chosen.items():
            setattr(self.person.preferences, name, value)
        self.person.preferences.save()
        replan_person(self.person, now=at)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_nothing_is_sent_while_its_receiver_is_not_open(
    cast_: Cast, steps: list[tuple[str, datetime, int]]
) -> None:
    """Plans, changes of zone, hours and season, outages and sweeps at random moments, in order of time."""
    life = Life(cast_)
    for step, at, choice in steps:
        getattr(life, step)(at, choice)

    for notice_class, at, was_open in life.sent:
        assert was_open or notice_class in ALWAYS, (notice_class, at, hours_of(life.person))
    assert len(life.sent) == Notice.objects.filter(state=NoticeState.SENT).count()


def _sweep(at: datetime) -> list[tuple[str, datetime, bool]]:
    """One turn of the mail lane at a moment: for each mail its class, and whether its receiver was open."""
    sent = []

    def hand_over(server: MailServer, letter: Letter) -> tuple[Outcome, str]:
        notice = Notice.objects.select_related("person__preferences").get(state=NoticeState.SENDING)
        assert notice.person is not None
        notice_class = text_catalog().text(notice.kind).notice_class
        sent.append((notice_class, at, is_open(hours_of(notice.person), at)))
        return Outcome.TAKEN, ""

    with (
        mock.patch.object(MailServer, "hand_over", hand_over),
        mock.patch.object(jobs, "_running_from", lambda now: lambda: now),
        mock.patch("alongside.delivery.still.is_still_so", return_value=True),
    ):
        jobs.send_due(at)
    return sent
