"""How a mail of the program will look, with a real example of its own people, before anybody gets it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from alongside.delivery.previews import preview
from alongside.foundation.clock import now
from alongside.foundation.errors import Invalid, NotFound
from alongside.programs.access import get_staffed_program
from alongside.programs.texts import text_catalog
from alongside.web.mailframe import with_letters
from alongside.web.visitors import signed_in

TEMPLATE = "coordinator/delivery/text_preview.html"


@login_required
@require_http_methods(["GET", "POST"])
def text_preview(request: HttpRequest, program_id: str, key: str) -> HttpResponse:
    """GET shows the wording that is kept; POST tries `subject` and `body` without keeping them."""
    program = get_staffed_program(signed_in(request), program_id)
    context = {"program": program, "place": "texts", "key": _known(key)}
    tried = {name: request.POST[name] for name in ("subject", "body") if name in request.POST}
    try:
        found = preview(
            program,
            key,
            subject=tried.get("subject"),
            body=tried.get("body"),
            example=_example(request),
            now=now(),
        )
    except Invalid as problem:
        kept = preview(program, key, example=_example(request), now=now())
        shown = {"shown": kept, "letter": kept.letter, "problem": problem.message}
        return with_letters(render(request, TEMPLATE, {**context, **shown}, status=422))
    shown = {"shown": found, "letter": found.letter, "tried": bool(tried)}
    return with_letters(render(request, TEMPLATE, {**context, **shown}))


def _known(key: str) -> str:
    if key not in text_catalog().every:
        raise NotFound
    return key


def _example(request: HttpRequest) -> int:
    value = request.GET.get("example", "1")
    return int(value) if value.isdecimal() and len(value) < 5 else 1
