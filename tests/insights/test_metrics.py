"""What a figure means is said once: on the page, in the docs, in the file."""

from pathlib import Path

from alongside.foundation.voice import banned_words_in
from alongside.insights.metrics import METRICS, as_markdown
from alongside.insights.queries import Figures
from alongside.insights.tables import KEYS, table_of

DOCS = Path(__file__).parents[2] / "docs" / "reference" / "metrics.md"


def test_docs_say_what_the_page_says() -> None:
    assert DOCS.read_text().endswith(as_markdown())


def test_every_metric_has_a_key_of_its_own_and_plain_words() -> None:
    keys = [metric.key for metric in METRICS]

    assert len(keys) == len(set(keys))
    assert [banned_words_in(f"{metric.name} {metric.definition}") for metric in METRICS] == [()] * len(
        METRICS
    )


def test_every_figure_of_the_report_is_defined() -> None:
    defined = {metric.key for metric in METRICS}

    assert defined >= {"invited", "joined", "matched", "talked", "third_talk", "ended_well", "ended_early"}
    assert defined >= {
        "people",
        "pairs",
        "waiting",
        "free_mentors",
        "topics",
        "words",
        "quality",
        "construct",
    }


def test_tables_of_no_figures_are_tables_all_the_same() -> None:
    for key in KEYS:
        table = table_of(key, Figures())
        assert table.head
        assert all(len(row) == len(table.head) for row in table.rows)
