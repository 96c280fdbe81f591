"""Every word for people in a shipped content file reaches the translators, and their words reach the page."""

import ast
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from alongside.activities.library import activity_library
from alongside.activities.queries import library_activity
from alongside.delivery.letters import wording_for
from alongside.foundation import wording
from alongside.foundation.wording import in_words, said
from alongside.mentorships.agreement_form import agreement_form
from alongside.programs.texts import text_catalog
from alongside.questionnaires.models import Question, Questionnaire
from alongside.switchboard.catalogs import as_python, content_words
from tests.people import Cast

SOURCE = Path(__file__).parents[2] / "src" / "alongside"
FILES = sorted(path for path in SOURCE.rglob("*.toml") if "demo" not in path.parts)
# Keys of the files whose texts only the code reads. A new key of words for people is found without anybody's help.
MACHINE = {
    "agenda", "answered_by", "audience", "author", "channels", "class", "construct", "direction", "fills",
    "for_talk", "for_whom", "from", "goals", "how", "id", "items", "key", "kind", "license", "modes", "needs",
    "number", "opens", "purpose", "ref", "seen_by", "skip_when", "step", "surveys", "use", "uses", "visibility",
    "who",
}  # fmt: skip


def _texts(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """(key, text) of everything in a file, read without the loaders."""
    if isinstance(value, str):
        yield key, value.strip()
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _texts(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part, key)


def _is_id(key: str, text: str) -> bool:
    """A default may be words, or the id of an option."""
    return key == "default" and " " not in text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_word_of_a_content_file_is_handed_to_translators(path: Path) -> None:
    handed = {words for found in content_words().values() for words in found}
    texts = list(_texts(tomllib.loads(path.read_text(encoding="utf-8"))))
    for_people = [text for key, text in texts if key not in MACHINE and not _is_id(key, text)]

    assert for_people
    assert [text for text in for_people if text not in handed] == []


def test_generated_module_says_each_word_once_and_nothing_else() -> None:
    words = content_words()

    calls = [node for node in ast.walk(ast.parse(as_python(words))) if isinstance(node, ast.Call)]

    said_there = [ast.literal_eval(call.args[0]) for call in calls]
    assert said_there == [text for found in words.values() for text in found]
    assert len(said_there) == len(set(said_there))


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="no GNU gettext on this machine")
def test_gettext_finds_every_word_in_the_generated_module(tmp_path: Path) -> None:
    module, catalog = tmp_path / "words.py", tmp_path / "words.pot"
    module.write_text(as_python(content_words()), encoding="utf-8")

    subprocess.run(
        ["xgettext", "--from-code=UTF-8", "--keyword=gettext_noop", "--no-wrap", "-o", catalog, module],
        check=True,
    )

    entries = catalog.read_text(encoding="utf-8").count("\nmsgid ") - 1  # the first is the head
    assert entries == sum(len(found) for found in content_words().values())


@pytest.fixture
def backwards(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A language whose catalog knows every sentence: it says it backwards."""
    monkeypatch.setattr(
        wording, "gettext", lambda text: text[::-1] if translation.get_language() == "eo" else text
    )
    monkeypatch.setattr(wording, "_READ", {})
    with translation.override("eo"):
        yield


@pytest.mark.usefixtures("backwards")
def test_shipped_content_is_read_in_the_readers_language() -> None:
    plain = activity_library().activity("network-map")
    found = library_activity("network-map")

    assert found is not None
    assert (found.key, found.minutes, found.channels) == (plain.key, plain.minutes, plain.channels)
    assert found.name == plain.name[::-1]
    assert [step.help for step in found.steps] == [step.help[::-1] for step in plain.steps]
    assert in_words(agreement_form()).fields[0].label == agreement_form().fields[0].label[::-1]
    assert in_words(agreement_form()) is in_words(agreement_form())


@pytest.mark.usefixtures("backwards")
def test_rows_made_from_a_template_are_read_in_the_readers_language() -> None:
    question = Question(
        questionnaire=Questionnaire(title="Form"), label="Hours", options=[{"id": "calm", "label": "Calm"}]
    )

    assert (question.label_for("mentee"), question.option_label("calm")) == ("sruoH", "mlaC")
    assert question.help_said == ""  # nothing to look up; an empty message would give the catalog's head
    assert said("") == ""


@pytest.mark.usefixtures("backwards")
def test_product_wording_of_a_mail_is_in_the_receivers_language() -> None:
    plain = text_catalog().texts[0]

    text = in_words(text_catalog()).text(plain.key)

    assert wording_for(text, None).subject == plain.subject[::-1]


@pytest.mark.django_db
def test_library_page_follows_the_browsers_language(
    cast_: Cast, client: Client, backwards: None, settings: Settings
) -> None:
    settings.LANGUAGES = [("en", "English"), ("eo", "Esperanto")]
    client.force_login(cast_.chi)

    page = client.get("/library/", headers={"accept-language": "eo"}).content.decode()

    assert "pam krowteN" in page
    assert "Network map" not in page
