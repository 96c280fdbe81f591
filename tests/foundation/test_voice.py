import pytest

from alongside.foundation.voice import banned_words_in, longest_sentence, reading_ease


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Your talk is overdue", ("overdue",)),
        ("Don’t forget your Streak", ("don't forget", "streak")),
        ("You should have answered; it is too late.", ("should have", "late")),
        ("Later, a translated plate of failing grace", ()),
        ("", ()),
    ],
)
def test_banned_words_are_found_whole_and_in_any_case(text: str, found: tuple[str, ...]) -> None:
    assert banned_words_in(text) == found


def test_longest_sentence_ends_at_full_stop_colon_and_new_line() -> None:
    assert longest_sentence("One two. One two three four? One: two three\nfour five") == 4


def test_longest_sentence_of_nothing_is_zero() -> None:
    assert longest_sentence("") == 0


def test_reading_ease_prefers_short_words_and_sentences() -> None:
    plain = reading_ease("We talk on the phone. It is fine to say no.")
    heavy = reading_ease(
        "Participation necessitates organizational prioritization of communicative responsibilities."
    )

    assert plain > 90
    assert heavy < 0
