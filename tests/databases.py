"""The suite's database, opened to other processes: for tests that kill workers or let many write at once."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connections


@contextmanager
def shared_database(folder: Path) -> Iterator[dict[str, str]]:
    """Within the block other processes can work on the database of this test; yields the environment they need.

    On PostgreSQL that is the test database itself. SQLite's lives in memory, where no other process can go: within the
    block a copy of it, as a file in `folder`, takes its place. Needs `django_db(transaction=True)`.
    """
    usual = connections["default"]
    if usual.vendor == "postgresql":
        url = urlsplit(os.environ["ALONGSIDE_DATABASE_URL"])
        own = url._replace(path=f"/{usual.settings_dict['NAME']}").geturl()
        yield {**os.environ, "ALONGSIDE_DATABASE_URL": own}
        return
    file = folder / "alongside.sqlite3"
    with usual.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    connections["default"] = type(usual)({**usual.settings_dict, "NAME": str(file)}, "default")
    try:
        yield {**os.environ, "ALONGSIDE_HOME": str(folder), "ALONGSIDE_DATABASE_URL": ""}
    finally:
        connections["default"].close()
        connections["default"] = usual
