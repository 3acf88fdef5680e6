"""Findings within GitHub Actions: annotations at their lines, all of them in the summary."""

from __future__ import annotations

import re

from generator.outputs.report.findings import Findings, printable, shown
from generator.problems import Problem

LIMIT = 10  # GitHub keeps ten annotations of a level a step and drops the rest silently
MESSAGE_BYTES = 4_000
SUMMARY_BYTES = 1_000_000  # of the 1 MiB that a step may write
_ACTIVE = re.compile(r"([\\`*_{}\[\]()#+!|~$<>&-])")


def github(findings: Findings) -> str:
    """Workflow commands, worst first, within GitHub's limits; the last line says what is cut."""
    lines: list[str] = []
    cut = 0
    for level in ("error", "warning"):
        of_level = [problem for problem in findings.problems if problem.level == level]
        lines.extend(_annotation(problem) for problem in of_level[:LIMIT])
        cut += max(0, len(of_level) - LIMIT)
    if cut:
        lines.append(f"and {cut:,} more; 'playbook check --output-format full' shows all")
    return "".join(f"{line}\n" for line in lines)


def job_summary(findings: Findings, closing: str) -> str:
    """Every finding as a table of Markdown, worst first, as many as GitHub takes."""
    head = f"### Playbooks: {as_text(closing)}\n\n"
    if not findings.problems:
        return head
    head += "| | finding | place | rule |\n|---|---|---|---|\n"
    worst = sorted(findings.problems, key=lambda problem: problem.level)
    rows: list[str] = []
    size = len(head.encode())
    for problem in worst:
        row = (
            f"| {problem.level} | {as_text(problem.message)}"
            f" | {as_text(shown(problem.path))}:{problem.line} | {as_text(problem.rule)} |\n"
        )
        size += len(row.encode())
        if size > SUMMARY_BYTES:
            break
        rows.append(row)
    rest = len(worst) - len(rows)
    more = f"…and {rest:,} more; `playbook check --output-format full` shows all.\n" if rest else ""
    return f"{head}{''.join(rows)}\n{more}"


def as_text(text: str) -> str:
    """User text that stays text: no markup, no mention of a person, no reference to a number."""
    escaped = _ACTIVE.sub(r"\\\1", printable(" ".join(text.split())))
    return escaped.replace("@", "&#64;").replace("\\#", "&#35;")


def _annotation(problem: Problem) -> str:
    place = (
        f"file={_property(shown(problem.path))},line={problem.line},col={problem.column}"
        f",title={_property(problem.rule)}"
    )
    message = printable(problem.message).encode()[:MESSAGE_BYTES].decode(errors="ignore")
    return f"::{problem.level} {place}::{_message(message)}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
