"""The command line: `alongside …`, the same from a checkout (`bin/alongside`) and from a wheel."""

import argparse
import os
import sys
from collections.abc import Sequence

from alongside import __version__
from alongside.spreadsheets.processors import limit_processors
from alongside.switchboard import start, when

OWN = ("run", "serve", "web", "worker", "prepare", "doctor", "match", "when")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status. Anything that is not ours goes to Django's management commands."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["match"]:
        return _match(arguments[1:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.settings")
    if arguments and arguments[0] not in OWN and not arguments[0].startswith("-"):
        start.choose_home(empty=False)
        return start.manage(arguments)
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options) or 0)
    except start.CannotStart as problem:
        print(problem, file=sys.stderr)
        return 1


def _match(arguments: Sequence[str]) -> int:
    """Needs no settings, no database and no home folder; its numpy is loaded for nobody else."""
    limit_processors(arguments)
    from alongside.spreadsheets import command  # noqa: PLC0415

    return command.main(arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="alongside",
        description="Self-hosted virtual mentoring.",
        epilog="Every other word is a maintenance command; `alongside help` lists them.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser(
        "run", help="set up and serve everything in one process: pages, live updates, worker"
    )
    _serving(run)
    run.add_argument(
        "--empty", action="store_true", help="start without the demo program; creates the first administrator"
    )
    run.add_argument("--admin", metavar="EMAIL", help="address of the first administrator (with --empty)")
    run.set_defaults(command=start.run)

    serve = commands.add_parser("serve", help="the same for real people: `run --empty`, kept between starts")
    _serving(serve)
    serve.add_argument("--admin", metavar="EMAIL", help="address of the first administrator")
    serve.set_defaults(command=start.run, empty=True)

    web = commands.add_parser("web", help="serve pages and live updates only (workers run apart)")
    _serving(web)
    web.set_defaults(command=start.web)

    worker = commands.add_parser("worker", help="send mail and do the periodic work")
    worker.set_defaults(command=start.worker)

    prepare = commands.add_parser("prepare", help="bring database and static files up to date")
    prepare.set_defaults(command=start.prepare)

    doctor = commands.add_parser("doctor", help="say what of this installation needs attention")
    doctor.set_defaults(command=start.doctor)

    commands.add_parser("match", help="the provably best pairs for the people of a spreadsheet")
    when.add_to(commands)
    return parser


def _serving(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument(
        "--reload", action="store_true", help="for work on the code: templates are read anew each time"
    )


if __name__ == "__main__":
    sys.exit(main())
