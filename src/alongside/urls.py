"""Which door is where; nothing else."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("alongside.web.public.urls")),
    path("account/", include("alongside.web.account.urls_signin")),
    path("me/", include("alongside.web.account.urls")),
    path("", include("alongside.web.workspace.urls")),
    path("coordinate/", include("alongside.web.coordinator.urls")),
    path("system/", include("alongside.web.operator.urls")),
]

if settings.DEMO or settings.DEBUG:  # the components on one page, for whoever works on the code
    urlpatterns.append(path("kit/", include("alongside.web.ui.urls")))

handler404 = "alongside.web.errors.not_found"
handler429 = "alongside.web.errors.too_many"  # asked for by allauth where its limits are reached
handler500 = "alongside.web.errors.server_error"
