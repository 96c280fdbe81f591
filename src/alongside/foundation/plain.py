"""Markdown to plain text that reads well in a mail without HTML, with the same words."""

from collections.abc import Iterable

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def plain_text(markdown: str) -> str:
    """The words of a Markdown text: paragraphs apart, lists with dashes or numbers, quotes with >, links with address.

    >>> plain_text("Dear **Ana**,\\n\\n- [Read](https://example.org/a)")
    'Dear Ana,\\n\\n- Read <https://example.org/a>'
    """
    return "\n".join(_page(SyntaxTreeNode(_MARKDOWN.parse(markdown)).children))


def _page(blocks: Iterable[SyntaxTreeNode], *, tight: bool = False) -> list[str]:
    """Lines of blocks one below the other, with an empty line between two unless they are tight."""
    lines: list[str] = []
    for block in blocks:
        lines += [""] if lines and not tight else []
        lines += _block(block)
    return lines


def _block(node: SyntaxTreeNode) -> list[str]:
    if node.type in {"bullet_list", "ordered_list"}:
        return _list(node)
    if node.type == "blockquote":
        return [f"> {line}".rstrip() for line in _page(node.children)]
    if node.type in {"fence", "code_block"}:
        return node.content.rstrip("\n").split("\n")
    if node.type == "hr":
        return ["---"]
    if node.type == "tr":
        return [" | ".join(_words(cell) for cell in node.children)]
    if node.type in {"table", "thead", "tbody"}:
        return _page(node.children, tight=True)
    return _words(node).split("\n")


def _list(node: SyntaxTreeNode) -> list[str]:
    first = int(node.attrs.get("start", 1))
    tight = all(
        child.hidden for item in node.children for child in item.children if child.type == "paragraph"
    )
    lines: list[str] = []
    for number, item in enumerate(node.children, start=first):
        marker = "- " if node.type == "bullet_list" else f"{number}. "
        own = _page(item.children, tight=tight) or [""]
        lines += [""] if lines and not tight else []
        lines += [marker + own[0], *((" " * len(marker) + line).rstrip() for line in own[1:])]
    return lines


def _words(node: SyntaxTreeNode) -> str:
    if node.type in {"text", "code_inline"}:
        return node.content
    if node.type in {"softbreak", "hardbreak"}:
        return "\n"
    inside = "".join(_words(child) for child in node.children)
    if node.type == "link":
        address = str(node.attrs["href"])
        return inside if inside in {address, address.removeprefix("mailto:")} else f"{inside} <{address}>"
    return inside
