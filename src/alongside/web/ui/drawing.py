"""How a component is drawn: declared props in, one template of the same name out."""

import re
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

from django.template import TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

SPRITE = Path(__file__).parent / "static/vendor/lucide/icons.svg"
_SYMBOL = re.compile(r'<symbol id="([a-z0-9-]+)"')


def draw(component: str, **props: Any) -> SafeString:
    """The component's template with exactly these props; it sees nothing else of the page."""
    return render_to_string(f"ui/{component}.html", props)


def one_of(value: str, allowed: Collection[str], prop: str) -> str:
    """The value, if it is one the component declares; otherwise the template is wrong and says so."""
    if value not in allowed:
        raise TemplateSyntaxError(f"{prop}={value!r} is not one of {', '.join(sorted(allowed))}")
    return value


@cache
def icon_names() -> frozenset[str]:
    """Every icon of the committed sprite."""
    return frozenset(_SYMBOL.findall(SPRITE.read_text(encoding="utf-8")))
