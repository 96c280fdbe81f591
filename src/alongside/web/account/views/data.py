"""Me: who sees what, taking one's data along, leaving."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.enrollment.access import own_participations
from alongside.enrollment.fellows import person_seen_by
from alongside.enrollment.queries import own_answers_with_readers
from alongside.foundation.clock import now
from alongside.foundation.errors import Conflict, NotFound
from alongside.insights.personal import export_zip
from alongside.people.actions import ask_for_erasure, keep_account
from alongside.web.account.forms.me import FarewellForm
from alongside.web.account.who_sees import GROUPS
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in


@require_GET
@login_required
def privacy(request: HttpRequest) -> HttpResponse:
    """Each thing about oneself and the circle that can read it."""
    rows = list(own_participations(signed_in(request)).select_related("answers", "person__preferences"))
    given = own_answers_with_readers(rows)
    programs = [(row.program, given[row.pk]) for row in rows]
    return render(request, "me/privacy.html", {"groups": GROUPS, "programs": programs})


@require_GET
@login_required
def own_data(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    return render(request, "me/data.html", {"person": person, "form": FarewellForm(own_email=person.email)})


@require_POST
@login_required
def export(request: HttpRequest) -> HttpResponse:
    content = export_zip(signed_in(request), now=now())
    headers = {"Content-Disposition": 'attachment; filename="my-data.zip"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)


@require_http_methods(["POST"])
@login_required
def erasure(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    form = FarewellForm(request.POST, own_email=person.email)
    if form.is_valid():
        try:
            ask_for_erasure(actor=person, now=now())
        except Conflict as problem:
            form.add_error(None, problem.message)
        else:
            say(
                request,
                _("We will delete your account in seven days. Until then you can change your mind here."),
            )
            return redirect("me:data")
    return render(request, "me/data.html", {"person": person, "form": form}, status=422)


@require_POST
@login_required
def erasure_regret(request: HttpRequest) -> HttpResponse:
    keep_account(actor=signed_in(request), now=now())
    say(request, _("Good. Everything stays as it is."))
    return redirect("me:data")


@require_GET
@login_required
def photo(request: HttpRequest, public_id: str) -> HttpResponse:
    """A photo, for its person and those who are in a program with them. Raises NotFound for everybody else."""
    person = person_seen_by(signed_in(request), public_id)
    if person is None or not person.photo:
        raise NotFound
    headers = {"Cache-Control": "private, max-age=3600"}
    with person.photo.open() as file:
        return HttpResponse(file.read(), content_type="image/jpeg", headers=headers)
