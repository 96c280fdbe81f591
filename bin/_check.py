"""Format, lint, types, imports, templates, then the engine's quick tests. Every step is run, then all that is wrong is told.

`--no-tests` leaves the tests to whoever runs all of them anyway.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


def main(arguments: list[str]) -> int:
    os.chdir(ROOT)
    templates = [str(path) for path in sorted(Path("src").rglob("*.html"))]
    steps = {
        "format": [BIN / "ruff", "format", "--check", "--quiet", "src", "tests", "bin", "bench", "examples"],
        "lint": [BIN / "ruff", "check", "--quiet", "src", "tests", "bin", "bench", "examples"],
        "templates": [BIN / "djade", "--check", "--target-version", "5.2", *templates],
        "imports": [BIN / "lint-imports", "--no-cache"],
        "types": [BIN / "mypy"],
        "engine tests": [sys.executable, "-m", "pytest", "-n", "2", "-m", "not thorough", "tests/engine"],
    }
    if "--no-tests" in arguments:
        del steps["engine tests"]
    not_passed = []
    with tempfile.TemporaryDirectory(prefix="alongside-check-") as home:
        for name, command in steps.items():
            started = time.monotonic()
            done = subprocess.run(
                list(map(str, command)), check=False, capture_output=True, text=True,
                env={**os.environ, "ALONGSIDE_HOME": home},
            )  # fmt: skip
            verdict = "ok" if done.returncode == 0 else "NOT OK"
            print(f"{name:<14}{verdict}  {time.monotonic() - started:.1f} s", flush=True)
            if done.returncode:
                not_passed.append(name)
                print(done.stdout[-6000:], done.stderr[-3000:], sep="\n")
    return len(not_passed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
