"""Matching measured: seconds, memory, passes over the pairs, and other packages beside it in the same run.

    bin/bench matching                        families at 1,000 and 10,000 mentees
    bin/bench matching --size 100000 --family mixed
    bin/bench matching --pools                peers and circles of as many people as well
    bin/bench matching --rivals               with the packages of bench/matching/requirements.txt that are installed

Every measurement has a process of its own, so that peaks of memory are its own; the same figure is taken `--repeat`
times and the median told. Results go to bench/results/matching.json.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from alongside.engine.matching import Advisor, CommonHours, Ranker, Result, circles, match, peers
from alongside.engine.matching.score import Scorer
from alongside.engine.matching.tiers import Portable, runs_on
from bench.matching.pools import pool
from bench.matching.population import FAMILIES, population
from bench.matching.rivals import RIVALS

RESULTS = Path(__file__).resolve().parent.parent / "results" / "matching.json"
FEATURES = 102  # topics, levels, functions, places, channels and languages as columns of one matrix product
ASKED = 20
POOLS = ("peers", "circles")

Figures = dict[str, Any]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/bench matching")
    parser.add_argument("--size", type=int, action="append", help="mentees; may be given several times")
    parser.add_argument("--family", choices=FAMILIES, action="append")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--portable", action="store_true", help="the numpy tier as well")
    parser.add_argument("--pools", action="store_true", help="peers and circles as well")
    parser.add_argument("--rivals", action="store_true")
    parser.add_argument("--one", help=argparse.SUPPRESS)  # what a process of its own measures
    asked = parser.parse_args(arguments)
    sizes, families = asked.size or [1_000, 10_000], asked.family or list(FAMILIES)
    if asked.one:
        print(json.dumps(TASKS[asked.one](families[0], sizes[0], asked.seed)))
        return 0
    tasks = ["engine", *(["numpy"] if asked.portable else []), "product", "questions"]
    tasks += POOLS if asked.pools else ()
    tasks += [name for name in RIVALS if asked.rivals and find_spec(name)]
    report = {"machine": machine(), "seed": asked.seed, "repeat": asked.repeat, "runs": []}
    for size in sizes:
        for family in families:
            run = {"family": family, "mentees": size}
            for task in tasks:
                run[task] = measured(task, family, size, asked.seed, asked.repeat)
            run["ratios"] = ratios(run)
            report["runs"].append(run)
            print(json.dumps(run), flush=True)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(report, indent=2) + "\n")
    print(f"Written to {RESULTS}.")
    return 0


def machine() -> Figures:
    return {
        "processor": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "tier": runs_on(),
    }


def measured(task: str, family: str, size: int, seed: int, repeat: int) -> Figures:
    """The median of each figure over several processes."""
    command = [
        sys.executable,
        __file__,
        "--one",
        task,
        "--family",
        family,
        "--size",
        str(size),
        "--seed",
        str(seed),
    ]
    outcomes = [
        json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        for _ in range(repeat)
    ]
    return {key: statistics.median(outcome[key] for outcome in outcomes) for key in outcomes[0]}


def ratios(run: Figures) -> Figures:
    """How many times as long, and as much memory, everything else takes as the engine in this run."""
    engine = run["engine"]
    found = {
        name: {key: round(run[name][key] / engine[key], 2) for key in ("seconds", "peak_mb")}
        for name in (*RIVALS, "numpy", *POOLS)
        if name in run
    }
    return found | {"engine to one bare product": round(engine["seconds"] / run["product"]["seconds"], 2)}


def _timed(work: Callable[[], Any]) -> tuple[Any, Figures]:
    before, processor = time.perf_counter(), time.process_time()
    outcome = work()
    return outcome, {
        "seconds": round(time.perf_counter() - before, 4),
        "cpu_seconds": round(time.process_time() - processor, 4),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _told(result: Result, pairs: int) -> Figures:
    return {
        "gap": result.gap,
        "total": result.total,
        "left_out": result.figures.left_out,
        "rounds": result.stats.rounds,
        "passes": round(result.stats.pairs_scored / pairs, 3),
    }


def engine(family: str, size: int, seed: int) -> Figures:
    """From a program to a result, proven by every pair."""
    program = population(family, size, seed)
    result, figures = _timed(lambda: match(program, proof="full"))
    return figures | _told(result, size * len(program.mentors.ids))


def portable(family: str, size: int, seed: int) -> Figures:
    """The same without a compiled core."""
    program = population(family, size, seed)
    result, figures = _timed(lambda: match(program, proof="full", on=Portable()))
    return figures | _told(result, size * len(program.mentors.ids))


def product(family: str, size: int, seed: int) -> Figures:
    """One bare single-precision matrix product over as many features, in blocks: nothing can be quicker."""
    chance = np.random.default_rng(seed)
    mentors = max(1, round(size * FAMILIES[family].mentors))
    left, right = chance.random((size, FEATURES), np.float32), chance.random((FEATURES, mentors), np.float32)
    out = np.empty((min(256, size), mentors), dtype=np.float32)

    def blocks() -> None:
        for k in range(0, size, 256):
            np.matmul(left[k : k + 256], right, out=out[: left[k : k + 256].shape[0]])

    blocks()
    return _timed(blocks)[1]


def questions(family: str, size: int, seed: int) -> Figures:
    """What people ask afterwards, in milliseconds: the best twenty for one person, the exact cost of one pair."""
    program = population(family, size, seed)
    ranker, scorer = Ranker(program), Scorer(program)
    people = scorer.mentees[:ASKED]
    ranked = [_timed(lambda person=person: ranker.rank(person, 20))[1]["seconds"] for person in people]
    figures = {"rank_ms": 1_000 * statistics.median(ranked)}
    advisor = Advisor(program, match(program))
    asked = [
        _timed(lambda pair=pair: advisor.what_if(*pair))[1]["seconds"]
        for pair in zip(people, scorer.mentors, strict=False)
        if not program.judge.forbidding(
            program.mentees.ids.index(pair[0]), program.mentors.ids.index(pair[1])
        )
    ]
    return figures | ({"what_if_ms": 1_000 * statistics.median(asked)} if asked else {})


def pairs_of_peers(family: str, size: int, seed: int) -> Figures:
    """The best pairs of one pool, proven by every pair."""
    people = pool(family, size, seed)
    result, figures = _timed(lambda: peers(people))
    told = {
        "gap": result.gap,
        "total": result.total,
        "left_out": result.figures.left_out,
        "rounds": result.stats.rounds,
        "passes": round(result.stats.pairs_scored / size**2, 3),
        "odd_groups": len(result.odd_groups),
    }
    return figures | told


def circles_of_peers(family: str, size: int, seed: int) -> Figures:
    """Circles of four to six with an hour in common, rules between pairs left away, and their share of the bound."""
    people = pool(family, size, seed, rules=False)
    common = CommonHours(column="week", half_hours=2)
    result, figures = _timed(lambda: circles(people, size=(4, 6), common=common))
    told = {"share": result.share or 0, "left_out": len(result.left_out), "starts": result.starts}
    return figures | told | {"total": result.total, "bound": result.bound}


def _rival(name: str) -> Callable[[str, int, int], Figures]:
    def run(family: str, size: int, seed: int) -> Figures:
        program = population(family, size, seed)
        total, figures = _timed(lambda: RIVALS[name](program))
        return figures | {"total": total}

    return run


TASKS: dict[str, Callable[[str, int, int], Figures]] = {
    "engine": engine,
    "numpy": portable,
    "product": product,
    "questions": questions,
    "peers": pairs_of_peers,
    "circles": circles_of_peers,
    **{name: _rival(name) for name in RIVALS},
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
