"""What of this installation needs attention, in sentences for an administrator."""

import sqlite3
from collections.abc import Iterator
from importlib.util import find_spec

from django.conf import settings
from django.core.checks import run_checks
from django.db import connection

from alongside.engine.matching import runs_on
from alongside.engine.matching.tiers import Portable
from alongside.foundation.clock import now
from alongside.foundation.health import database_answers, migrations_applied
from alongside.jobs.queries import is_worker_alive, work_to_do

SQLITE_SAFE_FROM = (3, 51, 3)


def report() -> int:
    """Prints what matching runs on and what needs attention; returns how many things do."""
    print(_matching(runs_on()))
    problems = list(_problems())
    for problem in problems:
        print(f"- {problem}")
    if not problems:
        print("All in order.")
    return len(problems)


def _matching(tier: str) -> str:
    if tier != Portable.name:
        return f"Matching runs on: {tier}."
    return (
        f"Matching runs on: {tier}. The pairs are the same; large programs take longer. Where a C compiler is (cc, gcc or "
        "clang), bin/run builds the quick core."
    )


def _problems() -> Iterator[str]:
    checks = run_checks(include_deployment_checks=False)
    yield from (str(message) for message in checks if not message.is_silenced())
    if not database_answers():
        yield "The database does not answer. Check ALONGSIDE_DATABASE_URL and that the server runs."
        return
    if not migrations_applied():
        yield "The database is older than this version. Run: alongside prepare"
        return
    if connection.vendor == "sqlite" and sqlite3.sqlite_version_info < SQLITE_SAFE_FROM:
        yield (
            f"SQLite {sqlite3.sqlite_version} can damage its file when two processes write at the same moment. "
            "Install the pysqlite3 package or use PostgreSQL."
        )
    if not is_worker_alive(now()):
        yield "No worker is running: no mail is sent. Start `alongside worker`, or `alongside run` for all in one."
    if given_up := work_to_do(now()).given_up:
        yield f"{given_up} jobs were given up after several tries; see System, Mail."
    if not settings.DEMO and not settings.ENV.mail_url:
        yield "No mail server is set (ALONGSIDE_MAIL_URL): mails are kept on a page and sent to nobody."
    yield from _answers()
    if not settings.DEMO and settings.BASE_URL.startswith("http://") and "127.0.0.1" not in settings.BASE_URL:
        yield "ALONGSIDE_BASE_URL is not https: passwords would travel in the open."


def _answers() -> Iterator[str]:
    """What keeps people from answering mails, where an administrator wants that."""
    env = settings.ENV
    if not env.reply_address:
        return
    if not env.reply_listen and not env.reply_mailbox:
        yield "Nobody looks for answers to ALONGSIDE_REPLY_ADDRESS: set ALONGSIDE_REPLY_LISTEN or ALONGSIDE_REPLY_MAILBOX."
    if not all(map(find_spec, ("aiosmtpd", "mailparser_reply"))):
        yield "Answers by mail need further packages. Run: pip install 'alongside[replies]'"
