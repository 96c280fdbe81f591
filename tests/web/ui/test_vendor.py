"""Vendored files are exactly what the lock names."""

import hashlib
import json
from pathlib import Path

ROOT = Path(__file__).parents[3]
MANIFEST: dict[str, dict[str, str]] = json.loads(
    (ROOT / "frontend/vendored.json").read_text(encoding="utf-8")
)
LOCK = json.loads((ROOT / "frontend/package-lock.json").read_text(encoding="utf-8"))
FOLDERS = [ROOT / "src/alongside/web/ui/static/vendor", ROOT / "tests/vendor"]


def test_vendored_files_have_the_sums_of_the_manifest() -> None:
    sums = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in MANIFEST}

    assert sums == {name: entry["sha256"] for name, entry in MANIFEST.items()}


def test_vendor_folders_hold_nothing_else() -> None:
    present = {
        file.relative_to(ROOT).as_posix()
        for folder in FOLDERS
        for file in folder.rglob("*")
        if file.is_file()
    }

    assert present == set(MANIFEST)


def test_vendored_versions_are_the_locked_ones() -> None:
    locked = {
        name: LOCK["packages"][f"node_modules/{name}"]["version"]
        for name in {e["package"] for e in MANIFEST.values()}
    }

    assert {entry["package"]: entry["version"] for entry in MANIFEST.values()} == locked


def test_lock_names_no_registry_and_pins_every_package() -> None:
    packages = {name: entry for name, entry in LOCK["packages"].items() if name}

    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if not entry["integrity"].startswith("sha512-")] == []


def test_heading_font_of_one_language_is_within_its_budget() -> None:
    sizes = [file.stat().st_size for file in (FOLDERS[0] / "petrona").glob("*.woff2")]

    assert max(sizes) <= 60 * 1024


def test_sprite_has_every_icon_of_the_list_and_no_other() -> None:
    sprite = (FOLDERS[0] / "lucide/icons.svg").read_text(encoding="utf-8")
    names = (ROOT / "frontend/icons.txt").read_text(encoding="utf-8").split()

    assert sprite.count("<symbol ") == len(names)
    assert [name for name in names if f'<symbol id="{name}" ' not in sprite] == []
