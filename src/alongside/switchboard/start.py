"""Starting the product: its home folder, database, static files, demo program, server and worker.

Django is set up here, after the home folder is chosen: modules that need it are imported inside the functions.
"""

import argparse
import os
import secrets
import socket
import sys
import threading
from collections.abc import Sequence
from pathlib import Path


class CannotStart(Exception):
    """Why the product does not start, in one sentence for the person at the terminal."""


def choose_home(*, empty: bool) -> Path:
    """The folder for database, keys and uploads, ready to write. Demo data and real data never share one.

    ALONGSIDE_HOME wins; else `var/demo` or `var/live` of the checkout, else of the present folder.
    """
    base = Path(os.environ.get("ALONGSIDE_CHECKOUT", ".")) / "var"
    home = Path(
        os.environ.setdefault("ALONGSIDE_HOME", str((base / ("live" if empty else "demo")).absolute()))
    )
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / f".write-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError:
        raise CannotStart(
            f"Alongside cannot write in {home}. Give this user the right to, or name another folder in ALONGSIDE_HOME."
        ) from None
    return home


def manage(arguments: Sequence[str]) -> int:
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(["alongside", *arguments])
    return 0


def run(options: argparse.Namespace) -> int:
    """Everything in one process. With --empty a real installation, else the demo program (kept between starts)."""
    choose_home(empty=options.empty)
    if not options.empty:
        os.environ.setdefault("ALONGSIDE_DEMO", "true")
    listener = _listen(options)
    prepare(options)
    if options.empty:
        _first_administrator(options.admin)
    elif os.environ.get("ALONGSIDE_DEMO") == "true":
        _demo()
    return _serve(listener, with_worker=True)


def web(options: argparse.Namespace) -> int:
    choose_home(empty=True)
    listener = _listen(options)
    set_up()
    return _serve(listener, with_worker=False)


def worker(options: argparse.Namespace) -> int:
    choose_home(empty=True)
    set_up()
    from alongside.switchboard.worker import run_until_stopped  # noqa: PLC0415

    return run_until_stopped()


def prepare(options: argparse.Namespace) -> int:
    """Database migrated, static files collected. Quick when nothing changed."""
    choose_home(empty=True)
    set_up()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    return 0


def doctor(options: argparse.Namespace) -> int:
    choose_home(empty=True)
    set_up()
    from alongside.switchboard.doctor import report  # noqa: PLC0415

    return report()


def set_up() -> None:
    """Loads settings and models; the home folder is chosen before."""
    import django  # noqa: PLC0415

    django.setup()


def _listen(options: argparse.Namespace) -> socket.socket:
    """The listening socket, bound before anything else is done, so that a busy port is told at once."""
    listener = socket.socket(socket.AF_INET6 if ":" in options.host else socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((options.host, options.port))
        listener.listen(128)
    except PermissionError:
        raise CannotStart(
            f"This user may not open port {options.port}. Choose one above 1023 with --port."
        ) from None
    except OSError:
        raise CannotStart(
            f"Port {options.port} on {options.host} is in use. Choose another one: --port {options.port + 1}"
        ) from None
    os.environ.setdefault("ALONGSIDE_BASE_URL", f"http://{options.host}:{options.port}")
    if options.reload:
        os.environ["ALONGSIDE_DEBUG"] = "true"
    return listener


def _demo() -> None:
    from alongside.switchboard.demo.load import NotEmpty, load_if_absent  # noqa: PLC0415

    try:
        made = load_if_absent()
    except NotEmpty:
        raise CannotStart(
            "This database holds people of its own, so the demo program stays out of it. Start with --empty."
        ) from None
    if made:
        print("Made the demo program. Everyone in it is invented.", flush=True)


def _first_administrator(email: str | None) -> None:
    from alongside.foundation.errors import Invalid  # noqa: PLC0415
    from alongside.people.actions import create_administrator  # noqa: PLC0415
    from alongside.people.queries import has_administrator  # noqa: PLC0415

    if has_administrator():
        return
    if not email:
        email = _asked("E-mail of the first administrator: ") if sys.stdin.isatty() else "admin@example.org"
    password = secrets.token_urlsafe(15)
    try:
        create_administrator(email=email, name=email.split("@")[0], password=password)
    except Invalid as problem:
        raise CannotStart(f"{problem.message} Start again with --admin name@your.organization.") from None
    print(
        f"First administrator: {email}\nPassword, shown once: {password}\nChange it under Me after signing in.",
        flush=True,
    )


def _asked(question: str) -> str:
    try:
        return input(question).strip()
    except (EOFError, KeyboardInterrupt):
        raise CannotStart("\nNothing was set up. Start again with --admin name@your.organization.") from None


def _serve(listener: socket.socket, *, with_worker: bool) -> int:
    import uvicorn  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    from alongside.switchboard.asgi import Server, make_application  # noqa: PLC0415
    from alongside.switchboard.worker import run_worker  # noqa: PLC0415

    stop = threading.Event()
    helper = threading.Thread(target=run_worker, args=(stop,), name="worker", daemon=True)
    if with_worker:
        helper.start()
    config = uvicorn.Config(
        make_application(), log_level="warning", access_log=False, timeout_graceful_shutdown=5, lifespan="off",
        proxy_headers=True, server_header=False,
    )  # fmt: skip
    print(f"Alongside is ready: {settings.BASE_URL}\nStop with Ctrl-C.", flush=True)
    try:
        Server(config).run(sockets=[listener])
    except KeyboardInterrupt:  # uvicorn raises the signal again once it has shut down
        pass
    finally:
        stop.set()
        if with_worker:
            helper.join(timeout=10)
    return 0
