"""Choosing a zone: everybody finds the one they have, whatever name it came under."""

import pytest
from django import forms

from alongside.web.ui.zones import ZoneField, zone_words


class Form(forms.Form):
    zone = ZoneField(label="Zone")


@pytest.mark.parametrize(
    ("kept", "chosen"),
    [
        ("UTC", "Etc/UTC"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Europe/Oslo", "Europe/Oslo"),
        ("Nowhere/Atlantis", "Etc/UTC"),
        ("", "Etc/UTC"),
    ],
)
def test_zone_that_is_kept_is_the_one_chosen(kept: str, chosen: str) -> None:
    html = str(Form(initial={"zone": kept})["zone"])

    assert html.count(" selected") == 1
    assert f'value="{chosen}" selected' in html


@pytest.mark.parametrize(("sent", "kept"), [("UTC", "Etc/UTC"), ("US/Eastern", "America/New_York")])
def test_any_name_of_a_zone_is_understood_and_kept_under_its_own(sent: str, kept: str) -> None:
    form = Form({"zone": sent})

    assert form.is_valid()
    assert form.cleaned_data == {"zone": kept}


@pytest.mark.parametrize("sent", ["Mars/Base", ""])
def test_what_is_no_zone_is_refused(sent: str) -> None:
    assert not Form({"zone": sent}).is_valid()


def test_words_name_the_place_and_its_offset() -> None:
    words = dict(zone_words())

    assert words["Etc/UTC"] == "UTC"
    assert words["Asia/Kolkata"] == "Kolkata (Asia), UTC+5:30"
    assert words["America/Argentina/Buenos_Aires"] == "Buenos Aires (America/Argentina), UTC−3"
    assert "Asia/Calcutta" not in words
