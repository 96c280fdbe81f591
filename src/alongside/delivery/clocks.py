"""What a clock change does to a talk, in one sentence for each of the two."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import formats
from django.utils.translation import gettext as _

from alongside.delivery.models import Notice
from alongside.delivery.scenes import Scene
from alongside.engine.timing.zones import wall_at
from alongside.people.models import Person
from alongside.people.queries import known_zone


def clock_change(notice: Notice, scenes: Sequence[Scene]) -> dict[str, str]:
    """`clocks` and `when` of a notice that tells of a clock change. The partner's times stand in it only if they show them."""
    scene, person, facts = scenes[-1], notice.person, notice.context
    partner = scene.partner_of(person) if person is not None else None
    starts_at: datetime | None = scene.thing.starts_at
    if person is None or partner is None or starts_at is None:
        return {}
    by, before = facts["by"], facts["before"]
    on = formats.date_format(date.fromisoformat(facts["on"]), "j F")
    sentences = [_whose(by, person, partner, on), _mine(before, person, starts_at)]
    sentences.append(_theirs(before, partner, starts_at))
    local = wall_at(starts_at, _zone(person))
    when = f"{formats.date_format(local.day, 'l j F')}, {local.at:%H:%M}"
    return {"clocks": " ".join(sentences), "when": when}


def _whose(by: Sequence[int], person: Person, partner: Person, on: str) -> str:
    if person.pk in by and partner.pk in by:
        return _("From {day} on clocks change for both of you.").format(day=on)
    if person.pk in by:
        return _("Your clocks change on {day}.").format(day=on)
    return _("Clocks change for {partner} on {day}.").format(partner=partner.name, day=on)


def _mine(before: dict[str, str], person: Person, starts_at: datetime) -> str:
    time = f"{wall_at(starts_at, _zone(person)).at:%H:%M}"
    if str(person.pk) in before:
        return _("The talk is at {time} instead of {before} for you.").format(
            time=time, before=before[str(person.pk)]
        )
    return _("The talk stays at {time} for you.").format(time=time)


def _theirs(before: dict[str, str], partner: Person, starts_at: datetime) -> str:
    time, moves = f"{wall_at(starts_at, _zone(partner)).at:%H:%M}", str(partner.pk) in before
    if not partner.preferences.share_clock:
        words = (
            _("For {partner} it is at another time than usual.") if moves else _("For {partner} it stays.")
        )
        return words.format(partner=partner.name)
    if moves:
        return _("For {partner} it is at {time} instead of {before}.").format(
            partner=partner.name, time=time, before=before[str(partner.pk)]
        )
    return _("For {partner} it stays at {time}.").format(partner=partner.name, time=time)


def _zone(person: Person) -> str:
    return known_zone(person.preferences.zone)
