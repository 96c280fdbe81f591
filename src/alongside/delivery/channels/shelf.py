"""A mail backend that puts mails on a shelf in the database: demo mode, or no mail server set yet."""

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from alongside.delivery.models import ShelfMail


class ShelfBackend(BaseEmailBackend):
    """Keeps each mail as a row; a page shows them. Sends nothing to anybody."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        rows = [
            ShelfMail(
                to=address,
                subject=str(message.subject),
                text=str(message.body),
                html=_html(message),
                headers={str(k): str(v) for k, v in message.extra_headers.items()},
            )
            for message in email_messages
            for address in message.recipients()
        ]
        ShelfMail.objects.bulk_create(rows)
        return len(email_messages)


def _html(message: EmailMessage) -> str:
    if not isinstance(message, EmailMultiAlternatives):
        return ""
    return next((str(content) for content, mimetype in message.alternatives if mimetype == "text/html"), "")
