"""The shape of the program: imports point one way, and a module says what it is for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "generator"

# Later lines may import from earlier ones; names on one line do not import each other.
ORDER = (
    # `rules` and `change` hold stages and nothing of their own
    ("language", "problems", "share", "terminal", "rules", "change"),
    ("errors", "versions", "recipes"),
    ("read",),
    ("model",),
    ("form",),
    ("rules/rulebook", "audience/classes"),
    ("settings",),
    ("rules/validate",),
    ("rules/comply",),
    ("figures",),
    ("rules/gate",),
    ("assess",),
    ("portfolio",),
    ("compare",),
    ("audience",),
    ("pages",),
    ("outputs/report",),
    ("outputs/export", "site", "change/edit", "change/table"),
    ("change/crm", "change/person"),
    ("change/bulk",),
    ("outputs",),
    ("change/start",),
    ("cli", "messages"),
    ("__main__",),
)
LEVEL = {name: level for level, names in enumerate(ORDER) for name in names}

SAYS_NOTHING = {"common", "helper", "helpers", "misc", "util", "utils"}
STARTS_PROCESSES = {"site", "read"}
PROCESS_MODULES = {"multiprocessing", "pty", "subprocess"}

MODULES = [path.relative_to(PACKAGE).as_posix() for path in sorted(PACKAGE.rglob("*.py"))]


@cache
def parsed(module: str) -> ast.Module:
    return ast.parse((PACKAGE / module).read_text(encoding="utf-8"))


def part_of(module: str) -> str:
    """The stage that a module belongs to: `read` for read/parse.py, `share` for share.py.

    Where a package holds several stages, it is the package with the stage: `rules/gate`.
    """
    steps = module.removesuffix(".py").split("/")
    two = "/".join(steps[:2])
    return two if two in LEVEL else steps[0]


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


def test_imports_point_one_way() -> None:
    wrong = [
        f"generator/{module}:{line}: {own} imports {name}"
        for module in MODULES
        for own in [part_of(module)]
        for line, name in imported(parsed(module))
        if name.startswith("generator.")
        and (theirs := part_of(name.removeprefix("generator.").replace(".", "/"))) != own
        and LEVEL.get(theirs, -1) >= LEVEL.get(own, -1)
        and not (own == "__init__" and theirs == "__version__")
    ]
    assert wrong == []


def test_only_reading_and_publishing_start_processes() -> None:
    starting = {
        part_of(module)
        for module in MODULES
        for _, name in imported(parsed(module))
        if name.split(".")[0] in PROCESS_MODULES
    }
    assert starting == STARTS_PROCESSES


def test_a_module_says_what_it_is_for() -> None:
    silent = [module for module in MODULES if not ast.get_docstring(parsed(module))]
    assert silent == [], "begin with one to three sentences"
    vague = [
        module for module in MODULES if SAYS_NOTHING & set(module.removesuffix(".py").split("/"))
    ]
    assert vague == []
