"""Worked examples in YAML: a few values of a playbook, and the figures that they must give.

A file in `examples/` is a list of examples that start from the same values:

    given: {economics: {currency: EUR}}      what all of them start from
    examples:
      - when: what it shows
        given: {economics.price: 100}        at each path another value; null takes it away
        settings: {scoring.value.fulfilment_to: 1.5}
        expect: {deal.window: 20}            values of figures; null for one that is not known
        missing: {deal.window: [service.objects]}
        note: {deal.our_share: the window is not open}

Many alike are a table: `columns` names the paths of `given` and the figures of `expect`, and each
of `rows` has their values in this order.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.figures.definitions import DEFINITIONS
from generator.settings import Settings
from generator.share import defaults_folder
from tests.figures.small import clean, enriched, settings

FILES = sorted((Path(__file__).parent / "examples").glob("*.yaml"))
PLAN = {
    "schema": 1,
    "account": {"name": "Acme", "status": "customer", "reviewed": "2026-10-01"},
    "summary": "A sample.",
}
PARTS = {"when", "given", "settings", "expect", "missing", "note"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.stem))
def test_figures_are_as_worked_out_by_hand(file: Path) -> None:
    content = _loaded(file)
    wrong = [
        f"{example['when']}: {difference}"
        for example in _examples(content["examples"])
        for difference in _differences(_with(PLAN, content.get("given", {})), example)
    ]
    assert wrong == []


def _examples(listed: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each example, those of a table one by one."""
    for example in listed:
        columns, rows = example.pop("columns", None), example.pop("rows", ())
        assert example.keys() <= PARTS, example
        if columns is None:
            yield example
            continue
        paths = columns["given"]
        for row in rows:
            given, expect = row[: len(paths)], row[len(paths) :]
            yield {
                **example,
                "when": f"{example['when']}, {row}",
                "given": {**example.get("given", {}), **dict(zip(paths, given, strict=True))},
                "expect": dict(zip(columns["expect"], expect, strict=True)),
            }


def _differences(base: dict[str, Any], example: dict[str, Any]) -> Iterator[str]:
    """What the figures of an example are that it does not expect."""
    text = _dumped(_with(base, example.get("given", {})))
    acme = enriched(text, with_=_settings(example.get("settings", {})))
    clean(acme)
    traits = ((name, example.get(name, {})) for name in ("expect", "missing", "note"))
    for trait, expected in traits:
        for key, value in expected.items():
            assert key in DEFINITIONS, key
            figure = acme.figures[key]
            is_value = trait == "expect"
            now = figure.value if is_value else getattr(figure, trait)
            if not _is(now, value):
                yield f"{key} {'is' if is_value else trait} {now!r}, not {value!r}"


def _with(data: Any, given: Mapping[str, Any]) -> Any:
    """The data with other values at some paths."""
    made = copy.deepcopy(data)
    for path, value in given.items():
        node = made
        *around, last = (int(step_) if step_.isdigit() else step_ for step_ in path.split("."))
        for step in around:
            node = node[step] if isinstance(step, int) else node.setdefault(step, {})
        if value is None:
            del node[last]
        else:
            node[last] = copy.deepcopy(value)
    return made


def _settings(changes: Mapping[str, Any]) -> Settings:
    """The settings of the tests with other values at some paths, the file first."""
    texts = {}
    for name in dict.fromkeys(path.partition(".")[0] for path in changes):
        shipped = _loaded(defaults_folder() / f"{name}.yaml")
        of_file = {
            path.partition(".")[2]: value
            for path, value in changes.items()
            if path.partition(".")[0] == name
        }
        texts[name] = _dumped(_with(shipped, of_file))
    return settings(**texts)


def _loaded(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)


def _dumped(data: Any) -> str:
    return str(yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False))


def _is(now: Any, expected: Any) -> bool:
    if isinstance(expected, Mapping):
        return (
            isinstance(now, Mapping)
            and now.keys() == expected.keys()
            and all(_is(now[name], expected[name]) for name in expected)
        )
    if isinstance(expected, list):
        return tuple(now) == tuple(expected)
    if isinstance(expected, bool) or isinstance(now, bool):
        return now is expected
    if isinstance(expected, (int, float)):
        return isinstance(now, (int, float)) and now == pytest.approx(expected)
    return bool(now == expected)
