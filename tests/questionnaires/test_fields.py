from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from alongside.foundation.errors import Invalid
from alongside.questionnaires.enums import KINDS_WITH_OPTIONS, QuestionKind
from alongside.questionnaires.fields import FIELDS, FILE_BYTES, KEEP, field_of
from alongside.questionnaires.models import Question

OPTIONS = [
    {"id": "a", "label": "Apples"},
    {"id": "b", "label": "Big pears"},
    {"id": "c", "label": "Cherries"},
]


def question(kind: str, **fields: Any) -> Question:
    fields.setdefault("options", OPTIONS if kind in KINDS_WITH_OPTIONS else [])
    return Question(kind=kind, key="q", label="What?", **fields)


def posted(**values: str | list[str]) -> MultiValueDict[str, str]:
    named = {name.replace("__", "-"): value for name, value in values.items()}
    return MultiValueDict(
        {name: value if isinstance(value, list) else [value] for name, value in named.items()}
    )


def test_every_kind_has_a_field() -> None:
    assert set(FIELDS) == set(QuestionKind)


@pytest.mark.parametrize(
    ("kind", "raw", "value", "lines"),
    [
        ("short_text", "  two   words ", "two words", ["two words"]),
        ("long_text", "one\r\ntwo ", "one\ntwo", ["one\ntwo"]),
        ("place", " Oslo ", "Oslo", ["Oslo"]),
        ("single", "b", "b", ["Big pears"]),
        ("multiple", ["c", "a"], ["a", "c"], ["Apples", "Cherries"]),
        ("ranked", ["c", "", "a"], ["c", "a"], ["Cherries", "Apples"]),
        ("scale", "4", 4, ["4"]),
        ("number", " 12 ", 12, ["12"]),
        (
            "skill",
            {"b": "2", "a": "", "c": "4"},
            {"b": 2, "c": 4},
            ["Big pears: some", "Cherries: enough to teach it"],
        ),
        ("date", "2026-03-24", "2026-03-24", ["24 March 2026"]),
        ("languages", ["ta", "en", "ta"], ["ta", "en"], ["Tamil (தமிழ்)", "English"]),
        ("hours", "weekdays 8-18", {"good": "Mon-Fri 08:00-18:00"}, ["Mon–Fri 08:00–18:00"]),
        (
            "hours",
            {"good": "Mon 8-9, Tue 9-10", "possible": "Sat 10-12"},
            {"good": "Mon 08:00-09:00, Tue 09:00-10:00", "possible": "Sat 10:00-12:00"},
            ["Mon 08:00–09:00", "Tue 09:00–10:00", "possible: Sat 10:00–12:00"],
        ),
        ("consent", "yes", True, ["Yes"]),
        ("file", "", None, []),
    ],
)
def test_value_is_cleaned_shown_and_stable(kind: str, raw: Any, value: Any, lines: list[str]) -> None:
    asked = question(kind)
    field = field_of(asked)

    assert field.clean(asked, raw) == value
    assert field.clean(asked, value) == value
    assert field.display(asked, value) == lines


@pytest.mark.parametrize("kind", sorted(QuestionKind))
@pytest.mark.parametrize("empty", [None, ""])
def test_nothing_given_is_no_answer(kind: str, empty: str | None) -> None:
    asked = question(kind)

    assert field_of(asked).clean(asked, empty) is None
    assert field_of(asked).display(asked, None) == []


@pytest.mark.parametrize(
    ("kind", "raw", "sentence"),
    [
        ("short_text", "x" * 301, "Please keep this to 300 characters; it has 301 now."),
        ("single", "z", "“z” is not one of the choices."),
        ("multiple", ["a", "z"], "“z” is not one of the choices."),
        ("ranked", ["a", "a"], "One choice stands in two places. Please keep each of them once."),
        ("scale", "9", "Please choose between 1 and 5."),
        ("number", "two", "Please give a whole number."),
        ("number", "2.5", "Please give a whole number."),
        ("number", "-1", "Please choose between 0 and 1000000."),
        ("skill", {"a": "9"}, "“9” is not one of the levels."),
        ("skill", ["a"], "Please give a level for each skill."),
        ("date", "24 March", "Please give a day as year-month-day, such as 2026-03-24."),
        ("date", "2026-02-30", "Please give a day as year-month-day, such as 2026-03-24."),
        ("languages", ["qq"], "“qq” is not a language known here."),
        ("hours", "Mon 08:00-", "“08:00-” cannot be read as hours. “Mon-Fri 08:00-18:00” can."),
        ("file", "report.pdf", "Please choose a file."),
    ],
)
def test_bad_input_is_refused_with_a_sentence(kind: str, raw: Any, sentence: str) -> None:
    asked = question(kind)

    with pytest.raises(Invalid) as refusal:
        field_of(asked).clean(asked, raw)

    assert (refusal.value.message, refusal.value.field) == (sentence, "q")


