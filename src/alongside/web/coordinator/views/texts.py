"""The mails of a program in the coordinator's own words."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.foundation.errors import NotFound
from alongside.programs.actions import reset_text, word_text
from alongside.programs.queries import WordedText, text_for, texts_of
from alongside.programs.texts import text_catalog
from alongside.web.coordinator.desk import enter, render_desk, render_form
from alongside.web.coordinator.forms.setup import TextForm
from alongside.web.refusals import posted, refusals, status_of, take_up
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in


@require_GET
@login_required
def texts(request: HttpRequest, program_id: str) -> HttpResponse:
    program = enter(request, program_id)
    return render_desk(
        request, program, "coordinator/texts/list.html", {"texts": texts_of(program)}, place="texts"
    )


@require_http_methods(["GET", "POST"])
@login_required
def text(request: HttpRequest, program_id: str, key: str) -> HttpResponse:
    program = enter(request, program_id)
    if key not in {known.key for known in text_catalog().texts}:
        raise NotFound
    present = text_for(program, key)
    form = TextForm(posted(request), initial=_initial(present))
    if form.is_valid():
        given = form.cleaned_data
        with refusals(form):
            word_text(
                program=program,
                actor=signed_in(request),
                key=key,
                subject=given["subject"],
                body=given["body"],
                seen=form.seen,
            )
            say(request, _("Kept. Mails from now on use these words."))
            return redirect("coordinator:texts", program.public_id)
    meanwhile = status_of(form) == 409
    if meanwhile:
        take_up(form, seen_subject=present.subject, seen_body=present.body)
    known = text_catalog().placeholders
    context = {
        "title": present.catalog.name,
        "text": present,
        "placeholders": [(f"{{{name}}}", known[name]) for name in present.catalog.placeholders],
        "meanwhile": present if meanwhile else None,
    }
    return render_form(request, program, "coordinator/texts/text.html", form, context, place="texts")


@require_POST
@login_required
def reset(request: HttpRequest, program_id: str, key: str) -> HttpResponse:
    program = enter(request, program_id)
    reset_text(program=program, actor=signed_in(request), key=key)
    say(request, _("Our wording is back."))
    return redirect("coordinator:text", program.public_id, key)


def _initial(text: WordedText) -> dict[str, str]:
    return {
        "subject": text.subject,
        "body": text.body,
        "seen_subject": text.subject,
        "seen_body": text.body,
    }
