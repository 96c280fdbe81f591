"""Markdown of people to HTML that is safe to show, and excerpts."""

import re

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

# Headings, images and raw HTML stay out: a message is talk, not a page.
_MARKDOWN = (
    MarkdownIt("commonmark", {"html": False, "breaks": True})
    .enable("strikethrough")
    .disable(["image", "heading", "lheading"])
)
_TAGS = {"p", "br", "em", "strong", "s", "a", "ul", "ol", "li", "blockquote", "code", "pre", "hr"}
_PAGE_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image"])
_PAGE_TAGS = _TAGS | {"h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td"}


def message_html(markdown: str) -> SafeString:
    """HTML of a message: inline marks, lists, quotes, code and links; no images, headings or raw HTML.

    Nothing is remembered: words of two people stay in memory no longer than the answer that shows them (decision 10).
    """
    return _clean(_MARKDOWN.render(markdown), _TAGS)


def page_html(markdown: str) -> SafeString:
    """HTML of a description a coordinator wrote: as messages, plus headings (from h2) and tables."""
    html = re.sub(r"(</?)h1>", r"\1h2>", _PAGE_MARKDOWN.render(markdown))
    return _clean(html, _PAGE_TAGS)


def _clean(html: str, tags: set[str]) -> SafeString:
    cleaned = nh3.clean(
        html,
        tags=tags,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(cleaned)  # noqa: S308 - cleaned by an allow-list one line above


def excerpt(markdown: str, length: int = 140) -> str:
    """The first `length` characters as plain text, cut at a word, with an ellipsis if cut."""
    plain = " ".join(nh3.clean(_MARKDOWN.render(markdown), tags=set()).split())
    plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    if len(plain) <= length:
        return plain
    return plain[:length].rsplit(" ", 1)[0].rstrip(",;:") + "…"
