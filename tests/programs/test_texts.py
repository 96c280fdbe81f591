from pathlib import Path

import pytest

from alongside.foundation.contentfile import ContentError
from alongside.foundation.errors import Conflict, Invalid, NotFound
from alongside.foundation.voice import banned_words_in, longest_sentence
from alongside.programs.actions import reset_text, word_text
from alongside.programs.queries import text_for, texts_of
from alongside.programs.texts import fill, load_text_catalog, placeholders_in, text_catalog
from tests.people import Cast

CATALOG = text_catalog()
each_text = pytest.mark.parametrize("text", CATALOG.texts, ids=lambda text: text.key)


@each_text
def test_shipped_text_is_kind_short_and_fills_whole(text: object) -> None:
    words = f"{text.name}. {text.when} {text.subject}\n{text.body}"  # type: ignore[attr-defined]

    assert banned_words_in(words) == ()
    assert longest_sentence(text.body) <= 30  # type: ignore[attr-defined]
    filled = fill(text.subject + text.body, dict.fromkeys(CATALOG.placeholders, "x"))  # type: ignore[attr-defined]
    assert placeholders_in(filled) == ()


def test_placeholder_without_a_value_leaves_no_hole() -> None:
    assert fill("Hello {name},\n\n{decision_note}\n\nBye {nobody}", {"name": "Ana"}) == "Hello Ana,\n\nBye"


def test_filled_words_are_not_filled_again() -> None:
    assert fill("{name} {link}", {"name": "{link}", "link": "x"}) == "{link} x"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (('placeholders = ["name", "link"]', 'placeholders = ["name"]'), "needs"),
        (("Hi {name}", "Hi {nmae}"), "nmae"),
        (("at {link}", "at home"), "link"),
    ],
)
def test_catalog_that_contradicts_itself_is_refused(
    tmp_path: Path, change: tuple[str, str], named: str
) -> None:
    file = tmp_path / "texts.toml"
    file.write_text(
        'version = 1\n[placeholders]\nname = "a"\nlink = "b"\n[[text]]\nkey = "hello"\nname = "Hello"\nwhen = "Now."\n'
        'placeholders = ["name", "link"]\nneeds = ["link"]\nsubject = "Hi {name}"\nbody = "Look at {link}"\n'.replace(
            *change
        )
    )

    with pytest.raises(ContentError, match=named):
        load_text_catalog(file)


@pytest.mark.django_db
def test_own_wording_stands_until_it_is_reset(cast_: Cast) -> None:
    shipped = text_for(cast_.program, "enrolled")

    worded = word_text(
        program=cast_.program,
        actor=cast_.ada,
        key="enrolled",
        subject=" Hello  {name} ",
        body="Go on: {link}\r\n",
    )
    assert (worded.subject, worded.body, worded.edited) == ("Hello {name}", "Go on: {link}", True)
    assert [text.catalog.key for text in texts_of(cast_.program) if text.edited] == ["enrolled"]
    assert text_for(cast_.other_program, "enrolled") == shipped

    assert reset_text(program=cast_.program, actor=cast_.ada, key="enrolled") == shipped


@pytest.mark.django_db
def test_our_own_wording_given_back_is_a_reset(cast_: Cast) -> None:
    catalog = CATALOG.text("waitlisted")
    word_text(program=cast_.program, actor=cast_.ada, key="waitlisted", subject="S", body="B")

    word_text(
        program=cast_.program, actor=cast_.ada, key="waitlisted", subject=catalog.subject, body=catalog.body
    )

    assert cast_.program.texts.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("subject", "body", "field"),
    [
        ("", "Look: {link}", "subject"),
        ("Hello", " ", "body"),
        ("Hello {partner}", "Look: {link}", "subject"),
        ("Hello", "Look: {link} {surname}", "body"),
        ("Hello", "Look at nothing", "body"),
    ],
)
def test_wording_that_cannot_be_sent_is_refused(cast_: Cast, subject: str, body: str, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        word_text(program=cast_.program, actor=cast_.ada, key="enrolled", subject=subject, body=body)

    assert refusal.value.field == field
    assert cast_.program.texts.count() == 0


@pytest.mark.django_db
def test_second_of_two_coordinators_is_told(cast_: Cast) -> None:
    before = text_for(cast_.program, "waitlisted")
    seen = (before.subject, before.body)
    word_text(program=cast_.program, actor=cast_.ada, key="waitlisted", subject="A", body="A", seen=seen)

    with pytest.raises(Conflict):
        word_text(program=cast_.program, actor=cast_.ada, key="waitlisted", subject="B", body="B", seen=seen)

    assert text_for(cast_.program, "waitlisted").subject == "A"


@pytest.mark.django_db
def test_unknown_mail_and_strangers_find_nothing(cast_: Cast) -> None:
    with pytest.raises(NotFound):
        word_text(program=cast_.program, actor=cast_.ada, key="spam", subject="S", body="B")
    for stranger in (cast_.gus, cast_.hal, cast_.ben):
        with pytest.raises(NotFound):
            word_text(program=cast_.program, actor=stranger, key="waitlisted", subject="S", body="B")
        with pytest.raises(NotFound):
            reset_text(program=cast_.program, actor=stranger, key="waitlisted")
