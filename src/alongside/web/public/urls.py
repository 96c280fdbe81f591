from django.urls import URLPattern, URLResolver, path

from alongside.web.public.views import health, home

app_name = "public"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("healthz", health.health, name="health"),
]
