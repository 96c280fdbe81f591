"""A name that one block of a page sets is not there in another: Django would silently put nothing in its place."""

import re
from pathlib import Path

import pytest
from django.template.base import DebugLexer, TokenType

SOURCE = Path(__file__).parents[2] / "src" / "alongside"
TEMPLATES = sorted(path for path in SOURCE.rglob("templates/**/*.html") if "vendor" not in path.parts)
EXTENDING = [path for path in TEMPLATES if "{% extends" in path.read_text(encoding="utf-8")]
SET = re.compile(r"\b(?:as|asvar) (\w+)$|\basvar (\w+)")
STRING = re.compile(r'"[^"]*"|\'[^\']*\'')
NAME = re.compile(r"(?<![\w.|:])([a-z_]\w*)(?!\w*=)")


def _names(text: str) -> dict[str, tuple[set[str], set[str]]]:
    """{outermost block: (names it sets, names it uses)} of a template."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    stack: list[str] = []
    for token in DebugLexer(text).tokenize():
        if token.token_type not in (TokenType.VAR, TokenType.BLOCK):
            continue
        bare = STRING.sub("", token.contents).strip()
        word, _, rest = bare.partition(" ")
        if token.token_type == TokenType.BLOCK and word == "block":
            stack.append(rest.split()[0])
        elif token.token_type == TokenType.BLOCK and word == "endblock":
            stack.pop()
        elif stack:
            sets, uses = found.setdefault(stack[0], (set(), set()))
            sets |= {name for pair in SET.findall(bare) for name in pair if name}
            uses |= set(NAME.findall(bare if token.token_type == TokenType.VAR else rest))
    return found


def _lost(text: str) -> set[str]:
    blocks = _names(text)
    return {
        f"{name}, set in {setter}, used in {user}"
        for setter, (sets, _) in blocks.items()
        for user, (own, uses) in blocks.items()
        for name in (sets & uses) - own
        if setter != user
    }


@pytest.mark.parametrize("path", EXTENDING, ids=lambda path: str(path.relative_to(SOURCE)))
def test_block_uses_no_name_that_only_another_block_sets(path: Path) -> None:
    assert _lost(path.read_text(encoding="utf-8")) == set()


def test_name_lost_between_blocks_is_found() -> None:
    page = '{% block a %}{% url "x" as home %}{% endblock %}{% block b %}{% if y %}{{ home }}{% endif %}{% endblock %}'

    assert _lost(page) == {"home, set in a, used in b"}
    assert _lost(page.replace("{{ home }}", '{% url "home" as home %}{{ home }}')) == set()
    assert _lost(page.replace("{{ home }}", '{% url "home" %}{{ this.home }}')) == set()
