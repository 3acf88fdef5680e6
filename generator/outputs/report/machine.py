"""Findings for other programs: JSON, JSON lines, GitLab's code quality, SARIF, rdjson, JUnit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as Xml

from generator import __version__
from generator.outputs.report.findings import Findings, as_data, printable
from generator.problems import Problem, errors_among
from generator.terminal import json_text

NAME = "playbook"


def json_list(findings: Findings) -> str:
    """One list."""
    return _json([as_data(problem) for problem in findings.problems])


def json_lines(findings: Findings) -> str:
    """An object a line, for tools that read while we write."""
    rows = (json_text(as_data(problem)) for problem in findings.problems)
    return _whole("".join(f"{row}\n" for row in rows))


def gitlab(findings: Findings) -> str:
    """GitLab's code quality report."""
    severity = {"error": "major", "warning": "minor"}
    return _json(
        [
            {
                "description": printable(problem.message),
                "check_name": problem.rule,
                "fingerprint": mark,
                "severity": severity[problem.level],
                "location": {"path": problem.path, "lines": {"begin": problem.line}},
            }
            for problem, mark in findings.fingerprinted()
        ]
    )


def sarif(findings: Findings) -> str:
    """SARIF 2.1.0: paths from the repository's root, columns in characters."""
    ids = sorted({problem.rule for problem in findings.problems})
    return _json(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {
                        "driver": {
                            "name": NAME,
                            "version": __version__,
                            "rules": [_sarif_rule(findings, id) for id in ids],
                        }
                    },
                    "columnKind": "unicodeCodePoints",
                    "originalUriBaseIds": {
                        "ROOT": {"description": {"text": "The root of the repository."}}
                    },
                    "results": [
                        _sarif_result(problem, mark, ids)
                        for problem, mark in findings.fingerprinted()
                    ],
                }
            ],
        }
    )


def _sarif_rule(findings: Findings, id: str) -> dict[str, Any]:
    known = findings.rules.get(id)
    if known is None:
        return {"id": id}
    return {
        "id": id,
        "shortDescription": {"text": known.title},
        "fullDescription": {"text": known.reason},
        "help": {"text": known.reason},
    }


def _sarif_result(problem: Problem, mark: str, ids: Sequence[str]) -> dict[str, Any]:
    return {
        "ruleId": problem.rule,
        "ruleIndex": ids.index(problem.rule),
        "level": problem.level,
        "message": {"text": printable(problem.message)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(problem.path), "uriBaseId": "ROOT"},
                    "region": {"startLine": problem.line, "startColumn": problem.column},
                }
            }
        ],
        "partialFingerprints": {"ruleAccountEntry/v1": mark},
    }


def _uri(path: str) -> str:
    return quote(path.encode("utf-8", "replace"), safe="/")


def rdjson(findings: Findings) -> str:
    """Reviewdog's format: columns in bytes of UTF-8."""
    lines = {path: text.split("\n") for path, text in findings.sources.items()}
    return _json(
        {
            "source": {"name": NAME},
            "diagnostics": [
                {
                    "message": printable(problem.message),
                    "location": {
                        "path": problem.path,
                        "range": {
                            "start": {
                                "line": problem.line,
                                "column": _byte_column(problem, lines.get(problem.path, [])),
                            }
                        },
                    },
                    "severity": problem.level.upper(),
                    "code": {"value": problem.rule},
                }
                for problem in findings.problems
            ],
        }
    )


def _byte_column(problem: Problem, lines: Sequence[str]) -> int:
    """The column counted in bytes; in characters where the text is not known."""
    if problem.line > len(lines):
        return problem.column
    before = lines[problem.line - 1][: problem.column - 1]
    return len(before.encode("utf-8", "replace")) + 1


def _json(data: Any) -> str:
    return _whole(json_text(data, indent=2) + "\n")


def _whole(text: str) -> str:
    """Text that can be written as UTF-8: halves of characters are question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


# JUnit: a test case for each playbook, which fails with its errors

# What XML 1.0 cannot hold, whatever the spelling
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(findings: Findings) -> str:
    """One suite; a playbook without an error passes, its warnings stand beside it."""
    by_file: dict[str, list[Problem]] = {path: [] for path in findings.checked}
    for problem in findings.problems:
        by_file.setdefault(problem.path, []).append(problem)
    failures = sum(bool(errors_among(problems)) for problems in by_file.values())
    suite = Xml.Element(
        "testsuite",
        name="playbook check",
        tests=str(len(by_file)),
        failures=str(failures),
        errors="0",
        skipped="0",
        time="0",
    )
    for path, problems in sorted(by_file.items()):
        suite.append(_case(path, problems))
    suites = Xml.Element("testsuites")
    suites.append(suite)
    Xml.indent(suites)
    text = Xml.tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _case(path: str, problems: Sequence[Problem]) -> Xml.Element:
    place = PurePosixPath(path)
    case = Xml.Element(
        "testcase",
        name=legal(place.name),
        classname=legal(".".join(place.parent.parts) or "."),
        time="0",
    )
    errors = errors_among(problems)
    if errors:
        first = errors[0]
        more = f" and {len(errors) - 1} more" if len(errors) > 1 else ""
        failure = Xml.SubElement(
            case, "failure", message=legal(f"{first.message}{more}"), type=legal(first.rule)
        )
        failure.text = "\n".join(legal(str(error)) for error in errors)
    warnings = [problem for problem in problems if problem.level == "warning"]
    if warnings:
        Xml.SubElement(case, "system-out").text = "\n".join(
            legal(str(problem)) for problem in warnings
        )
    return case


def legal(text: str) -> str:
    """Text that XML may hold and that steers no terminal."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", printable(text))
