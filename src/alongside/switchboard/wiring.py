"""Every reaction of the house: verb → handlers. Who cares about what is answered here and nowhere else.

AT_ONCE    run in the action's own transaction: few, and only what must be true together.
AFTERWARDS run by the worker, one job per entry and handler, idempotent by their own unique keys. Handlers are named
           "package.module:function" so that a job can name them.
"""

from collections.abc import Mapping, Sequence

from alongside.journal.actions import Handler

AT_ONCE: Mapping[str, Sequence[Handler]] = {}

AFTERWARDS: Mapping[str, Sequence[str]] = {}
