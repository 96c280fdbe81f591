from django.urls import URLPattern, URLResolver, path

from alongside.web.public.views import demo, health, home

app_name = "public"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("demo/<str:door>/", demo.door, name="demo_door"),
    path("healthz", health.health, name="health"),
]
