"""What a person decides for themself. `actor` and subject are one: nobody sets another's hours."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.engine.timing.notation import HoursError, format_hours, parse_hours
from alongside.engine.timing.zones import UnknownZone, canonical_zone
from alongside.foundation.errors import Conflict, Invalid
from alongside.foundation.pictures import square_photo
from alongside.journal.actions import record
from alongside.people.enums import (
    Channel,
    NoticeClass,
    NoticeMode,
    ReminderLead,
    SeasonKind,
    Theme,
    UrgentPolicy,
)
from alongside.people.models import Person, Preferences, Season

PROFILE = ("name", "pronouns", "about", "languages", "job_title", "unit")
ALWAYS_NOW = {NoticeClass.ACCOUNT, NoticeClass.SAFETY}  # protection is not a matter of taste


@transaction.atomic
def change_profile(*, actor: Person, now: datetime, **fields: Any) -> Person:
    """New values for any of PROFILE. Raises Invalid for an empty name."""
    if not str(fields.get("name", actor.name)).strip():
        raise Invalid(_("Please give a name to call you by."), field="name")
    for key in PROFILE:
        if key in fields:
            setattr(actor, key, fields[key])
    actor.save(update_fields=list(PROFILE))
    record("person.profile_changed", actor_id=actor.pk, subject=actor, now=now)
    return actor


@transaction.atomic
def set_photo(*, actor: Person, content: bytes | None, now: datetime) -> Person:
    """A new photo, decoded and written anew as a square (nothing that came with the file survives); None takes it away.

    Raises Invalid for what is no picture.
    """
    picture = square_photo(content) if content is not None else None
    storage, before = actor.photo.storage, actor.photo.name
    actor.photo = ""
    if picture is not None:
        actor.photo.save(f"{actor.public_id}.jpg", ContentFile(picture), save=False)
    actor.save(update_fields=["photo"])
    if before:  # only once the new one is kept: what is refused changes nothing
        transaction.on_commit(lambda: storage.delete(before))
    record("person.photo_changed", actor_id=actor.pk, subject=actor, now=now)
    return actor


@transaction.atomic
def change_hours(
    *,
    actor: Person,
    zone: str,
    hours: str,
    possible_hours: str = "",
    channels: Sequence[Mapping[str, Any]] | None = None,
    reply_habit: str | None = None,
    share_clock: bool | None = None,
    now: datetime,
) -> Preferences:
    """Zone, weekly windows and channels. What waits for this person is planned anew (`person.hours_changed`).

    Raises Invalid for a zone or hours that cannot be read.
    """
    preferences = _own(actor)
    try:
        preferences.zone = canonical_zone(zone)
    except UnknownZone:
        raise Invalid(_("We do not know the time zone “{zone}”.").format(zone=zone), field="zone") from None
    preferences.hours = _readable(hours, "hours")
    preferences.possible_hours = _readable(possible_hours, "possible_hours")
    preferences.zone_confirmed_at = now
    if channels is not None:
        preferences.channels = [dict(entry) for entry in channels if entry["channel"] in Channel.values]
    if reply_habit is not None:
        preferences.reply_habit = reply_habit.strip()
    if share_clock is not None:
        preferences.share_clock = share_clock
    preferences.save()
    record("person.hours_changed", actor_id=actor.pk, subject=actor, now=now)
    return preferences


@transaction.atomic
def change_notices(
    *,
    actor: Person,
    notices: Mapping[str, str],
    digest_time: time,
    urgent: UrgentPolicy,
    mail_text: bool,
    theme: Theme,
    reminder_lead: ReminderLead | None = None,
    push: Mapping[str, str] | None = None,
    push_text: bool | None = None,
    now: datetime,
) -> Preferences:
    """What reaches the person now, in the digest, or only here: by mail, and with `push` on their devices.

    Account and safety always go now, by mail. What is None stays as it is.
    """
    preferences = _own(actor)
    preferences.notices = _chosen(notices)
    if push is not None:
        preferences.push = _chosen(push)
    if push_text is not None:
        preferences.push_text = push_text
    preferences.digest_time = digest_time
    preferences.urgent = urgent
    preferences.mail_text = mail_text
    preferences.theme = theme
    if reminder_lead is not None:
        preferences.reminder_lead = reminder_lead
    preferences.save()
    record("person.notices_changed", actor_id=actor.pk, subject=actor, now=now)
    return preferences


@transaction.atomic
def stop_ringing(*, actor: Person, now: datetime) -> None:
    """From now on nothing urgent rings through to the person."""
    preferences = _own(actor)
    if preferences.urgent == UrgentPolicy.OFF:
        return
    preferences.urgent = UrgentPolicy.OFF
    preferences.save(update_fields=["urgent"])
    record("person.notices_changed", actor_id=actor.pk, subject=actor, now=now)


@transaction.atomic
def add_season(
    *,
    actor: Person,
    kind: SeasonKind,
    from_on: date,
    until_on: date | None,
    note_for_partner: str = "",
    now: datetime,
) -> Season:
    """Lighter weeks or away, from a day to a day (both included). Raises Invalid when it would end before it begins."""
    if until_on is not None and until_on < from_on:
        raise Invalid(_("The last day lies before the first one."), field="until_on")
    season = Season.objects.create(
        person=actor, kind=kind, from_on=from_on, until_on=until_on, note_for_partner=note_for_partner.strip()
    )
    record("season.planned", actor_id=actor.pk, subject=season, data={"kind": kind}, now=now)
    return season


@transaction.atomic
def end_season(*, actor: Person, season: Season, now: datetime) -> Season:
    """Back before the last day. Ending twice is fine. Raises Conflict for a season that is somebody else's."""
    if season.person_id != actor.pk:
        raise Conflict
    if season.ended_at is None:
        season.ended_at = now
        season.save(update_fields=["ended_at"])
        record("season.ended", actor_id=actor.pk, subject=season, now=now)
    return season


def _chosen(modes: Mapping[str, str]) -> dict[str, str]:
    return {
        key: NoticeMode(mode).value
        for key, mode in modes.items()
        if key in NoticeClass.values and key not in ALWAYS_NOW
    }


def _own(actor: Person) -> Preferences:
    return Preferences.objects.select_for_update().get(person=actor)


def _readable(hours: str, field: str) -> str:
    try:
        return format_hours(parse_hours(hours)) if hours.strip() else ""
    except HoursError as error:
        sentence = _("We could not read “{part}”. Write hours like: Mon-Fri 08:00-18:00, Sat 10:00-12:00.")
        raise Invalid(sentence.format(part=error.part), field=field) from None
