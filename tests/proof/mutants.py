"""A plugin for pytest: change one constant or operator of the program, and see a test fail.

Tests are collected once, and run once without a mutant, to know which of them come by each line.
For each mutant a child process takes the changed function over the whole one and runs those that
come by its line until one fails; all tests where the line is one that runs as the module is
imported. What no test notices has survived, and is listed with its line.

    pytest tests/figures -p tests.proof.mutants --mutate generator/figures
"""

from __future__ import annotations

import ast
import gc
import importlib
import itertools
import os
import pickle
import random
import sys
import time
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import coverage
import pytest
from _pytest.runner import runtestprotocol

KILLED, SURVIVED = 0, 7
SLOWER = 3
"""A mutant that takes so many times as long as all tests do is killed too: a test would not end."""
ROOT = Path(__file__).resolve().parent.parent.parent
LEFT_OUT = {"__init__.py", "definition.py"}
_COMPARE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_BINARY: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
}
_CALLS = {"exceeds": "reaches", "reaches": "exceeds", "max": "min", "min": "max"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One change of one module."""

    module: str
    line: int
    what: str
    index: int
    """Which of the module's changes."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """--mutate FOLDER, --modules A,B, --mutants N, --seed N, --share I/N, --report FILE."""
    group = parser.getgroup("mutants")
    group.addoption("--mutate", default=None, help="the folder whose modules are changed")
    group.addoption("--modules", default="", help="only these modules, their names with commas")
    group.addoption("--mutants", type=int, default=0, help="a sample of so many; 0 for all")
    group.addoption("--seed", type=int, default=1, help="of the sample")
    group.addoption("--share", default="1/1", help="the I-th of N parts")
    group.addoption("--report", default=None, help="where to write who survived")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Instead of the tests: the tests once for each mutant."""
    folder = session.config.getoption("--mutate")
    if folder is None:
        return None
    chosen = _chosen(session.config, ROOT / folder)
    survivors: list[Mutant] = []
    killers: dict[str, list[int]] = {}
    begin = time.monotonic()
    passing = _passing(session, ROOT / folder)
    most = SLOWER * (time.monotonic() - begin)
    for mutant in chosen:
        order = _order(
            len(session.items),
            passing.get((mutant.module, mutant.line), ()),
            killers.get(mutant.module, ()),
        )
        killer = _try(session, mutant, order, most)
        if killer is None:
            survivors.append(mutant)
        else:
            killers.setdefault(mutant.module, []).insert(0, killer)
    _report(session.config, chosen, survivors, time.monotonic() - begin)
    session.testsfailed = 0
    return True


def _chosen(config: pytest.Config, folder: Path) -> list[Mutant]:
    names = set(filter(None, config.getoption("--modules").split(",")))
    mutants = [
        mutant
        for path in sorted(folder.glob("*.py"))
        if path.name not in LEFT_OUT and (not names or path.stem in names)
        for mutant in mutants_of(path)
    ]
    count = config.getoption("--mutants")
    if count and count < len(mutants):
        chosen = random.Random(config.getoption("--seed")).sample(mutants, count)
        mutants = sorted(chosen, key=lambda mutant: (mutant.module, mutant.index))
    part, of = map(int, config.getoption("--share").split("/"))
    return mutants[part - 1 :: of]


def mutants_of(path: Path) -> list[Mutant]:
    """Every change of a module, in the order of its lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        Mutant(module=_name(path), line=_nodes(tree)[place].lineno, what=what, index=index)
        for index, (place, what, _) in enumerate(_changes(tree))
    ]


def _name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def _changes(tree: ast.Module) -> Iterator[tuple[int, str, Callable[[Any], None]]]:
    """Which node may be changed, in words and in fact."""
    for place, node in enumerate(_nodes(tree)):
        for what, change in _ways(node):
            yield place, what, change


