"""The how-to is run as it stands: what it tells to type is typed, what it shows is what comes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
PAGE = (CHECKOUT / "docs" / "how-to" / "match-a-spreadsheet.md").read_text()
BESIDE = CHECKOUT.parent / "shared" / "data" / "uk-civil-service"
BLOCKS = re.findall(r"```(sh|text)\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder that looks like a checkout to whoever follows the page."""
    (tmp_path / "examples").symlink_to(CHECKOUT / "examples")
    command = tmp_path / "bin" / "alongside"
    command.parent.mkdir()
    command.write_text(
        f'#!/bin/sh\nPYTHONPATH="{CHECKOUT / "src"}" exec "{sys.executable}" -m alongside "$@"\n'
    )
    command.chmod(0o755)
    return tmp_path


def _run(desk: Path, text: str, sheets: str) -> str:
    done = subprocess.run(
        ["bash", "-euc", f"SHEETS={sheets}\n{text}"], cwd=desk, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_every_step_gives_what_the_page_shows_to_the_last_letter(desk: Path) -> None:
    """Pairs, points and prices too: the page names the lottery key, so nothing of them is left to chance."""
    shown, came = [], []
    for kind, text in BLOCKS:
        if kind == "text":
            shown.append(text)
        elif output := _run(desk, text, "examples"):
            came.append(output)

    assert came == shown
    assert len(shown) == 5


@pytest.mark.skipif(not BESIDE.is_dir(), reason="the civil service's sheets do not lie beside this checkout")
def test_same_steps_work_on_the_sheets_of_a_civil_service(desk: Path) -> None:
    steps = [text.replace("SHEETS=examples", "") for kind, text in BLOCKS if kind == "sh"]

    outputs = [_run(desk, step, str(BESIDE)) for step in steps]

    assert outputs[1].startswith("100 people: 79 mentors and 77 mentees, of whom 56 are both.")
    assert "Proven: no other choice of pairs has more points." in outputs[2]
    assert outputs[-1].startswith("All of it holds")


def test_grades_of_the_example_are_the_eleven_of_the_sheets() -> None:
    scale = re.search(r"scale = \[(.*)\]", (CHECKOUT / "examples" / "rules.toml").read_text())

    assert scale is not None
    assert len(re.findall(r'"[^"]+"', scale[1])) == 11
