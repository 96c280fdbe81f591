"""Compiles the core beside its sources, where a C compiler is present. Standard library only; runs on its own too.

    python build.py [FOLDER]

The file it makes is named after the sources, so it is made once and never out of date. Everything that can go wrong
(no compiler, a folder that cannot be written) only means that there is no core: numpy does the same, more slowly.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from hashlib import blake2b
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCES = ("core.h", "scan.c", "solve.c")
FLAGS = ("-std=c11", "-O3", "-fPIC", "-fno-math-errno", "-fno-trapping-math")
BUILDS = {
    "base": (),
    "avx2": ("-march=x86-64-v3",),
    "avx512": ("-march=x86-64-v4", "-mavx512vpopcntdq", "-mprefer-vector-width=512"),
}
PATIENCE = 60  # seconds for one file


def place(folder: Path = HERE) -> Path:
    """Where the core of these sources is, or would be."""
    texts = b"".join((HERE / name).read_bytes() for name in SOURCES)
    recipe = f"{platform.machine()} {FLAGS} {BUILDS}".encode()
    return folder / "built" / f"core-{blake2b(texts + recipe, digest_size=8).hexdigest()}.so"


def ensure(folder: Path = HERE) -> Path | None:
    """The compiled core, made now if need be; None where it cannot be made."""
    library = place(folder)
    if library.exists():
        return library
    compiler = next(filter(None, map(shutil.which, (os.environ.get("CC", ""), "cc", "gcc", "clang"))), None)
    if compiler is None or os.name != "posix":
        return None
    try:
        library.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=library.parent) as work:
            finished = Path(work) / library.name
            compile_all(compiler, Path(work), finished)
            finished.replace(library)
    except (OSError, subprocess.SubprocessError):
        return None
    return library


def compile_all(compiler: str, work: Path, library: Path) -> None:
    """The solver once, the scan once for each instruction set, all at the same time; then one library of them."""
    wanted = BUILDS if platform.machine() in ("x86_64", "AMD64") else {"base": ()}
    jobs: dict[str, tuple[str, ...]] = {"solve": (*FLAGS, "-c", str(HERE / "solve.c"))}
    for name, flags in wanted.items():
        jobs[name] = (*FLAGS, *flags, f"-DNAME(name)=name##_{name}", "-c", str(HERE / "scan.c"))
    running = [
        subprocess.Popen(  # noqa: S603 - the system's compiler on our own sources
            [compiler, *arguments, "-o", str(work / f"{name}.o")], stderr=subprocess.DEVNULL
        )
        for name, arguments in jobs.items()
    ]
    ended = [process.wait(timeout=PATIENCE) for process in running]
    if any(ended):
        raise subprocess.SubprocessError(f"{compiler} ended with {ended}")
    objects = [str(work / f"{name}.o") for name in jobs]
    subprocess.run(  # noqa: S603
        [compiler, "-shared", *objects, "-o", str(library)],
        check=True,
        timeout=PATIENCE,
        stderr=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    made = ensure(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
    print(made or "no core")
