import datetime as dt
from pathlib import Path

import pytest

from alongside.foundation.contentfile import ContentError, Section, read_content, refuse_repeats


def section(**values: object) -> Section:
    return Section("some.toml", "thing", values)


def test_readers_return_what_the_file_says() -> None:
    told = section(
        name=" Ana ", key="a-b_2", size=3, on=True, at=dt.time(9, 30), tags=["x", "y"], labels={"a": "A"}
    )

    assert told.text("name") == "Ana"
    assert told.key("key") == "a-b_2"
    assert told.integer("size", least=1, most=3) == 3
    assert told.boolean("on") is True
    assert told.time("at") == dt.time(9, 30)
    assert told.texts("tags", ("x", "y", "z")) == ("x", "y")
    assert told.labels("labels") == {"a": "A"}


def test_defaults_stand_in_for_absent_keys_only() -> None:
    empty = section()

    assert empty.text("name", "") == ""
    assert empty.integer("size", least=1, most=9, default=4) == 4
    assert empty.boolean("on", default=False) is False
    assert empty.texts("tags", default=["x"]) == ("x",)
    assert empty.integers("days") == ()
    assert empty.sections("items", optional=True) == ()


@pytest.mark.parametrize(
    ("values", "read"),
    [
        ({}, lambda told: told.text("it")),
        ({"it": "  "}, lambda told: told.text("it")),
        ({"it": 4}, lambda told: told.text("it")),
        ({"it": "Not a key"}, lambda told: told.key("it")),
        ({"it": "c"}, lambda told: told.choice("it", ("a", "b"))),
        ({"it": True}, lambda told: told.integer("it", least=0, most=5)),
        ({"it": 6}, lambda told: told.integer("it", least=0, most=5)),
        ({"it": 1}, lambda told: told.boolean("it")),
        ({"it": "09:30"}, lambda told: told.time("it")),
        ({"it": "a"}, lambda told: told.texts("it")),
        ({"it": ["a", ""]}, lambda told: told.texts("it")),
        ({"it": ["a", "a"]}, lambda told: told.texts("it")),
        ({"it": ["c"]}, lambda told: told.texts("it", ("a", "b"))),
        ({"it": [1, True]}, lambda told: told.integers("it")),
        ({"it": 1}, lambda told: told.integers("it")),
        ({"it": []}, lambda told: told.table("it")),
        ({"it": ["a"]}, lambda told: told.sections("it")),
        ({"it": 1}, lambda told: told.only("other")),
    ],
)
def test_an_error_names_file_and_key(values: dict[str, object], read: object) -> None:
    with pytest.raises(ContentError, match=r"^some\.toml: thing\.it") as refusal:
        read(section(**values))  # type: ignore[operator]

    assert refusal.value.file == "some.toml"


def test_sections_carry_their_place_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "two.toml"
    path.write_text('[[item]]\nname = "a"\n[[item]]\nname = ""\n', encoding="utf-8")

    first, second = read_content(path).sections("item")

    assert first.text("name") == "a"
    with pytest.raises(ContentError, match=r"two\.toml: item\[2\]\.name"):
        second.text("name")


def test_a_file_that_is_not_toml_is_named(tmp_path: Path) -> None:
    path = tmp_path / "torn.toml"
    path.write_text("name = ", encoding="utf-8")

    with pytest.raises(ContentError, match=r"torn\.toml: the whole file"):
        read_content(path)


def test_repeats_are_refused() -> None:
    refuse_repeats("some.toml", "item.key", ["a", "b"])

    with pytest.raises(ContentError, match="'a' stands here twice"):
        refuse_repeats("some.toml", "item.key", ["a", "b", "a"])
