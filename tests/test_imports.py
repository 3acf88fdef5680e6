"""The shape of the program: imports point one way, modules and functions stay small."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "generator"

# Later lines may import from earlier ones; names on one line do not import each other.
ORDER = (
    ("language", "problems", "share", "terminal"),
    ("errors",),
    ("read",),
    ("model",),
    ("settings",),
    ("validate",),
    ("comply",),
    ("enrich",),
    ("gate",),
    ("assess",),
    ("compare",),
    ("audience",),
    ("render",),
    ("export", "publish", "edit"),
    ("crm", "person"),
    ("bulk",),
    ("report",),
    ("outputs",),
    ("cli",),
    ("__main__",),
)
LEVEL = {name: level for level, names in enumerate(ORDER) for name in names}

LINES_IN_MODULE = 350
LINES_IN_FUNCTION = 60
SAYS_NOTHING = {"common", "helper", "helpers", "misc", "util", "utils"}
STARTS_PROCESSES = {"publish", "read"}
PROCESS_MODULES = {"multiprocessing", "pty", "subprocess"}

MODULES = [path.relative_to(PACKAGE).as_posix() for path in sorted(PACKAGE.rglob("*.py"))]


def parsed(module: str) -> ast.Module:
    return ast.parse((PACKAGE / module).read_text(encoding="utf-8"))


def part_of(module: str) -> str:
    """The stage that a module belongs to: `read` for read/parse.py, `share` for share.py."""
    return module.split("/", maxsplit=1)[0].removesuffix(".py")


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The line and the whole name of everything imported, wherever in the module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "generator":
            yield from ((node.lineno, f"generator.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or "."


def test_every_part_has_its_place_in_the_order() -> None:
    parts = {part_of(module) for module in MODULES} - {"__init__"}
    assert parts - LEVEL.keys() == set(), "give these a place in ORDER"


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_one_way(module: str) -> None:
    own = part_of(module)
    wrong = [
        f"generator/{module}:{line}: {own} imports {name}"
        for line, name in imported(parsed(module))
        if name.startswith("generator.")
        and (other := name.split(".")[1]) != own
        and LEVEL.get(other, -1) >= LEVEL.get(own, -1)
        and not (own == "__init__" and other == "__version__")
    ]
    assert wrong == []


@pytest.mark.parametrize("module", MODULES)
def test_only_reading_and_publishing_start_processes(module: str) -> None:
    starts = {name.split(".")[0] for _, name in imported(parsed(module))} & PROCESS_MODULES
    assert not starts or part_of(module) in STARTS_PROCESSES


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_small_and_says_what_it_is_for(module: str) -> None:
    text = (PACKAGE / module).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LINES_IN_MODULE
    assert ast.get_docstring(ast.parse(text)), "begin with one to three sentences"
    assert not SAYS_NOTHING & set(module.removesuffix(".py").split("/"))


@pytest.mark.parametrize("module", MODULES)
def test_functions_are_small(module: str) -> None:
    long = [
        f"generator/{module}:{node.lineno}: {node.name} has {length} lines"
        for node in ast.walk(parsed(module))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LINES_IN_FUNCTION
    ]
    assert long == []
