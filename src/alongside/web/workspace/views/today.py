"""Today: how things are, at one look. One query per kind of thing, whatever the number of pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from alongside.delivery.announced import unread_by
from alongside.discussions.queries import new_for
from alongside.enrollment.access import own_participations
from alongside.enrollment.enums import PRESENT
from alongside.enrollment.queries import invitations_to
from alongside.foundation.clock import now
from alongside.goals.queries import asking_goals
from alongside.insights.queries import cases_to_rate
from alongside.meetings.queries import talks_now
from alongside.mentorships.enums import OPEN_STATES
from alongside.mentorships.queries import agreements_to_sign, facts_about, mentorships_with_partner
from alongside.people.queries import seasons_of_people
from alongside.programs.enums import ENDING
from alongside.surveys.queries import open_asks
from alongside.web.visitors import signed_in
from alongside.web.workspace.talks import talk_card
from alongside.web.workspace.words import short_line

if TYPE_CHECKING:
    from datetime import datetime

    from alongside.mentorships.models import Mentorship
    from alongside.people.models import Person, Season


@require_GET
@login_required
def today(request: HttpRequest) -> HttpResponse:
    """The first page after signing in; without a pair it says honestly where one stands."""
    me, instant = signed_in(request), now()
    pairs = mentorships_with_partner(me)
    open_pairs = [(row, partner) for row, partner in pairs if row.state in OPEN_STATES]
    own = [row for row, _partner in pairs]
    context = {
        "greeting": _greeting(instant),
        "me": me,
        "had_pairs": bool(pairs),
        "from_team": unread_by(me),
        "surveys": open_asks(me, of=own),
        "settled": cases_to_rate(me, of=own),
    }
    if not open_pairs:
        participations = list(own_participations(me).order_by("-created_at"))
        context |= {
            "participations": participations,
            "ending": ENDING,
            "waits": any(row.state in PRESENT and row.program.state not in ENDING for row in participations),
            "invitations": invitations_to(me, now=instant),
            "today": timezone.localdate(instant),
        }
        return render(request, "workspace/today/waiting.html", context)
    seasons = seasons_of_people([me, *(partner for _row, partner in open_pairs)], now=instant)
    partners = {row.pk: partner for row, partner in pairs}
    talks = talks_now(own, viewer=me, now=instant)
    context |= {
        "coming": talk_card(talks.coming, partners[talks.coming.mentorship_id]) if talks.coming else None,
        "offers": [(row, partners[row.mentorship_id]) for row in talks.offers],
        "to_tell": [(row, partners[row.mentorship_id]) for row in talks.to_tell],
        "asking": asking_goals(me, of=own, today=timezone.localdate(instant)),
        "new": [(line, partners[line.topic.mentorship_id]) for line in new_for(me, of=own)],
        "to_sign": agreements_to_sign(me, of=own),
        "own_season": seasons.get(me.pk),
        "pairs": [_pair(row, partner, seasons.get(partner.pk), instant) for row, partner in open_pairs],
    }
    return render(request, "workspace/today/today.html", context)


def _pair(row: Mentorship, partner: Person, season: Season | None, instant: datetime) -> dict[str, Any]:
    facts = facts_about(partner, season=season, now=instant)
    return {"mentorship": row, "partner": partner, "line": short_line(facts)}


def _greeting(instant: datetime) -> str:
    hour = timezone.localtime(instant).hour
    if 5 <= hour < 12:
        return _("Good morning")
    if 12 <= hour < 18:
        return _("Good afternoon")
    return _("Good evening")
