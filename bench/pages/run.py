"""Measures the main pages against an empty view and a plain page, in one run. See bench/README.md."""

import argparse
import gzip
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

BUDGET_RATIO = {"today": 0.6, "pair home": 0.6, "topic": 3.0, "dashboard": 1.5}
BUDGET_QUERIES = 15


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--participants", type=int, default=10_000)
    parser.add_argument("--pairs", type=int, default=1_000)
    parser.add_argument("--messages", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--out", type=Path, default=Path("bench/results/pages.json"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as home:
        os.environ |= {"ALONGSIDE_HOME": home, "DJANGO_SETTINGS_MODULE": "alongside.settings"}
        result = measure(options)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(result, indent=1) + "\n")
    return 0


def measure(options: argparse.Namespace) -> dict[str, Any]:
    import django  # noqa: PLC0415 - the home folder has to be named first

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from bench.pages.house import build  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    settings.ROOT_URLCONF = "bench.pages.urls"
    settings.ALLOWED_HOSTS = ["testserver"]
    house = build(participants=options.participants, pairs=options.pairs, messages=options.messages)
    pages = {
        "hello": ("/bench/hello/", house.mentee),
        "reference": ("/bench/plain/", house.mentee),
        "today": (reverse("workspace:today"), house.mentee),
        "pair home": (reverse("workspace:pair.home", args=[house.pair.public_id]), house.mentee),
        "topic": (
            reverse("workspace:topic", args=[house.pair.public_id, house.topic.public_id]),
            house.mentee,
        ),
        "board": (reverse("coordinator:mentorships", args=[house.large.public_id]), house.coordinator),
        "dashboard": (reverse("coordinator:overview", args=[house.large.public_id]), house.coordinator),
    }
    figures = _measured(pages, rounds=options.rounds)
    _print(figures)
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),  # noqa: TID251 - a result file, no product code
        "machine": {
            "cpu": platform.processor() or platform.machine(),
            "cores": os.cpu_count(),
            "python": sys.version.split()[0],
        },
        "sizes": {name: getattr(options, name) for name in ("participants", "pairs", "messages", "rounds")},
        "pages": figures,
    }


def _measured(pages: dict[str, tuple[str, Any]], *, rounds: int) -> dict[str, dict[str, float]]:
    """Pages take turns within each round, so that a busy neighbor slows all of them alike."""
    from django.test import Client  # noqa: PLC0415

    clients = {}
    for name, (_path, person) in pages.items():
        clients[name] = Client()
        clients[name].force_login(person)
    samples: dict[str, list[tuple[float, float]]] = {name: [] for name in pages}
    facts = {name: _facts(clients[name], path) for name, (path, _person) in pages.items()}
    for _ in range(rounds):
        for name, (path, _person) in pages.items():
            cpu, wall = time.process_time(), time.perf_counter()
            clients[name].get(path)
            samples[name].append((time.process_time() - cpu, time.perf_counter() - wall))
    plain = statistics.median(cpu for cpu, _wall in samples["reference"])
    hello = statistics.median(cpu for cpu, _wall in samples["hello"])
    figures = {}
    for name, pairs in samples.items():
        cpu = statistics.median(cpu for cpu, _wall in pairs)
        figures[name] = {
            **facts[name],
            "cpu_ms": round(cpu * 1000, 2),
            "wall_ms": round(statistics.median(wall for _cpu, wall in pairs) * 1000, 2),
            "to_reference": round(cpu / plain, 2),
            "to_hello": round(cpu / hello, 1),
        }
    return figures


def _facts(client: Any, path: str) -> dict[str, float]:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client.get(path)  # warm caches of templates and translations
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    if response.status_code != 200:
        raise SystemExit(f"{path} answers {response.status_code}")
    return {
        "queries": len(queries),
        "bytes": len(response.content),
        "gzipped": len(gzip.compress(response.content, 6)),
    }


def _print(figures: dict[str, dict[str, float]]) -> None:
    print(
        f"{'page':<12}{'CPU ms':>8}{'wall ms':>9}{'× plain':>9}{'× hello':>9}{'queries':>9}{'kB':>7}{'kB gz':>7}"
    )
    for name, f in figures.items():
        note = ""
        if f["to_reference"] > BUDGET_RATIO.get(name, float("inf")) or f["queries"] > BUDGET_QUERIES:
            note = "  over its budget"
        print(
            f"{name:<12}{f['cpu_ms']:>8}{f['wall_ms']:>9}{f['to_reference']:>9}{f['to_hello']:>9}{f['queries']:>9}"
            f"{f['bytes'] / 1000:>7.1f}{f['gzipped'] / 1000:>7.1f}{note}"
        )


if __name__ == "__main__":
    sys.exit(main())
