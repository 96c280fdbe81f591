"""Addresses of the participants' pages. One block per room, each with its own file of views."""

from django.urls import URLPattern, URLResolver, path

from alongside.web.workspace.views import pairs

app_name = "workspace"
urlpatterns: list[URLPattern | URLResolver] = [
    # the pair
    path("pairs/", pairs.pairs, name="pair"),
    path("pairs/<slug:public_id>/", pairs.home, name="pair.home"),
]
