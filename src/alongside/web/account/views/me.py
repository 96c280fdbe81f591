"""Me: profile, hours, notices, seasons."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.delivery.pushkeys import public_push_key
from alongside.delivery.queries import devices_of
from alongside.engine.timing.zones import wall_at
from alongside.foundation.clock import now
from alongside.foundation.errors import Invalid
from alongside.people.actions import (
    add_season,
    change_hours,
    change_notices,
    change_profile,
    end_season,
    set_photo,
)
from alongside.people.queries import get_own_season, hours_in_words, known_zone, open_seasons, season_of
from alongside.web.account.forms.hours import HoursForm
from alongside.web.account.forms.me import NoticesForm, ProfileForm, SeasonForm
from alongside.web.account.preview import night_note
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in


@require_GET
@login_required
def home(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    context = {
        "person": person,
        "season": season_of(person, now=now()),
        "hours": hours_in_words(person.preferences),
        "city": person.preferences.zone.rpartition("/")[2].replace("_", " "),
    }
    return render(request, "me/home.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    initial = {key: getattr(person, key) for key in ("name", "pronouns", "job_title", "unit", "about")}
    form = ProfileForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data, at = form.cleaned_data, now()
        try:
            change_profile(actor=person, now=at, **{key: data[key] for key in initial})
            if data["photo"] or data["remove_photo"]:
                set_photo(actor=person, content=data["photo"].read() if data["photo"] else None, now=at)
        except Invalid as problem:
            form.add_error(problem.field, problem.message)
        else:
            say(request, _("Saved."))
            return redirect("me:profile")
    return render(
        request, "me/profile.html", {"form": form, "person": person}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
@login_required
def hours(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    form = HoursForm(request.POST or None, initial=HoursForm.initial_of(person.preferences))
    if request.method == "POST" and form.is_valid():
        try:
            change_hours(actor=person, now=now(), **form.keywords())
        except Invalid as problem:
            form.add_error(problem.field if problem.field in form.fields else "week", problem.message)
        else:
            say(request, _("Your hours are saved. Everything that waits for you is planned by them."))
            return redirect("me:hours")
    context = {"form": form, "preview": night_note(person, now=now())}
    return render(request, "me/hours.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
def notices(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    devices = list(devices_of(person))
    initial = NoticesForm.initial_of(person.preferences)
    form = NoticesForm(request.POST or None, initial=initial, has_devices=bool(devices))
    if request.method == "POST" and form.is_valid():
        change_notices(actor=person, now=now(), **form.keywords())
        say(request, _("Saved."))
        return redirect("me:notices")
    context = {
        "form": form,
        "preview": night_note(person, now=now()),
        "devices": devices,
        "push_key": public_push_key() if settings.PUSH else "",
    }
    return render(request, "me/notices.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
def seasons(request: HttpRequest) -> HttpResponse:
    person, at = signed_in(request), now()
    today = wall_at(at, known_zone(person.preferences.zone)).day
    form = SeasonForm(request.POST or None, initial={"from_on": today, "kind": "lighter"})
    if request.method == "POST" and form.is_valid():
        try:
            add_season(actor=person, now=at, **form.cleaned_data)
        except Invalid as problem:
            form.add_error(problem.field, problem.message)
        else:
            say(request, _("Done. We keep quiet, and every clock here rests with you."))
            return redirect("me:seasons")
    context = {"form": form, "seasons": open_seasons(person, today=today)}
    return render(request, "me/seasons.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def season_end(request: HttpRequest, season_id: str) -> HttpResponse:
    person = signed_in(request)
    end_season(actor=person, season=get_own_season(person, season_id), now=now())
    say(request, _("Welcome back."))
    return redirect("me:seasons")
