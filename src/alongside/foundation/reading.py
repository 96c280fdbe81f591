"""Small helps for reading rows: only what is needed, in one query."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


def along(rows: QuerySet[M], *relations: str) -> QuerySet[M]:
    """The rows with exactly these relations fetched along, whatever was chosen before.

    Building a query and its rows costs about as much as its columns are many; a list rarely needs all of them.
    """
    bare = rows.select_related(None)
    return bare.select_related(*relations) if relations else bare


def holding(rows: Iterable[M], relation: str, known: Iterable[Model]) -> list[M]:
    """The rows, each holding as its `relation` the one of the `known` that it names. No query, and no join in theirs."""
    by_key = {one.pk: one for one in known}
    found = list(rows)
    for row in found:
        setattr(row, relation, by_key[getattr(row, f"{relation}_id")])
    return found


def keys(rows: Iterable[Model]) -> list[int]:
    """The primary keys, in order."""
    return [row.pk for row in rows]


def one_of_rows(rows: QuerySet[M]) -> M | None:
    """The row of a query that has one at most. Spares the ordering that `first()` adds."""
    return next(iter(rows[:1]), None)
