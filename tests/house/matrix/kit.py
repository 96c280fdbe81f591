"""Rows of the installation's own addresses."""

from tests.house.matrix import Row

# 503: nothing runs a worker in these tests; who asks makes no difference.
ROWS = [
    Row("public:home", anonymous=200, dov=302, chi=302, ben=302, eva=302, ada=302, gus=302, hal=302),
    # outside demo mode the door is not there for anybody; test_public_demo.py opens it
    Row(
        "public:demo_door",
        args=lambda c: ["mentee"],
        method="POST",
        anonymous=404,
        dov=404,
        chi=404,
        ben=404,
        eva=404,
        ada=404,
        gus=404,
        hal=404,
    ),
    Row("public:health", anonymous=503, dov=503, chi=503, ben=503, eva=503, ada=503, gus=503, hal=503),
]
