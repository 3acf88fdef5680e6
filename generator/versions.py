"""What a new version asks that an older one did not: it warns for one release, then stops."""

from __future__ import annotations

import re
from dataclasses import replace

from generator import __version__
from generator.problems import Problem

VERSION = re.compile(r"[0-9]+\.[0-9]+")


def stops_from(since: str) -> str:
    """The version from which on it is an error: the one after that which began to ask."""
    major, minor = _numbers(since)
    return f"{major}.{minor + 1}"


def is_eased(since: str, upgraded_from: str | None, now: str = __version__) -> bool:
    """Whether a workspace of an older version is only warned of what is new since a version."""
    return (
        upgraded_from is not None
        and _numbers(upgraded_from) < _numbers(since)
        and _numbers(now) < _numbers(stops_from(since))
    )


def eased(problem: Problem, since: str) -> Problem:
    """The finding as a warning that says from which version on it is an error."""
    message = f"new in {since}, an error from {stops_from(since)} on: {problem.message}"
    return replace(problem, level="warning", message=message)


def _numbers(version: str) -> tuple[int, int]:
    """Major and minor of a version such as '0.2' or '0.2.0'."""
    major, minor, *_ = version.split(".")
    return int(major), int(minor)
