"""Hostile strings, and playbooks that hold them in every field that takes text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from generator.read.text import FORBIDDEN
from tests.everything import everything_playbook

HERE = Path(__file__).parent
LONGEST = 450
"""Signs: with its mark a string fits into every field that takes a line of text."""

# What the walk over the model writes into fields that take any text
WALKED = re.compile(r"Text (\d+) of .*")
# How a string is told from others and found again; no tag or attribute begins with it
MARK = re.compile(r"qz(\d{4})z ")


class Strings(NamedTuple):
    """All strings, those that a playbook may hold apart from those that are findings."""

    held: tuple[str, ...]
    refused: tuple[str, ...]


def strings() -> Strings:
    """Our own and the published ones, each once."""
    own = yaml.safe_load((HERE / "hostile.yaml").read_text(encoding="utf-8"))
    published = json.loads((HERE / "blns.json").read_text(encoding="utf-8"))
    every = [string for group in own.values() for string in group] + published
    fitting = dict.fromkeys(string[:LONGEST] for string in every if string.strip())
    held = tuple(string for string in fitting if not FORBIDDEN.search(string))
    return Strings(held, tuple(string for string in fitting if FORBIDDEN.search(string)))


def marked(place: int, string: str) -> str:
    """A string as the field of a number holds it."""
    return f"qz{place:04}z {string}"


def with_strings(chosen: Callable[[int], str], variant: int = 0) -> tuple[dict[str, Any], int]:
    """A playbook whose every free text is a string, chosen by the field's number; how many."""
    places = iter(range(10_000))

    def put(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: put(value) for key, value in node.items()}
        if isinstance(node, list):
            return [put(entry) for entry in node]
        if isinstance(node, str) and WALKED.fullmatch(node):
            place = next(places)
            return marked(place, chosen(place))
        return node

    data = put(everything_playbook(variant=variant))
    return data, next(places)


def other_texts(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where a text stands that may not be any text: an id, a word of a list, an address, a day."""
    pairs = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    for key, value in pairs:
        if isinstance(value, dict | list):
            yield from other_texts(value, (*path, key))
        elif isinstance(value, str) and not WALKED.fullmatch(value):
            yield (*path, key)


def put_at(node: Any, path: tuple[Any, ...], value: str) -> None:
    """Put a value where a path leads."""
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
