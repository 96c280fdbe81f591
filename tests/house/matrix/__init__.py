"""The role matrix: every route, every role, what they are answered. One module per area, each with `ROWS`.

A row says what each of the cast (tests/people.py) gets. A route without a row fails test_every_door.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.people import Cast

SIGN_IN = "sign-in"  # a redirect to the sign-in page, back to this address afterwards
Answer = int | str

ROLES = ("anonymous", "dov", "chi", "ben", "eva", "ada", "gus", "hal")


@dataclass(frozen=True)
class Row:
    """What one route answers each role. `args` makes the route's arguments from the cast.

    anonymous: nobody signed in; dov: a stranger with an account; chi and ben: mentee and mentor of the pair; eva: member
    of another pair; ada: coordinator; gus: coordinator of another program; hal: administrator.
    """

    route: str
    anonymous: Answer
    dov: Answer
    chi: Answer
    ben: Answer
    eva: Answer
    ada: Answer
    gus: Answer
    hal: Answer
    args: Callable[[Cast], Sequence[Any]] = lambda cast: ()
    method: str = "GET"
    data: Callable[[Cast], dict[str, Any]] = lambda cast: {}
