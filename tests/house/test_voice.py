"""Words that are never shown to people, inline script or style, and strings nobody marked for translation."""

import re
from pathlib import Path

import pytest

from alongside.foundation.voice import banned_words_in

SOURCE = Path(__file__).parents[2] / "src" / "alongside"
TEMPLATES = sorted(path for path in SOURCE.rglob("*.html") if "vendor" not in path.parts)
CODE = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}|<script\b.*?</script>|<!--.*?-->|<[^>]*>", re.DOTALL)
TRANSLATED = re.compile(
    r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}|{%\s*comment\b.*?{%\s*endcomment\s*%}",
    re.DOTALL,
)
MARKED = re.compile(
    r"{%\s*translate\s+(\"[^\"]*\"|'[^']*')|{%\s*blocktranslate\b.*?%}(.*?){%\s*endblocktranslate", re.DOTALL
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_template_has_no_inline_script_or_style(path: Path) -> None:
    text = re.sub(r"{%.*?%}", "", path.read_text(), flags=re.DOTALL)  # arguments of tags are no attributes
    if path.parts[-3:-1] == ("templates", "mail") or path.parent.name == "mail":
        return  # mail programs know no style sheets
    assert re.findall(r"\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<style\b|<script(?![^>]*\bsrc=)", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_template_text_is_marked_for_translation(path: Path) -> None:
    if path.parent.name == "kit":
        return  # sample words on the page of components, for whoever works on the code
    bare = CODE.sub(" ", TRANSLATED.sub(" ", path.read_text()))
    words = re.findall(r"[^\W\d_]{3,}", re.sub(r"&\w+;", " ", bare))
    assert [word for word in words if word != "Alongside"] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_template_shows_no_banned_word(path: Path) -> None:
    shown = " ".join(a or b for a, b in MARKED.findall(path.read_text()))
    assert banned_words_in(shown) == ()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_blocktranslate_is_trimmed(path: Path) -> None:
    blocks = re.findall(r"{%\s*blocktrans(?:late)?\b([^%]*)%}", path.read_text())
    assert [block for block in blocks if "trimmed" not in block] == []


def test_python_text_shows_no_banned_word() -> None:
    marked = re.compile(r"\b(?:_|gettext|gettext_lazy|ngettext)\(\s*(?:f?\"([^\"]*)\"|'([^']*)')")
    shown = {
        str(path.relative_to(SOURCE)): found
        for path in SOURCE.rglob("*.py")
        if (found := [word for a, b in marked.findall(path.read_text()) for word in banned_words_in(a or b)])
    }
    assert shown == {}
