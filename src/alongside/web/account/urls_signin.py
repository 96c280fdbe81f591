"""Sign-in: the library's pages that we use, and the link."""

from allauth.account import views as account
from allauth.usersessions import views as sessions
from django.urls import path, re_path
from django.views.generic import RedirectView

from alongside.web.account.views import signin

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("link/", signin.link_request, name="account_link_request"),
    path("link/sent/", signin.link_sent, name="account_link_sent"),
    path("link/<str:token>/", signin.link, name="account_link"),
    # the library asks for these addresses in flows that are switched off here
    path("email/", RedirectView.as_view(pattern_name="me:home"), name="account_email"),
    path(
        "confirm-email/",
        RedirectView.as_view(pattern_name="account_login"),
        name="account_email_verification_sent",
    ),
]
