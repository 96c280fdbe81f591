"""How a mail of the program will look, with a real example of its own people, before anybody gets it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from alongside.delivery.previews import Preview, preview
from alongside.foundation.clock import now
from alongside.foundation.errors import Invalid, NotFound
from alongside.foundation.text import page_html
from alongside.programs.access import get_staffed_program
from alongside.programs.texts import text_catalog
from alongside.web.mailframe import mail_page, with_frames
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
        return render(request, TEMPLATE, {**context, **_shown(kept), "problem": problem.message}, status=422)
    return with_frames(render(request, TEMPLATE, {**context, **_shown(found), "tried": bool(tried)}))


@require_GET
@login_required
def text_preview_mail(request: HttpRequest, program_id: str, key: str) -> HttpResponse:
    """The inside of the frame: the mail exactly as it would be sent with the wording that is kept."""
    program = get_staffed_program(signed_in(request), program_id)
    return mail_page(preview(program, _known(key), example=_example(request), now=now()).letter.html)


def _known(key: str) -> str:
    if key not in text_catalog().every:
        raise NotFound
    return key


def _example(request: HttpRequest) -> int:
    value = request.GET.get("example", "1")
    return int(value) if value.isdecimal() and len(value) < 5 else 1


def _shown(found: Preview) -> dict[str, object]:
    letter = found.letter
    return {"shown": found, "letter": letter, "body": page_html(letter.body), "foot": page_html(letter.foot)}
