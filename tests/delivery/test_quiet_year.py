"""A small world of the quiet year in the suite, so that the drill `bin/bench quiet_year` stays alive."""

from random import Random

import pytest

from bench.quiet_year import world


@pytest.mark.django_db
def test_a_small_world_disturbs_nobody_tells_nothing_twice_and_loses_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(world, "PLANS", 40)
    small = world.World(world.people(), Random(4))

    small.live()

    assert small.problems == []
    assert {name: small.counts[name] for name in ("at a closed moment", "twice", "lost")} == {
        "at a closed moment": 0,
        "twice": 0,
        "lost": 0,
    }
    assert small.counts["planned"] > 20


@pytest.mark.django_db
def test_the_drill_sees_a_worker_that_asks_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world, "PLANS", 40)
    monkeypatch.setattr("alongside.delivery.actions.planning.release_at", lambda *_, now, **__: now)
    monkeypatch.setattr("alongside.delivery.actions.sending.may_go", lambda *_, **__: True)
    careless = world.World(world.people(), Random(4))

    careless.live()

    assert careless.counts["at a closed moment"] > 0
