"""Deciding when a person hears of something, and deciding anew when their hours change."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from alongside.delivery.enums import SWITCHABLE, NoticeChannel, NoticeState, Why
from alongside.delivery.models import Notice
from alongside.delivery.plan import MESSAGE_DEGRADES, NUDGE_LIFE, next_digest, release_at
from alongside.delivery.queries import (
    digest_items,
    digest_time_of,
    hours_for,
    is_pushed,
    lead_of,
    mode_for,
    rings_through,
    was_nudged,
)
from alongside.engine.timing.hours import PersonHours
from alongside.engine.timing.quiet import HORIZON
from alongside.people.enums import NoticeClass, NoticeMode
from alongside.people.models import Person
from alongside.programs.models import Program
from alongside.programs.texts import text_catalog

DIGEST = "digest"
_ON_DEVICES = ":push"  # ends the dedupe key of what is told on devices too


@transaction.atomic
def plan_notice(
    *,
    kind: str,
    about: str,
    person: Person | None,
    address: str = "",
    program: Program | None = None,
    thread: str = "",
    context: dict[str, Any] | None = None,
    dedupe_key: str = "",
    starts_at: datetime | None = None,
    earliest_at: datetime | None = None,
    expires_at: datetime | None = None,
    now: datetime,
) -> Notice | None:
    """Plans one notice of a `kind` (a key of texts.toml) about "type:id" for one person, or one bare address.

    Idempotent by `dedupe_key` (kind, thing and receiver unless given): planned once, however often it is asked for. By mail,
    and once more for the devices of somebody who wants this class there; each channel then has its own way. Returns the mail:
    None when the person reads this class without mails, or when a pair had a gentle offer within the week.
    `context` holds ids and facts, never words of people. Four to eight statements, twice as many with devices.
    """
    notice_class = text_catalog().text(kind).notice_class
    if notice_class == NoticeClass.NUDGE and was_nudged(thread, about, now):
        return None
    if expires_at is None and notice_class == NoticeClass.NUDGE:
        expires_at = now + NUDGE_LIFE
    key = dedupe_key or f"{kind}:{about}:{person.pk if person else address.lower()}"
    fields = {
        "person": person,
        "address": "" if person else address,
        "program": program,
        "kind": kind,
        "notice_class": notice_class,
        "about": about,
        "thread": thread,
        "context": context or {},
        "starts_at": starts_at,
        "earliest_at": max(earliest_at or now, now),
        "not_before": now,
        "expires_at": expires_at,
        "created_at": now,
    }
    if is_pushed(person, kind, notice_class):
        _plan_on(NoticeChannel.PUSH, f"{key}{_ON_DEVICES}", fields, now)
    if mode_for(person, notice_class) == NoticeMode.OFF:
        return None
    return _plan_on(NoticeChannel.MAIL, key, fields, now)


def twin_by_mail(notice: Notice) -> Notice | None:
    """The mail that tells the same as this note on devices; None for a mail, and where there is none."""
    if not notice.dedupe_key.endswith(_ON_DEVICES):
        return None
    return Notice.objects.filter(dedupe_key=notice.dedupe_key.removesuffix(_ON_DEVICES)).first()


@transaction.atomic
def cancel_notices(
    *,
    about: str = "",
    thread: str = "",
    person: Person | None = None,
    kinds: Iterable[str] = (),
    notice_class: NoticeClass | None = None,
    why: Why = Why.GONE,
    now: datetime,
) -> int:
    """Takes back what is held about a thing, in a thread or for a person, of some kinds or one class; returns how many.

    What is being sent at this moment is sent.
    """
    wanted = Q()
    for name, value in (
        ("about", about),
        ("thread", thread),
        ("person", person),
        ("notice_class", notice_class),
    ):
        if value:
            wanted &= Q(**{name: value})
    if not wanted:
        raise ValueError("say what to cancel")
    held = Notice.objects.filter(wanted, state=NoticeState.DUE)
    if kinds:
        held = held.filter(kind__in=list(kinds))
    return held.update(state=NoticeState.CANCELED, why=why, settled_at=now)


@transaction.atomic
def replan_person(person: Person, *, now: datetime) -> int:
    """Plans everything held for a person anew, after a change of zone, hours, seasons or choices; returns how many.

    Nothing held is lost: what is switched off now is canceled, with that as its reason.
    """
    rows = Notice.objects.select_for_update(of=("self",)).select_related("program")
    held = list(rows.filter(person=person, state=NoticeState.DUE).exclude(kind=DIGEST))
    Notice.objects.filter(person=person, state=NoticeState.DUE, kind=DIGEST).delete()
    for notice in held:
        notice.person = person
        mode = mode_for(person, NoticeClass(notice.notice_class), notice.channel)
        if mode == NoticeMode.OFF:
            cancel_one(notice, Why.OFF, now)
            continue
        notice.mode = mode
        _set_moment(notice, hours_for(person, notice.program), now)
    for channel in NoticeChannel:
        if digest_items(person.pk, channel).exists():  # also for what a crash left in doubt
            ensure_digest(person, hours_for(person, None), now, channel)
    return len(held)


def hold(
    notice: Notice, hours: PersonHours, now: datetime, *, why: Why = Why.HOURS, opens_window: bool = True
) -> None:
    """Waits on: until the hours open, or for the digest once it is two weeks old.

    A meeting that does not open a window of its own leaves the hours alone to decide.
    """
    notice.why = why
    _set_moment(notice, hours, now, opens_window=opens_window)


def move_to_digest(notice: Notice, why: Why, now: datetime) -> None:
    """Will be told in the next digest; stays in the app only when the person wants no digest."""
    notice.mode, notice.why = NoticeMode.DIGEST, why
    _set_moment(notice, hours_for(notice.person, notice.program), now)


def cancel_one(notice: Notice, why: Why, now: datetime, *, state: NoticeState = NoticeState.CANCELED) -> None:
    notice.state, notice.why, notice.settled_at = state, why, now
    notice.save(update_fields=["state", "why", "settled_at"])


def ensure_digest(
    person: Person, hours: PersonHours, now: datetime, channel: str = NoticeChannel.MAIL
) -> datetime | None:
    """Sees to it that the person's next digest will be told; when. None without a digest or an open moment."""
    if mode_for(person, NoticeClass.DIGEST, channel) == NoticeMode.OFF:
        return None
    ends = _ON_DEVICES if channel == NoticeChannel.PUSH else ""
    after = now
    while found := next_digest(hours, digest_time_of(person), after):
        at, day = found
        notice, _created = Notice.objects.get_or_create(
            dedupe_key=f"{DIGEST}:{person.pk}:{day.isoformat()}{ends}",
            defaults={
                "channel": channel,
                "person": person,
                "kind": DIGEST,
                "notice_class": NoticeClass.DIGEST,
                "about": f"person:{person.pk}",
                "earliest_at": at,
                "not_before": at,
                "created_at": now,
            },
        )
        if notice.state == NoticeState.CANCELED:  # had nothing to tell; now it has
            notice.state, notice.why, notice.settled_at, notice.not_before = NoticeState.DUE, "", None, at
            notice.save(update_fields=["state", "why", "settled_at", "not_before"])
        if notice.state == NoticeState.DUE:
            return at
        after = at + timedelta(seconds=1)  # that day's digest was told: the next one
        if after - now > MESSAGE_DEGRADES:
            break
    return None