def _nodes(tree: ast.Module) -> list[Any]:
    """What may be changed; annotations and texts stay."""
    nodes: list[Any] = []

    def visit(node: ast.AST) -> None:
        if isinstance(node, ast.Constant | ast.Compare | ast.BinOp | ast.BoolOp | ast.Call):
            nodes.append(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            nodes.append(node)
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "slice", "bases", "keywords"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    visit(child)

    for statement in tree.body:
        is_alias = isinstance(statement, ast.AnnAssign | ast.Import | ast.ImportFrom)
        if not is_alias:
            visit(statement)
    return nodes


def _ways(node: Any) -> Iterator[tuple[str, Any]]:
    """How a node may be changed."""
    if isinstance(node, ast.Constant):
        number = node.value
        if isinstance(number, bool) or not isinstance(number, (int, float)):
            return
        yield f"{number} becomes {number + 1}", lambda copied: setattr(copied, "value", number + 1)
    elif isinstance(node, ast.Compare):
        opposite = _COMPARE.get(type(node.ops[0]))
        if opposite is not None:
            words = f"{type(node.ops[0]).__name__} becomes {opposite.__name__}"
            yield words, lambda copied: copied.ops.__setitem__(0, opposite())
    elif isinstance(node, ast.BinOp):
        swap = _BINARY.get(type(node.op))
        is_text = any(isinstance(side, ast.JoinedStr) for side in (node.left, node.right))
        if swap is not None and not is_text:
            words = f"{type(node.op).__name__} becomes {swap.__name__}"
            yield words, lambda copied: setattr(copied, "op", swap())
    elif isinstance(node, ast.BoolOp):
        to: type[ast.boolop] = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield (
            f"{type(node.op).__name__} becomes {to.__name__}",
            lambda copied: setattr(copied, "op", to()),
        )
    elif isinstance(node, ast.UnaryOp):
        yield "not is dropped", _truth
    elif isinstance(node.func, ast.Name) and node.func.id in _CALLS:
        name = _CALLS[node.func.id]
        yield f"{node.func.id} becomes {name}", lambda copied: setattr(copied.func, "id", name)


def _truth(node: Any) -> None:
    """'not x' as 'not not x', which is its truth."""
    node.op = ast.Not()
    node.operand = ast.UnaryOp(op=ast.Not(), operand=node.operand)


_Passing = Mapping[tuple[str, int], Sequence[int]]
"""By module and line the tests that come by, the quickest first."""


def _passing(session: pytest.Session, folder: Path) -> _Passing:
    """Run all tests in a child without a mutant, and see which lines each comes by."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        with os.fdopen(writer, "wb") as answer:
            pickle.dump(_watched(session, folder), answer)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as answer:
        written = answer.read()
    os.waitpid(child, 0)
    passing: str | _Passing = pickle.loads(written)
    if isinstance(passing, str):
        raise pytest.UsageError(f"{passing} fails without any mutant")
    return passing


def _watched(session: pytest.Session, folder: Path) -> str | _Passing:
    """The lines that each test comes by, or the name of a test that fails."""
    watch = coverage.Coverage(data_file=None, config_file=False, include=[f"{folder}/*"])
    seconds: list[float] = []
    kept = list(_caches())
    watch.start()
    for number, item in enumerate(session.items):
        for cache in kept:  # or only the first who asks would come by its lines
            cache.cache_clear()
        watch.switch_context(str(number))
        begin = time.monotonic()
        if any(report.failed for report in runtestprotocol(item, nextitem=None, log=False)):
            return item.nodeid
        seconds.append(time.monotonic() - begin)
    watch.stop()
    data = watch.get_data()
    return {
        (_name(Path(file)), line): sorted(map(int, filter(None, numbers)), key=seconds.__getitem__)
        for file in data.measured_files()
        for line, numbers in data.contexts_by_lineno(file).items()
    }


def _caches() -> Iterator[Any]:
    """What tests keep for each other."""
    for name, module in list(sys.modules.items()):
        if name.startswith("tests"):
            yield from (kept for kept in vars(module).values() if hasattr(kept, "cache_clear"))


def _order(count: int, passing: Sequence[int], killers: Sequence[int]) -> list[int]:
    """The tests to run, those that killed neighbours first."""
    there = passing or range(count)
    return list(dict.fromkeys([*(number for number in killers if number in there), *there]))


def _try(session: pytest.Session, mutant: Mutant, order: list[int], most: float) -> int | None:
    """The test that failed within so many seconds, or the first; None when none did."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        os._exit(_run(session, mutant, order, writer))
    os.close(writer)
    end = time.monotonic() + most
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            break
        if time.monotonic() > end:
            os.kill(child, 9)
            os.waitpid(child, 0)
            os.close(reader)
            return order[0]
        time.sleep(0.005)
    number = os.read(reader, 20)
    os.close(reader)
    if os.waitstatus_to_exitcode(status) == SURVIVED:
        return None
    return int(number) if number else order[0]


def _run(session: pytest.Session, mutant: Mutant, order: list[int], writer: int) -> int:
    gc.disable()  # the child is short-lived, and collecting would copy what it shares
    try:
        _apply(mutant)
    except Exception:  # noqa: BLE001 - a module that cannot even be made is noticed
        return KILLED
    for number in order:
        reports = runtestprotocol(session.items[number], nextitem=None, log=False)
        if any(report.failed for report in reports):
            os.write(writer, str(number).encode())
            return KILLED
    return SURVIVED


def _apply(mutant: Mutant) -> None:
    """Take the changed functions and constants over those that are already imported."""
    module = importlib.import_module(mutant.module)
    path = Path(str(module.__file__))
    tree = ast.parse(path.read_text(encoding="utf-8"))
    place, _, change = next(itertools.islice(_changes(tree), mutant.index, None))
    change(_nodes(tree)[place])
    ast.fix_missing_locations(tree)
    made = types.ModuleType(mutant.module)
    made.__dict__.update({"__file__": str(path), "__package__": module.__package__})
    sys.modules[mutant.module] = made  # dataclasses look their module up
    exec(compile(tree, str(path), "exec"), made.__dict__)
    sys.modules[mutant.module] = module
    _take_over(module, made)


def _take_over(module: types.ModuleType, made: types.ModuleType) -> None:
    for name, new in vars(made).items():
        old = vars(module).get(name)
        inner, old_inner = _function_in(new), _function_in(old)
        if isinstance(inner, types.FunctionType):
            if inner.__module__ == module.__name__ and isinstance(old_inner, types.FunctionType):
                old_inner.__code__, old_inner.__defaults__ = inner.__code__, inner.__defaults__
                # what it keeps is what the whole function said
                getattr(old, "cache_clear", lambda: None)()
        elif isinstance(new, type) and new.__module__ == module.__name__:
            _take_over_class(old, new)
        elif not name.startswith("__") and not isinstance(new, types.ModuleType | type):
            _replace_everywhere(name, old, new)


def _function_in(value: Any) -> Any:
    """The function in a property, a static method or what keeps its answers; else the value."""
    inner = (getattr(value, name, None) for name in ("fget", "func", "__wrapped__"))
    return next((held for held in inner if isinstance(held, types.FunctionType)), value)


def _take_over_class(old: Any, new: type) -> None:
    for name, function in vars(new).items():
        there = vars(old).get(name)
        inner, old_inner = _function_in(function), _function_in(there)
        are_functions = isinstance(inner, types.FunctionType) and isinstance(
            old_inner, types.FunctionType
        )
        if are_functions and inner.__code__.co_freevars == old_inner.__code__.co_freevars:
            old_inner.__code__ = inner.__code__


def _replace_everywhere(name: str, old: Any, new: Any) -> None:
    """A constant in each module of the program that has imported it."""
    if callable(new) or old is None or repr(old) == repr(new):
        return
    for module in list(sys.modules.values()):
        if (
            getattr(module, "__name__", "").startswith("generator")
            and vars(module).get(name) is old
        ):
            setattr(module, name, new)


def _report(
    config: pytest.Config, chosen: list[Mutant], survivors: list[Mutant], seconds: float
) -> None:
    died = len(chosen) - len(survivors)
    share = 100 * died / len(chosen) if chosen else 100.0
    lines = [f"{mutant.module}:{mutant.line}: {mutant.what}" for mutant in survivors]
    lines.append(
        f"{died} of {len(chosen)} mutants died ({share:.1f} %), seed {config.getoption('--seed')},"
        f" part {config.getoption('--share')}, {seconds:.0f} s"
    )
    text = "\n".join(lines) + "\n"
    if config.getoption("--report"):
        report = Path(config.getoption("--report"))
        report.parent.mkdir(parents=True, exist_ok=True)
        report.write_text(text, encoding="utf-8")
    config.get_terminal_writer().write("\n" + text)
