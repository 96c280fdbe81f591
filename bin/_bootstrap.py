"""Prepares the environment of a checkout and hands over to it. Standard library only.

usage: _bootstrap.py run|dev [--script FILE] -- ARGUMENTS

The virtual environment lives in `.venv`. Packages come hash-locked from `requirements/`, with uv where it is on the
PATH, else with the pip wheel that lies beside the lock files (a bare Debian has neither pip nor ensurepip).
"""

import contextlib
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def main(arguments: list[str]) -> None:
    split = arguments.index("--")
    options, rest = arguments[:split], arguments[split + 1 :]
    kind = options[0]
    script = options[options.index("--script") + 1] if "--script" in options else None
    prepare(kind)
    compile_core()
    command = [str(ROOT / script)] if script else ["-m", "alongside"]
    os.environ["PYTHONPATH"] = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    os.environ.setdefault("ALONGSIDE_CHECKOUT", str(ROOT))
    os.execv(str(PYTHON), [str(PYTHON), *command, *rest])  # noqa: S606 - our own interpreter


def prepare(kind: str) -> None:
    """Installs what `requirements/<kind>.txt` locks, unless the stamp says that it is installed."""
    lock = ROOT / "requirements" / f"{kind}.txt"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamps = VENV / "stamps"
    stamp = stamps / kind
    if stamp.exists() and stamp.read_text() == wanted and PYTHON.exists():
        return
    say(f"Setting up the environment ({lock.name}); this takes a moment the first time.")
    try:
        if not PYTHON.exists():
            subprocess.run([sys.executable, "-m", "venv", "--without-pip", "--clear", str(VENV)], check=True)
        subprocess.run(install_command(lock), check=True, cwd=ROOT)
        stamps.mkdir(exist_ok=True)
        stamp.write_text(wanted)
    except PermissionError as error:
        stop(f"No permission to write {error.filename}. Run this as a user who owns the folder {ROOT}.")
    except subprocess.CalledProcessError:
        if not os.access(ROOT, os.W_OK):
            stop(f"No permission to write in {ROOT}. Run this as a user who owns that folder.")
        stop(
            "The packages could not be installed; the lines above say why. Run the command again to continue."
        )


def compile_core() -> None:
    """Compiles the matching core, once for its sources, where a C compiler is present; numpy does the same without."""
    folder = ROOT / "src" / "alongside" / "engine" / "matching" / "core"
    spec = importlib.util.spec_from_file_location("core_build", folder / "build.py")
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    stamp, wanted = VENV / "stamps" / "core", build.place().name
    if stamp.exists() and stamp.read_text() == wanted:
        return
    if build.ensure():
        say("Matching runs on its compiled core.")
    else:
        say("Matching runs on numpy, as no core could be compiled: the same results, more slowly.")
    with contextlib.suppress(OSError):
        stamp.write_text(wanted)


def install_command(lock: Path) -> list[str]:
    uv = shutil.which("uv")
    if uv:
        return [
            uv, "pip", "install", "--quiet", "--python", str(PYTHON), "--no-deps", "--require-hashes", "-r", str(lock),
        ]  # fmt: skip
    wheel = next((ROOT / "requirements").glob("pip-*.whl"))
    return [
        str(PYTHON), f"{wheel}/pip", "install", "--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:",
        "--disable-pip-version-check", "-r", str(lock),
    ]  # fmt: skip


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def stop(sentence: str) -> None:
    say(sentence)
    raise SystemExit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
