from django.urls import URLPattern, URLResolver, path

from alongside.web.public.views import demo, health, home, mails

app_name = "public"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("demo/<str:door>/", demo.door, name="demo_door"),
    path("healthz", health.health, name="health"),
    # mails on the shelf, and leaving a class of mails
    path("mails/", mails.shelf, name="mail_shelf"),
    path("mails/<slug:public_id>/", mails.mail, name="mail_shelf.mail"),
    path("mails/<slug:public_id>/html/", mails.mail_html, name="mail_shelf.html"),
    path("unsubscribe/<str:token>/", mails.unsubscribe, name="unsubscribe"),
]
