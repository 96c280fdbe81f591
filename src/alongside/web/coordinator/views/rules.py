"""Rules and weights: what makes a good pair, what a pair needs, what the whole program cares for."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.enrollment.queries import known_managers
from alongside.programs.actions import change_rules
from alongside.programs.queries import (
    hard_questions,
    match_rules,
    match_type_of,
    matched_questions,
    rules_fingerprint,
)
from alongside.web.coordinator.desk import enter, render_form
from alongside.web.coordinator.forms.rules import RulesForm, initial_rules, percent
from alongside.web.refusals import posted, refusals
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in


@require_http_methods(["GET", "POST"])
@login_required
def rules(request: HttpRequest, program_id: str) -> HttpResponse:
    program = enter(request, program_id)
    kept, questions = match_rules(match_type_of(program)), matched_questions(program)
    form = RulesForm(
        posted(request),
        questions=questions,
        initial=initial_rules(kept, questions),
        seen=rules_fingerprint(program),
    )
    if form.is_valid():
        with refusals(form, left_out="left_out_pairs", balance="balance_percent", keep="keep_percent"):
            change_rules(
                program=program,
                actor=signed_in(request),
                rules=form.rules,
                weights=form.weights,
                seen=form.cleaned_data["seen"],
            )
            say(request, _kept_words(form))
            return redirect("coordinator:setup.rules", program.public_id)
    context = {
        "title": _("Rules and weights"),
        "hard": hard_questions(program),
        "lines": known_managers(program) if kept.reporting_levels else None,
        "together": percent(sum(question.match_weight for question in questions)),
    }
    return render_form(request, program, "coordinator/setup/rules.html", form, context, place="setup")


def _kept_words(form: RulesForm) -> str:
    if not form.questions or form.together == 100:
        return _("Kept.")
    return _(
        "Kept. The weights were {sum} % together; we brought them to 100 % in the same proportion."
    ).format(sum=f"{form.together:f}")
