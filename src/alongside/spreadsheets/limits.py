"""``[[rule]]``: what a pair must or must not be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from alongside.engine.matching import (
    WEEK_SLOTS,
    HoursAtLeast,
    InCommon,
    Relation,
    ReportingLine,
    Rule,
    SameAnswer,
    StepsBetween,
    Verb,
)
from alongside.spreadsheets.entries import MOST, Entry, way_list
from alongside.spreadsheets.problems import Place, did_you_mean
from alongside.spreadsheets.uses import Reading, Use, use_of

KINDS: Final = (
    "must_equal",
    "must_share",
    "must_differ",
    "steps_between",
    "hours_at_least",
    "not_reporting_line",
    "pairs_forbidden",
    "pairs_pinned",
    "no_mutual",
)
FURTHEST: Final = 1_000  # no scale has so many steps


@dataclass(frozen=True, slots=True)
class PairList:
    """Pairs forbidden or pinned: those written here, or a file of them."""

    place: Place
    about: str
    pinned: bool
    key: str
    file: str | None = None
    pairs: Sequence[tuple[str, str]] = ()


@dataclass(slots=True)
class Limits:
    """All rules of a file. ``words`` gives each engine key the words people know it by."""

    rules: list[Rule] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    lists: list[PairList] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    no_mutual: bool = False


def read_rule(
    entry: Entry, number: int, scales: dict[tuple[str, str], tuple[str, ...]], limits: Limits
) -> None:
    """Adds the rule of one entry. ``scales`` are those of the questions, for rules that name none."""
    entry.about = f"rule {number}: "
    kind = entry.text("kind", f"one of {', '.join(KINDS)}")
    if kind is None:
        return
    if kind not in KINDS:
        entry.object("kind", f"there is no kind “{kind}”. {did_you_mean(kind, KINDS)}")
        return
    entry.about = f"rule {number} ({kind}): "
    key = f"r{number:04}:{kind}"
    name = entry.text("key", "a name for explanations") if entry.has("key") else None
    limits.words[key] = name or kind
    if kind == "no_mutual":
        limits.no_mutual = True
    elif kind.startswith("pairs_"):
        _add_list(entry, key, kind, limits)
    else:
        _add_rule(entry, key, kind, scales, limits, named=name is not None)
    entry.close()


def _add_list(entry: Entry, key: str, kind: str, limits: Limits) -> None:
    pinned, about = kind == "pairs_pinned", entry.about.removesuffix(": ")
    named = "pairs" if entry.has("pairs") else "file"
    if named == "pairs" and not isinstance(entry.data["pairs"], str):
        pairs = way_list(entry)
        limits.lists.append(PairList(entry.place("pairs"), about, pinned, key, pairs=pairs or ()))
        return
    file = entry.text(
        named, 'the name of a CSV file with the columns mentee and mentor, such as file = "pairs.csv"'
    )
    if file is not None:
        limits.lists.append(PairList(entry.place(named), about, pinned, key, file=file))


def _add_rule(
    entry: Entry,
    key: str,
    kind: str,
    scales: dict[tuple[str, str], tuple[str, ...]],
    limits: Limits,
    *,
    named: bool,
) -> None:
    use = use_of(entry, {"must_share": Reading.TAGS, "hours_at_least": Reading.WEEK}.get(kind, Reading.LABEL))
    if kind == "steps_between" and use is not None:
        use = _with_scale(entry, use, scales)
    relation = _relation(entry, kind, use)
    if use is None or relation is None:
        return
    if kind == "not_reporting_line" and use.mentee != use.mentor:
        entry.object("mentee", "managers stand in one column. Name it as “column”.")
        return
    verb = Verb.MUST_NOT if kind in ("must_differ", "not_reporting_line") else Verb.MUST
    limits.rules.append(Rule(key=key, verb=verb, relation=relation))
    limits.uses.append(use)
    if not named:
        columns = use.mentee if use.mentee == use.mentor else f"{use.mentee} / {use.mentor}"
        limits.words[key] = f"{kind} {columns}"


def _relation(entry: Entry, kind: str, use: Use | None) -> Relation | None:
    mentee, mentor = (use.reading.of(use.mentee), use.reading.of(use.mentor)) if use else ("", "")
    match kind:
        case "steps_between":
            return _steps_between(entry, mentee, mentor, use.scale if use else ())
        case "hours_at_least":
            least = entry.whole("half_hours", "the half hours two people must share", high=WEEK_SLOTS)
            return None if least is None else HoursAtLeast(mentee=mentee, mentor=mentor, half_hours=least)
        case "not_reporting_line":
            expected = "how many levels up count (leave it away for any)"
            levels = entry.whole("levels", expected) if entry.has("levels") else None
            return ReportingLine(column=mentee, levels=levels)
        case "must_share":
            return InCommon(mentee=mentee, mentor=mentor)
        case _:
            return SameAnswer(mentee=mentee, mentor=mentor)


def _steps_between(entry: Entry, mentee: str, mentor: str, scale: tuple[str, ...]) -> Relation | None:
    expected = "a difference (mentor step − mentee step)"
    low = entry.whole("min", expected, low=-MOST, default=-FURTHEST)
    high = entry.whole("max", expected, low=-MOST, default=FURTHEST)
    if not entry.has("min") and not entry.has("max"):
        entry.object(None, "neither “min” nor “max” is given. Add one of them or both.")
        return None
    if low is None or high is None or not scale:
        return None
    if low > high:
        entry.object(
            "min", f"“min” is {low}, above “max”, which is {high}. No pair could be formed; swap them."
        )
        return None
    return StepsBetween(mentee=mentee, mentor=mentor, scale=scale, low=low, high=high)


def _with_scale(entry: Entry, use: Use, scales: dict[tuple[str, str], tuple[str, ...]]) -> Use | None:
    """The rule's own scale, or that of the question about the same columns."""
    known = scales.get((use.mentee, use.mentor))
    if entry.has("scale") or known is None:
        scale = entry.texts("scale", 'the steps from low to high, such as scale = ["junior", "senior"]')
    else:
        scale = known
    return None if scale is None else Use(use.place, use.about, use.reading, use.mentee, use.mentor, scale)
