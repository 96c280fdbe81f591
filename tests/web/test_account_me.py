"""Under Me: what one chooses is kept, what one types is not lost, what one takes along is complete."""

import json
import zipfile
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from alongside.discussions.actions import open_topic, post_message
from alongside.discussions.enums import Intention
from alongside.people.actions import set_photo
from alongside.people.models import Person, Season
from tests import factories as make
from tests.factories import NOW
from tests.people import Cast
from tests.surveys import setting

pytestmark = pytest.mark.django_db


def _hours(**changes: str) -> dict[str, str]:
    return {
        "zone": "Asia/Kolkata", "reply_habit": "within three days", "channel_1": "voice", "detail_1": "+91 98",
        "channel_2": "topics", "week-0-good-start": "", **changes,
    }  # fmt: skip


def test_me_tells_the_hours_in_words_of_people(client: Client) -> None:
    ana = make.person("Ana")
    ana.preferences.zone, ana.preferences.hours = "America/New_York", "Mon-Fri 09:00-17:00"
    ana.preferences.save()
    client.force_login(ana)

    assert "Mon–Fri 09:00–17:00, New York" in client.get("/me/").content.decode()


def test_hours_are_saved_and_shown_again(client: Client) -> None:
    ana = make.person("Ana")
    client.force_login(ana)

    response = client.post("/me/hours/", _hours())

    assert response.status_code == 302
    ana.preferences.refresh_from_db()
    assert ana.preferences.zone == "Asia/Kolkata"
    assert [entry["channel"] for entry in ana.preferences.channels] == ["voice", "topics"]


def test_unknown_zone_is_refused_and_nothing_typed_is_lost(client: Client) -> None:
    client.force_login(make.person("Ana"))

    response = client.post("/me/hours/", _hours(zone="Mars/Base"))

    assert response.status_code == 422
    assert "within three days" in response.content.decode()


def test_season_begins_and_ends(client: Client) -> None:
    ana = make.person("Ana")
    client.force_login(ana)
    client.post("/me/seasons/", {"kind": "lighter", "from_on": "2026-11-01", "until_on": "2030-01-01"})
    season = Season.objects.get(person=ana)

    client.post(f"/me/seasons/{season.public_id}/end/")

    season.refresh_from_db()
    assert season.ended_at is not None


def test_export_holds_own_words_and_not_the_partners(client: Client, cast_: Cast) -> None:
    topic = open_topic(
        mentorship=cast_.pair, actor=cast_.chi, title="Visa", intention=Intention.ADVICE, now=NOW
    )
    post_message(topic=topic, actor=cast_.chi, body="my own words", now=NOW)
    post_message(topic=topic, actor=cast_.ben, body="his words", now=NOW)
    client.force_login(cast_.chi)

    archive = zipfile.ZipFile(BytesIO(client.post("/me/data/export/").content))

    data = json.loads(archive.read("my-data.json"))
    assert [row["body"] for row in data["message"]] == ["my own words"]
    page = archive.read("my-data.html").decode()
    assert "my own words" in page
    assert "his words" not in page


def test_export_holds_survey_answers_of_every_circle(client: Client) -> None:
    mentorship = setting.pair(setting.program_with_surveys())
    ask = setting.asked(mentorship)
    setting.answer(ask, setting.core(4, 4, 4, 4, 4, 4))
    client.force_login(ask.person)

    archive = zipfile.ZipFile(BytesIO(client.post("/me/data/export/").content))

    answers = json.loads(archive.read("my-data.json"))["survey answers"]
    assert len(answers) == len(setting.CORE)
    assert {row["survey"] for row in answers} == {"How is it going?"}
    assert all(row["question"] and row["answer"] for row in answers)
    client.force_login(setting.member(mentorship, "mentor"))
    other = zipfile.ZipFile(BytesIO(client.post("/me/data/export/").content))
    assert "survey answers" not in json.loads(other.read("my-data.json"))


def test_deletion_needs_the_own_address(client: Client) -> None:
    ana = make.person("Ana", email="ana@example.org")
    client.force_login(ana)

    assert client.post("/me/data/erasure/", {"email": "bob@example.org"}).status_code == 422
    assert client.post("/me/data/erasure/", {"email": "Ana@example.org"}).status_code == 302
    assert Person.objects.get(pk=ana.pk).erase_at is not None


def test_photo_is_for_people_of_the_same_program(client: Client, cast_: Cast) -> None:
    picture = BytesIO()
    Image.new("RGB", (60, 60), "teal").save(picture, "PNG")
    set_photo(actor=cast_.chi, content=picture.getvalue(), now=NOW)

    answers = {}
    for name in ("chi", "ben", "eva", "ada", "dov", "gus", "hal"):
        client.force_login(getattr(cast_, name))
        response = client.get(f"/me/photo/{cast_.chi.public_id}/")
        answers[name] = response.status_code

    assert answers == {"chi": 200, "ben": 200, "eva": 200, "ada": 200, "dov": 404, "gus": 404, "hal": 404}


def test_whoever_never_chose_a_zone_is_not_moved_to_the_west_of_the_list(client: Client) -> None:
    client.force_login(make.person("Ana", zone="UTC"))

    page = client.get("/me/hours/").content.decode()

    assert 'value="Etc/UTC" selected' in page
    assert page.count('value="Pacific/Midway" selected') == 0
