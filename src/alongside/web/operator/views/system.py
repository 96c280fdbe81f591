"""The installation for its administrators: what it is made of, who has which role, what was done. Never a talk."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import django
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside import __version__
from alongside.engine.timing.zones import database_version
from alongside.foundation.clock import now
from alongside.foundation.errors import Conflict, Invalid, NotFound
from alongside.jobs.queries import is_worker_alive, work_to_do
from alongside.journal.queries import entries_for_audit
from alongside.people.actions import (
    close_account,
    ensure_person,
    make_administrator,
    open_account,
    take_administrator,
)
from alongside.people.queries import everybody, get_person_for_administrator, names_of
from alongside.programs.access import get_program_for_administrator
from alongside.programs.queries import all_programs, staff_letters, staff_of
from alongside.web.appointing import bring_in
from alongside.web.operator.forms.system import NewPersonForm, SearchForm, StaffForm
from alongside.web.operator.words import done_words
from alongside.web.refusals import posted, refusals, status_of
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in

if TYPE_CHECKING:
    from alongside.people.models import Person

PAGE = 50
DECISIONS = {
    "administrator": (make_administrator, take_administrator),
    "account": (open_account, close_account),
}


def administrator(request: HttpRequest) -> Person:
    """Who is at the door, if they administer. Raises NotFound for everybody else: these pages are not there for them."""
    person = signed_in(request)
    if not person.is_administrator:
        raise NotFound
    return person


@require_GET
@login_required
def system(request: HttpRequest) -> HttpResponse:
    administrator(request)
    at = now()
    postgres = connection.vendor == "postgresql"
    facts = [
        (_("Version"), f"Alongside {__version__}, Django {django.get_version()}"),
        (_("Address"), settings.BASE_URL),
        (_("Database"), "PostgreSQL" if postgres else f"SQLite {sqlite3.sqlite_version}"),
        (_("Time zone data"), database_version()),
        (_("Mail"), settings.EMAIL_HOST if settings.ENV.mail_url else _("kept on a page, sent to nobody")),
        (_("Home folder"), str(settings.HOME)),
    ]
    context = {"facts": facts, "worker_alive": is_worker_alive(at), "work": work_to_do(at)}
    return render(request, "operator/system.html", context)


@require_GET
@login_required
def programs(request: HttpRequest) -> HttpResponse:
    """Every program by name, dates and who runs it. What is inside belongs to its coordinators."""
    administrator(request)
    page = Paginator(all_programs(), PAGE).get_page(request.GET.get("page"))
    return render(request, "operator/programs.html", {"page": page})


@require_http_methods(["GET", "POST"])
@login_required
def program_staff(request: HttpRequest, program_id: str) -> HttpResponse:
    """Who looks after a program, by name; and somebody more, where those who did have left."""
    actor = administrator(request)
    program = get_program_for_administrator(actor, program_id)
    form = StaffForm(posted(request))
    if form.is_valid():
        with refusals(form):
            say(request, bring_in(program, actor, **form.cleaned_data))
            return redirect("operator:program.staff", program.public_id)
    context = {
        "subject": program,
        "form": form,
        "members": staff_of(program),
        "letters": staff_letters(program),
    }
    return render(request, "operator/program_staff.html", context, status=status_of(form))


@login_required
def people(request: HttpRequest) -> HttpResponse:
    """Accounts and roles; adding a person by address."""
    actor = administrator(request)
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = ensure_person(
                email=form.cleaned_data["email"], name=form.cleaned_data["name"], actor=actor
            )
        except Invalid as problem:
            form.add_error(problem.field, problem.message)
        else:
            say(request, _("{name} can sign in by a link now.").format(name=person.name))
            return redirect("operator:roles")
    search = SearchForm(request.GET)
    words = search.cleaned_data["q"] if search.is_valid() else ""
    page = Paginator(everybody(words), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "search": search}
    return render(request, "operator/people.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def decision(request: HttpRequest, public_id: str, what: str, yes: str) -> HttpResponse:
    """Gives or takes administration, opens or closes an account."""
    actor = administrator(request)
    person = get_person_for_administrator(actor, public_id)
    if what not in DECISIONS:
        raise NotFound
    act = DECISIONS[what][0 if yes == "yes" else 1]
    try:
        act(person=person, actor=actor, now=now())
    except Conflict as problem:
        say(request, problem.message)
    else:
        say(request, _("Done: {name}.").format(name=person.name))
    return redirect("operator:roles")


@require_GET
@login_required
def audit(request: HttpRequest) -> HttpResponse:
    """Who changed settings, roles and accounts, of which program, and when. Pairs and their talk do not appear."""
    administrator(request)
    page = Paginator(entries_for_audit(), PAGE).get_page(request.GET.get("page"))
    names = names_of(entry.actor_id for entry in page if entry.actor_id)
    programs = {program.pk: program.name for program in all_programs()}
    rows = [
        (
            entry,
            done_words(entry.verb),
            programs.get(entry.program_id or 0, ""),
            names.get(entry.actor_id or 0),
        )
        for entry in page
    ]
    return render(request, "operator/audit.html", {"page": page, "rows": rows})