@pytest.mark.parametrize("kind", ["multiple", "ranked", "skill"])
def test_too_many_choices_are_refused(kind: str) -> None:
    asked = question(kind, settings={"most_choices": 2})
    raw = {"a": 1, "b": 1, "c": 1} if kind == "skill" else ["a", "b", "c"]

    with pytest.raises(Invalid, match="at most 2; you chose 3"):
        field_of(asked).clean(asked, raw)


def test_option_taken_out_still_reads_in_an_old_answer() -> None:
    asked = question("multiple", options=OPTIONS[:2], gone_options={"c": "Cherries"})

    assert field_of(asked).clean(asked, ["c", "b"]) == ["b", "c"]
    assert field_of(asked).display(asked, ["b", "c"]) == ["Big pears", "Cherries"]


@pytest.mark.parametrize(
    ("kind", "data", "raw"),
    [
        ("short_text", posted(q="Hi"), "Hi"),
        ("multiple", posted(q=["a", "b"]), ["a", "b"]),
        ("ranked", posted(q__1="b", q__2="", q__3="a"), ["b", "", "a"]),
        ("skill", posted(q__a="1", q__c="3"), {"a": "1", "b": "", "c": "3"}),
        ("languages", posted(q__1="en", q__2="ta"), ["en", "ta", "", "", ""]),
        (
            "hours",
            posted(
                q__0__0__from="08:00",
                q__0__0__to="12:00",
                q__0__1__from="13:00",
                q__0__1__to="00:00",
                q__5__0__from="10:00",
                q__5__0__to="11:00",
                q__5__0__kind="possible",
            ),
            {"good": "Mon 08:00-12:00, Mon 13:00-00:00", "possible": "Sat 10:00-11:00"},
        ),
        ("hours", posted(q="Tue 9-10"), "Tue 9-10"),
        ("hours", posted(q__6__0__to="10:00"), {"good": "Sun -10:00"}),
        ("consent", posted(), ""),
        ("file", posted(), KEEP),
        ("file", posted(q__remove="yes"), None),
    ],
)
def test_posted_controls_are_read(kind: str, data: MultiValueDict[str, str], raw: Any) -> None:
    asked = question(kind)

    assert field_of(asked).from_post(asked, data, MultiValueDict(), "q") == raw


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("single", "big  PEARS", "b"),
        ("multiple", "Cherries; apples", ["a", "c"]),
        ("ranked", "c, a", ["c", "a"]),
        ("skill", "apples: 2; cherries", {"a": 2, "c": 1}),
        ("languages", "English; tamil", ["en", "ta"]),
        ("consent", "Yes", True),
        ("number", "7", 7),
    ],
)
def test_cell_of_a_sheet_becomes_a_value(kind: str, cell: str, value: Any) -> None:
    asked = question(kind)
    field = field_of(asked)

    assert field.clean(asked, field.from_text(asked, cell)) == value


def test_file_is_taken_by_ending_and_size() -> None:
    asked = question("file")
    field = field_of(asked)
    good = SimpleUploadedFile("cv.PDF", b"x")
    big = SimpleUploadedFile("cv.pdf", b"x")
    big.size = FILE_BYTES + 1

    assert field.clean(asked, good) is good
    with pytest.raises(Invalid, match="kinds of file"):
        field.clean(asked, SimpleUploadedFile("run.exe", b"x"))
    with pytest.raises(Invalid, match="at most 5 MB"):
        field.clean(asked, big)
