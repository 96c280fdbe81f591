"""Compiled queries: reads whose SQL Django writes once in a process, not at each use.

A page of ours asks a dozen small questions. The database answers one in a few hundredths of a millisecond; building the
queryset and writing its SQL takes Django half a millisecond or more, each time with the same result. What we weighed,
with figures: docs/decisions/0009.
"""

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.query import Query

P = ParamSpec("P")
Row = TypeVar("Row")

MOST_IN_A_LIST = 8  # each length is SQL of its own; longer lists are rare, and written anew

_LISTS = (list, tuple)
_FAR_NUMBER = 2**62
_FAR_TIME = datetime(9000, 1, 1, tzinfo=UTC)
_AS_IT_IS = "A compiled query hands each of its arguments to the database as it is, in conditions only."


@dataclass(frozen=True, slots=True)
class _Written:
    """SQL with its parameters; `places[i]` says which of the given values parameter i is, None for a constant."""

    rows: QuerySet[Any, Any]
    compiler: SQLCompiler
    sql: str
    parameters: tuple[Any, ...]
    places: tuple[int | None, ...]


class Compiled(Generic[P, Row]):
    """What `compiled` makes of a function: called like it, it gives a list of rows instead of a queryset."""

    def __init__(self, build: Callable[P, QuerySet[Any, Row]]) -> None:
        update_wrapper(self, build)
        self.queryset = build
        self._known: dict[tuple[object, ...], _Written | None] = {}

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> list[Row]:
        if kwargs:
            raise TypeError("A compiled query takes its arguments by position.")
        lengths = [len(value) if isinstance(value, _LISTS) else None for value in args]
        if any(length is not None and length > MOST_IN_A_LIST for length in lengths):
            return list(self.queryset(*args, **kwargs))
        connection = connections[DEFAULT_DB_ALIAS]
        shape = (connection.vendor, *lengths)
        if shape not in self._known:
            self._known[shape] = _write(self.queryset, args, connection)
        written = self._known[shape]
        return [] if written is None else _read(written, args, connection)


def compiled(build: Callable[P, QuerySet[Any, Row]]) -> Compiled[P, Row]:
    """Makes a function that gives a queryset into one that gives its rows and writes its SQL once.

    The function runs once in a process for each length of the lists among its arguments. So it may use nothing but its
    arguments and constants, and must hand each argument to the database as it is: no clock, no setting, no arithmetic, no
    `icontains`. Arguments are int, str, bytes, date, datetime, or lists and tuples of these; never None, which SQL asks
    for in other words. A function or a value that breaks this meets TypeError or ValueError at its first use. The plain
    queryset stays at hand as `.queryset(...)`. Whatever shapes the SQL works as ever: ordering, slices, annotations,
    `select_related`, `only`, `values_list`; `prefetch_related`, which asks more, does not.
    """
    return Compiled(build)


def _write(build: Callable[..., QuerySet[Any, Any]], args: Sequence[Any], connection: Any) -> _Written | None:
    """The SQL for arguments of this shape, built with stand-ins that are then found among its parameters.

    None where an empty list lets the query find nothing.
    """
    stand_ins = _stand_ins(args)
    rows = build(*stand_ins)
    if rows._prefetch_related_lookups:  # type: ignore[attr-defined]
        raise ValueError("A compiled query does not prefetch.")
    compiler = rows.query.get_compiler(connection=connection)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        if all(value for value in args if isinstance(value, _LISTS)):
            raise ValueError(_AS_IT_IS) from None
        return None
    known = {_bare(_bound(value, connection)): place for place, value in enumerate(_flat(stand_ins))}
    places = tuple(known.get(_bare(parameter)) for parameter in parameters)
    if set(known.values()) != {place for place in places if place is not None}:
        raise ValueError(_AS_IT_IS)
    compiler.connection = cast(BaseDatabaseWrapper, None)  # that of this thread; each use brings its own
    return _Written(rows, compiler, sql, tuple(parameters), places)


def _read(written: _Written, args: Sequence[Any], connection: BaseDatabaseWrapper) -> list[Any]:
    """The rows for these arguments, made as Django makes them for the queryset the SQL was written of."""
    values = _flat(args)
    parameters = tuple(
        parameter if place is None else _bound(values[place], connection, like=parameter)
        for parameter, place in zip(written.parameters, written.places, strict=True)
    )
    compiler = copy.copy(written.compiler)
    compiler.connection = connection
    compiler.as_sql = lambda *_args, **_kwargs: (written.sql, parameters)  # type: ignore[method-assign]
    query = cast(Query, _WrittenQuery(written.rows.query, compiler))
    again: Any = QuerySet(model=written.rows.model, query=query, using=DEFAULT_DB_ALIAS)
    again._fields = cast(Any, written.rows)._fields
    return list(cast(Any, written.rows)._iterable_class(again))


class _WrittenQuery:
    """A query to those who read its rows, with a compiler that has its SQL at hand."""

    def __init__(self, query: Query, compiler: SQLCompiler) -> None:
        self._query = query
        self._compiler = compiler

    def get_compiler(self, *_args: object, **_kwargs: object) -> SQLCompiler:
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)


def _flat(args: Sequence[Any]) -> list[Any]:
    return [part for value in args for part in (value if isinstance(value, _LISTS) else (value,))]


def _stand_ins(args: Sequence[Any]) -> list[Any]:
    """Values of the same types and lengths that nobody would ask for, each another."""
    number, made = 0, []
    for value in args:
        parts = value if isinstance(value, _LISTS) else [value]
        own = [_stand_in(part, number + index) for index, part in enumerate(parts)]
        number += len(own)
        made.append(own if isinstance(value, _LISTS) else own[0])
    return made


def _stand_in(value: object, number: int) -> object:
    match value:
        case bool():
            raise TypeError("A compiled query takes no truth values: they shape its SQL.")
        case int():
            return _FAR_NUMBER + number
        case str():
            return f"\ue000 stand-in {number}"
        case bytes():
            return f"\ue000 stand-in {number}".encode()
        case datetime():
            return _FAR_TIME + timedelta(days=number)
        case date():
            return (_FAR_TIME + timedelta(days=number)).date()
    raise TypeError(f"A compiled query takes no {type(value).__name__}.")


def _bound(value: Any, connection: Any, *, like: Any = None) -> Any:
    """A value as the driver takes it; `like` what Django made of its stand-in, which knows the size of a number."""
    match value:
        case bool() | None:
            raise TypeError("A compiled query takes neither truth values nor None.")
        case int():
            return value if like is None else type(like)(value)
        case bytes():
            return connection.Database.Binary(value)
        case datetime():
            return connection.ops.adapt_datetimefield_value(value)
        case date():
            return connection.ops.adapt_datefield_value(value)
    return value


def _bare(parameter: Any) -> Any:
    """A parameter as it can be compared: drivers wrap bytes."""
    return getattr(parameter, "obj", parameter)
