"""Files of what is shown, and of nothing else: each chart as CSV, a whole report as CSV, the results of a wave as CSV."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from alongside.foundation.errors import NotFound
from alongside.foundation.sheets.writing import write_sheet
from alongside.insights.metrics import METRICS
from alongside.insights.queries.figures import Figures
from alongside.insights.tables import KEYS, Table, table_of
from alongside.surveys.queries import Figure, WaveResults
from alongside.surveys.words import construct_word


def figure_sheet(key: str, figures: Figures) -> bytes:
    """The numbers of one chart. Raises NotFound for no such chart."""
    if key not in KEYS:
        raise NotFound
    table = table_of(key, figures)
    return write_sheet(table.head, _texts(table))


def report_sheet(figures: Figures) -> bytes:
    """Every figure of the report, one below the other, with what it means at the end."""
    rows: list[Sequence[str]] = [
        ("people", _("People"), str(figures.people)),
        ("pairs", _("Pairs"), str(figures.pairs)),
        ("ended_early", _("Ended early"), str(figures.ended_early)),
        ("agreements", _("Signed agreements"), str(figures.agreements)),
    ]
    for key in KEYS:
        rows += [(key, *texts) for texts in _texts(table_of(key, figures))]
    rows += [("definition", str(metric.name), str(metric.definition)) for metric in METRICS]
    width = max(len(row) for row in rows)
    head = (_("Figure"), _("What"), _("Value"), *[""] * (width - 3))
    return write_sheet(head, [(*row, *[""] * (width - len(row))) for row in rows])


def results_sheet(results: WaveResults) -> bytes:
    """What the page of a wave shows: means with their intervals, counts, the response rate. Comments stay on the page."""
    head = (_("Key"), _("Construct"), _("Question"), _("Answer"), _("Value"), _("From"), _("To"), _("People"))
    rate = results.rate
    share = f"{rate.share.value:.3f}" if rate.share else ""
    rows: list[Sequence[str]] = [
        ("rate", "", _("Answered of those asked"), "", share, "", "", str(rate.asked) if rate.share else "")
    ]
    for figure in results.figures:
        rows += _figure_rows(figure)
    return write_sheet(head, rows)


def _figure_rows(figure: Figure) -> Iterable[tuple[str, ...]]:
    start = (figure.key, construct_word(figure.construct), figure.label)
    if figure.estimate:
        ends = (f"{figure.estimate.value:g}", f"{figure.estimate.low:g}", f"{figure.estimate.high:g}")
        yield (*start, _("mean"), *ends, str(figure.n))
    for label, count in figure.counts:
        yield (*start, label, "", "", "", str(count))


def _texts(table: Table) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in table.rows]