def _plan_on(channel: NoticeChannel, key: str, fields: Mapping[str, Any], now: datetime) -> Notice:
    """Keeps the notice for one channel, unless it stands there already under this key."""
    mode = mode_for(fields["person"], fields["notice_class"], channel)
    notice, created = Notice.objects.get_or_create(
        dedupe_key=key, defaults={**fields, "channel": channel, "mode": mode}
    )
    if created:
        _set_moment(notice, hours_for(notice.person, notice.program), now)
    return notice


def _set_moment(notice: Notice, hours: PersonHours, now: datetime, *, opens_window: bool = True) -> None:
    """Writes when the notice will be told, by its class, its mode and the receiver's hours."""
    is_old = now - notice.created_at >= MESSAGE_DEGRADES and notice.kind != DIGEST
    if is_old and notice.person is not None and NoticeClass(notice.notice_class) in SWITCHABLE:
        notice.mode = NoticeMode.DIGEST
    if notice.mode == NoticeMode.DIGEST and notice.person is not None:
        at = ensure_digest(notice.person, hours, max(now, notice.earliest_at), notice.channel)
        if at is None and mode_for(notice.person, NoticeClass.DIGEST, notice.channel) == NoticeMode.OFF:
            cancel_one(notice, Why.OFF, now)
            return
        if at is None:  # no open moment for two weeks: looked at again after them
            notice.mode = NoticeMode.NOW
        notice.not_before = at or now + HORIZON
    elif rings_through(notice, hours, max(now, notice.earliest_at)):
        notice.not_before = max(now, notice.earliest_at)
    else:
        notice.not_before = release_at(
            NoticeClass(notice.notice_class),
            hours,
            now=max(now, notice.earliest_at),
            start=notice.starts_at if opens_window else None,
            lead=lead_of(notice.person),
            seed=notice.public_id,
        )
    notice.save(update_fields=["mode", "why", "not_before"])
