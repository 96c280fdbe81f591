"""A letter to oneself, sealed until the two part."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.activities.actions import remove_letter, seal_letter
from alongside.activities.queries import letter_of
from alongside.foundation.clock import now
from alongside.mentorships.enums import MentorshipState
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in
from alongside.web.workspace.forms.activities import LetterForm
from alongside.web.workspace.room import enter, render_room


@require_http_methods(["GET", "POST"])
@login_required
def letter(request: HttpRequest, public_id: str) -> HttpResponse:
    """To write, sealed, or open at the end: whichever it is for its writer."""
    mentorship, me = enter(request, public_id), signed_in(request)
    form = LetterForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        seal_letter(mentorship=mentorship, actor=me, text=form.cleaned_data["text"], now=now())
        say(request, _("Sealed. It waits for you."))
        return redirect("workspace:letter", public_id)
    context = {
        "form": form,
        "own": letter_of(mentorship, writer=me),
        "parting": mentorship.state in {MentorshipState.CLOSING, MentorshipState.CLOSED},
    }
    status = 422 if form.is_bound else 200
    return render_room(
        request, mentorship, "workspace/activities/letter.html", context, section="goals", status=status
    )


@require_POST
@login_required
def removal(request: HttpRequest, public_id: str) -> HttpResponse:
    remove_letter(mentorship=enter(request, public_id), actor=signed_in(request), now=now())
    say(request, _("Your letter is taken away."))
    return redirect("workspace:letter", public_id)
