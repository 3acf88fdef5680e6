"""Findings for people at a terminal, and all the formats in which findings are told, by name."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence

from generator.outputs.report.findings import Findings, printable
from generator.outputs.report.github import github
from generator.outputs.report.machine import gitlab, json_lines, json_list, junit, rdjson, sarif
from generator.problems import Problem, errors_among

# With the line they are about, or one line each

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
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


FORMATS: dict[str, Callable[[Findings], str]] = {
    "full": full,
    "concise": concise,
    "json": json_list,
    "json-lines": json_lines,
    "github": github,
    "gitlab": gitlab,
    "junit": junit,
    "sarif": sarif,
    "rdjson": rdjson,
}


def text_of(format_name: str, findings: Findings) -> str:
    """The findings in one of the formats; ends with a newline unless there is nothing to say."""
    return FORMATS[format_name](findings)


def choose_format(name: str, environment: Mapping[str, str]) -> str:
    """`auto` becomes github within GitHub Actions, full elsewhere."""
    if name != "auto":
        return name
    return "github" if environment.get("GITHUB_ACTIONS") == "true" else "full"


def summary(
    problems: Sequence[Problem],
    accounts: int,
    *,
    of: int | None = None,
    known: int | None = None,
    mended: int = 0,
) -> str:
    """One closing line for people.

    `of` says how many playbooks there are when fewer were looked at; `known` counts the findings
    that a baseline let pass, `mended` what it still names though it is no longer missing.
    """
    errors = len(errors_among(problems))
    plans = counted(accounts, "playbook")
    if of is not None and of != accounts:
        plans += f" looked at, of {of:,}"
    if problems:
        files = len({problem.path for problem in problems})
        sentence = (
            f"{counted(errors, 'error')}, {counted(len(problems) - errors, 'warning')}"
            f" in {files:,} of {plans}"
        )
    else:
        sentence = f"{plans}: {'nothing new' if known else 'all clean'}"
    if known:
        sentence += f"; {counted(known, 'known gap')} let pass"
    if mended:
        sentence += f"; {mended:,} of the baseline mended, write it anew"
    return sentence


def counted(count: int, word: str) -> str:
    """Such as '1 playbook', '2,000 playbooks'."""
    return f"{count:,} {word if count == 1 else f'{word}s'}"
