"""The page of one topic and what is done with its messages."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.discussions import actions
from alongside.discussions.access import check_author, get_message, get_topic
from alongside.discussions.enums import Expectation, TopicState
from alongside.discussions.queries import (
    may_ring,
    message_line,
    messages_after,
    messages_changed,
    messages_of,
    takeaway_of,
    title_of,
    waiting_messages,
)
from alongside.foundation.clock import now
from alongside.foundation.errors import Invalid, NotFound
from alongside.mentorships.enums import MentorshipState
from alongside.mentorships.queries import facts_about, partner_in
from alongside.people.queries import days_of_people, hours_of
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in
from alongside.web.workspace.forms.talk import MessageForm, WordsForm
from alongside.web.workspace.room import partner_of, render_room
from alongside.web.workspace.words import reach

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alongside.discussions.models import Message, Topic
    from alongside.discussions.queries import MessageLine
    from alongside.people.models import Person


def show_topic(
    request: HttpRequest, topic: Topic, *, form: MessageForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of a topic. What it shows counts as read from now on, for the reader's own mark."""
    me, instant = signed_in(request), now()
    other = partner_in(topic.mentorship, me)
    days = days_of_people([me, other], now=instant)
    partner = facts_about(other, season=days[other.pk].season, now=instant)
    before, up_to = request.GET.get("before", ""), request.GET.get("at", "")
    page = messages_of(topic, reader=me, reader_hours=days[me.pk].hours, before=before, up_to=up_to)
    _mark_read(topic, me, page.lines)
    may_write = topic.mentorship.state != MentorshipState.CLOSED
    context: dict[str, Any] = {
        "topic": topic,
        "title": title_of(topic),
        "takeaway": takeaway_of(topic) if topic.state == TopicState.CLOSED else "",
        "page": page,
        "is_past": bool(before or up_to),
        "looked": instant.isoformat(),
        "waiting": waiting_messages(topic, author=me),
        "partner": partner,
        "may_write": may_write,
        "composes": may_write and topic.state != TopicState.CLOSED and not (before or up_to),
        "form": form or MessageForm(initial=_quoted(request, topic)),
        "reach": reach(partner, days[other.pk].hours, now=instant),
        "rings": may_ring(topic.mentorship, other, days[other.pk].hours, now=instant),
    }
    return render_room(
        request, topic.mentorship, "workspace/topics/topic.html", context, section="topics", status=status
    )


@require_http_methods(["GET", "POST"])
@login_required
def messages(request: HttpRequest, public_id: str, topic_id: str) -> HttpResponse:
    """POST writes; GET answers with a piece of the page: what was sent after `?after=`, or changed from `?since=` on.

    The header X-Looked says when that was looked up, for the next `?since=`.
    """
    topic = own_topic(request, public_id, topic_id)
    if request.method == "POST":
        return _post(request, topic)
    me = signed_in(request)
    hours, since, looked = hours_of(me), request.GET.get("since"), now()
    if since is None:
        lines = messages_after(topic, reader=me, reader_hours=hours, after=request.GET.get("after", ""))
        _mark_read(topic, me, lines)
    else:
        lines = messages_changed(topic, reader=me, reader_hours=hours, since=_moment(since) or looked)
    piece = _piece(request, topic, lines)
    piece["X-Looked"] = looked.isoformat()
    return piece


