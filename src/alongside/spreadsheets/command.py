"""`alongside match`: arguments in, files out, an exit status for scripts and sentences for people."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from alongside.spreadsheets import peering
from alongside.spreadsheets.merging import Merge, merge
from alongside.spreadsheets.peering import pair_up, pool_of
from alongside.spreadsheets.problems import BadInput, Problems
from alongside.spreadsheets.programs import read_task
from alongside.spreadsheets.solving import PROOFS, Watch, solve
from alongside.spreadsheets.verifying import verify
from alongside.spreadsheets.writing import check_writable, pairs_csv, report_json, write_all

SOLVED, WRONG, BAD_INPUT, OUT_OF_TIME = 0, 1, 2, 3
INTERRUPTED = 130


def main(arguments: Sequence[str]) -> int:
    """Runs `match`, `match peers`, `match verify` or `match merge`.

    0: done; 1: `verify` found something wrong; 2: bad input, nothing written; 3: the deadline came first.
    """
    doors = {"peers": _peers, "verify": _verify, "merge": _merge}
    try:
        if arguments and arguments[0] in doors:
            return doors[arguments[0]](arguments[1:])
        return _match(arguments)
    except BadInput as bad:
        for line in bad.problems.lines():
            print(line, file=sys.stderr)
        return BAD_INPUT
    except OSError as error:
        print(f"Nothing was written: {error.strerror or error}.", file=sys.stderr)
        return BAD_INPUT
    except MemoryError:
        print("There is not enough memory for so many people at once.", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        print("Stopped; nothing was written.", file=sys.stderr)
        return INTERRUPTED


@contextmanager
def _no_collection() -> Iterator[None]:
    """Reading makes millions of cells and no circles; looking for circles among them would take half of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _check_written(options: argparse.Namespace) -> None:
    """Raises BadInput where pairs and report cannot be written, or would take the place of what is read."""
    problems = Problems()
    check_writable(
        {"--out": options.out, "--report": options.report},
        {"PEOPLE": options.people, "--rules": options.rules},
        problems,
    )
    if problems:
        raise BadInput(problems)


# --- match ---


def _match(arguments: Sequence[str]) -> int:
    options = _match_parser().parse_args(arguments)
    watch = Watch(options.deadline)
    _check_written(options)
    with _no_collection():
        task = read_task(options.people, options.rules, lottery_key=options.lottery)
    solved = solve(task, watch, proof=options.proof, threads=options.threads)
    write_all(
        {
            options.out: pairs_csv(task, solved.result),
            options.report: report_json(task, solved, proof=options.proof, seconds=watch.seconds),
        }
    )
    figures, gap = solved.result.figures, solved.result.gap
    print(f"{figures.matched} pairs, {figures.left_out} left out, {solved.result.total:,} points in all.")
    if gap == 0:
        print("Proven: no other choice of pairs has more points.")
    elif solved.one_way is not None and solved.one_way.proven:
        print("No other choice without mutual pairs has more points.")
    else:
        print(f"Another choice could have at most {gap:,} points more.")
    print(f"Pairs: {options.out}. Report: {options.report}.")
    return OUT_OF_TIME if solved.stopped else SOLVED


def _match_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="alongside match",
        description="The provably best pairs for the people of a spreadsheet. Needs no database and no settings.",
        epilog="Also: `alongside match merge --help` makes PEOPLE.csv from two sign-up sheets; "
        "`alongside match verify --help` checks pairs and a report; `alongside match peers --help` pairs one pool. "
        "Exit status: 0 solved, 2 bad input, 3 the deadline came first.",
    )
    _add_files(parser)
    parser.add_argument(
        "--proof",
        choices=PROOFS,
        default=PROOFS[0],
        help="full: count the proof a second time, over all pairs",
    )
    return parser


def _add_files(parser: argparse.ArgumentParser) -> None:
    """What every run reads and writes, and how."""
    parser.add_argument(
        "people", type=Path, metavar="PEOPLE.csv", help="everybody: id, role, capacity, answers"
    )
    parser.add_argument("--rules", type=Path, required=True, metavar="RULES.toml", help="questions and rules")
    parser.add_argument("--out", type=Path, required=True, metavar="PAIRS.csv", help="where the pairs go")
    parser.add_argument(
        "--report", type=Path, required=True, metavar="REPORT.json", help="where the report goes"
    )
    parser.add_argument(
        "--threads",
        type=_at_least_one,
        metavar="N",
        help="processors to use (default: all)",
    )
    parser.add_argument(
        "--deadline", type=_seconds, metavar="SECONDS", help="write the best pairs found by then"
    )
    parser.add_argument("--lottery", default="", metavar="KEY", help="decides between equally good choices")


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return number


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds, 0 or more")
    return seconds


