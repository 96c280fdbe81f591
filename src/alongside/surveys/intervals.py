"""How sure a figure is: 95 % intervals of a mean (Student's t) and of a share (Wilson). Pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

WIDE = 100  # a scale of so many steps is told in whole ones
Z = 1.959963984540054  # the 97.5 % point of the normal distribution


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with the ends of its 95 % interval and the number of people it rests on."""

    value: float
    low: float
    high: float
    n: int


def mean_interval(values: Sequence[float], *, least: float = 0, most: float = 100) -> Estimate:
    """The mean with its t interval, kept within the scale. Errors: ValueError for fewer than two values.

    >>> mean_interval([50, 75, 75, 100, 100])
    Estimate(value=80.0, low=54.0, high=100.0, n=5)
    """
    n = len(values)
    if n < 2:
        raise ValueError("an interval needs at least two values")
    mean = sum(values) / n
    spread = sqrt(sum((value - mean) ** 2 for value in values) / (n - 1))
    half = student_point(n - 1) * spread / sqrt(n)
    low, high = max(float(least), mean - half), min(float(most), mean + half)
    digits = 0 if most - least >= WIDE else 1  # no more than the figure is sure of
    return Estimate(round(mean, digits), round(low, digits), round(high, digits), n)


def share_interval(part: int, whole: int) -> Estimate:
    """A share of 0 to 1 with its Wilson interval. Errors: ValueError for no whole.

    >>> share = share_interval(4, 5); round(share.low, 2), share.value, round(share.high, 2)
    (0.38, 0.8, 0.96)
    """
    if whole < 1 or not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole} is no share")
    share, square = part / whole, Z * Z
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    half = Z * sqrt(share * (1 - share) / whole + square / (4 * whole * whole)) / (1 + square / whole)
    return Estimate(share, max(0.0, middle - half), min(1.0, middle + half), whole)


def student_point(freedom: int) -> float:
    """The 97.5 % point of Student's t for 4 degrees of freedom or more, to two decimals at least; exact in table below.

    >>> [round(student_point(freedom), 2) for freedom in (4, 9, 30, 1000)]
    [2.78, 2.26, 2.04, 1.96]
    """
    if freedom < 1:
        raise ValueError("there is no freedom left")
    if freedom <= len(_FEW):
        return _FEW[freedom - 1]
    # The expansion of the t point around the normal one in powers of 1/freedom.
    terms = (
        (Z**3 + Z) / 4,
        (5 * Z**5 + 16 * Z**3 + 3 * Z) / 96,
        (3 * Z**7 + 19 * Z**5 + 17 * Z**3 - 15 * Z) / 384,
    )
    return Z + sum(term / float(freedom) ** power for power, term in enumerate(terms, start=1))


_FEW = (12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281)
