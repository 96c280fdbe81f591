"""What we hold for a person and what was sent to them: every notice, with its reason."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from alongside.delivery.queries import held_for, notice_lines, told_to
from alongside.web.visitors import signed_in

PAGE = 50


@require_GET
@login_required
def notices_log(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    page = Paginator(told_to(person), PAGE).get_page(request.GET.get("page"))
    context = {
        "held": notice_lines(held_for(person)[:PAGE]),
        "told": notice_lines(page.object_list),
        "page": page,
    }
    return render(request, "account/delivery/notices_log.html", context)
