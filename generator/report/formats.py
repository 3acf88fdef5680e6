"""Findings in the formats that people and CI systems read."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from generator.problems import Problem, errors_among

Sources = Mapping[str, str]
"""The text of each file by its path, for showing the line of a finding."""

GITHUB_LIMIT = 10  # GitHub keeps ten annotations of a level a step and drops the rest silently
GITHUB_MESSAGE_BYTES = 4_000
SNIPPET_WIDTH = 100


def text_of(format_name: str, problems: Sequence[Problem], sources: Sources) -> str:
    """The findings in one of the formats; ends with a newline unless there is nothing to say."""
    return FORMATS[format_name](problems, sources)


def choose_format(name: str, environment: Mapping[str, str]) -> str:
    """`auto` becomes github within GitHub Actions, full elsewhere."""
    if name != "auto":
        return name
    return "github" if environment.get("GITHUB_ACTIONS") == "true" else "full"


def summary(problems: Sequence[Problem], accounts: int) -> str:
    """One closing line for people."""
    errors = len(errors_among(problems))
    warnings = len(problems) - errors
    plans = f"{accounts:,} {_plural(accounts, 'playbook')}"
    if not problems:
        return f"{plans}: all clean"
    files = len({problem.path for problem in problems})
    return (
        f"{errors:,} {_plural(errors, 'error')}, {warnings:,} {_plural(warnings, 'warning')}"
        f" in {files:,} of {plans}"
    )


def _plural(count: int, word: str) -> str:
    return word if count == 1 else f"{word}s"


def printable(text: str) -> str:
    """Text without characters that steer a terminal."""
    return "".join(
        character
        if character == "\t" or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
        else "\N{REPLACEMENT CHARACTER}"
        for character in text
    )


def _full(problems: Sequence[Problem], sources: Sources) -> str:
    """Each finding with its line of source and a caret under the place."""
    lines: dict[str, list[str]] = {}
    blocks = []
    for problem in problems:
        if problem.path not in lines:
            lines[problem.path] = sources.get(problem.path, "").split("\n")
        blocks.append(printable(str(problem)) + "\n" + _snippet(problem, lines[problem.path]))
    return "".join(blocks)


def _snippet(problem: Problem, lines: Sequence[str]) -> str:
    if problem.line > len(lines):
        return ""
    source = lines[problem.line - 1].rstrip("\r")
    if not source.strip():
        return ""
    start = max(0, problem.column - 1 - SNIPPET_WIDTH // 2) if len(source) > SNIPPET_WIDTH else 0
    shown = printable(source[start : start + SNIPPET_WIDTH]).replace("\t", " ")
    before = shown[: problem.column - 1 - start]
    number = str(problem.line)
    gutter = " " * len(number)
    return f"{number} | {shown}\n{gutter} | {' ' * _columns(before)}^\n"


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes: East Asian wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def _concise(problems: Sequence[Problem], _sources: Sources) -> str:
    return "".join(f"{printable(str(problem))}\n" for problem in problems)


def as_data(problem: Problem) -> dict[str, Any]:
    """A finding as plain data."""
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "level": problem.level,
        "rule": problem.rule,
        "message": problem.message,
        "account": problem.account,
    }


def _json(problems: Sequence[Problem], _sources: Sources) -> str:
    return json.dumps([as_data(one) for one in problems], indent=2, ensure_ascii=False) + "\n"


def _github(problems: Sequence[Problem], _sources: Sources) -> str:
    """Workflow commands, worst first, within GitHub's limits; the last line says what is cut."""
    shown: list[str] = []
    cut = 0
    for level in ("error", "warning"):
        of_level = [problem for problem in problems if problem.level == level]
        shown.extend(_annotation(problem) for problem in of_level[:GITHUB_LIMIT])
        cut += max(0, len(of_level) - GITHUB_LIMIT)
    if cut:
        shown.append(f"and {cut:,} more; 'playbook check --output-format full' shows all")
    return "".join(f"{line}\n" for line in shown)


def _annotation(problem: Problem) -> str:
    place = (
        f"file={_property(problem.path)},line={problem.line},col={problem.column}"
        f",title={_property(problem.rule)}"
    )
    message = problem.message.encode()[:GITHUB_MESSAGE_BYTES].decode(errors="ignore")
    return f"::{problem.level} {place}::{_message(printable(message))}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Sequence[Problem], Sources], str]] = {
    "full": _full,
    "concise": _concise,
    "json": _json,
    "github": _github,
}
