"""The mail lane and the worker, for administrators: states, counts and errors; no contents."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.delivery.access import check_may_see_mail_lane
from alongside.delivery.actions.outages import retry_job, retry_notice, try_server_now
from alongside.delivery.queries import notice_lines, overview, troubled_notices
from alongside.foundation.clock import now
from alongside.jobs.queries import given_up_jobs, is_worker_alive, last_pulse, work_to_do
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in

PAGE = 50


@require_GET
@login_required
def delivery(request: HttpRequest) -> HttpResponse:
    """What is due, held and why, what came back, and which jobs were given up."""
    check_may_see_mail_lane(signed_in(request))
    instant = now()
    page = Paginator(troubled_notices(), PAGE).get_page(request.GET.get("page"))
    context = {
        "lane": overview(instant),
        "work": work_to_do(instant),
        "worker_alive": is_worker_alive(instant),
        "last_pulse": last_pulse(),
        "page": page,
        "lines": notice_lines(page.object_list),
        "jobs": given_up_jobs()[:PAGE],
    }
    return render(request, "operator/delivery/delivery.html", context)


@require_POST
@login_required
def server_try(request: HttpRequest) -> HttpResponse:
    """Asks the mail server again at the worker's next turn."""
    person = signed_in(request)
    check_may_see_mail_lane(person)
    try_server_now(actor=person, now=now())
    say(request, _("The mail server is asked again in a moment."))
    return redirect("operator:delivery")


@require_POST
@login_required
def notice_retry(request: HttpRequest, public_id: str) -> HttpResponse:
    person = signed_in(request)
    check_may_see_mail_lane(person)
    retry_notice(public_id=public_id, actor=person, now=now())
    say(request, _("It is tried again, in the receiver’s hours."))
    return redirect("operator:delivery")


@require_POST
@login_required
def job_retry(request: HttpRequest, job_id: int) -> HttpResponse:
    person = signed_in(request)
    check_may_see_mail_lane(person)
    retry_job(job_id=job_id, actor=person, now=now())
    say(request, _("The job starts anew."))
    return redirect("operator:delivery")
