"""One world of the quiet year: what happens in it, and what must be true of every mail and every plan.

Whether somebody is open is judged by the oracle of the timing tests, minute by minute, not by the engine under test.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from random import Random
from unittest import mock

from alongside.delivery import jobs
from alongside.delivery.actions import plan_notice, replan_person
from alongside.delivery.channels.mail import MailServer, Outcome, ServerAway
from alongside.delivery.enums import ALWAYS, NoticeState, Why
from alongside.delivery.models import Notice, Outage
from alongside.engine.timing.hours import PauseKind, PersonHours
from alongside.engine.timing.notation import format_hours, format_span
from alongside.engine.timing.zones import canonical_zones
from alongside.enrollment.enums import Role
from alongside.foundation.mail import Letter
from alongside.meetings.enums import MeetingState
from alongside.meetings.models import Meeting
from alongside.mentorships.models import Mentorship
from alongside.people.enums import NoticeClass, NoticeMode, SeasonKind
from alongside.people.models import DayOverride, Person, Preferences, Season
from alongside.people.queries import hours_of
from tests import factories as make
from tests.engine.timing.oracle import any_hours, changes_of, clock, definition

PAIRS, PLANS = 6, 250
LENGTH, AFTERWARDS = timedelta(days=14), timedelta(days=45)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
KINDS = {
    "pair_back": 5,
    "signal_offered": 1,
    "safety_reported": 1,
    "meeting_reminder": 3,
    "meeting_changed": 2,
}
MODES = (NoticeMode.NOW, NoticeMode.NOW, NoticeMode.NOW, NoticeMode.DIGEST, NoticeMode.OFF)
CHOSEN = (NoticeClass.TEAM_NOTE, NoticeClass.NUDGE, NoticeClass.MEETING_REMINDER, NoticeClass.MEETING_CHANGE)
SEASONS = {PauseKind.AWAY: SeasonKind.AWAY, PauseKind.LIGHTER: SeasonKind.LIGHTER}


class Killed(BaseException):
    """The worker's process ends here."""


def people() -> list[Mentorship]:
    """The pairs that live in every world, with new zones and hours each time."""
    program = make.program()
    return [
        make.mentorship(
            make.participation(program, make.person(), Role.MENTEE),
            make.participation(program, make.person(), Role.MENTOR),
        )
        for _ in range(PAIRS)
    ]


