"""How allauth speaks and decides in this house."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.delivery.actions.devices import silence_devices
from alongside.delivery.actions.posting import post_letter
from alongside.foundation.clock import now
from alongside.foundation.mail import Action, Letter

if TYPE_CHECKING:
    from alongside.people.models import Person


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up of one's own (people join by invitation or link), mails in our layout, few messages."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy("This account is closed."),
        "email_password_mismatch": gettext_lazy(
            "This address and password do not go together. You can also have a sign-in link sent to you."
        ),
        "enter_current_password": gettext_lazy("Please write your present password."),
        "incorrect_password": gettext_lazy("This is not your present password."),
        "invalid_password_reset": gettext_lazy(
            "This link has been used, or its time is over. Ask for a new one."
        ),
        "rate_limited": gettext_lazy("That was a lot at once. Please wait a few minutes and try again."),
        "too_many_login_attempts": gettext_lazy(
            "That was a lot of tries. Please wait five minutes, or have a sign-in link sent to you."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sends our wording of the mails that can occur; an address nobody has gets none of a different length of wait."""
        if template_prefix.endswith("password_reset_key"):
            self._post(
                Letter(
                    to=email,
                    subject=_("Choose a new password"),
                    body=_(
                        "Somebody, most likely you, asked for a new password. The link works once, for three days."
                    ),
                    action=Action(_("Choose a new password"), context["password_reset_url"]),
                    foot=_("If it was not you, leave it: nothing changes."),
                )
            )
        elif template_prefix.endswith("unknown_account"):
            self._post(
                Letter(
                    to=email,
                    subject=_("About signing in"),
                    body=_(
                        "Somebody tried to sign in with this address, but it has no account here. "
                        "If it was you, perhaps you joined with another address."
                    ),
                    action=Action(_("To the sign-in page"), f"{settings.BASE_URL}/account/login/"),
                )
            )

    def _post(self, letter: Letter) -> None:
        post_letter(letter, now=now(), expires_at=now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT))

    def set_password(self, user: "Person", password: str) -> None:
        """A new password ends every session, and every device that shows notes: whoever added one may not be the person."""
        with transaction.atomic():
            super().set_password(user, password)
            silence_devices(person=user, now=now())

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The page one lands on says enough."""
