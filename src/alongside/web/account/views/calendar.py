"""Me: my calendar. The address to subscribe to, what it tells, a new one, none."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.delivery.links import page
from alongside.foundation.clock import now
from alongside.meetings.actions import remove_feed, renew_feed, set_feed
from alongside.meetings.enums import FeedDetail
from alongside.meetings.queries import feed_of, feed_token
from alongside.web.account.forms.me import CalendarForm
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in


@require_http_methods(["GET", "POST"])
@login_required
def calendar(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    feed = feed_of(person)
    form = CalendarForm(
        request.POST if request.method == "POST" else None,
        initial={"detail": feed.detail if feed else FeedDetail.BUSY},
    )
    if form.is_valid():
        set_feed(actor=person, detail=FeedDetail(form.cleaned_data["detail"]), now=now())
        say(request, _("Saved. Calendars show it the next time they look."))
        return redirect("me:calendar")
    address = page("public:calendar_feed", feed_token(feed)) if feed else ""
    context = {
        "form": form,
        "address": address,
        "subscribe": address.replace("https://", "webcal://", 1) if address.startswith("https://") else "",
    }
    return render(request, "me/calendar.html", context, status=422 if form.is_bound else 200)


@require_POST
@login_required
def renewal(request: HttpRequest) -> HttpResponse:
    renew_feed(actor=signed_in(request), now=now())
    say(request, _("Here is your new address. The old one shows nothing any more."))
    return redirect("me:calendar")


@require_POST
@login_required
def removal(request: HttpRequest) -> HttpResponse:
    remove_feed(actor=signed_in(request), now=now())
    say(request, _("Your calendar address is gone."))
    return redirect("me:calendar")