@dataclass
class World:
    pairs: list[Mentorship]
    random: Random
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    zones: set[str] = field(default_factory=set)
    planned: list[int] = field(default_factory=list)
    told: Counter[int] = field(default_factory=Counter)
    skew: timedelta = timedelta()  # of the machine's clock
    server_answers: bool = True

    def live(self) -> None:
        """Everything that happens, in its order, with the worker awake whenever something is due; then the reckoning."""
        self._clear()
        self.counts["worlds"] += 1
        zone = self.random.choice(canonical_zones())
        changes = changes_of(zone, 2024, 2036) or (self._any_moment(),)
        self.begins = self.random.choice(changes) - self.random.randrange(14 * 24) * HOUR
        self.people = [
            member.person
            for pair in self.pairs
            for member in pair.members.select_related("person__preferences")
        ]
        for person in self.people:
            self._settle(person, zone if person is self.people[0] else "", self.begins)
        self.now = self.begins
        for at, event in sorted(self._events(), key=lambda each: each[0]):
            self._sleep_until(at)
            event()
        self.server_answers, self.skew = True, timedelta()
        self._sleep_until(self.begins + LENGTH + AFTERWARDS)
        self._reckon()

    def _events(self) -> Iterator[tuple[datetime, Callable[[], None]]]:
        def moment() -> datetime:
            return (
                self.begins
                + self.random.randrange(LENGTH // MINUTE) * MINUTE
                + self.random.randrange(60) * timedelta(seconds=1)
            )

        yield from ((moment(), self._plan) for _ in range(PLANS))
        yield from ((moment(), self._change) for _ in range(12))
        for _ in range(self.random.randrange(4)):
            off = moment()
            yield off, self._switch_off
            yield off + self.random.randrange(1, 12 * 60) * MINUTE, self._switch_on
        for _ in range(self.random.randrange(3)):
            yield moment(), self._step

    def _plan(self) -> None:
        pair = self.random.choice(self.pairs)
        person = self.random.choice(
            [member.person for member in pair.members.select_related("person__preferences")]
        )
        kind = self.random.choices(list(KINDS), list(KINDS.values()))[0]
        about, starts_at, context = f"mentorship:{pair.pk}", None, {}
        if kind.startswith("meeting"):
            starts_at = self._machine() + self.random.randrange(10, 72 * 60) * MINUTE
            about = f"meeting:{self._meeting(pair, starts_at)}"
        elif kind == "signal_offered":
            about, context = f"signal:{len(self.planned)}", {"mentorship": pair.pk}
        notice = plan_notice(
            kind=kind, about=about, person=person, program=pair.program, thread=f"pair:{pair.pk}", context=context,
            dedupe_key=f"{len(self.planned)}:{self.random.random()}", starts_at=starts_at, now=self._machine(),
            expires_at=starts_at,
        )  # fmt: skip
        if notice is not None:
            self.planned.append(notice.pk)
            self.counts["planned"] += 1

    def _meeting(self, pair: Mentorship, starts_at: datetime) -> int:
        found, _ = Meeting.objects.get_or_create(
            mentorship=pair, state=MeetingState.BOOKED, starts_at=starts_at
        )
        return found.pk

    def _change(self) -> None:
        """Somebody moves, or lives differently from now on; what is held for them is planned anew."""
        self.counts["changes of hours, zone or season"] += 1
        person = self.random.choice(self.people)
        self._settle(person, "", self._machine())
        replan_person(person, now=self._machine())

    def _switch_off(self) -> None:
        self.counts["outages"] += 1
        self.server_answers = False

    def _switch_on(self) -> None:
        self.server_answers = True

    def _step(self) -> None:
        self.counts["clock steps"] += 1
        self.skew += self.random.choice((-HOUR, -10 * MINUTE, 10 * MINUTE, HOUR))

    def _settle(self, person: Person, zone: str, at: datetime) -> None:
        """New zone, hours, single days, seasons and choices for somebody."""
        hours = any_hours(zone or self.random.choice(canonical_zones()), at.date(), self.random)
        self.zones.add(hours.zone)
        DayOverride.objects.filter(person=person).delete()
        Season.objects.filter(person=person).delete()
        for day in hours.overrides:
            DayOverride.objects.create(
                person=person, on=day.day, hours=", ".join(map(format_span, day.spans))
            )
        for pause in hours.pauses:
            last = pause.last_day or pause.first_day + 30 * DAY
            Season.objects.create(
                person=person, kind=SEASONS[pause.kind], from_on=pause.first_day, until_on=last
            )
        chosen: Preferences = person.preferences
        chosen.zone, chosen.hours, chosen.zone_confirmed_at = hours.zone, format_hours(hours.windows), at
        chosen.digest_time = time(self.random.randrange(24), self.random.choice((0, 30)))
        if at == self.begins:  # a choice that changes later would excuse what it took back
            chosen.notices = {each.value: self.random.choice(MODES).value for each in CHOSEN}
            chosen.notices[NoticeClass.DIGEST.value] = self.random.choice(
                (NoticeMode.NOW, NoticeMode.NOW, NoticeMode.OFF)
            ).value
        chosen.save()

    def _machine(self) -> datetime:
        return self.now + self.skew

    def _sleep_until(self, at: datetime) -> None:
        """The worker wakes whenever something is due, or when it may ask the server again."""
        while (due := self._next_due()) is not None and due - self.skew < at:
            self.now = max(self.now, due - self.skew)
            if not self._sweep():
                self.now += 30 * timedelta(seconds=1)
        self.now = max(self.now, at)

    def _next_due(self) -> datetime | None:
        due = Notice.objects.filter(state=NoticeState.DUE, mode=NoticeMode.NOW).order_by("not_before")
        lost = Notice.objects.filter(state=NoticeState.SENDING).order_by("lease")
        first = [*due.values_list("not_before", flat=True)[:1], *lost.values_list("lease", flat=True)[:1]]
        outage = Outage.objects.first()
        if not first:
            return None
        return max(min(first), outage.next_try_at) if outage is not None else min(first)

    def _sweep(self) -> int:
        """One turn of the mail lane of a real worker."""
        with (
            mock.patch.object(MailServer, "ready", self._ready),
            mock.patch.object(MailServer, "hand_over", self._hand_over),
            mock.patch.object(jobs, "_running_from", lambda now: lambda: now),
        ):
            try:
                return jobs.send_due(self._machine())
            except Killed:
                self.counts["crashes while handing over"] += 1
                return 1

    def _ready(self) -> None:
        if not self.server_answers:
            raise ServerAway("switched off")

    def _hand_over(self, letter: Letter) -> tuple[Outcome, str]:
        """The mail server: judges each mail, and sometimes is not well."""
        chance = self.random.random()
        if chance < 0.02:
            self.counts["refused for now"] += 1
            return Outcome.NOT_NOW, "451 later"
        notice = Notice.objects.select_related("person__preferences").get(message_id=letter.message_id)
        self._judge(notice)
        self.counts["mails"] += 1
        for pk in Notice.objects.filter(token=notice.token, state=NoticeState.SENDING).values_list(
            "pk", flat=True
        ):
            self.told[pk] += 1
        if chance < 0.03:
            raise Killed
        return (Outcome.UNKNOWN, "cut off") if chance < 0.04 else (Outcome.TAKEN, "")

    def _judge(self, notice: Notice) -> None:
        assert notice.person is not None  # noqa: S101 - everybody here has an account
        at, hours = self._machine(), hours_of(notice.person)
        if not (_is_open(hours, at) or notice.notice_class in ALWAYS or _is_pressing(notice, hours, at)):
            self._broken("at a closed moment", notice)

    def _reckon(self) -> None:
        """Nothing is told in two mails, and each plan came to an end that its own rules allow."""
        for notice in Notice.objects.filter(pk__in=self.planned).select_related(
            "person__preferences", "told_with"
        ):
            if self.told[notice.pk] > 1:
                self._broken("twice", notice)
            end = self._end_of(notice)
            self.counts[end] += 1
            if end == "lost":
                self._broken("", notice)

    def _end_of(self, notice: Notice) -> str:
        assert notice.person is not None  # noqa: S101 - everybody here has an account
        match notice.state:
            case NoticeState.SENT:
                return "in mails of their own"
            case NoticeState.MERGED | NoticeState.DIGESTED:
                return "in other mails or digests"
            case NoticeState.EXPIRED if notice.expires_at is not None:
                return "ran out or taken back by their own rule"
            case NoticeState.CANCELED if _may_be_taken_back(notice):
                return "ran out or taken back by their own rule"
            case NoticeState.UNKNOWN if notice.told_with_id or _hears_no_digest(
                notice.person, self._machine()
            ):
                return "in other mails or digests"
            case NoticeState.DUE if not _opens_soon(hours_of(notice.person), self._machine()):
                return "held for people who are never open"
        return "lost"

    def _broken(self, name: str, notice: Notice) -> None:
        if name:
            self.counts[name] += 1
        self.problems.append(f"{name or 'lost'}: {notice.kind} {notice.state} {notice.why} {notice.mode} at {self._machine()}"
                             f" not before {notice.not_before}: {hours_of(notice.person) if notice.person else ''}")  # fmt: skip

    def _any_moment(self) -> datetime:
        return datetime(2024, 1, 1, tzinfo=UTC) + self.random.randrange(13 * 365) * DAY

    def _clear(self) -> None:
        for model in (Notice, Outage, Meeting, Season, DayOverride):
            model._default_manager.all().delete()


@lru_cache(maxsize=256)
def _said(hours: PersonHours) -> Callable[[datetime], bool]:
    return definition(hours)


def _is_open(hours: PersonHours, at: datetime) -> bool:
    return _said(hours)(at)


def _is_pressing(notice: Notice, hours: PersonHours, at: datetime) -> bool:
    """What the design allows outside hours for a meeting somebody said yes to: a reminder within half an hour of it; a change
    that morning, an hour before, and half an hour before at the latest."""
    start = notice.starts_at
    if start is None or at >= start:
        return False
    if notice.notice_class == NoticeClass.MEETING_REMINDER:
        return at >= start - HOUR / 2
    day: date = start.astimezone(clock(hours.zone)).date()
    morning = datetime.combine(day, time(6, 30), clock(hours.zone)).astimezone(UTC)
    is_change = notice.notice_class == NoticeClass.MEETING_CHANGE
    return is_change and at >= min(max(start - HOUR, morning), start - HOUR / 2)


def _may_be_taken_back(notice: Notice) -> bool:
    assert notice.person is not None  # noqa: S101 - everybody here has an account
    chosen = notice.person.preferences.notices
    if notice.why == Why.OFF:
        return NoticeMode.OFF in (chosen.get(notice.notice_class), chosen.get(NoticeClass.DIGEST))
    return notice.notice_class == NoticeClass.NUDGE and notice.why == Why.SEASON


def _hears_no_digest(person: Person, at: datetime) -> bool:
    off = person.preferences.notices.get(NoticeClass.DIGEST) == NoticeMode.OFF
    return off or not _opens_soon(hours_of(person), at)


def _opens_soon(hours: PersonHours, at: datetime) -> bool:
    return any(_is_open(hours, at + step * MINUTE) for step in range(14 * 24 * 60))
