"""The worked example of the documentation runs, and so do the examples in the code."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from alongside.engine.matching import criteria, lottery, model, result

PAGES = Path(__file__).parents[3] / "docs" / "algorithms"


@pytest.mark.parametrize(("page", "examples"), [("matching", 12), ("peers", 11)])
def test_worked_example_of_the_page_runs(page: str, examples: int) -> None:
    outcome = doctest.testfile(str(PAGES / f"{page}.md"), module_relative=False)

    assert (outcome.failed, outcome.attempted) == (0, examples)


@pytest.mark.parametrize("module", [criteria, lottery, model, result])
def test_examples_in_docstrings_run(module: object) -> None:
    outcome = doctest.testmod(module)  # type: ignore[arg-type]

    assert outcome.failed == 0
    assert outcome.attempted > 0
