"""Functions by name, so that a row in the database can say which one to run."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any


@cache
def function_named(name: str) -> Callable[..., Any]:
    """The function that "package.module:function" names.

    Errors: ImportError when there is none. Give it only names written in our code, never input.
    """
    module, _, attribute = name.partition(":")
    try:
        function = getattr(import_module(module), attribute)
    except AttributeError as problem:
        raise ImportError(f"{name} names no function") from problem
    if not callable(function):
        raise ImportError(f"{name} names no function")
    return function  # type: ignore[no-any-return]
