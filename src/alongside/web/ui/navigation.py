"""The places of each audience, in one table: word, sign, route. Every one leads somewhere."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.urls import get_resolver, get_script_prefix, get_urlconf, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of a navigation. `takes` names the URL arguments its route needs."""

    key: str
    word: str | Promise
    icon: str
    route: str
    takes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A place with its address for this request."""

    word: str | Promise
    icon: str
    url: str
    current: bool


PLACES = (
    Place("today", _("Today"), "sun", "workspace:today"),
    Place("pair", _("Pair"), "footprints", "workspace:pair"),
    Place("find", _("Find"), "compass", "workspace:find"),
    Place("library", _("Library"), "library", "workspace:library"),
    Place("me", _("Me"), "user-round", "me:home"),
)
SECTIONS = (
    Place("overview", _("Overview"), "layout-dashboard", "coordinator:overview", ("program_id",)),
    Place("setup", _("Set-up"), "sliders-horizontal", "coordinator:setup", ("program_id",)),
    Place("people", _("People"), "users", "coordinator:people", ("program_id",)),
    Place("matching", _("Matching"), "shuffle", "coordinator:matching", ("program_id",)),
    Place("mentorships", _("Mentorships"), "footprints", "coordinator:mentorships", ("program_id",)),
    Place("surveys", _("Surveys"), "list-checks", "coordinator:surveys", ("program_id",)),
    Place("texts", _("Texts"), "mail", "coordinator:texts", ("program_id",)),
    Place("report", _("Report"), "chart-no-axes-column", "coordinator:report", ("program_id",)),
)
SYSTEM = (
    Place("system", _("Set-up"), "wrench", "operator:system"),
    Place("programs", _("Programs"), "layers", "operator:programs"),
    Place("roles", _("Roles"), "key-round", "operator:roles"),
    Place("delivery", _("Mail"), "mail", "operator:delivery"),
    Place("audit", _("Audit"), "history", "operator:audit"),
)
OWN_LINKS = (
    Place("today", _("Today"), "sun", "workspace:today"),
    Place("own_programs", _("Programs"), "layers", "workspace:programs"),
    Place("me", _("Me and my settings"), "user-round", "me:home"),
)
STAFF_LINKS = (Place("programs", _("Programs I coordinate"), "layers", "coordinator:home"),)
ADMINISTRATOR_LINKS = (Place("system", _("System"), "wrench", "operator:system"),)


def links(
    places: Iterable[Place], *, path: str, current: str = "", arguments: Mapping[str, Hashable]
) -> tuple[Link, ...]:
    """The places with their addresses; one is current: the one named, else the one whose address fits `path` best.

    Places of a program are left out where there is no program. Raises NoReverseMatch for a place that leads nowhere.
    """
    found = [
        (place, address_of(place.route, **{name: arguments[name] for name in place.takes}))
        for place in places
        if all(name in arguments for name in place.takes)
    ]
    if not current:
        fitting = [(len(url), place.key) for place, url in found if path.startswith(url)]
        current = max(fitting)[1] if fitting else ""
    return tuple(Link(place.word, place.icon, url, place.key == current) for place, url in found)


def address_of(route: str, **arguments: Hashable) -> str:
    """The address of a route. Worked out once for each set of doors: a page asks for dozens. Raises NoReverseMatch."""
    doors = (get_resolver(get_urlconf()), get_script_prefix())
    return _worked_out(doors, route, tuple(sorted(arguments.items())))


@lru_cache(maxsize=1024)
def _worked_out(doors: object, route: str, arguments: tuple[tuple[str, Hashable], ...]) -> str:
    return reverse(route, kwargs=dict(arguments))
