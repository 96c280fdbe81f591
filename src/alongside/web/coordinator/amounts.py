"""Points of the matching as people read them."""

from django.utils import formats

PERFECT = 100_000


def points_text(points: int) -> str:
    """Points where 100 is a perfect pair, with one decimal."""
    return str(formats.number_format(points * 100 / PERFECT, 1))
