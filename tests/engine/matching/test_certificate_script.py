"""The script of the examples, which knows nothing of Alongside, proves what the engine says it proves."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from alongside.engine.matching import match

from .worlds import program_of

SCRIPT = Path(__file__).parents[3] / "examples" / "check_certificate.py"
MATRIX = [[90_000, 80_000], [80_000, 40_000], [30_000, None]]


def told(folder: Path, prices: list[int], seats: list[int], left_out: int) -> int:
    """What the script prints for the little program at these prices."""
    table = folder / "values.csv"
    with table.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["", *prices])
        writer.writerows([left_out, *("" if value is None else value for value in row)] for row in MATRIX)
        writer.writerow(["", *seats])
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(table)], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


@pytest.mark.parametrize(("seats", "left_out"), [([1, 1], 50_000), ([2, 1], 0), ([1, 3], 7)])
def test_the_engines_prices_prove_its_total_and_others_do_not(
    tmp_path: Path, seats: list[int], left_out: int
) -> None:
    result = match(program_of(MATRIX, capacity=seats, left_out=left_out))
    prices = [price for _, price in sorted(result.prices)]

    assert told(tmp_path, prices, seats, left_out) == result.total
    for j in range(len(prices)):
        changed = [price + 5_000 * (k == j) for k, price in enumerate(prices)]
        assert told(tmp_path, changed, seats, left_out) >= result.total
    assert told(tmp_path, [0, 0], seats, left_out) >= result.total
    assert told(tmp_path, [price + 60_000 for price in prices], seats, left_out) > result.total
