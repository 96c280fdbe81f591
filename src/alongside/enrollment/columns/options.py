"""Cells that name options: one, several, or several in an order."""

from __future__ import annotations

import re
from collections.abc import Mapping

from alongside.enrollment.columns.scales import known_scale
from alongside.enrollment.columns.targets import Target
from alongside.enrollment.columns.words import same_words


def option_wordings(target: Target) -> dict[str, str]:
    """Every wording of the target's options (in compared form) to the option's id.

    Labels go before ids, ids before aliases, and these before the wordings of a known scale, so that a
    form that asks for "Grade 7" understands "G7".
    """
    wordings: dict[str, str] = {}
    for option in target.options:
        wordings.setdefault(same_words(option.label), option.id)
    for option in target.options:
        wordings.setdefault(same_words(option.id), option.id)
    for option in target.options:
        for alias in option.aliases:
            wordings.setdefault(same_words(alias), option.id)
    scale = known_scale(option.label for option in target.options)
    for step in scale.steps if scale else ():
        names = [same_words(name) for name in (step.label, *step.aliases)]
        known = next((wordings[name] for name in names if name in wordings), None)
        if known is not None:
            wordings |= {name: known for name in names if name not in wordings}
    return wordings


def split_options(text: str, wordings: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The option ids a cell names, in its order and each once, and the pieces that name none.

    Semicolons, pipes and new lines always part two options. A comma parts them too, unless the words on
    both sides of it are one option together ("Law, ethics").
    """
    known: list[str] = []
    unknown: list[str] = []
    for part in re.split(r"[;|\n]", text):
        pieces = [piece.strip() for piece in part.split(",")]
        at = 0
        while at < len(pieces):
            taken = _longest(pieces[at:], wordings)
            if taken:
                known.append(wordings[same_words(", ".join(pieces[at : at + taken]))])
            elif pieces[at]:
                unknown.append(pieces[at])
            at += taken or 1
    return list(dict.fromkeys(known)), list(dict.fromkeys(unknown))


def _longest(pieces: list[str], wordings: Mapping[str, str]) -> int:
    """How many of the first pieces, joined by commas, are one option; 0 when none is."""
    most = min(len(pieces), 8)
    for count in range(most, 0, -1):
        if same_words(", ".join(pieces[:count])) in wordings:
            return count
    return 0
