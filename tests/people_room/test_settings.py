from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO

import pytest
from PIL import Image

from alongside.foundation.errors import Conflict, Invalid, NotFound
from alongside.people.actions import (
    add_season,
    ask_for_erasure,
    change_hours,
    change_notices,
    end_season,
    erase_person,
    keep_account,
    make_administrator,
    set_photo,
    take_administrator,
)
from alongside.people.enums import SeasonKind, Theme, UrgentPolicy
from alongside.people.models import Person
from alongside.people.queries import season_of, to_be_erased
from alongside.vault.actions import seal
from alongside.vault.queries import open_sealed
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)


def test_hours_and_zone_are_kept_in_one_spelling() -> None:
    ana = make.person("Ana")

    chosen = change_hours(actor=ana, zone="Asia/Calcutta", hours="mon-fri 8:00-18:00", now=NOW)

    assert (chosen.zone, chosen.hours, chosen.zone_confirmed_at) == (
        "Asia/Kolkata",
        "Mon-Fri 08:00-18:00",
        NOW,
    )


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"zone": "Mars/Base", "hours": "Mon 08:00-10:00"}, "zone"),
        ({"zone": "UTC", "hours": "whenever"}, "hours"),
    ],
)
def test_hours_that_cannot_be_read_are_refused_at_their_field(fields: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        change_hours(actor=make.person("Ana"), now=NOW, **fields)
    assert refusal.value.field == field


def test_safety_cannot_be_switched_off() -> None:
    ana = make.person("Ana")

    chosen = change_notices(
        actor=ana, notices={"message": "digest", "safety": "off", "unheard_of": "now"}, digest_time=time(7),
        urgent=UrgentPolicy.OFF, mail_text=False, theme=Theme.DARK, now=NOW,
    )  # fmt: skip

    assert chosen.notices == {"message": "digest"}


def test_season_is_on_from_its_first_to_its_last_day() -> None:
    ana = make.person("Ana", zone="Asia/Kolkata")
    season = add_season(
        actor=ana, kind=SeasonKind.LIGHTER, from_on=date(2026, 3, 5), until_on=date(2026, 3, 6), now=NOW
    )

    days = {day: season_of(ana, now=NOW + timedelta(days=day)) for day in range(4)}

    assert days == {0: None, 1: season, 2: season, 3: None}


def test_season_ended_early_is_over_at_once() -> None:
    ana = make.person("Ana")
    season = add_season(actor=ana, kind=SeasonKind.AWAY, from_on=date(2026, 3, 1), until_on=None, now=NOW)

    end_season(actor=ana, season=season, now=NOW)

    assert season_of(ana, now=NOW) is None


def test_season_that_would_end_before_it_begins_is_refused() -> None:
    with pytest.raises(Invalid):
        add_season(
            actor=make.person(),
            kind=SeasonKind.AWAY,
            from_on=date(2026, 3, 5),
            until_on=date(2026, 3, 4),
            now=NOW,
        )


def test_photo_is_written_anew_without_what_came_along() -> None:
    picture = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    Image.new("RGB", (900, 300), "teal").save(picture, "JPEG", exif=exif)

    ana = set_photo(actor=make.person("Ana"), content=picture.getvalue(), now=NOW)

    with ana.photo.open() as file:
        stored = file.read()
    assert b"taken at home" not in stored
    assert Image.open(BytesIO(stored)).size == (512, 512)


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(Invalid):
        set_photo(actor=make.person("Ana"), content=b"<svg onload=alert(1)>", now=NOW)


def test_deletion_can_be_regretted_for_a_week() -> None:
    ana = make.person("Ana")
    ask_for_erasure(actor=ana, now=NOW)
    assert to_be_erased(NOW + timedelta(days=6)) == []
    assert to_be_erased(NOW + timedelta(days=7)) == [ana]

    keep_account(actor=ana, now=NOW + timedelta(days=6))

    assert to_be_erased(NOW + timedelta(days=8)) == []


def test_erased_person_leaves_no_name_and_no_word() -> None:
    ana = make.person("Ana", email="ana@example.org", about="I like maps")
    words = seal("my own words", scope="mentorship:x", owner_id=ana.pk, about="message:1:body")

    erase_person(person=ana, now=NOW)

    ana = Person.objects.get(pk=ana.pk)
    assert (ana.is_active, ana.about, ana.full_name) == (False, "", "")
    assert "ana" not in f"{ana.email} {ana.name}".lower()
    assert open_sealed(words, about="message:1:body") == ""


def test_last_administrator_stays() -> None:
    sam, kim = make.person("Sam", is_administrator=True), make.person("Kim")
    with pytest.raises(Conflict):
        take_administrator(person=sam, actor=sam, now=NOW)
    with pytest.raises(Conflict):
        ask_for_erasure(actor=sam, now=NOW)

    make_administrator(person=kim, actor=sam, now=NOW)

    assert not take_administrator(person=sam, actor=kim, now=NOW).is_administrator


def test_roles_are_given_by_administrators_only() -> None:
    kim = make.person("Kim")
    with pytest.raises(NotFound):
        make_administrator(person=kim, actor=kim, now=NOW)
