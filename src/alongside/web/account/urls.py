from django.urls import URLPattern, URLResolver, path

from alongside.web.account.views import calendar, data, devices, me, notices_log

app_name = "me"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", me.home, name="home"),
    path("profile/", me.profile, name="profile"),
    path("hours/", me.hours, name="hours"),
    path("notices/", me.notices, name="notices"),
    path("notices/log/", notices_log.notices_log, name="notices_log"),
    path("notices/devices/", devices.devices, name="devices"),
    path("notices/devices/<slug:public_id>/removal/", devices.removal, name="device_removal"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/renewal/", calendar.renewal, name="calendar_renewal"),
    path("calendar/removal/", calendar.removal, name="calendar_removal"),
    path("seasons/", me.seasons, name="seasons"),
    path("seasons/<slug:season_id>/end/", me.season_end, name="season_end"),
    path("privacy/", data.privacy, name="privacy"),
    path("data/", data.own_data, name="data"),
    path("data/export/", data.export, name="export"),
    path("data/erasure/", data.erasure, name="erasure"),
    path("data/erasure/regret/", data.erasure_regret, name="erasure_regret"),
    path("photo/<slug:public_id>/", data.photo, name="photo"),
]
