"""The kit page: every component in every state. Served in the demonstration and while working on the code only."""

from types import SimpleNamespace

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.foundation import clock
from alongside.web.ui.drawing import icon_names
from alongside.web.ui.kit_form import KitForm
from alongside.web.ui.navigation import PLACES, SECTIONS, SYSTEM, Link
from alongside.web.ui.tags.marks import DRAWINGS
from alongside.web.ui.words import STATES

SHELLS = {
    "participant": PLACES,
    "coordinator": SECTIONS,
    "administrator": SYSTEM,
    "doorstep": (),
    "public": (),
}
PEOPLE = (
    "Ana Costa",
    "Tom Baker",
    "Mira Sommer",
    "Noor Haddad",
    "李 Wei",
    "Ifeoma Obi",
    "Jan van Dijk",
    "Zoë Ng",
)
SAMPLES: dict[str, object] = {
    "bars": (
        ("Visas and relocation", 24),
        ("Speaking up in reviews", 19),
        ("Leading a first team", 11),
        ("Writing", 4),
    ),
    "path": (("Invited", 260), ("Joined", 214), ("Matched", 192), ("Talked", 180), ("Third talk", 140)),
    "waiting": (("0–2", 3), ("3–5", 8), ("6–8", 6), ("9–11", 3), ("12–14", 1), ("15+", 0)),
    "survey": (
        ("Listening", 78, 73, 83, "n 118"),
        ("Trust", 81, 77, 85, "n 118"),
        ("Rhythm", 64, 58, 70, "n 116"),
        ("Circle of four", None, None, None, "Hidden because fewer than 5 answered"),
    ),
    "topics": (("Data", 18, 12), ("Careers", 14, 16), ("Visas", 9, 3), ("Writing", 2, 7)),
    "meeting": (
        ("Start", 1.0, 1.0, 1.0),
        ("1 month", 0.96, 0.92, 0.99),
        ("2", 0.91, 0.86, 0.95),
        ("3", 0.88, 0.82, 0.93),
        ("4", 0.85, 0.78, 0.91),
        ("5", 0.83, 0.75, 0.9),
        ("6 months", 0.8, 0.71, 0.88),
    ),
}


def kit(request: HttpRequest) -> HttpResponse:
    """Everything on one page. `?errors=1` shows the form as it comes back."""
    form = (
        KitForm(request.GET)
        if "errors" in request.GET
        else KitForm(initial={"name": "Ana", "channel": "voice"})
    )
    context = {
        "form": form,
        "states": STATES,
        "icons": sorted(icon_names()),
        "drawings": sorted(DRAWINGS),
        "people": PEOPLE,
        "samples": SAMPLES,
        "page": Paginator(range(48), 20).page(2),
        "now": clock.now(),
        "channels": ("video", "a call"),
        "helper": _helper(),
        "notes": {
            "video": "We see each other",
            "voice": "A walk and a call",
            "writing": "Long letters, no hurry",
        },
    }
    return render(request, "kit/kit.html", context)


def shell(request: HttpRequest, audience: str) -> HttpResponse:
    """One of the page shells with its navigation, as pages see it."""
    if audience not in SHELLS:
        raise Http404
    links = tuple(Link(each.word, each.icon, "#", at == 0) for at, each in enumerate(SHELLS[audience]))
    program = SimpleNamespace(name="Spring program", public_id="")
    context = {"links": links, "helper": _helper(), "program": program, "form": KitForm(), "samples": SAMPLES}
    return render(request, f"kit/shell_{audience}.html", context)


def _helper() -> SimpleNamespace:
    return SimpleNamespace(name="Mira Sommer", photo_url="", url="#help")
