"""Reading sheets: every problem with its line, and what is written comes back."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Sequence

import pytest
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alongside.foundation.sheets import (
    Limits,
    Problem,
    SheetCode,
    Values,
    read_sheet,
    write_sheet,
)
from alongside.foundation.sheets.cells import guard, unguard, without_controls
from alongside.foundation.sheets.sentences import _SENTENCES, place_of, sentence_for

HEADER = b"name,address\r\n"


def found(data: bytes, limits: Limits | None = None) -> list[tuple[int, int | None, str]]:
    sheet = read_sheet(data, limits=limits) if limits else read_sheet(data)
    return [(problem.line, problem.column, problem.code) for problem in sheet.problems]


def cells(data: bytes) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.line, row.cells) for row in read_sheet(data).rows]


# -- encodings


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("name\r\nZoë".encode(), "utf-8"),
        ("name\r\nZoë".encode("utf-8-sig"), "utf-8-sig"),
        ("name\r\nZoë".encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + "name\r\nZoë".encode("utf-16-be"), "utf-16"),
    ],
)
def test_encoding_is_told_by_the_bytes(data: bytes, encoding: str) -> None:
    sheet = read_sheet(data)

    assert (sheet.encoding, sheet.header, sheet.problems) == (encoding, ("name",), ())
    assert sheet.rows[0].cells == ("Zoë",)


def test_encoding_windows_1252_is_taken_with_a_notice() -> None:
    sheet = read_sheet("name\r\nZoë “Zo” Ångström".encode("cp1252"))

    assert sheet.encoding == "windows-1252"
    assert sheet.rows[0].cells == ("Zoë “Zo” Ångström",)
    values = {"encoding": "windows-1252"}
    assert sheet.problems == (Problem(0, None, SheetCode.ASSUMED_ENCODING, values, stops=False),)
    assert sheet.is_sound


def test_encoding_byte_that_is_no_letter_in_windows_1252_names_its_line() -> None:
    data = b"name\r\nZo\xeb\r\nbad\x81\r\nfine\r\n"

    assert found(data) == [(0, None, "assumed_encoding"), (3, None, "undecodable")]
    assert cells(data) == [(2, ("Zoë",)), (4, ("fine",))]


def test_encoding_damaged_utf8_is_not_read_as_mojibake() -> None:
    data = "name\r\nZoë Ångström\r\n".encode() + b"Ren\xe9\r\n"

    assert read_sheet(data).encoding == "utf-8"
    assert found(data) == [(3, None, "undecodable")]
    assert cells(data) == [(2, ("Zoë Ångström",))]


def test_encoding_damaged_utf16_names_its_line() -> None:
    data = "name\r\nfine\r\n".encode("utf-16") + b"\x00\xd8" + "x\r\n".encode("utf-16-le")

    assert found(data) == [(3, None, "undecodable")]


def test_encoding_letter_lost_earlier_is_a_notice() -> None:
    assert found("name\r\nZo\ufffd".encode()) == [(2, None, "lost_letter")]
    assert read_sheet("name\r\nZo\ufffd".encode()).is_sound


@pytest.mark.parametrize(
    ("start", "kind"),
    [(b"PK\x03\x04", "xlsx"), (b"\xd0\xcf\x11\xe0", "xls"), (b"%PDF-1.7", "pdf"), (b"{\\rtf1", "rtf")],
)
def test_file_of_another_kind_is_named(start: bytes, kind: str) -> None:
    sheet = read_sheet(start + b"\x00rest")

    assert sheet.problems == (Problem(0, None, SheetCode.NOT_TEXT, {"kind": kind}),)


# -- delimiters


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_seen(delimiter: str) -> None:
    rows = [["name", "notes", "address"], ["Ada", "one, two; three", "a@example.org"]]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)

    sheet = read_sheet(text.getvalue().encode())

    assert (sheet.delimiter, sheet.header, sheet.problems) == (delimiter, tuple(rows[0]), ())
    assert sheet.rows[0].cells == tuple(rows[1])


def test_delimiter_is_a_comma_for_one_column() -> None:
    sheet = read_sheet(b"address\na@example.org\nb@example.org\n")

    assert (sheet.delimiter, len(sheet.rows), sheet.problems) == (",", 2, ())


def test_delimiter_decimal_commas_do_not_outvote_the_headings() -> None:
    sheet = read_sheet(b"name;hours\nAda;1,5\nBen;2,5\n")

    assert (sheet.delimiter, sheet.rows[1].cells) == (";", ("Ben", "2,5"))


def test_delimiter_that_cuts_the_rows_alike_goes_before_one_that_cuts_only_the_headings() -> None:
    sheet = read_sheet(b"name;first, second, third\nAda;x\nBen;y, z\n")

    assert (sheet.delimiter, sheet.rows[1].cells) == (";", ("Ben", "y, z"))


def test_delimiter_sep_line_decides_and_lines_still_count_it() -> None:
    sheet = read_sheet(b"sep=|\r\na,b|c\r\n1|2\r\n")

    assert (sheet.delimiter, sheet.header, sheet.header_line) == ("|", ("a,b", "c"), 2)
    assert (sheet.rows[0].line, sheet.rows[0].cells) == (3, ("1", "2"))


def test_delimiter_unknown_sep_line_is_a_problem() -> None:
    assert found(b"sep=:\r\na,b\r\n1,2\r\n") == [(1, None, "unknown_delimiter")]
    assert found(b"sep=\r\na,b\r\n1,2\r\n") == [(1, None, "unknown_delimiter")]


# -- quotes


def test_lines_are_physical_lines_when_cells_hold_line_ends() -> None:
    data = HEADER + b'"Ada\r\nof\nthe\rhill",a@x\r\nBen,b@x\r\n'

    assert cells(data) == [(2, ("Ada\r\nof\nthe\rhill", "a@x")), (6, ("Ben", "b@x"))]


@pytest.mark.parametrize("separator", ["\x85", "\u2028", "\x0b", "\x0c", "\x1c"])
def test_lines_end_at_cr_and_lf_only(separator: str) -> None:
    data = HEADER + f"A{separator}da,a@x\r\nBen,b@x\r\n".encode()

    assert [line for line, _ in cells(data)] == [2, 3]


def test_quote_unclosed_names_the_line_where_it_opened_and_reading_goes_on() -> None:
    data = HEADER + b'Ada,a@x\n"Ben,b@x\nChi,c@x\nDov,d@x\n'

    assert found(data) == [(3, 1, "unclosed_quote")]
    assert cells(data) == [(2, ("Ada", "a@x")), (4, ("Chi", "c@x")), (5, ("Dov", "d@x"))]


def test_quote_unclosed_that_meets_the_next_quoted_cell_names_where_it_opened() -> None:
    data = HEADER + b'Ada,"a@x\nBen,b@x\nChi,"c@x"\n'

    assert found(data) == [(2, 2, "unclosed_quote")]
    assert cells(data) == [(3, ("Ben", "b@x")), (4, ("Chi", "c@x"))]


def test_quote_opened_late_in_a_row_of_many_lines_names_its_own_line() -> None:
    data = HEADER + b'"Ada\nof the hill","a@x\nBen,b@x\n'

    assert found(data) == [(3, 2, "unclosed_quote")]
    assert cells(data) == [(4, ("Ben", "b@x"))]


def test_quote_inside_a_quoted_cell_is_text_after_a_quote() -> None:
    data = HEADER + b'"Ada "the" first",a@x\nBen,b@x\n'

    assert found(data) == [(2, 1, "text_after_quote")]
    assert cells(data) == [(3, ("Ben", "b@x"))]


def test_quote_fault_is_found_behind_a_space() -> None:
    assert found(HEADER + b'Ada, "a"b\n') == [(2, 2, "text_after_quote")]


def test_quote_fault_is_told_once_and_not_again_by_its_shadow() -> None:
    data = HEADER + b'"Ada said "no"\nand went",a@x\nBen,b@x\nshort\n'

    assert found(data) == [(2, 1, "text_after_quote"), (5, None, "too_few_cells")]


def test_quote_fault_in_the_heading_line_ends_the_reading() -> None:
    sheet = read_sheet(b'"name,address\nAda,a@x\n')

    assert [(problem.line, problem.code) for problem in sheet.problems] == [(1, "unclosed_quote")]
    assert (sheet.header, sheet.rows) == ((), ())


def test_quote_within_an_unquoted_cell_is_a_letter_and_space_before_a_quote_is_none() -> None:
    assert cells(HEADER + b'5" pipe, "a, b"\n') == [(2, ('5" pipe', "a, b"))]


def test_quote_faults_beyond_the_limit_end_the_reading() -> None:
    data = HEADER + b'"A"x,a@x\n' * 4

    assert found(data, Limits(quote_problems=2)) == [
        (2, 1, "text_after_quote"),
        (3, 1, "text_after_quote"),
        (4, None, "too_many_quote_problems"),
    ]


# -- headings and rows


def test_headings_empty_and_doubled_name_their_column() -> None:
    data = b"name,,Name,\r\n1,2,3\r\n"

    assert found(data) == [(1, 2, "empty_heading"), (1, 3, "duplicate_heading")]
    assert read_sheet(data).problems[1].values == {"heading": "Name", "first": 1}
    assert read_sheet(data).header == ("name", "", "Name")


def test_headings_are_trimmed_to_one_line() -> None:
    assert read_sheet(b'" first\nname ",address\nAda,a@x\n').header == ("first name", "address")


def test_cells_too_few_and_too_many_name_the_line_they_begin_on() -> None:
    data = HEADER + b'Ada\n"Ben\nB",b@x,x\nChi,c@x,,\n'

    assert found(data) == [(2, None, "too_few_cells"), (3, None, "too_many_cells")]
    assert read_sheet(data).problems[1].values == {"found": 3, "wanted": 2, "last_line": 4}
    assert cells(data) == [(5, ("Chi", "c@x"))]


def test_columns_without_a_heading_at_the_end_are_noted_once_and_not_read() -> None:
    data = b"name,email,,\nAda,a@x,,\nBen,b@x,call him,\nChi,c@x,her too,later\n"

    assert found(data) == [(1, 3, "empty_heading"), (1, 4, "empty_heading")]
    assert not any(problem.stops for problem in read_sheet(data).problems)
    assert cells(data) == [(2, ("Ada", "a@x")), (3, ("Ben", "b@x")), (4, ("Chi", "c@x"))]


def test_row_that_slipped_into_columns_without_a_heading_is_still_refused() -> None:
    """An unquoted comma makes a row longer than the heading line, also where that ends in empty cells."""
    data = b"name,email,,\nLovelace, Ada,a@x,,\nBen,b@x,call him,\n"

    assert found(data) == [(1, 3, "empty_heading"), (2, None, "too_many_cells")]
    assert cells(data) == [(3, ("Ben", "b@x"))]


def test_blank_lines_before_between_and_after() -> None:
    data = b"\r\n,\r\n\x07\r\n" + HEADER + b"Ada,a@x\r\n\r\n , \r\nBen,b@x\r\n,\r\n\r\n"
    sheet = read_sheet(data)

    assert (sheet.header_line, [row.line for row in sheet.rows]) == (4, [5, 8])
    assert [problem.line for problem in sheet.problems] == [3, 6]
    assert sheet.problems[1] == Problem(6, None, SheetCode.BLANK_LINE, {"last_line": 7}, stops=False)


def test_nul_bytes_name_their_line_and_keep_the_row_out() -> None:
    data = HEADER + b"A\x00da,a@x\nBen,b@x\n"

    assert found(data) == [(2, None, "nul_byte")]
    assert cells(data) == [(3, ("Ben", "b@x"))]


def test_control_characters_are_left_out_with_a_notice() -> None:
    sheet = read_sheet(HEADER + b"A\x07d\x1ba,a\tb@x\nsoft\x0bbreak,b@x\n")

    assert [row.cells for row in sheet.rows] == [("Ada", "a\tb@x"), ("soft break", "b@x")]
    assert [(problem.line, problem.column, dict(problem.values)) for problem in sheet.problems] == [
        (2, 1, {"character": "U+0007", "count": 2}),
        (3, 1, {"character": "U+000B", "count": 1}),
    ]
    assert sheet.is_sound


@pytest.mark.parametrize("data", [b"", b"\r\n \r\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_file_without_anything_is_empty(data: bytes) -> None:
    assert found(data) == [(0, None, "empty")]


@pytest.mark.parametrize("data", [b"sep=,", b",,\r\n", b"\x00", b"\x07,\x07\n", b'"'])
def test_file_with_next_to_nothing_stops_with_a_problem(data: bytes) -> None:
    sheet = read_sheet(data)

    assert (sheet.rows, sheet.is_sound) == ((), False)


def test_heading_line_alone_has_no_rows() -> None:
    assert found(HEADER) == [(1, None, "no_rows")]


# -- limits


def test_limit_of_bytes_reads_nothing() -> None:
    sheet = read_sheet(HEADER, limits=Limits(file_bytes=5))

    assert sheet.problems == (Problem(0, None, SheetCode.TOO_BIG, {"bytes": 14, "most": 5}),)


def test_limit_of_rows_names_the_first_row_over_it() -> None:
    data = HEADER + b"a,b\n" * 3

    assert found(data, Limits(rows=3)) == []
    assert found(data, Limits(rows=2)) == [(4, None, "too_many_rows")]


def test_limit_of_columns_names_the_heading_line() -> None:
    assert found(b"a,b,c\n1,2,3\n", Limits(columns=2)) == [(1, None, "too_many_columns")]


def test_limit_of_a_cell_names_line_and_column() -> None:
    data = HEADER + b"Ada,12345\nBen,123456\n"

    assert found(data, Limits(cell_characters=5)) == [(3, 2, "cell_too_long")]


def test_limit_of_csv_itself_is_a_problem_too() -> None:
    assert found(HEADER + b"x" * 140_000 + b",a@x\nBen,b@x\n") == [(2, None, "cell_too_long")]


def test_limit_of_lines_in_a_row_takes_the_quote_for_unclosed() -> None:
    data = HEADER + b'"Ada\n' + b"Ben,b@x\n" * 5

    assert found(data, Limits(lines_in_a_row=3)) == [(2, 1, "unclosed_quote")]
    assert len(read_sheet(data, limits=Limits(lines_in_a_row=3)).rows) == 5


def test_limit_of_lines_in_a_row_holds_for_closed_quotes_too() -> None:
    data = HEADER + b'"Ada\nof\nthe\nhill",a@x\n'

    assert found(data, Limits(lines_in_a_row=4)) == []
    assert found(data, Limits(lines_in_a_row=3)) == [(2, 1, "unclosed_quote")]


def test_limit_of_problems_tells_how_many_more_there_are() -> None:
    sheet = read_sheet(HEADER + b"short\n" * 5, limits=Limits(problems=2))

    assert [problem.line for problem in sheet.problems] == [2, 3, 0]
    assert sheet.problems[2] == Problem(0, None, SheetCode.MORE_PROBLEMS, {"count": 3})


def test_limits_bound_the_time_of_hostile_quotes() -> None:
    begin = time.process_time()

    read_sheet(HEADER + b'a","x\n' * 100_000)

    assert time.process_time() - begin < 5


def test_sheet_of_fifty_thousand_rows_is_read_in_seconds() -> None:
    row = b'Ada,"Lovelace, countess",ada@example.org,yes,"a note\nof two lines"\r\n'
    begin = time.process_time()

    sheet = read_sheet(b"a,b,c,d,e\r\n" + row * 50_000)

    assert (len(sheet.rows), sheet.rows[-1].line, sheet.problems) == (50_000, 100_000, ())
    assert time.process_time() - begin < 5


# -- writing


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "'=", "\uff1d"])
def test_write_keeps_formulas_from_running(start: str) -> None:
    formula = f'{start}HYPERLINK("http://example.org")'
    written = write_sheet(["name"], [[formula]])

    first = next(iter(list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))[1:]))
    assert first == ["'" + formula]
    assert read_sheet(written).rows[0].cells == (formula,)


@pytest.mark.parametrize("number", ["-5", "+4420", "-1.5", "-1,5"])
def test_write_leaves_plain_numbers_alone(number: str) -> None:
    assert guard(number) == number


def test_write_is_what_excel_opens() -> None:
    written = write_sheet(["name", "note"], [["Zoë", 'a "b", c'], ["", " x"]])

    assert written == '\ufeffname,note\r\nZoë,"a ""b"", c"\r\n," x"\r\n'.encode()


texts = st.text(alphabet=st.characters(exclude_categories=["Cs"])) | st.text(
    alphabet="',;\t|\"\r\n =+-@ab\x00"
)


@given(st.lists(st.lists(texts, min_size=3, max_size=3), max_size=6))
@example([["", "", ""], ["", "", "\n"]])  # a guarded line end once counted as a filled cell
@settings(deadline=None)
def test_round_trip_gives_back_any_text(rows: list[list[str]]) -> None:
    sheet = read_sheet(write_sheet(["a", "b", "c"], rows))

    cleaned = [tuple(without_controls(cell) for cell in row) for row in rows]
    assert [row.cells for row in sheet.rows] == [row for row in cleaned if any(cell.strip() for cell in row)]
    assert {problem.code for problem in sheet.problems} <= {"blank_line", "lost_letter", "no_rows"}


headings = st.lists(
    st.text(alphabet="ab,;|=\"'é", min_size=1, max_size=5), min_size=1, max_size=4, unique_by=str.casefold
)


@given(headings)
@settings(deadline=None)
def test_round_trip_gives_back_any_headings(header: Sequence[str]) -> None:
    sheet = read_sheet(write_sheet(header, [["x"] * len(header)]))

    assert (sheet.header, sheet.delimiter, sheet.problems) == (tuple(header), ",", ())


@given(texts)
def test_guard_is_undone_exactly(text: str) -> None:
    assert unguard(guard(text)) == text


@given(st.binary(max_size=300) | st.text(alphabet='",\n\rab;\x00').map(str.encode))
@settings(deadline=None)
def test_reading_never_raises_and_accounts_for_every_row(data: bytes) -> None:
    sheet = read_sheet(data)

    assert all(len(row.cells) == len(sheet.header) for row in sheet.rows)
    assert [row.line for row in sheet.rows] == sorted({row.line for row in sheet.rows})
    assert sheet.rows or not sheet.is_sound


# -- sentences

EXAMPLES: dict[SheetCode, Values] = {
    SheetCode.TOO_BIG: {"bytes": 21_500_000, "most": 20_000_000},
    SheetCode.TOO_MANY_ROWS: {"most": 50_000},
    SheetCode.TOO_MANY_COLUMNS: {"count": 300, "most": 200},
    SheetCode.CELL_TOO_LONG: {"most": 20_000, "heading": "name"},
    SheetCode.NOT_TEXT: {"kind": "xlsx"},
    SheetCode.UNDECODABLE: {"encoding": "utf-8"},
    SheetCode.CONTROL_CHARACTER: {"character": "U+0007", "count": 2},
    SheetCode.UNKNOWN_DELIMITER: {"delimiter": ":"},
    SheetCode.DUPLICATE_HEADING: {"heading": "name", "first": 1},
    SheetCode.TOO_FEW_CELLS: {"found": 1, "wanted": 2, "last_line": 4},
    SheetCode.TOO_MANY_CELLS: {"found": 3, "wanted": 2, "last_line": 4},
    SheetCode.BLANK_LINE: {"last_line": 6},
    SheetCode.MORE_PROBLEMS: {"count": 1},
}


@pytest.mark.parametrize("code", SheetCode)
def test_sentence_exists_for_every_code(code: SheetCode) -> None:
    with translation.override("en"):
        sentence = sentence_for(Problem(2, None, code, EXAMPLES.get(code, {})))

    assert sentence[-1] in ".?"
    assert "%(" not in sentence
    assert set(_SENTENCES) == set(SheetCode)


def test_sentence_and_place_in_full() -> None:
    problem = Problem(12, 3, SheetCode.DUPLICATE_HEADING, {"heading": "grade", "first": 1})

    with translation.override("en"):
        assert sentence_for(problem) == (
            "The heading “grade” stands in column 1 already. Please rename one of them."
        )
        assert [place_of(problem), place_of(Problem(12, None, "")), place_of(Problem(0, None, ""))] == [
            "Line 12, column 3",
            "Line 12",
            "Whole file",
        ]
        assert sentence_for(Problem(2, None, SheetCode.CELL_TOO_LONG)) == (
            "One cell here is far too long to read. Is a quotation mark still open?"
        )
