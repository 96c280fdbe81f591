"""A whole matching problem, frozen, and the judge that decides one pair of it at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from . import checks, criteria
from .model import Fairness, Mentees, Mentors, Points, Question, Rule, Verb


@dataclass(frozen=True, kw_only=True)
class Program:
    """Everything a run depends on; equal programs give equal results, bit for bit.

    Maximizes  sum of pair values - left_out of everybody without a mentor
    - further for each mentor beyond the first whom a mentee would like and does not get
    - for each mentor, balance x (k - 1) for the k-th mentee (those of the base load come first)
    - unfilled for each mentee a mentor has less than their minimum.

    * ``left_out``: points lost per mentee without a mentor, where the person's own figure is not given;
    * ``further``: points lost per mentor beyond the first (``Mentees.demand``), at most what being left out costs;
    * ``balance``: points a mentor's 2nd mentee costs, twice that for the 3rd, ...;
    * ``unfilled``: points lost per mentee short of ``Mentors.minimum``; larger than all that could speak against it,
      it makes the minimum hold wherever it can;
    * ``fairness``: how much more the points below a target count;
    * ``keep``: bonus for the pair of the last run (``Mentees.present``);
    * ``pins``: (mentee, mentor) pairs that are decided already;
    * ``lottery_key``: orders people before everything else, so that ties are an auditable lottery.

    Raises ProgramError, PinConflict or WeightOverflow at construction; a Program that exists can be matched.
    """

    mentees: Mentees
    mentors: Mentors
    questions: tuple[Question, ...]
    rules: tuple[Rule, ...] = ()
    pins: tuple[tuple[str, str], ...] = ()
    left_out: Points = 200_000
    further: Points = 0
    balance: Points = 0
    unfilled: Points = 200_000
    fairness: Fairness = field(default_factory=Fairness)
    keep: Points = 0
    lottery_key: str = ""

    def __post_init__(self) -> None:
        for name in ("questions", "rules", "pins"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        target, factor = self.fairness.target, self.fairness.factor
        checks.check_knobs(
            {
                "left_out": self.left_out,
                "further": self.further,
                "balance": self.balance,
                "unfilled": self.unfilled,
                "keep": self.keep,
                "fairness.target": target,
            },
            factor=factor,
        )
        checks.check_sides(self.mentees, self.mentors)
        checks.check_further(self.mentees, self.left_out, self.further)
        checks.check_present(self.mentees, self.mentors)
        checks.check_keys(self.questions, self.rules)
        checks.check_questions(self.questions, self.mentees, self.mentors)
        checks.check_rules(self.rules, self.mentees, self.mentors)
        checks.check_reach(
            self.rules,
            left_out=(self.left_out, *(cost for cost in self.mentees.left_out if cost is not None)),
            balance=self.balance,
            unfilled=self.unfilled if any(self.mentors.minimum) else 0,
            keep=self.keep,
            target=target,
            factor=factor,
        )
        checks.check_pins(self.pins, self.mentees, self.mentors, self.judge.forbidding)

    @cached_property
    def judge(self) -> Judge:
        """Decides one pair at a time, in plain Python; built once."""
        return Judge(self)

    def left_out_cost(self, i: int) -> Points:
        """The points lost when the mentee at position ``i`` gets no mentor."""
        own = self.mentees.left_out[i]
        return self.left_out if own is None else own

    def wish_costs(self, i: int, held: int = 0) -> tuple[Points, ...]:
        """What each mentor costs the program whom the mentee at position ``i``, who has ``held``, does not get: the
        figures of the wishes still open, largest first."""
        first = (self.left_out_cost(i),) if held == 0 else ()
        return first + (self.further,) * (self.mentees.demand[i] - max(1, held))

    def seat_cost(self, j: int, k: int) -> Points:
        """What the seat of the mentor at position ``j`` costs that comes after ``k`` others."""
        return self.balance * k - (self.unfilled if k < self.mentors.minimum[j] else 0)

    def spared(self, j: int) -> Points:
        """What the mentor at position ``j`` costs the program before this run gives them anybody."""
        return self.unfilled * max(0, self.mentors.minimum[j] - self.mentors.base_load[j])

    @cached_property
    def pins_of(self) -> dict[str, tuple[str, ...]]:
        """The mentors each mentee is pinned to."""
        pins: dict[str, tuple[str, ...]] = {}
        for mentee, mentor in self.pins:
            pins[mentee] = (*pins.get(mentee, ()), mentor)
        return pins


class Judge:
    """The definition of a pair: which rules forbid it, what each question gives, what it is worth.

    Positions refer to the order of the program's sides. No arrays, no floats, no order of its own.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        sides = program.mentees, program.mentors
        pairs = bool(
            program.mentees.ids and program.mentors.ids
        )  # a side without people has no columns to read
        tests = [(rule, criteria.pair_test(rule.relation, *sides)) for rule in program.rules if pairs]
        self._questions = [(q.key, criteria.pair_points(q, *sides)) for q in program.questions if pairs]
        self._hard = [(rule.key, test, rule.verb is Verb.MUST) for rule, test in tests if rule.hard]
        self._soft = [
            (rule.key, test, rule.points if rule.verb is Verb.PREFER else -rule.points)
            for rule, test in tests
            if not rule.hard
        ]

    def forbidding(self, i: int, j: int) -> tuple[str, ...]:
        """The keys of the hard rules this pair breaks, in the program's order; empty: the pair is allowed."""
        own = (checks.SELF,) if self._program.mentees.ids[i] == self._program.mentors.ids[j] else ()
        return own + tuple(key for key, test, wanted in self._hard if test(i, j) is not wanted)

    def allowed(self, i: int, j: int) -> bool:
        """Whether no hard rule forbids the pair."""
        if self._program.mentees.ids[i] == self._program.mentors.ids[j]:
            return False
        return all(test(i, j) is wanted for _, test, wanted in self._hard)

    def breakdown(self, i: int, j: int) -> tuple[tuple[str, Points], ...]:
        """(key, points) of every question and of every prefer/avoid rule; adds up to the score."""
        asked = tuple((key, points(i, j)) for key, points in self._questions)
        return asked + tuple((key, points if test(i, j) else 0) for key, test, points in self._soft)

    def score(self, i: int, j: int) -> Points:
        """What the pair's answers and soft rules are worth; this is what people are shown."""
        asked = sum(points(i, j) for _, points in self._questions)
        return asked + sum(points for _, test, points in self._soft if test(i, j))

    def value(self, i: int, j: int) -> Points:
        """What the pair adds to the program's total: the score, made fair, with the keep bonus."""
        program, score = self._program, self.score(i, j)
        short = max(0, program.fairness.target - score)
        kept = program.keep if program.mentees.present[i] == program.mentors.ids[j] else 0
        return score - (program.fairness.factor - 1) * short + kept
