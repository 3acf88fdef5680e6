"""Findings for people at a terminal: with the line they are about, or one line each."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from generator.outputs.report.findings import Findings, printable
from generator.problems import Problem

SNIPPET_WIDTH = 100


def full(findings: Findings) -> str:
    """Each finding with its line of source and a caret under the place."""
    lines: dict[str, list[str]] = {}
    blocks = []
    for problem in findings.problems:
        if problem.path not in lines:
            lines[problem.path] = findings.sources.get(problem.path, "").split("\n")
        blocks.append(printable(str(problem)) + "\n" + _snippet(problem, lines[problem.path]))
    return "".join(blocks)


def concise(findings: Findings) -> str:
    """A clickable line each."""
    return "".join(f"{printable(str(problem))}\n" for problem in findings.problems)


def _snippet(problem: Problem, lines: Sequence[str]) -> str:
    if problem.line > len(lines):
        return ""
    source = lines[problem.line - 1].rstrip("\r")
    if not source.strip():
        return ""
    start = max(0, problem.column - 1 - SNIPPET_WIDTH // 2) if len(source) > SNIPPET_WIDTH else 0
    seen = printable(source[start : start + SNIPPET_WIDTH]).replace("\t", " ")
    before = seen[: problem.column - 1 - start]
    number = str(problem.line)
    gutter = " " * len(number)
    return f"{number} | {seen}\n{gutter} | {' ' * _columns(before)}^\n"


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes: East Asian wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
