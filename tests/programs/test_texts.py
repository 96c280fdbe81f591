from pathlib import Path

import pytest

from alongside.foundation.contentfile import ContentError
from alongside.foundation.errors import Conflict, Invalid, NotFound
from alongside.foundation.voice import banned_words_in, longest_sentence
from alongside.programs.actions import reset_text, word_text
from alongside.programs.queries import text_for, texts_of
from alongside.programs.texts import CatalogText, load_text_catalog, text_catalog
from tests.people import Cast

CATALOG = text_catalog()
each_text = pytest.mark.parametrize("text", CATALOG.every.values(), ids=lambda text: text.key)


@each_text
def test_shipped_text_is_kind_and_short(text: CatalogText) -> None:
    wordings = [text.one, *([text.many] if text.many else [])]
    parts = [part for wording in wordings for part in (wording.subject, wording.body)]
    words = "\n".join(
        (f"{text.name}. {text.when}", text.receiver, *parts, text.action, text.digest, text.digest_many)
    )

    assert banned_words_in(words) == ()
    assert max(longest_sentence(part) for part in parts) <= 30


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (('uses = ["partner"]', "uses = []"), "needs"),
        (("Hi {name}", "Hi {nmae}"), "nmae"),
        (("with {partner}", "with nobody"), "partner"),
        (('digest = "Hi"', 'digest = "Hi {times}"'), "times"),
    ],
)
def test_catalog_that_contradicts_itself_is_refused(
    tmp_path: Path, change: tuple[str, str], named: str
) -> None:
    file = tmp_path / "texts.toml"
    file.write_text(
        'version = 1\n[placeholders]\npartner = "a"\ntimes = "b"\n[[text]]\nkey = "hello"\nclass = "message"\n'
        'name = "Hello"\nwhen = "Now."\nreceiver = "Both"\nuses = ["partner"]\nneeds = ["partner"]\n'
        'subject = "Hi {name}"\nbody = "You with {partner}"\naction = "Go"\ndigest = "Hi"\n'.replace(*change)
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
        ("", "Meet {partner}", "subject"),
        ("Hello", " ", "body"),
        ("Hello {times}", "Meet {partner}", "subject"),
        ("Hello", "Meet {partner} {surname}", "body"),
        ("Hello", "Meet somebody", "body"),
        ("x" * 201, "Meet {partner}", "subject"),
    ],
)
def test_wording_that_cannot_be_sent_is_refused(cast_: Cast, subject: str, body: str, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        word_text(
            program=cast_.program, actor=cast_.ada, key="introduction_mentee", subject=subject, body=body
        )

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
def test_unknown_and_fixed_mails_and_strangers_find_nothing(cast_: Cast) -> None:
    for key in ("spam", "digest"):
        with pytest.raises(NotFound):
            word_text(program=cast_.program, actor=cast_.ada, key=key, subject="S", body="B")
    for stranger in (cast_.gus, cast_.hal, cast_.ben):
        with pytest.raises(NotFound):
            word_text(program=cast_.program, actor=stranger, key="waitlisted", subject="S", body="B")
        with pytest.raises(NotFound):
            reset_text(program=cast_.program, actor=stranger, key="waitlisted")
