"""From what is known of people to the engine's program; no database."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from alongside.engine.matching import certify, explain, match, program_from_json, program_to_json
from alongside.engine.timing.hours import PersonHours
from alongside.engine.timing.notation import parse_hours
from alongside.matching.columns import Criterion
from alongside.matching.problem import APART, PRIVATE, Entrant, Material, build
from alongside.matching.reasons import Explainer, fit_of
from alongside.programs.rules import MatchRules

SUMMER, WINTER = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC)
TOPICS = Criterion(key="topics", kind="multiple", rule="overlap", weight=80)
HOURS = Criterion(key="hours", kind="hours", rule="shared_hours", weight=20, settings={"full": 8})
PLAIN = MatchRules(fairness_factor=1, fairness_target=0, keep=0, balance=0)


def one(name: str, zone: str = "UTC", hours: str = "Mon-Fri 08:00-18:00", **fields: Any) -> Entrant:
    fields.setdefault("answers", {"topics": ["leading"]})
    fields.setdefault("capacity", 1)
    return Entrant(id=name, hours=PersonHours(zone, parse_hours(hours)), **fields)


def material(mentees: list[Entrant], mentors: list[Entrant], **fields: Any) -> Material:
    fields.setdefault("criteria", [TOPICS, HOURS])
    fields.setdefault("rules", PLAIN)
    return Material(mentees=mentees, mentors=mentors, period=(SUMMER, WINTER), **fields)


def allowed(given: Material, mentee: str = "chi", mentor: str = "ben") -> bool:
    return explain(build(given).program, mentee, mentor).allowed


def points(given: Material, mentee: str = "chi", mentor: str = "ben") -> dict[str, int]:
    found = explain(build(given).program, mentee, mentor)
    return {reason.key: reason.points for reason in found.reasons}


def test_weights_are_brought_to_a_perfect_score() -> None:
    given = material([one("chi")], [one("ben")])

    assert points(given) == {"q:topics": 80_000, "q:hours": 20_000}


def test_equal_material_gives_the_same_bytes_in_any_order_of_people() -> None:
    people = [one(f"m{n}", answers={"topics": [topic]}) for n, topic in enumerate("abcd")]
    mentors = [one(f"b{n}", answers={"topics": [topic]}) for n, topic in enumerate("dcba")]

    first = match(build(material(people, mentors)).program)
    second = match(build(material(people[::-1], mentors[::-1])).program)

    assert first.pairs == second.pairs
    text = program_to_json(build(material(people, mentors)).program)
    assert program_to_json(program_from_json(text)) == text


def test_hours_count_in_the_scantest_weeks_of_the_period() -> None:
    """New York and London keep another distance in the three weeks between their clock changes."""
    york = one("chi", zone="America/New_York", hours="Mon 08:00-09:00")
    london = one("ben", zone="Europe/London", hours="Mon 13:00-14:00")

    assert points(material([york], [london]))["q:hours"] == 0
    before = replace(material([york], [london]), period=(SUMMER, datetime(2026, 3, 7, tzinfo=UTC)))
    assert points(before)["q:hours"] == 20_000 * 2 // 8


def test_a_language_in_common_is_asked_of_base_languages() -> None:
    rules = replace(PLAIN, shared_language=True)
    british, american, french = (one(*name) for name in (["chi"], ["ben"], ["ana"]))

    same = material(
        [replace(british, languages=("en-GB",))], [replace(american, languages=("en-US",))], rules=rules
    )
    other = material(
        [replace(british, languages=("en-GB",))], [replace(american, languages=("fr",))], rules=rules
    )

    assert (allowed(same), allowed(other)) == (True, False)
    assert french.languages == ()


@pytest.mark.parametrize(
    ("mentee", "mentor", "fits"),
    [(False, False, False), (True, False, False), (True, True, True)],
)
def test_too_few_hours_are_enough_when_both_write(mentee: bool, mentor: bool, fits: bool) -> None:
    rules = replace(PLAIN, half_hours_at_least=2, written_is_enough=True)
    early = one("chi", hours="Mon 06:00-07:00", writes=mentee)
    late_in_day = one("ben", hours="Mon 20:00-21:00", writes=mentor)

    assert allowed(material([early], [late_in_day], rules=rules)) is fits


def test_hours_in_one_piece_are_enough_without_writing() -> None:
    rules = replace(PLAIN, half_hours_at_least=2, written_is_enough=True)

    assert allowed(
        material([one("chi", hours="Sun 23:30-00:30")], [one("ben", hours="Sun 23:30-00:30")], rules=rules)
    )
    assert not allowed(
        material([one("chi", hours="Mon 08:00-08:30")], [one("ben", hours="Mon 08:00-08:30")], rules=rules)
    )


def test_hours_at_least_without_writing() -> None:
    rules = replace(PLAIN, half_hours_at_least=4)

    assert allowed(material([one("chi", hours="Mon 08:00-10:00")], [one("ben")], rules=rules))
    assert not allowed(material([one("chi", hours="Mon 08:00-09:30")], [one("ben")], rules=rules))


@pytest.mark.parametrize(("unit", "fits"), [("finance ", False), ("Sales", True), ("", True)])
def test_different_units_compares_without_case_and_lets_empty_ones_pass(unit: str, fits: bool) -> None:
    rules = replace(PLAIN, different_unit=True)

    assert allowed(material([one("chi", unit="Finance")], [one("ben", unit=unit)], rules=rules)) is fits


@pytest.mark.parametrize(
    ("rule", "mentee", "mentor", "fits"),
    [
        ("must_same", "a", "a", True),
        ("must_same", "a", "b", False),
        ("must_same", "a", None, False),
        ("must_differ", "a", "a", False),
        ("must_differ", "a", "b", True),
        ("must_differ", "a", None, True),
    ],
)
def test_hard_questions(rule: str, mentee: str, mentor: str | None, fits: bool) -> None:
    hard = Criterion(key="site", kind="single", rule=rule)
    given = material(
        [one("chi", answers={"site": mentee})],
        [one("ben", answers={"site": mentor} if mentor else {})],
        criteria=[TOPICS, hard],
    )

    assert allowed(given) is fits


def test_must_share_wants_one_in_common() -> None:
    hard = Criterion(key="tools", kind="multiple", rule="must_share")
    answers = [{"tools": ["pen", "chalk"]}, {"tools": ["chalk"]}, {"tools": ["ink"]}]
    chi, ben, eva = (
        one(name, answers=given) for name, given in zip(("chi", "ben", "eva"), answers, strict=True)
    )

    assert allowed(material([chi], [ben], criteria=[TOPICS, hard]))
    assert not allowed(material([chi], [eva], criteria=[TOPICS, hard]), mentor="eva")


def test_steps_follow_the_kept_table_at_the_present_weight() -> None:
    steps = Criterion(
        key="years",
        kind="single",
        rule="steps",
        weight=10,
        settings={"points": [[1, 500], [0, 100]]},
        steps=("a", "b"),
    )
    ahead = material(
        [one("chi", answers={"years": "a"})], [one("ben", answers={"years": "b"})], criteria=[steps]
    )
    level = material(
        [one("chi", answers={"years": "a"})], [one("ben", answers={"years": "a"})], criteria=[steps]
    )
    unknown = material(
        [one("chi", answers={"years": "z"})], [one("ben", answers={"years": "a"})], criteria=[steps]
    )

    assert [points(given)["q:years"] for given in (ahead, level, unknown)] == [100_000, 20_000, 0]


def test_a_ranked_wish_counts_by_its_place() -> None:
    ranked = Criterion(key="channels", kind="ranked", rule="overlap", weight=1)
    chi = one("chi", answers={"channels": ["video", "phone"]})
    first, second = (one("ben", answers={"channels": [channel]}) for channel in ("video", "phone"))

    assert points(material([chi], [first], criteria=[ranked]))["q:channels"] == 66_666
    assert points(material([chi], [second], criteria=[ranked]))["q:channels"] == 33_333


def test_what_matters_more_moves_at_most_a_tenth_and_only_for_those_who_said_so() -> None:
    """Ana says topics matter more; the two mentors are as good for both on paper."""
    criteria = [
        replace(TOPICS, weight=50),
        Criterion(key="values", kind="multiple", rule="overlap", weight=50),
    ]
    ana = one("ana", answers={"topics": ["a"], "values": ["x"]}, boosted=frozenset({"topics"}))
    bo = replace(ana, id="bo", boosted=frozenset())
    by_topic, by_value = one("ben", answers={"topics": ["a"]}), one("eva", answers={"values": ["x"]})
    given = material([ana, bo], [by_topic, by_value], criteria=criteria)

    assert points(given, "ana", "ben") == {"q:topics": 45_000, "q:topics:mentee": 5_000, "q:values": 0}
    assert points(given, "bo", "ben") == {"q:topics": 45_000, "q:topics:mentee": 0, "q:values": 0}
    assert [(pair.mentee, pair.mentor) for pair in match(build(given).program).pairs] == [
        ("ana", "ben"),
        ("bo", "eva"),
    ]
    explainer = Explainer(build(given).program)
    assert fit_of(explainer.of("bo", "ben")[1]) == 45_000 * 100 // 95_000


def test_a_pin_against_a_limit_is_set_aside_and_does_not_stop_the_run() -> None:
    apart = {APART: frozenset({("chi", "ben")}), PRIVATE: frozenset[tuple[str, str]]()}
    given = material(
        [one("chi"), one("ana")], [one("ben"), one("eva")], apart=apart, pins=[("chi", "ben"), ("ana", "eva")]
    )

    problem = build(given)

    assert problem.set_aside == (("chi", "ben"),)
    assert problem.program.pins == (("ana", "eva"),)
    assert certify(problem.program, match(problem.program)).holds


def test_a_pin_without_a_seat_is_set_aside() -> None:
    given = material([one("chi"), one("ana")], [one("ben", load=1)], pins=[("chi", "ben")])

    assert build(given).set_aside == (("chi", "ben"),)


def test_a_first_wish_outweighs_a_small_difference() -> None:
    near, nearer = one("ben", answers={"topics": ["a"]}), one("eva", answers={"topics": ["a", "b"]})
    chi = one("chi", answers={"topics": list("abcdefghijk")})
    given = material([chi], [near, nearer])

    assert match(build(given).program).pairs[0].mentor == "eva"
    wished = replace(given, wishes={1: frozenset({("chi", "ben")})})
    assert match(build(wished).program).pairs[0].mentor == "ben"


def test_who_has_waited_longer_is_placed_first_among_equals() -> None:
    given = material([one("new", waited_days=0), one("old", waited_days=30)], [one("ben")])

    result = match(build(given).program)

    assert [pair.mentee for pair in result.pairs] == ["old"]


def test_without_weights_everybody_allowed_is_as_good_as_any_other() -> None:
    given = material([one("chi")], [one("ben")], criteria=[])

    assert match(build(given).program).pairs[0].points == 0


def test_empty_sides_are_a_problem_with_an_answer() -> None:
    assert match(build(material([], [one("ben")])).program).pairs == ()
    assert len(match(build(material([one("chi")], [])).program).left_out) == 1
