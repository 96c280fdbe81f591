"""Seconds from the first command to the first answer, in a fresh clone in a temporary folder, with cold project caches."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 600


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="alongside-start-") as folder:
        clone = Path(folder) / "alongside"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        port = _free_port()
        environment = {
            k: v for k, v in os.environ.items() if not k.startswith("ALONGSIDE_") and k != "PYTHONPATH"
        }
        environment["UV_CACHE_DIR"] = environment["PIP_CACHE_DIR"] = str(Path(folder) / "cache")
        started = time.monotonic()
        server = subprocess.Popen(
            [clone / "bin" / "run", "--port", str(port)], env=environment, start_new_session=True
        )
        try:
            seconds = _first_answer(f"http://127.0.0.1:{port}/healthz", started)
        finally:
            os.killpg(server.pid, signal.SIGINT)
            server.wait(timeout=30)
    print(f"{seconds:.1f} s from the command to the first answer")
    out = ROOT / "bench" / "results" / "start.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(
        json.dumps(
            {"seconds": round(seconds, 1), "uv": shutil.which("uv") is not None, "cores": os.cpu_count()}
        )
        + "\n"
    )
    return 0


def _first_answer(address: str, started: float) -> float:
    while time.monotonic() - started < PATIENCE:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return time.monotonic() - started
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise SystemExit(f"no answer within {PATIENCE} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
