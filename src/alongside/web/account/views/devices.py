"""Me: the browsers that show notes. Added by the browser itself, removed by a press."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.delivery.actions.devices import add_device, remove_device
from alongside.foundation.clock import now
from alongside.foundation.errors import NotFound
from alongside.web.account.forms.me import DeviceForm
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in

# As browsers name themselves: each claims to be those below it too, so the first that is found is it.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@require_POST
@login_required
def devices(request: HttpRequest) -> HttpResponse:
    """Adds the browser that asks. Its words about itself only name it in the list."""
    form = DeviceForm(request.POST)
    if not form.is_valid():
        raise NotFound
    name = device_name(request.headers.get("User-Agent", ""))
    session = request.session.session_key or ""
    add_device(actor=signed_in(request), session=session, **form.cleaned_data, name=name, now=now())
    say(request, _("Notes come to this device from now on, in your hours."))
    return redirect(f"{reverse('me:notices')}#devices")


@require_POST
@login_required
def removal(request: HttpRequest, public_id: str) -> HttpResponse:
    remove_device(actor=signed_in(request), public_id=public_id, now=now())
    say(request, _("This device stays silent from now on."))
    return redirect(f"{reverse('me:notices')}#devices")


def device_name(user_agent: str) -> str:
    """What a person would call it: "Firefox, Android"; empty for a browser nobody knows."""
    found = (
        next((word for sign, word in words if sign in user_agent), "") for words in (_BROWSERS, _SYSTEMS)
    )
    return ", ".join(filter(None, found))
