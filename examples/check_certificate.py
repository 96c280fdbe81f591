"""Checks a matching's certificate with numpy and nothing else: its prices prove that no matching has a higher total.

    python examples/check_certificate.py VALUES.csv

Needs nothing of Alongside. VALUES.csv has the price of every mentor in its first row and one row for each mentee: what
leaving the mentee out costs, then what each pair is worth, empty where a rule forbids it. Its last row holds the seats.
"""

import csv
import sys

import numpy as np

FORBIDDEN = -(10**9)


def bound(prices: np.ndarray, values: np.ndarray, left_out: np.ndarray, seats: np.ndarray) -> int:
    """What no assignment can exceed: the most each mentee can bring after paying, and what the seats are worth."""
    brings = np.maximum(-left_out, (values - prices).max(axis=1, initial=FORBIDDEN))
    return int(brings.sum() + (seats * np.maximum(prices, 0)).sum())


if __name__ == "__main__":
    with open(sys.argv[1], newline="") as file:
        table = [[int(cell) if cell else FORBIDDEN for cell in row] for row in csv.reader(file)]
    prices, pairs, seats = np.array(table[0][1:]), np.array(table[1:-1]), np.array(table[-1][1:])
    print(bound(prices, pairs[:, 1:], pairs[:, 0], seats))
