"""Looking through the mailbox for answers, once a minute, when an administrator named one."""

import logging

from django.conf import settings
from django.db import DatabaseError

from alongside.delivery.actions.answering import take_answer
from alongside.delivery.answers import LONGEST
from alongside.delivery.channels.mailbox import Mailbox, MailboxAway, opened
from alongside.foundation.clock import now as machine_now
from alongside.jobs.actions import Task

log = logging.getLogger(__name__)

BATCH = 50  # mails of one look


def fetch_answers(task: Task) -> None:
    """Posts what arrived in the mailbox for answers. A mailbox that does not open is looked at again at the next turn."""
    url = settings.ENV.reply_mailbox
    if url is None:
        return
    try:
        with opened(url.get_secret_value()) as mailbox:
            for uid in mailbox.unseen()[:BATCH]:
                _take_from(mailbox, uid)
    except MailboxAway as problem:
        log.warning("The mailbox for answers could not be read: %s", problem)


def _take_from(mailbox: Mailbox, uid: str) -> None:
    """Marked as seen once its words are committed; one that cannot be taken is flagged, and holds up no other."""
    whole = mailbox.size(uid) <= LONGEST
    try:
        take_answer(mailbox.read(uid, whole=whole), whole=whole, now=machine_now())
    except DatabaseError:
        raise  # nothing is wrong with the mail: it waits
    except Exception:
        log.exception("A mail in the mailbox for answers could not be taken; it is flagged")
        mailbox.mark(uid, r"\Flagged")
        return
    mailbox.mark(uid, r"\Seen")
