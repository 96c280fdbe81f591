"""Time zones as people write them: zone names, and cities where only one zone has that city."""

from __future__ import annotations

import zoneinfo
from functools import lru_cache
from importlib import resources

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
    """Compared form to zone name. A zone's full name goes before the cities of the countries' own zones."""
    names = {same_words(name): name for name in sorted(zoneinfo.available_timezones()) if _is_told(name)}
    cities: dict[str, list[str]] = {}
    for name in _zones_of_countries() & set(names.values()):
        cities.setdefault(same_words(name.rpartition("/")[2]), []).append(name)
    return {**{city: zones[0] for city, zones in cities.items() if len(zones) == 1}, **names}


def _is_told(name: str) -> bool:
    """Whether the name says which clock is meant: "Etc/GMT+5" runs the other way from what people expect."""
    return name == "UTC" or ("/" in name and not name.startswith(("Etc/", "SystemV/")))


def _zones_of_countries() -> set[str]:
    """The zones that countries use today, without old spellings, so that each city stands here once."""
    table = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    return {line.split("\t")[2] for line in table.splitlines() if not line.startswith("#")}
