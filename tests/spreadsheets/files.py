"""Small sheets and rules as files, and the command run on them."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alongside.spreadsheets import command


@dataclass(frozen=True)
class Folder:
    """A folder with the files of one run under the names everybody uses."""

    path: Path

    def write(self, name: str, text: str | bytes) -> Path:
        """A file with this text."""
        file = self.path / name
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def people(self, rows: Sequence[Mapping[str, str]]) -> None:
        """PEOPLE.csv; the first row tells the columns."""
        with (self.path / "people.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)

    def rules(self, rules: Mapping[str, Any]) -> None:
        """RULES.toml."""
        self.write("rules.toml", toml(rules))

    def match(self, *more: str) -> int:
        """Runs `alongside match` and gives its exit status."""
        names = ("people.csv", "rules.toml", "pairs.csv", "report.json")
        people, rules, pairs, report = (str(self.path / name) for name in names)
        return command.main([people, "--rules", rules, "--out", pairs, "--report", report, *more])

    def verify(self) -> int:
        """Runs `alongside match verify` and gives its exit status."""
        names = ("people.csv", "rules.toml", "pairs.csv", "report.json")
        return command.main(["verify", *(str(self.path / name) for name in names)])

    def pairs(self) -> list[dict[str, str]]:
        """The rows of PAIRS.csv."""
        with (self.path / "pairs.csv").open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def report(self) -> dict[str, Any]:
        """REPORT.json."""
        return dict(json.loads((self.path / "report.json").read_text(encoding="utf-8")))

    def is_empty(self) -> bool:
        """Whether nothing was written, not even for a moment too long."""
        written = {file.name for file in self.path.iterdir()} - {"people.csv", "rules.toml"}
        return not {name for name in written if "pairs" in name or "report" in name}


def toml(rules: Mapping[str, Any]) -> str:
    """A dictionary of rules as TOML."""
    lists = ("question", "rule")
    lines = [f"{key} = {_value(value)}" for key, value in rules.items() if key not in lists]
    for name in lists:
        for entry in rules.get(name, []):
            lines += ["", f"[[{name}]]", *(f"{key} = {_value(value)}" for key, value in entry.items())]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(str(key))} = {_value(v)}" for key, v in value.items()) + " }"
    return json.dumps(value)


TOPICS: dict[str, Any] = {
    "question": [
        {"key": "topics", "kind": "overlap", "mentee": "wants", "mentor": "offers", "weight": 100_000}
    ]
}


def person(id: str, role: str, **cells: str) -> dict[str, str]:
    """A row with the columns of ``TOPICS``."""
    return {"id": id, "role": role, "capacity": "", "wants": "", "offers": ""} | cells


FOUR = [
    person("ada", "mentee", wants="sql; talks"),
    person("bo", "mentee", wants="talks"),
    person("mia", "mentor", offers="talks"),
    person("noor", "mentor", offers="sql"),
]
