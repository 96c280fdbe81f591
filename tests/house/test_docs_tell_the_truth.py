"""What can be set and run is written down, and links of the docs lead somewhere."""

import re
from pathlib import Path

import pytest

from alongside.foundation.env import Env
from alongside.switchboard.cli import OWN

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "guide" / "administrators.md").read_text()
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *(ROOT / "docs").rglob("*.md")]


def test_every_setting_is_in_the_administrators_guide() -> None:
    missing = [name for name in Env.model_fields if f"`ALONGSIDE_{name.upper()}`" not in GUIDE]
    assert missing == []


def test_every_command_is_in_the_administrators_guide() -> None:
    assert [command for command in OWN if f"`alongside {command}`" not in GUIDE] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text())
    assert [target for target in targets if not (page.parent / target).exists()] == []
