"""Talk in writing: topics, their messages, and what becomes of them."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.discussions import actions
from alongside.discussions.enums import Intention
from alongside.discussions.queries import search_pair, topic_lines, topics_of
from alongside.foundation.clock import now
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in
from alongside.web.workspace.forms.talk import SearchForm, TakeawayForm, TopicForm
from alongside.web.workspace.room import enter, render_room
from alongside.web.workspace.views.messages import own_topic, show_topic

INTENTION_NOTES = {
    Intention.TO_BE_HEARD: gettext_lazy("No advice, just your time."),
    Intention.ADVICE: gettext_lazy("What would you do?"),
    Intention.DECISION: gettext_lazy("Help me choose."),
    Intention.SHARING: gettext_lazy("So that you know."),
}


LEADS_TO_NOTES = {
    "topic": gettext_lazy("Both of you can read it at any time."),
    "goals.new": gettext_lazy("Your words are the start of it. Only you read it unless you show it."),
    "activities.new": gettext_lazy("Your words are the start of it. Both of you see it."),
}


@require_GET
@login_required
def topics(request: HttpRequest, public_id: str) -> HttpResponse:
    mentorship = enter(request, public_id)
    me = signed_in(request)
    page = Paginator(topics_of(mentorship, reader=me), 50).get_page(request.GET.get("page"))
    context = {"page": page, "lines": topic_lines(page, reader=me), "search": SearchForm()}
    return render_room(request, mentorship, "workspace/topics/list.html", context, section="topics")


@require_http_methods(["GET", "POST"])
@login_required
def new_topic(request: HttpRequest, public_id: str) -> HttpResponse:
    mentorship, me = enter(request, public_id), signed_in(request)
    form = TopicForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        topic = actions.open_topic(
            mentorship=mentorship,
            actor=me,
            title=form.cleaned_data["title"],
            intention=Intention(form.cleaned_data["intention"]),
            now=now(),
        )
        if form.cleaned_data["body"]:
            actions.post_message(topic=topic, actor=me, body=form.cleaned_data["body"], now=now())
        return redirect("workspace:topic", public_id, topic.public_id)
    context = {"form": form, "notes": INTENTION_NOTES}
    status = 422 if form.is_bound else 200
    return render_room(
        request, mentorship, "workspace/topics/new.html", context, section="topics", status=status
    )


@require_GET
@login_required
def topic(request: HttpRequest, public_id: str, topic_id: str) -> HttpResponse:
    return show_topic(request, own_topic(request, public_id, topic_id))


@require_POST
@login_required
def rest(request: HttpRequest, public_id: str, topic_id: str) -> HttpResponse:
    topic = own_topic(request, public_id, topic_id)
    actions.rest_topic(topic=topic, actor=signed_in(request), now=now())
    say(request, _("This topic rests now. The next message wakes it."))
    return redirect("workspace:topics", public_id)


@require_http_methods(["GET", "POST"])
@login_required
def close(request: HttpRequest, public_id: str, topic_id: str) -> HttpResponse:
    topic = own_topic(request, public_id, topic_id)
    form = TakeawayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.close_topic(
            topic=topic, actor=signed_in(request), takeaway=form.cleaned_data["takeaway"], now=now()
        )
        return redirect(_way_from(form.cleaned_data["leads_to"], public_id, topic_id))
    context = {"form": form, "line": topic_lines([topic])[0], "notes": LEADS_TO_NOTES}
    status = 422 if form.is_bound else 200
    return render_room(
        request, topic.mentorship, "workspace/topics/close.html", context, section="topics", status=status
    )


def _way_from(leads_to: str, public_id: str, topic_id: str) -> str:
    """The page that takes up what was taken away; the topic itself where it stays."""
    if leads_to == "topic":
        return reverse("workspace:topic", args=[public_id, topic_id])
    return reverse(f"workspace:{leads_to}", args=[public_id], query={"topic": topic_id})


@require_POST
@login_required
def reopening(request: HttpRequest, public_id: str, topic_id: str) -> HttpResponse:
    topic = own_topic(request, public_id, topic_id)
    actions.reopen_topic(topic=topic, actor=signed_in(request), now=now())
    return redirect("workspace:topic", public_id, topic_id)


@require_GET
@login_required
def search(request: HttpRequest, public_id: str) -> HttpResponse:
    mentorship = enter(request, public_id)
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    hits = search_pair(mentorship, reader=signed_in(request), words=words)
    context = {"search": form, "words": words, "hits": hits}
    return render_room(request, mentorship, "workspace/topics/search.html", context, section="topics")
