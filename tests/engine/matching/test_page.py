"""The worked example of the documentation runs, and so do the examples in the code."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from alongside.engine.matching import criteria, lottery, model, result

PAGE = Path(__file__).parents[3] / "docs" / "algorithms" / "matching.md"


def test_worked_example_of_the_page_runs() -> None:
    outcome = doctest.testfile(str(PAGE), module_relative=False)

    assert (outcome.failed, outcome.attempted) == (0, 12)


@pytest.mark.parametrize("module", [criteria, lottery, model, result])
def test_examples_in_docstrings_run(module: object) -> None:
    outcome = doctest.testmod(module)  # type: ignore[arg-type]

    assert outcome.failed == 0
    assert outcome.attempted > 0
