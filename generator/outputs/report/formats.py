"""The formats in which findings are told, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from generator.outputs.report.findings import Findings
from generator.outputs.report.github import github
from generator.outputs.report.junit import junit
from generator.outputs.report.machine import gitlab, json_lines, json_list, rdjson, sarif
from generator.outputs.report.plain import concise, full
from generator.problems import Problem, errors_among

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
        told = (
            f"{counted(errors, 'error')}, {counted(len(problems) - errors, 'warning')}"
            f" in {files:,} of {plans}"
        )
    else:
        told = f"{plans}: {'nothing new' if known else 'all clean'}"
    if known:
        told += f"; {counted(known, 'known gap')} let pass"
    if mended:
        told += f"; {mended:,} of the baseline mended, write it anew"
    return told


def counted(count: int, word: str) -> str:
    """Such as '1 playbook', '2,000 playbooks'."""
    return f"{count:,} {word if count == 1 else f'{word}s'}"