def _moment(text: str) -> datetime | None:
    """The instant in ISO 8601 with its offset; None for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


@require_GET
@login_required
def message(request: HttpRequest, public_id: str, topic_id: str, message_id: str) -> HttpResponse:
    """One message as a piece of the page: how it reads after an edit or a removal."""
    found = _own_message(request, public_id, topic_id, message_id)
    me = signed_in(request)
    return _piece(request, found.topic, [message_line(found, reader=me, reader_hours=hours_of(me))])


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, public_id: str, topic_id: str, message_id: str) -> HttpResponse:
    found, me = _own_message(request, public_id, topic_id, message_id), signed_in(request)
    check_author(me, found)
    line = message_line(found, reader=me, reader_hours=hours_of(me))
    form = WordsForm(request.POST if request.method == "POST" else None, initial={"body": line.text})
    if form.is_valid():
        actions.edit_message(message=found, actor=me, body=form.cleaned_data["body"], now=now())
        return redirect(_address(found.topic, found))
    context = {"topic": found.topic, "title": title_of(found.topic), "form": form}
    return render_room(
        request,
        found.topic.mentorship,
        "workspace/topics/edit.html",
        context,
        section="topics",
        status=422 if form.is_bound else 200,
    )


@require_POST
@login_required
def removal(request: HttpRequest, public_id: str, topic_id: str, message_id: str) -> HttpResponse:
    found = _own_message(request, public_id, topic_id, message_id)
    actions.remove_message(message=found, actor=signed_in(request), now=now())
    say(request, _("Your words are taken away."))
    return redirect("workspace:topic", public_id, topic_id)


@require_POST
@login_required
def ring(request: HttpRequest, public_id: str, topic_id: str, message_id: str) -> HttpResponse:
    """The receiver's word on an urgent message."""
    found = _own_message(request, public_id, topic_id, message_id)
    was_fine = request.POST.get("was_fine") == "yes"
    actions.answer_ring(message=found, actor=signed_in(request), was_fine=was_fine, now=now())
    say(
        request,
        _("Thank you.")
        if was_fine
        else _("Nothing rings through to you any more. You can change that under Me."),
    )
    return redirect(_address(found.topic, found))


def _mark_read(topic: Topic, reader: Person, lines: Sequence[MessageLine]) -> None:
    """Moves the reader's mark to the last words shown, their own among them: then nothing is left to look for."""
    shown = [line.message.sent_at for line in lines if line.is_unread and line.message.sent_at]
    if shown:
        actions.mark_read(topic=topic, reader=reader, until_at=max(shown))


def _post(request: HttpRequest, topic: Topic) -> HttpResponse:
    form, me = MessageForm(request.POST), signed_in(request)
    if not form.is_valid():
        return show_topic(request, topic, form=form, status=422)
    words = {**form.cleaned_data, "expectation": Expectation(form.cleaned_data["expectation"])}
    try:
        sent = actions.post_message(topic=topic, actor=me, now=now(), **words)
    except Invalid as problem:
        form.add_error(problem.field, problem.message)
        return show_topic(request, topic, form=form, status=422)
    if sent.sent_at is None:
        say(request, _("Kept for later. Until then only you see it."))
    elif words["urgent"]:
        name = partner_of(request, topic.mentorship).person.name
        say(request, _("Delivered. %(name)s hears of it right away.") % {"name": name})
    else:
        partner = partner_of(request, topic.mentorship)
        say(request, reach(partner, hours_of(partner.person), now=now()).after)
    return redirect(_address(topic, sent))


def _quoted(request: HttpRequest, topic: Topic) -> dict[str, str]:
    """What the composer starts with: the words of the message that `?quote=` names, each line marked."""
    wanted = request.GET.get("quote", "")
    if not wanted:
        return {}
    me = signed_in(request)
    try:
        found = get_message(me, topic, wanted)
    except NotFound:
        return {}
    text = message_line(found, reader=me, reader_hours=hours_of(me)).text
    return {"body": "".join(f"> {line}\n" for line in text.splitlines()) + "\n"} if text else {}


def _piece(request: HttpRequest, topic: Topic, lines: Sequence[MessageLine]) -> HttpResponse:
    context = {
        "lines": lines,
        "topic": topic,
        "mentorship": topic.mentorship,
        "may_write": topic.mentorship.state != MentorshipState.CLOSED,
    }
    return render(request, "workspace/topics/_lines.html", context)


def own_topic(request: HttpRequest, public_id: str, topic_id: str) -> Topic:
    """The topic, when it belongs to that pair and the person to the pair. Raises NotFound."""
    topic = get_topic(signed_in(request), topic_id)
    if topic.mentorship.public_id != public_id:
        raise NotFound
    return topic


def _own_message(request: HttpRequest, public_id: str, topic_id: str, message_id: str) -> Message:
    topic = own_topic(request, public_id, topic_id)
    return get_message(signed_in(request), topic, message_id)


def _address(topic: Topic, message: Message) -> str:
    page = reverse("workspace:topic", args=[topic.mentorship.public_id, topic.public_id])
    return f"{page}#m-{message.public_id}"
