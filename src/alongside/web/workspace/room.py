"""The pair's room: what every page in it carries (the partner, the sections), fetched once and in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from alongside.foundation.clock import now as machine_now
from alongside.mentorships.access import get_mentorship
from alongside.mentorships.enums import MentorshipState
from alongside.mentorships.queries import partner_facts
from alongside.web.ui.navigation import Place, links
from alongside.web.visitors import signed_in
from alongside.web.workspace.words import short_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alongside.mentorships.models import Mentorship
    from alongside.mentorships.queries import PartnerFacts

SECTIONS = (
    Place("home", _("Overview"), "footprints", "workspace:pair.home", ("public_id",)),
    Place("topics", _("Talk"), "messages-square", "workspace:topics", ("public_id",)),
    Place("meetings", _("Meetings"), "calendar", "workspace:meetings", ("public_id",)),
    Place("goals", _("Goals & activities"), "sprout", "workspace:goals", ("public_id",)),
    Place("agreement", _("Agreement"), "handshake", "workspace:agreement", ("public_id",)),
    Place("about", _("About us"), "leaf", "workspace:pair.about", ("public_id",)),
)


def enter(
    request: HttpRequest, public_id: str, *, along: Sequence[str] = ("program", "match_type")
) -> Mentorship:
    """The mentorship with this id, for its members. Raises NotFound for everybody else."""
    return get_mentorship(signed_in(request), public_id, along=along)


def partner_of(request: HttpRequest, mentorship: Mentorship) -> PartnerFacts:
    """What the signed-in member may know of the other's days, now."""
    return partner_facts(mentorship, viewer=signed_in(request), now=machine_now())


def render_room(
    request: HttpRequest,
    mentorship: Mentorship,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    section: str,
    status: int = 200,
) -> HttpResponse:
    """A page of the pair's room: `template` extends "workspace/pair/_room.html".

    It finds `mentorship`, `partner` (PartnerFacts), `me`, `sections`, `section` and `is_closed` beside its own context.
    A view that has fetched the partner already hands them over as "partner" and saves two queries.
    """
    own = context or {}
    partner = own.get("partner") or partner_of(request, mentorship)
    room = {
        "place": "pair",
        "mentorship": mentorship,
        "me": signed_in(request),
        "partner": partner,
        "partner_line": short_line(partner),
        "section": section,
        "sections": links(
            SECTIONS, path=request.path, current=section, arguments={"public_id": mentorship.public_id}
        ),
        "is_closed": mentorship.state == MentorshipState.CLOSED,
    }
    return render(request, template, {**room, **own}, status=status)
