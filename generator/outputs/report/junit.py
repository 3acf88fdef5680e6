"""Findings as JUnit: a test case for each playbook, which fails with its errors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from xml.etree import ElementTree as Xml

from generator.outputs.report.findings import Findings, printable
from generator.problems import Problem, errors_among

# What XML 1.0 cannot hold, whatever the spelling
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(findings: Findings) -> str:
    """One suite; a playbook without an error passes, its warnings stand beside it."""
    by_file: dict[str, list[Problem]] = {path: [] for path in findings.checked}
    for one in findings.problems:
        by_file.setdefault(one.path, []).append(one)
    failures = sum(bool(errors_among(found)) for found in by_file.values())
    suite = Xml.Element(
        "testsuite",
        name="playbook check",
        tests=str(len(by_file)),
        failures=str(failures),
        errors="0",
        skipped="0",
        time="0",
    )
    for path, found in sorted(by_file.items()):
        suite.append(_case(path, found))
    suites = Xml.Element("testsuites")
    suites.append(suite)
    Xml.indent(suites)
    text = Xml.tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _case(path: str, found: Sequence[Problem]) -> Xml.Element:
    place = PurePosixPath(path)
    case = Xml.Element(
        "testcase",
        name=legal(place.name),
        classname=legal(".".join(place.parent.parts) or "."),
        time="0",
    )
    errors = errors_among(found)
    if errors:
        first = errors[0]
        more = f" and {len(errors) - 1} more" if len(errors) > 1 else ""
        failure = Xml.SubElement(
            case, "failure", message=legal(f"{first.message}{more}"), type=legal(first.rule)
        )
        failure.text = "\n".join(legal(str(one)) for one in errors)
    warnings = [one for one in found if one.level == "warning"]
    if warnings:
        Xml.SubElement(case, "system-out").text = "\n".join(legal(str(one)) for one in warnings)
    return case


def legal(text: str) -> str:
    """Text that XML may hold and that steers no terminal."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", printable(text))
