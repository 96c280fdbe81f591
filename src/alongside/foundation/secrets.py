"""Secrets that the installation makes for itself at first start and keeps in files only it can read."""

import base64
import os
from pathlib import Path


def kept_secret(path: Path) -> str:
    """The secret kept at `path`: 32 random bytes in base64, made there (mode 0600) if absent.

    Two processes starting together agree: the first one to create the file wins.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(base64.b64encode(os.urandom(32)).decode())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
