"""Orders that many sheets share, so that nobody has to sort them by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from alongside.enrollment.columns.targets import Option
from alongside.enrollment.columns.words import same_words


@dataclass(frozen=True, slots=True)
class KnownScale:
    """Steps from the lowest to the highest."""

    key: str
    steps: tuple[Option, ...]


UK_CIVIL_SERVICE_GRADES = KnownScale(
    "uk_civil_service_grades",
    (
        Option("aa", "AA", ("Administrative Assistant",)),
        Option("ao", "AO", ("Administrative Officer",)),
        Option("eo", "EO", ("Executive Officer",)),
        Option("heo", "HEO", ("Higher Executive Officer",)),
        Option("seo", "SEO", ("Senior Executive Officer",)),
        Option("grade_7", "Grade 7", ("G7", "Grade Seven")),
        Option("grade_6", "Grade 6", ("G6", "Grade Six")),
        Option("scs1", "SCS1", ("SCS 1", "SCS Pay Band 1", "SCS PB1", "Deputy Director")),
        Option("scs2", "SCS2", ("SCS 2", "SCS Pay Band 2", "SCS PB2", "Director")),
        Option("scs3", "SCS3", ("SCS 3", "SCS Pay Band 3", "SCS PB3", "Director General")),
        Option("scs4", "SCS4", ("SCS 4", "SCS Pay Band 4", "SCS PB4", "Permanent Secretary")),
    ),
)

KNOWN_SCALES = (UK_CIVIL_SERVICE_GRADES,)


def known_scale(values: Iterable[str]) -> KnownScale | None:
    """The scale on which every one of these values (blank ones aside) has a step, if there is one."""
    wordings = {same_words(value) for value in values if value.strip()}
    for scale in KNOWN_SCALES:
        steps = {same_words(wording) for step in scale.steps for wording in (step.label, *step.aliases)}
        if wordings and wordings <= steps:
            return scale
    return None


def in_known_order(values: Iterable[str]) -> tuple[str, ...]:
    """The distinct values, lowest step first when a known scale holds them all, else as they came."""
    distinct = tuple(dict.fromkeys(value.strip() for value in values if value.strip()))
    scale = known_scale(distinct)
    if scale is None:
        return distinct
    place = {
        same_words(wording): number
        for number, step in enumerate(scale.steps)
        for wording in (step.label, *step.aliases)
    }
    return tuple(sorted(distinct, key=lambda value: place[same_words(value)]))
