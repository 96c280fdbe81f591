"""Small helps for reading rows: only what is needed, in one query."""

from typing import TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


def along(rows: QuerySet[M], *relations: str) -> QuerySet[M]:
    """The rows with exactly these relations fetched along, whatever was chosen before.

    Building a query and its rows costs about as much as its columns are many; a list rarely needs all of them.
    """
    bare = rows.select_related(None)
    return bare.select_related(*relations) if relations else bare


def one_of_rows(rows: QuerySet[M]) -> M | None:
    """The row of a query that has one at most. Spares the ordering that `first()` adds."""
    return next(iter(rows[:1]), None)
