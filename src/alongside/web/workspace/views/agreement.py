"""The agreement: read, answered alone, written together, signed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.foundation.clock import now
from alongside.foundation.errors import Invalid
from alongside.foundation.wording import in_words
from alongside.mentorships import actions
from alongside.mentorships.access import check_may_write, get_agreement
from alongside.mentorships.agreement_form import agreement_form
from alongside.mentorships.queries import agreement_desk
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in
from alongside.web.workspace.forms.pairs import AgreedForm, OwnAnswersForm
from alongside.web.workspace.room import enter, render_room
from alongside.web.workspace.words import rhythm_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alongside.mentorships.agreement_form import AgreementField
    from alongside.mentorships.models import Mentorship
    from alongside.mentorships.queries import Desk


@require_GET
@login_required
def agreement(request: HttpRequest, public_id: str) -> HttpResponse:
    mentorship, me = enter(request, public_id), signed_in(request)
    desk = agreement_desk(mentorship, viewer=me)
    shown = desk.proposed or desk.in_force
    context = {
        "desk": desk,
        "shown": shown,
        "rows": _rows(desk, shown.lines if shown else {}),
        "method": in_words(agreement_form()).method,
        "i_signed": bool(shown and me.pk in shown.signed_by),
        "rhythm": rhythm_words(shown.agreement.rhythm_days) if shown else "",
    }
    return render_room(
        request, mentorship, "workspace/agreement/agreement.html", context, section="agreement"
    )


@require_http_methods(["GET", "POST"])
@login_required
def own(request: HttpRequest, public_id: str) -> HttpResponse:
    """What I answer alone. "done" in the form shows it to the partner, once they are done too."""
    mentorship, me = enter(request, public_id), signed_in(request)
    check_may_write(me, mentorship)
    desk = agreement_desk(mentorship, viewer=me)
    form = OwnAnswersForm(
        request.POST if request.method == "POST" else None, initial=desk.mine or _defaults(mentorship)
    )
    if form.is_valid():
        done = desk.i_am_done or "done" in request.POST
        actions.save_own_answers(
            mentorship=mentorship, actor=me, answers=form.cleaned_data, done=done, now=now()
        )
        say(request, _("Your answers are kept."))
        return redirect("workspace:agreement", public_id)
    context = {
        "desk": desk,
        "form": form,
        "method": in_words(agreement_form()).method,
        "first": [form[field.key] for field in in_words(agreement_form()).fields if field.usable],
        "others": [form[field.key] for field in in_words(agreement_form()).fields if not field.usable],
    }
    status = 422 if form.is_bound else 200
    return render_room(
        request, mentorship, "workspace/agreement/own.html", context, section="agreement", status=status
    )


@require_http_methods(["GET", "POST"])
@login_required
def draft(request: HttpRequest, public_id: str) -> HttpResponse:
    """Both answers side by side and the line that fits the two; sending it proposes and signs it."""
    mentorship, me = enter(request, public_id), signed_in(request)
    check_may_write(me, mentorship)
    desk = agreement_desk(mentorship, viewer=me)
    shown = desk.proposed or desk.in_force
    start = {**_defaults(mentorship), **(shown.lines if shown else {})}
    start["review_on"] = str((mentorship.started_on if not shown else now().date()) + timedelta(days=45))
    form = AgreedForm(
        request.POST if request.method == "POST" else None,
        initial=start,
        present_rhythm=mentorship.rhythm_days,
    )
    if form.is_valid():
        try:
            actions.propose_agreement(
                mentorship=mentorship,
                actor=me,
                agreed=form.lines(),
                rhythm_days=form.rhythm_days(),
                review_on=form.review_on(),
                now=now(),
            )
        except Invalid as problem:
            form.add_error(problem.field, problem.message)
        else:
            say(request, _("Proposed, and signed by you."))
            return redirect("workspace:agreement", public_id)
    context = {
        "desk": desk,
        "form": form,
        "rows": _rows(desk, {}, form),
        "method": in_words(agreement_form()).method,
    }
    status = 422 if form.is_bound else 200
    return render_room(
        request, mentorship, "workspace/agreement/draft.html", context, section="agreement", status=status
    )


@require_POST
@login_required
def signature(request: HttpRequest, public_id: str, agreement_id: str) -> HttpResponse:
    mentorship, me = enter(request, public_id), signed_in(request)
    found = get_agreement(me, mentorship, agreement_id)
    signed = actions.sign_agreement(agreement=found, actor=me, now=now())
    say(request, _("Signed by you both. It holds from now on.") if signed.in_force_at else _("Signed."))
    return redirect("workspace:agreement", public_id)


def _rows(desk: Desk, agreed: Mapping[str, str], form: AgreedForm | None = None) -> list[dict[str, Any]]:
    """One row of three columns per field, in printed order; choices in their words."""
    return [
        {
            "field": field,
            "mine": _in_words(field, desk.mine.get(field.key, "")),
            "theirs": _in_words(field, (desk.theirs or {}).get(field.key, "")),
            "agreed": _in_words(field, agreed.get(field.key, "")),
            "bound": form[field.key] if form else None,
        }
        for field in in_words(agreement_form()).fields
    ]


def _in_words(field: AgreementField, value: str) -> str:
    return next((option.label for option in field.options if option.id == value), value)


def _defaults(mentorship: Mentorship) -> dict[str, str]:
    """What stands in the fields before anybody wrote."""
    texts = {field.key: field.default for field in in_words(agreement_form()).fields}
    texts["rhythm"] = _("%(rhythm)s, %(minutes)s minutes") % {
        "rhythm": rhythm_words(mentorship.rhythm_days),
        "minutes": mentorship.match_type.meeting_minutes,
    }
    texts["time_zones"] = _("The hours that each of us has set here.")
    return texts
