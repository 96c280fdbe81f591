"""The coordinator's desk: what every page of a program carries, fetched once and in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.programs.access import get_staffed_program, may_change_program
from alongside.web.coordinator.forms._seen import facts_of
from alongside.web.refusals import status_of
from alongside.web.visitors import signed_in

if TYPE_CHECKING:
    from alongside.programs.models import Program


def enter(request: HttpRequest, program_id: str) -> Program:
    """The program with this id, for its staff. Raises NotFound for everybody else."""
    return get_staffed_program(signed_in(request), program_id)


def render_desk(
    request: HttpRequest,
    program: Program,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    place: str,
    status: int = 200,
) -> HttpResponse:
    """A page of a program: `template` extends "shell/coordinator.html".

    It finds `program`, `place` (key of the section), and `may_change` (False for assistants) beside its own context.
    """
    may_change = may_change_program(signed_in(request), program)
    known = {
        "coordinates": True,
        "helper": None,
    }  # who is at this desk coordinates, and is the help of others
    desk = {"program": program, "place": place, "may_change": may_change, **known}
    return render(request, template, {**desk, **(context or {})}, status=status)


def render_form(
    request: HttpRequest,
    program: Program,
    template: str,
    form: forms.Form,
    context: dict[str, Any] | None = None,
    *,
    place: str,
) -> HttpResponse:
    """As `render_desk`, for a page that is one form. Who may only look reads what stands there instead."""
    if not may_change_program(signed_in(request), program):
        look = {"facts": facts_of(form), **(context or {})}
        return render_desk(request, program, "coordinator/setup/look.html", look, place=place)
    return render_desk(
        request, program, template, {"form": form, **(context or {})}, place=place, status=status_of(form)
    )
