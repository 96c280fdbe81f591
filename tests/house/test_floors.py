"""The floors hold: imports by import-linter, foreign keys by this."""

import ast
import tomllib
from pathlib import Path

from django.apps import apps
from importlinter import cli as importlinter_cli

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "alongside"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def _floor_of_room() -> dict[str, int]:
    layers = CONTRACTS[0]["layers"]
    return {
        room.strip(): -depth
        for depth, layer in enumerate(layers)
        for room in layer.replace("|", ":").split(":")
    }


def test_imports_keep_their_contracts() -> None:
    assert importlinter_cli.lint_imports(config_filename=str(ROOT / "pyproject.toml")) == 0


def test_foreign_keys_point_down() -> None:
    floors = _floor_of_room()
    upward = [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model in apps.get_models()
        if model.__module__.startswith("alongside.")
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model.__module__.startswith("alongside.")
        and floors[field.related_model.__module__.split(".")[1]] > floors[model.__module__.split(".")[1]]
    ]
    assert upward == []


def test_contract_inside_rooms_names_every_room() -> None:
    rooms = {f"alongside.{path.parent.name}" for path in SOURCE.glob("*/apps.py")} - {"alongside.switchboard"}
    assert set(CONTRACTS[1]["containers"]) == rooms


def test_doors_contract_names_every_rooms_models() -> None:
    models = {f"alongside.{path.parent.name}.models" for path in SOURCE.glob("*/models.py")} - {
        "alongside.foundation.models"
    }
    assert set(CONTRACTS[4]["forbidden_modules"]) == models


WRITES = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "update",
    "delete",
}
MAY_WRITE = {"actions.py", "jobs.py"}


def _writes(path: Path) -> list[int]:
    """Lines of calls like `Model.objects….create(…)`, `queryset.update(…)`, `row.save()`."""
    lines = []
    for node in ast.walk(ast.parse(path.read_text())):
        if not (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
        ):
            continue
        target = ast.unparse(node.func.value)
        if (
            node.func.attr in {"update", "delete", "create"}
            and ".objects" not in target
            and "filter(" not in target
        ):
            continue
        lines.append(node.lineno)
    return lines


def test_writes_live_in_actions() -> None:
    rooms = [path.parent for path in SOURCE.glob("*/models.py")]
    allowed_elsewhere = {
        "foundation/pictures.py",  # saves a picture into memory
        "delivery/channels/shelf.py",  # a mail backend is handed mails outside any action
    }
    found = {
        str(path.relative_to(SOURCE)): lines
        for folder in [*rooms, SOURCE / "web"]
        for path in folder.rglob("*.py")
        if path.name not in MAY_WRITE
        and "migrations" not in path.parts
        and "actions" not in path.parts
        and str(path.relative_to(SOURCE)) not in allowed_elsewhere
        and (lines := _writes(path))
    }
    assert found == {}
