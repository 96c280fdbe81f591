"""The results of a wave as a page draws them: means as dots with intervals, few answers as dots and counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from alongside.insights.tables import construct_name
from alongside.surveys.disclosure import COUNTS_ONLY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alongside.surveys.queries import Figure, WaveResults

DotRow = tuple[str, float | None, float | None, float | None, str]


@dataclass(frozen=True, slots=True)
class Counted:
    """A question with its answers counted: (answer, people, as many dots)."""

    label: str
    label_for_mentor: str
    n: int
    answers: Sequence[tuple[str, int, str]]


@dataclass(frozen=True, slots=True)
class Bars:
    """A scale from 0 to 10 in full bars, with its sentence."""

    label: str
    rows: Sequence[tuple[str, int]]
    caption: str


def dot_rows(results: WaveResults) -> list[DotRow]:
    """Every question on the common scale; hidden ones say why."""
    return [_dot_row(figure) for figure in results.figures if _is_on_scale(figure)]


def dots_caption(results: WaveResults) -> str:
    """One sentence: where it stands highest and lowest."""
    known = [
        (figure.estimate.value, _name(figure))
        for figure in results.figures
        if figure.estimate and _is_on_scale(figure) and figure.label
    ]
    if not known:
        return _("From ten answers on there is a mean; until then the counts below tell more.")
    (low, lowest), (high, highest) = min(known), max(known)
    return _("Highest stands “{highest}” at {high:.0f}, lowest “{lowest}” at {low:.0f}.").format(
        highest=highest, high=high, lowest=lowest, low=low
    )


def counted(results: WaveResults) -> list[Counted]:
    """Questions with fewer than ten answers, and those with words instead of steps: dots and counts."""
    return [
        Counted(
            figure.label,
            figure.label_for_mentor if figure.label_for_mentor != figure.label else "",
            figure.n,
            [(label, count, "●" * count if figure.n < COUNTS_ONLY else "") for label, count in figure.counts],
        )
        for figure in results.figures
        if figure.counts and figure.most == 100 and figure.estimate is None
    ]


def bars(results: WaveResults) -> list[Bars]:
    """Scales of their own, such as would you recommend it."""
    return [
        Bars(figure.label, figure.counts, _bars_caption(figure))
        for figure in results.figures
        if figure.most != 100 and figure.n
    ]


def _bars_caption(figure: Figure) -> str:
    if figure.estimate is None:
        return _("{n} answers.").format(n=figure.n)
    told = _("Mean {value:.1f}, between {low:.1f} and {high:.1f}; {n} answers.").format(
        value=figure.estimate.value, low=figure.estimate.low, high=figure.estimate.high, n=figure.n
    )
    if figure.balance is None:
        return told
    return told + " " + _("9 and 10 minus 0 to 6: {balance:+d} %.").format(balance=figure.balance)


def _is_on_scale(figure: Figure) -> bool:
    whole = not figure.label
    steps = len(figure.counts) in (0, 5)
    return figure.most == 100 and (whole or steps) and figure.construct not in ("contact", "help")


def _dot_row(figure: Figure) -> DotRow:
    if figure.estimate:
        note = _("{n} answers").format(n=figure.n)
        return _name(figure), figure.estimate.value, figure.estimate.low, figure.estimate.high, note
    if figure.n:
        return _name(figure), None, None, None, _("{n} answers: see the counts").format(n=figure.n)
    return _name(figure), None, None, None, _("hidden because fewer than 5 answered")


def _name(figure: Figure) -> str:
    return figure.label or construct_name(figure.construct)
