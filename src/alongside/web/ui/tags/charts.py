"""Charts: a drawing, one sentence, the same figures as a table, and the CSV of the shown numbers."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from alongside.web.ui import charts
from alongside.web.ui.drawing import draw

register = template.Library()

Table = tuple[tuple[str, ...], list[tuple[Any, ...]]]


@register.simple_tag
def chart_bars(
    rows: Sequence[tuple[str, float]],
    *,
    caption: str,
    title: str = "",
    head: str = "",
    unit: str = "",
    whole: float | None = None,
    csv_url: str = "",
) -> SafeString:
    """Horizontal bars of (label, value)."""
    marks = charts.bars(rows, whole=whole)
    table = ((head or _("What"), unit or _("Count")), [(mark.label, mark.text) for mark in marks])
    return _figure("bars", marks, table, caption, title, csv_url)


@register.simple_tag
def chart_path(
    rows: Sequence[tuple[str, int]], *, caption: str, title: str = "", csv_url: str = ""
) -> SafeString:
    """The path of a program: (step, people), each with its share of the first step."""
    marks = charts.path(rows)
    table = (
        (_("Step"), _("People"), _("Of the first step")),
        [(mark.label, mark.text, mark.note) for mark in marks],
    )
    return _figure("bars", marks, table, caption, title, csv_url)


@register.simple_tag
def chart_histogram(
    bins: Sequence[tuple[str, int]], *, caption: str, title: str = "", head: str = "", csv_url: str = ""
) -> SafeString:
    """Upright bars of (bin, count)."""
    marks = charts.histogram(bins)
    table = ((head or _("Range"), _("Count")), [(mark.label, mark.value) for mark in marks])
    return _figure("histogram", marks, table, caption, title, csv_url)


@register.simple_tag
def chart_dot_interval(
    rows: Sequence[tuple[str, float | None, float | None, float | None, str]],
    *,
    caption: str,
    title: str = "",
    low: float = 0,
    high: float = 100,
    csv_url: str = "",
) -> SafeString:
    """Estimates with their intervals: (label, value, low, high, note); None stays hidden with its note."""
    marks = charts.dot_interval(rows, scale=(low, high))
    cells = [
        (mark.label, "–", "–", mark.note)
        if mark.hidden
        else (mark.label, f"{mark.value:g}", f"{mark.low:g}–{mark.high:g}", mark.note)
        for mark in marks
    ]
    table = ((_("What"), _("Estimate"), _("Between"), _("Note")), cells)
    return _figure("dot_interval", marks, table, caption, title, csv_url, low=low, high=high)


@register.simple_tag
def chart_diverging(
    rows: Sequence[tuple[str, int, int]],
    *,
    first: str,
    second: str,
    caption: str,
    title: str = "",
    csv_url: str = "",
) -> SafeString:
    """Two counts per row from the middle outward, as of topics wanted and offered."""
    marks = charts.diverging(rows)
    table = ((_("Topic"), first, second), [(mark.label, mark.first, mark.second) for mark in marks])
    return _figure("diverging", marks, table, caption, title, csv_url, first=first, second=second)


@register.simple_tag
def chart_curve(
    rows: Sequence[tuple[str, float, float, float]],
    *,
    caption: str,
    title: str = "",
    head: str = "",
    csv_url: str = "",
) -> SafeString:
    """A share over time with its interval: (label, value, low, high), each between 0 and 1."""
    marks = charts.curve(rows)
    table = (
        (head or _("When"), _("Share"), _("Between")),
        [(label, f"{value:.0%}", f"{low:.0%}–{high:.0%}") for label, value, low, high in rows],
    )
    band = " ".join(f"{mark.x},{mark.high_y}" for mark in marks)
    band += " " + " ".join(f"{mark.x},{mark.low_y}" for mark in reversed(marks))
    line = " ".join(f"{mark.x},{mark.y}" for mark in marks)
    return _figure("curve", marks, table, caption, title, csv_url, band=band, line=line)


def _figure(
    kind: str, marks: Sequence[object], table: Table, caption: str, title: str, csv_url: str, **more: object
) -> SafeString:
    head, rows = table
    drawing = draw(f"chart_{kind}", marks=marks, **more)
    return draw("chart", drawing=drawing, head=head, rows=rows, caption=caption, title=title, csv_url=csv_url)
