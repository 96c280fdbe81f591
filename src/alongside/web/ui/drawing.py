"""How a component is drawn: declared props in, one template of the same name out."""

import re
from collections.abc import Collection, Hashable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.template import Context, TemplateSyntaxError
from django.template.base import Template
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import get_language

SPRITE = Path(__file__).parent / "static/vendor/lucide/icons.svg"
_SYMBOL = re.compile(r'<symbol id="([a-z0-9-]+)"')


def draw(component: str, **props: Any) -> SafeString:
    """The component's template with exactly these props; it sees nothing else of the page."""
    find = _read if settings.DEBUG else _template
    return find(component).render(Context(props))


def asset(path: str) -> str:
    """The address of a static file. Worked out once for each set of files; a page asks for dozens."""
    return static(path) if settings.DEBUG else _address(storages["staticfiles"], path)


@lru_cache(maxsize=512)
def _address(files: Storage, path: str) -> str:
    return files.url(path)


def draw_sign(component: str, **props: Hashable) -> SafeString:
    """As `draw`, for small components that look the same whenever their props are: drawn once, then remembered."""
    surroundings = (get_language(), settings.DEBUG, asset("vendor/lucide/icons.svg"))
    return _sign(component, surroundings, tuple(sorted(props.items())))


@lru_cache(maxsize=4096)
def _sign(component: str, surroundings: object, props: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return draw(component, **dict(props))


def _read(component: str) -> Template:
    return cast(Template, cast(Any, get_template(f"ui/{component}.html")).template)


_template = cache(_read)


def one_of(value: str, allowed: Collection[str], prop: str) -> str:
    """The value, if it is one the component declares; otherwise the template is wrong and says so."""
    if value not in allowed:
        raise TemplateSyntaxError(f"{prop}={value!r} is not one of {', '.join(sorted(allowed))}")
    return value


@cache
def icon_names() -> frozenset[str]:
    """Every icon of the committed sprite."""
    return frozenset(_SYMBOL.findall(SPRITE.read_text(encoding="utf-8")))
