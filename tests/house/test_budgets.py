"""The house's budgets (CONTRIBUTING.md): beyond the hard line needs a line here with a reason."""

import ast
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "alongside"

FILE_HARD, FUNCTION_HARD, TEMPLATE_HARD, SCRIPT_HARD, STYLE_HARD, DEPENDENCIES_HARD = (
    500,
    60,
    150,
    150,
    300,
    15,
)
ALLOWED: dict[str, str] = {}


def _own(pattern: str) -> list[Path]:
    return [
        path
        for path in SOURCE.rglob(pattern)
        if not {"migrations", "vendor", "node_modules"} & set(path.parts)
    ]


def _too_long(pattern: str, limit: int) -> dict[str, int]:
    sizes = {str(path.relative_to(SOURCE)): len(path.read_text().splitlines()) for path in _own(pattern)}
    return {name: lines for name, lines in sizes.items() if lines > limit and name not in ALLOWED}


def test_files_stay_small() -> None:
    assert _too_long("*.py", FILE_HARD) == {}


def test_templates_stay_small() -> None:
    assert _too_long("*.html", TEMPLATE_HARD) == {}


def test_scripts_stay_small() -> None:
    assert _too_long("*.js", SCRIPT_HARD) == {}


def test_styles_stay_small() -> None:
    assert _too_long("*.css", STYLE_HARD) == {}


def test_functions_stay_small() -> None:
    long = {}
    for path in _own("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1 - _docstring_lines(node)
                name = f"{path.relative_to(SOURCE)}:{node.name}"
                if lines > FUNCTION_HARD and name not in ALLOWED:
                    long[name] = lines
    assert long == {}


def _docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    is_doc = (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    )
    return (first.end_lineno or 0) - first.lineno + 1 if is_doc else 0


def test_direct_dependencies_stay_few() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert len(project["dependencies"]) <= DEPENDENCIES_HARD
