"""Whether the ground is in order: the database answers, and its tables are those of this version."""

import time

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

_MIGRATIONS_FRESH_FOR = 30.0  # seconds; reading all migrations costs more than a whole page
_checked: tuple[float, bool] = (float("-inf"), False)


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except Error:
        return False


def migrations_applied() -> bool:
    """Whether every migration of this version is applied; the answer may be half a minute old once it is yes."""
    global _checked  # noqa: PLW0603 - a cache of one value
    at, applied = _checked
    if not applied or time.monotonic() - at > _MIGRATIONS_FRESH_FOR:
        executor = MigrationExecutor(connection)
        applied = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        _checked = (time.monotonic(), applied)
    return applied
