"""Time zones as people write them: zone names, and cities where only one zone has that city."""

from __future__ import annotations

import zoneinfo
from collections import Counter
from functools import lru_cache

from alongside.enrollment.columns.words import nearest, same_words


def read_zone(text: str) -> str | None:
    """The IANA name for "Europe/Oslo", "europe/oslo", "Oslo" or "UTC"; None for everything else.

    Letters such as CST or IST name several zones, and offsets such as UTC+1 know no summer time, so
    neither is taken for a zone.
    """
    return _wordings().get(same_words(text))


def nearest_zone(text: str) -> str | None:
    """The zone somebody probably meant, or None."""
    wording = nearest(text, _wordings())
    return _wordings()[wording] if wording else None


@lru_cache(maxsize=1)
def _wordings() -> dict[str, str]:
    names = sorted(
        name
        for name in zoneinfo.available_timezones()
        if ("/" in name and not name.startswith(("Etc/", "SystemV/", "US/"))) or name == "UTC"
    )
    cities = Counter(same_words(name.rpartition("/")[2]) for name in names)
    wordings = {same_words(name.rpartition("/")[2]): name for name in names}
    unique = {city: name for city, name in wordings.items() if cities[city] == 1}
    return {**unique, **{same_words(name): name for name in names}}
