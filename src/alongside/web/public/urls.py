from django.urls import URLPattern, URLResolver, path

from alongside.web.public.views import health

app_name = "public"
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.health, name="health"),
]
