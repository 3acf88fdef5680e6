"""The formats in which findings are told, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from generator.problems import Problem, errors_among
from generator.report.findings import Findings
from generator.report.github import github
from generator.report.junit import junit
from generator.report.machine import gitlab, json_lines, json_list, rdjson, sarif
from generator.report.plain import concise, full

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
