from pathlib import Path

import pytest

from alongside.foundation.contentfile import ContentError
from alongside.foundation.voice import banned_words_in, longest_sentence, reading_ease
from alongside.mentorships.agreement_form import AGREEMENT_FILE, agreement_form, load_agreement_form
from alongside.programs.templates import program_templates
from alongside.switchboard.demo.content import demo_content

FORM = agreement_form()

# Signed agreements refer to these: adding is fine, renaming is not.
STABLE_KEYS = (
    "hopes", "offers", "limits_of_role", "rhythm", "who_invites", "channels", "time_zones", "reply_time",
    "best_times", "life_now", "moving", "quiet", "confidentiality", "limits", "notes", "recording", "managers",
    "feedback", "access_needs", "review", "ending", "exit",
)  # fmt: skip


def test_22_fields_stand_under_stable_keys() -> None:
    assert tuple(field.key for field in FORM.fields) == STABLE_KEYS


def test_five_fields_make_it_usable() -> None:
    assert [FORM.field(key).number for key in FORM.keys_that_make_it_usable] == [4, 6, 7, 13, 22]


def test_defaults_are_considerate() -> None:
    rhythm = FORM.field("rhythm")

    assert (rhythm.default_days, rhythm.default_minutes) == (21, 45)
    assert FORM.field("review").default_days == 45
    assert FORM.field("recording").default == "no"
    assert FORM.field("reply_time").default == "A few working days."


def test_life_is_for_the_two_alone() -> None:
    assert [field.key for field in FORM.fields if field.pair_only] == ["life_now"]


def test_fields_ask_in_kind_and_plain_words() -> None:
    texts = [text for field in FORM.fields for text in (field.label, field.help, field.default) if text]
    texts += list(vars(FORM.method).values())

    assert [word for text in texts for word in banned_words_in(text)] == []
    assert [field.key for field in FORM.fields if not field.label.endswith("?")] == []
    assert max(longest_sentence(text) for text in texts) <= 22
    assert reading_ease("\n".join(texts)) >= 65


def test_hints_of_templates_and_lines_of_the_demo_name_fields_that_exist() -> None:
    hinted = {key for template in program_templates() for key in template.agreement_hints}
    agreed = {key for agreement in demo_content().paths.agreements for key in agreement.lines}

    assert hinted <= set(STABLE_KEYS)
    assert agreed <= set(STABLE_KEYS)


def test_unknown_field_is_not_found() -> None:
    with pytest.raises(KeyError):
        FORM.field("salary")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('key = "limits"', 'key = "limits_of_role"', r"field\.key"),
        ("number = 22", "number = 23", r"field\.number"),
        ('default = "in_turn"', 'default = "nobody"', r"field\[5\]\.default"),
        ("default_days = 45", "default_days = 0", r"field\[20\]\.default_days"),
        ('sign = "', 'signed = "', r"method\.signed"),
    ],
)
def test_a_mistake_in_the_file_is_refused(old: str, new: str, named: str, tmp_path: Path) -> None:
    text = AGREEMENT_FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "agreement.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(ContentError, match=rf"agreement\.toml: {named}"):
        load_agreement_form(path)
