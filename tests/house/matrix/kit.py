"""Rows of the installation's own addresses."""

from tests.house.matrix import Row

ROWS: list[Row] = []
