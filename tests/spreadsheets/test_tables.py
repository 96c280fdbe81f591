"""Reading in one go and reading with care see the same table."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.spreadsheets import tables
from alongside.spreadsheets.places import find_spots
from alongside.spreadsheets.problems import Problems

CELLS = st.text(alphabet="ab ,;'\"\té", max_size=4)


@st.composite
def _sheets(draw: st.DrawFn) -> bytes:
    width = draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=5))
    delimiter = draw(st.sampled_from([",", ";", "\t"]))
    header = delimiter.join(f"column {k}" for k in range(width))
    lines = [delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    mark = draw(st.sampled_from(["", "\ufeff", f"sep={delimiter}\n"]))
    return (mark + "\r\n".join([header, *lines]) + draw(st.sampled_from(["", "\n"]))).encode()


@given(data=_sheets())
def test_reading_in_one_go_sees_what_reading_with_care_sees(data: bytes) -> None:
    quick, careful = tables._quick("sheet", data), tables._careful("sheet", data, Problems())

    if quick is not None:
        assert careful is not None
        assert (quick.header, quick.header_line) == (careful.header, careful.header_line)
        assert list(quick.lines) == list(careful.lines)
        assert dict(quick.columns) == dict(careful.columns)


def test_plain_sheet_is_read_in_one_go() -> None:
    assert tables._quick("sheet", "id;role\nzoë;mentee\n".encode()) is not None


@pytest.mark.parametrize("odd", ["a,\x0bb", "a,'=1+1", 'a,"b\nc"', ",", "a", "a,b,c", "a,\x85b", "a,\x00"])
def test_oddities_are_left_to_reading_with_care(odd: str) -> None:
    assert tables._quick("sheet", f"id,role\n{odd}\n".encode()) is None


def test_sheet_of_a_hundred_thousand_rows_is_read_in_seconds() -> None:
    data = b"id,role,wants\n" + b"".join(b"p%d,mentee,sql;talks\n" % k for k in range(100_000))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        path.write_bytes(data)
        started = time.process_time()

        table = tables.read_table(path, Problems())

    assert table is not None
    assert len(table.lines) == 100_000
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("path", "spot"),
    [
        (("left_out",), (2, 1)),
        (("question", 0, "key"), (4, 3)),
        (("question", 0, "points", "1"), (5, 1)),
        (("question", 1, "scale"), (8, 1)),
        (("question", 1, "weight"), (12, 1)),
        (("question", 1, "other"), (6, 1)),
        (("question",), (3, 1)),
        (("fairness", "factor"), (14, 1)),
        (("nowhere",), (0, 0)),
    ],
)
def test_values_of_toml_are_found_again(path: tuple[str | int, ...], spot: tuple[int, int]) -> None:
    text = """# remarks = 1
left_out = 5
[[question]]
  key = "a ] b" # [ not a list
points = { "1" = 5 }
[[question]]
key = "b"
scale = [
  "weight = 4",
  "x",
]
weight = 7
[fairness]
factor = 2
"""

    assert find_spots(text).of(*path) == spot
