"""One sheet out of many, the same everywhere, light enough for a slow line."""

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from alongside.web.ui.bundle import ENTRY, SOURCE, BundleFinder, bundle

BUDGET = 25_000


def test_every_sheet_is_in_the_bundle_once_and_in_order() -> None:
    named = re.findall(r'@import url\("([\w-]+\.css)"\)', ENTRY.read_text(encoding="utf-8"))

    assert sorted(named) == sorted(sheet.name for sheet in SOURCE.glob("*.css") if sheet != ENTRY)
    assert bundle().startswith("@layer tokens, reset, base, layout, components, utilities, preferences;")


def test_bundle_has_no_imports_and_no_comments_left() -> None:
    assert re.findall(r"@import|/\*", bundle()) == []


def test_bundle_of_equal_sources_is_equal(tmp_path: Path) -> None:
    (tmp_path / "all.css").write_text('@import url("b.css");\n@import url("a.css");\n')
    (tmp_path / "a.css").write_text("/* one */\na {\n  color: red;\n}\n")
    (tmp_path / "b.css").write_text("b { x: y }\n")

    assert bundle(tmp_path / "all.css") == "b { x: y }\na {\ncolor: red;\n}\n"


def test_bundle_is_light_enough() -> None:
    assert len(gzip.compress(bundle().encode())) < BUDGET


def test_finder_offers_the_bundle_to_pages_and_to_collectstatic() -> None:
    found = finders.find("ui/app.css")
    ((name, storage),) = BundleFinder().list(None)

    assert found is not None
    assert Path(found).read_text(encoding="utf-8") == bundle()
    with storage.open(name) as file:
        assert file.read().decode() == bundle()


def test_finder_knows_nothing_else() -> None:
    assert BundleFinder().find("ui/other.css") is None
    assert BundleFinder().find("ui/other.css", find_all=True) == []


def test_rules_stand_in_a_layer() -> None:
    outside = [
        sheet.name
        for sheet in SOURCE.glob("*.css")
        if sheet != ENTRY
        and not re.search(r"^@layer \w+ \{", sheet.read_text(encoding="utf-8"), re.MULTILINE)
    ]

    assert outside == []


def test_templates_of_the_kit_carry_no_inline_style_or_script() -> None:
    templates = SOURCE.parents[1] / "templates"
    inline = re.compile(r"<[a-z][^>{]*\sstyle=|\son\w+=\"|<script>|<style")

    assert render_to_string("ui/pill.html", {"word": "x", "tone": "calm"}) != ""
    assert [
        file.name for file in templates.rglob("*.html") if inline.search(file.read_text(encoding="utf-8"))
    ] == []
