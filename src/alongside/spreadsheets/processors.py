"""How many processors a run may use. Must not import numpy: its libraries read this once, when they are loaded."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Final

LIBRARIES: Final = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def limit_processors(arguments: Sequence[str]) -> None:
    """Tells the libraries numpy brings what ``--threads`` says. Other options, and other words, are left alone."""
    for place, word in enumerate(arguments):
        option, given, value = word.partition("=")
        if option == "--threads":
            number = value if given else "".join(arguments[place + 1 : place + 2])
            if number.isdecimal() and int(number) > 0:
                os.environ.update(dict.fromkeys(LIBRARIES, number))
