"""What a coordinator chose on the dry-run page, as it is kept with the sheet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from alongside.enrollment.enums import ParticipationState

ARRIVALS = (ParticipationState.APPROVED, ParticipationState.STARTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewQuestion:
    """A column that becomes a question of the form. `kind`: short_text, long_text, single, ordered or multiple."""

    key: str
    kind: str
    label: str
    visibility: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """`mapping` gives the columns (from 0) of each target, `questions` the new question of a column.

    `accept` names the targets whose unknown values become new options. An empty `role` means that the sheet says it.
    """

    mapping: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    questions: Mapping[int, NewQuestion] = field(default_factory=dict)
    accept: frozenset[str] = frozenset()
    role: str = ""
    arrive: str = ParticipationState.APPROVED

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Choices":
        return cls(
            mapping={key: tuple(columns) for key, columns in kept.get("mapping", {}).items()},
            questions={
                int(column): NewQuestion(**made) for column, made in kept.get("questions", {}).items()
            },
            accept=frozenset(kept.get("accept", ())),
            role=kept.get("role", ""),
            arrive=kept.get("arrive", ParticipationState.APPROVED),
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "mapping": {key: list(columns) for key, columns in self.mapping.items()},
            "questions": {
                str(column): {name: getattr(made, name) for name in NewQuestion.__slots__}
                for column, made in self.questions.items()
            },
            "accept": sorted(self.accept),
            "role": self.role,
            "arrive": self.arrive,
        }

    def full_mapping(self) -> dict[str, tuple[int, ...]]:
        """The mapping with the new questions in it."""
        made = {f"q:{question.key}": (column,) for column, question in self.questions.items()}
        return {**self.mapping, **made}