# --- match peers ---


def _peers(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="alongside match peers",
        description="The provably best pairs of one pool, in which everybody may be paired with everybody. The same two "
        "files; everybody has the role both, and questions and rules are read both ways.",
    )
    _add_files(parser)
    options = parser.parse_args(arguments)
    watch = Watch(options.deadline)
    _check_written(options)
    with _no_collection():
        task = read_task(options.people, options.rules, lottery_key=options.lottery)
        pool = pool_of(task)
    paired = pair_up(task, pool, watch, threads=options.threads)
    result = paired.result
    write_all(
        {
            options.out: peering.pairs_csv(task, pool, result),
            options.report: peering.report_json(result, pool, seconds=watch.seconds),
        }
    )
    print(f"{len(result.pairs)} pairs, {len(result.left_out)} left out, {result.total:,} points in all.")
    if result.gap == 0:
        print("Proven: no other choice of pairs has more points.")
    else:
        print(f"Another choice could have at most {result.gap:,} points more.")
    print(f"Pairs: {options.out}. Report: {options.report}.")
    return OUT_OF_TIME if paired.stopped else SOLVED


# --- match verify ---


def _verify(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="alongside match verify",
        description="Checks pairs and a report against people and rules: points, rules, capacities, figures and the "
        "certificate. Exit status: 0 everything holds, 1 something is wrong, 2 people or rules cannot be read.",
    )
    for name, file in (("people", "PEOPLE"), ("rules", "RULES"), ("pairs", "PAIRS"), ("report", "REPORT")):
        parser.add_argument(name, type=Path, metavar=file)
    options = parser.parse_args(arguments)
    with _no_collection():
        task = read_task(options.people, options.rules)
    watch = Watch(deadline=None)
    try:
        verdict = verify(task, options.pairs, options.report, progress=watch.go_on)
    except BadInput as bad:
        found = bad.problems
    else:
        watch.clear()
        found = verdict.problems
    for line in found.lines():
        print(line, file=sys.stderr)
    if found:
        return WRONG
    print(f"All of it holds: {verdict.matched} pairs, {verdict.total:,} points in all.")
    gap = (verdict.bound or 0) - verdict.total
    if gap == 0:
        print("Proven: no other choice of pairs has more points.")
    else:
        print(f"Not proven best: another choice could have at most {gap:,} points more.")
    return SOLVED


# --- match merge ---


def _merge(arguments: Sequence[str]) -> int:
    options = _merge_parser().parse_args(arguments)
    problems = Problems()
    check_writable(
        {"--out": options.out}, {"--mentors": options.mentors, "--mentees": options.mentees}, problems
    )
    if problems:
        raise BadInput(problems)
    merged = merge(
        Merge(
            mentors=options.mentors,
            mentees=options.mentees,
            id=options.id,
            both=options.both,
            capacity=options.capacity,
            several=tuple(options.several),
            only_if=tuple((column, answer) for column, answer in options.only_if),
        )
    )
    write_all({options.out: merged.data})
    for heading, count in sorted(merged.differing.items()):
        print(f"“{heading}”: {count} in both sheets answered differently; the mentors’ sheet counts.")
    print(
        f"{merged.people} people: {merged.mentors} mentors and {merged.mentees} mentees, of whom {merged.both} are "
        f"both. Written to {options.out}."
    )
    return SOLVED


def _merge_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="alongside match merge",
        description="Makes one PEOPLE.csv of two sign-up sheets, one row for each person. All columns are kept under "
        "their own headings. Somebody who stands in both sheets becomes one row with the role both.",
    )
    parser.add_argument(
        "--mentors", type=Path, required=True, metavar="CSV", help="the mentors’ sign-up sheet"
    )
    parser.add_argument(
        "--mentees", type=Path, required=True, metavar="CSV", help="the mentees’ sign-up sheet"
    )
    parser.add_argument("--id", required=True, metavar="HEADING", help="the column that names everybody")
    parser.add_argument(
        "--both", metavar="HEADING", help="yes in this column: takes part as mentor and as mentee"
    )
    parser.add_argument(
        "--capacity", metavar="HEADING", help="how many mentees a mentor takes (default: one)"
    )
    parser.add_argument(
        "--several",
        action="append",
        default=[],
        metavar="HEADING",
        help="a column of several answers, separated by commas or lines; may be repeated",
    )
    parser.add_argument(
        "--only-if",
        action="append",
        nargs=2,
        default=[],
        metavar=("HEADING", "ANSWER"),
        help="keep the first column only where the second says yes; may be repeated",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="PEOPLE.csv", help="where the people go")
    return parser
