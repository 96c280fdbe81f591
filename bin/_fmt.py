"""Formats Python and templates in place."""

import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent
FOLDERS = ["src", "tests", "bin", "bench", "examples"]

subprocess.run([BIN / "ruff", "check", "--fix", "--quiet", *FOLDERS], check=False)
subprocess.run([BIN / "ruff", "format", "--quiet", *FOLDERS], check=True)
templates = [str(path) for path in sorted(Path("src").rglob("*.html"))]
subprocess.run([BIN / "djade", "--target-version", "5.2", *templates], check=False)
