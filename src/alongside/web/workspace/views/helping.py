"""How it stands between the two, and asking for a hand: the two see first, the team what they are asked."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.foundation.clock import now
from alongside.foundation.errors import NotFound
from alongside.insights.access import get_own_case
from alongside.insights.actions import ask_for_hand, say_fine, say_helped
from alongside.insights.queries import own_open_cases
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in
from alongside.web.workspace.forms.pairs import HandForm, HelpedForm
from alongside.web.workspace.room import enter, render_room


@require_POST
@login_required
def fine(request: HttpRequest, public_id: str) -> HttpResponse:
    say_fine(mentorship=enter(request, public_id), actor=signed_in(request), now=now())
    say(request, _("Good to hear. We keep it quiet."))
    return redirect("workspace:pair.about", public_id)


@require_http_methods(["GET", "POST"])
@login_required
def hand(request: HttpRequest, public_id: str) -> HttpResponse:
    mentorship, me = enter(request, public_id), signed_in(request)
    form = HandForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        ask_for_hand(mentorship=mentorship, actor=me, now=now(), **form.cleaned_data)
        say(request, _("Thank you for asking. The team will answer you."))
        return redirect("workspace:pair.about", public_id)
    status = 422 if form.is_bound else 200
    context = {"form": form, "cases": own_open_cases(me, mentorship=mentorship)}
    return render_room(
        request, mentorship, "workspace/pair/hand.html", context, section="about", status=status
    )


@require_POST
@login_required
def answer(request: HttpRequest, public_id: str, case_id: str) -> HttpResponse:
    """Whether the team's help helped, by the one who asked."""
    mentorship, me = enter(request, public_id), signed_in(request)
    case = get_own_case(me, case_id)
    form = HelpedForm(request.POST)
    if case.mentorship_id != mentorship.pk or not form.is_valid():
        raise NotFound
    helped = form.cleaned_data["helped"] == "yes"
    say_helped(case=case, actor=me, helped=helped, now=now())
    say(request, _("Thank you for telling.") if helped else _("The team looks at it again."))
    return redirect("workspace:pair.about", public_id)
