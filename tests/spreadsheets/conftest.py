"""A folder for the files of one run."""

from pathlib import Path

import pytest

from .files import FOUR, TOPICS, Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Four people, one question: a run that succeeds until a test changes something."""
    folder = Folder(tmp_path)
    folder.people(FOUR)
    folder.rules(TOPICS)
    return folder
