from django.urls import URLPattern, URLResolver, path

from alongside.web.public.views import app, demo, feeds, health, home, invitations, mails, programs, staff

app_name = "public"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("demo/<str:door>/", demo.door, name="demo_door"),
    path("service-worker.js", app.service_worker, name="service_worker"),
    path("app.webmanifest", app.manifest, name="manifest"),
    path("healthz", health.health, name="health"),
    # mails on the shelf, and leaving a class of mails
    path("mails/", mails.shelf, name="mail_shelf"),
    path("mails/<slug:public_id>/", mails.mail, name="mail_shelf.mail"),
    path("mails/<slug:public_id>/html/", mails.mail_html, name="mail_shelf.html"),
    path("mails/waiting/<slug:public_id>/", mails.waiting, name="mail_shelf.waiting"),
    path("mails/waiting/<slug:public_id>/html/", mails.waiting_html, name="mail_shelf.waiting_html"),
    path("take/<str:token>/", mails.taking, name="taking"),
    path("act/<str:token>/", mails.acting, name="act"),
    path("unsubscribe/<str:token>/", mails.unsubscribe, name="unsubscribe"),
    # a person's talks for calendar programs
    path("calendars/<slug:token>/talks.ics", feeds.talks, name="calendar_feed"),
    # programs and invitations
    path("programs/<slug:program_id>/", programs.program, name="program"),
    path("programs/<slug:program_id>/joining/", programs.joining, name="program.joining"),
    path("programs/<slug:program_id>/code/", programs.code, name="program.code"),
    path("programs/<slug:program_id>/letter/", programs.letter, name="letter"),
    path("join/<str:token>/", programs.join, name="join"),
    path("way-in/<str:token>/", programs.address, name="address"),
    path("staff/<str:token>/", staff.invitation, name="staff_invitation"),
    path("staff/<str:token>/acceptance/", staff.acceptance, name="staff_invitation.acceptance"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("invitations/<str:token>/acceptance/", invitations.acceptance, name="invitation.acceptance"),
    path("invitations/<str:token>/refusal/", invitations.refusal, name="invitation.refusal"),
]
