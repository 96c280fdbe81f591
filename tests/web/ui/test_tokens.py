"""Every pair of colors that carries words or signs has enough contrast, in both themes."""

import re
from pathlib import Path

import pytest

from alongside.web.ui.bundle import SOURCE

TOKEN = re.compile(r"--(?P<name>[\w-]+): light-dark\((?P<light>#\w{6}), (?P<dark>#\w{6})\);")
SHEET = (SOURCE / "tokens.css").read_text(encoding="utf-8")
USUAL, _, HIGHER = SHEET.partition("@media (prefers-contrast: more)")
TOKENS = {match["name"]: (match["light"], match["dark"]) for match in TOKEN.finditer(USUAL)}
CONTRAST_ASKED_FOR = {match["name"]: (match["light"], match["dark"]) for match in TOKEN.finditer(HIGHER)}
TEXT = [
    *(
        (text, ground)
        for text in ("ink", "muted", "primary", "danger")
        for ground in ("paper", "surface", "raised")
    ),
    *((text, ground) for text in ("ink", "muted", "primary") for ground in ("quiet", "hover")),
    ("amber", "amber-wash"),
    ("amber", "paper"),
    ("amber", "surface"),
    ("danger", "danger-wash"),
    ("on-primary", "primary"),
    ("on-primary", "primary-strong"),
    ("on-danger", "danger"),
    *(("ink", f"tint-{number}") for number in range(8)),
]
SIGNS = [
    (sign, ground) for sign in ("line", "focus", "companion", "primary") for ground in ("paper", "surface")
]


def luminance(color: str) -> float:
    channels = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_on_white_is_twenty_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_words_are_readable(text: str, ground: str, theme: int) -> None:
    assert contrast(TOKENS[text][theme], TOKENS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("sign", "ground"), SIGNS)
def test_signs_and_edges_are_visible(sign: str, ground: str, theme: int) -> None:
    assert contrast(TOKENS[sign][theme], TOKENS[ground][theme]) >= 3


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("token", ["muted", "line", "hairline"])
def test_more_contrast_is_given_when_asked_for(token: str, theme: int) -> None:
    ground = TOKENS["surface"][theme]

    assert contrast(CONTRAST_ASKED_FOR[token][theme], ground) > contrast(TOKENS[token][theme], ground)


@pytest.mark.parametrize("sheet", sorted(SOURCE.glob("*.css")), ids=lambda sheet: sheet.name)
def test_sheets_name_tokens_and_logical_sides_only(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    physical = r"[\s;{](?:margin|padding|border)-(?:left|right|top|bottom)|[\s;{](?:left|right|top|bottom|width|height):"

    assert sheet.name == "tokens.css" or re.findall(r"#[0-9a-f]{3,8}\b", text) == []
    assert re.findall(physical, text) == []
