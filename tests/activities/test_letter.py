"""A letter to oneself: shut for everybody until the two part, then open for whoever wrote it."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from alongside.activities.actions import remove_letter, seal_letter
from alongside.activities.models import Letter
from alongside.activities.queries import letter_of
from alongside.foundation.errors import Conflict, Invalid, NotFound
from alongside.insights.personal import export_zip
from alongside.journal.models import Entry
from alongside.mentorships.actions import close_mentorship, end_early, end_well, reopen_mentorship
from alongside.mentorships.enums import EndReason
from alongside.people.models import Person
from tests.factories import NOW
from tests.people import Cast

pytestmark = pytest.mark.django_db
WORDS = "Today is Monday and I am at the kitchen table."


def _sealed(cast: Cast) -> Letter:
    return seal_letter(mentorship=cast.pair, actor=cast.chi, text=WORDS, now=NOW)


def _export(person: Person) -> str:
    with ZipFile(BytesIO(export_zip(person, now=NOW))) as archive:
        return archive.read("my-data.json").decode() + archive.read("my-data.html").decode()


def test_sealed_letter_is_there_and_reads_as_nothing_for_its_writer(cast_: Cast) -> None:
    letter = _sealed(cast_)

    own = letter_of(cast_.pair, writer=cast_.chi)

    assert own is not None
    assert (own.letter, own.text) == (letter, "")
    assert WORDS.encode() not in bytes(letter.text_sealed)
    assert letter_of(cast_.pair, writer=cast_.ben) is None


def test_letter_opens_for_its_writer_alone_when_the_two_part(cast_: Cast) -> None:
    _sealed(cast_)
    end_well(mentorship=cast_.pair, actor=cast_.ben, now=NOW)

    closing = letter_of(cast_.pair, writer=cast_.chi)
    close_mentorship(mentorship=cast_.pair, actor=cast_.ben, now=NOW)
    closed = letter_of(cast_.pair, writer=cast_.chi)

    assert [own.text for own in (closing, closed) if own] == [WORDS, WORDS]
    assert letter_of(cast_.pair, writer=cast_.ben) is None


def test_letter_is_shut_again_when_the_two_go_on_after_all(cast_: Cast) -> None:
    _sealed(cast_)
    end_well(mentorship=cast_.pair, actor=cast_.ben, now=NOW)
    reopen_mentorship(mentorship=cast_.pair, actor=cast_.chi, now=NOW)

    own = letter_of(cast_.pair, writer=cast_.chi)

    assert own is not None
    assert own.text == ""


def test_export_of_own_data_holds_the_letter_only_once_it_is_open(cast_: Cast) -> None:
    letter = _sealed(cast_)
    shut = _export(cast_.chi)
    end_early(mentorship=cast_.pair, actor=cast_.chi, reason=EndReason.TIME, now=NOW)
    opened = _export(cast_.chi)

    assert (letter.public_id in shut, WORDS in shut) == (True, False)
    assert (letter.public_id in opened, WORDS in opened) == (True, True)
    assert WORDS not in _export(cast_.ben)
    assert json.dumps(WORDS) in opened


def test_second_letter_needs_the_first_to_be_taken_away(cast_: Cast) -> None:
    _sealed(cast_)
    with pytest.raises(Conflict, match="sealed already"):
        _sealed(cast_)

    remove_letter(mentorship=cast_.pair, actor=cast_.chi, now=NOW)
    remove_letter(mentorship=cast_.pair, actor=cast_.chi, now=NOW)
    _sealed(cast_)

    assert Letter.objects.count() == 1
    verbs = list(
        Entry.objects.filter(verb__startswith="letter.").order_by("pk").values_list("verb", flat=True)
    )
    assert verbs == ["letter.sealed", "letter.removed", "letter.sealed"]


def test_each_of_the_two_has_a_letter(cast_: Cast) -> None:
    _sealed(cast_)
    seal_letter(mentorship=cast_.pair, actor=cast_.ben, text="Dear me", now=NOW)
    remove_letter(mentorship=cast_.pair, actor=cast_.ben, now=NOW)

    assert letter_of(cast_.pair, writer=cast_.chi) is not None


def test_letter_is_refused_without_words_by_strangers_and_at_the_end(cast_: Cast) -> None:
    with pytest.raises(Invalid):
        seal_letter(mentorship=cast_.pair, actor=cast_.chi, text=" ", now=NOW)
    for stranger in (cast_.eva, cast_.ada, cast_.hal):
        with pytest.raises(NotFound):
            seal_letter(mentorship=cast_.pair, actor=stranger, text=WORDS, now=NOW)
        with pytest.raises(NotFound):
            remove_letter(mentorship=cast_.pair, actor=stranger, now=NOW)
    end_well(mentorship=cast_.pair, actor=cast_.ben, now=NOW)
    with pytest.raises(Conflict):
        _sealed(cast_)
    assert not Letter.objects.exists()
