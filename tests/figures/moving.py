"""A figure before and after one change in the file; its reasons tell of the change."""

from __future__ import annotations

import re
from typing import Any

from generator.figures import Figure, Reason
from generator.settings import Settings
from generator.share import defaults_folder
from tests.figures.edits import changed, line_of, path_of
from tests.figures.small import clean, enriched, plan, settings


def reasons_of(figure: Figure) -> list[Reason]:
    """Every reason, and what those are made of that are no figures."""
    return [reason for top in figure.reasons for reason in (top, *top.inputs)]


def moved(key: str, sections: str, dotted: str, new: str) -> Figure:
    """The figure once `new` stands at a path; a reason has it as its value, with its line."""
    text = changed(plan(sections), dotted, new)
    acme = enriched(text)
    clean(acme)
    figure = acme.figures[key]
    line = line_of(text, path_of(dotted))
    reasons = [
        reason for reason in reasons_of(figure) if reason.line == line and _says(reason.value, new)
    ]
    assert reasons, (new, line, figure.reasons)
    assert all(reason.path == "playbooks/acme.yaml" for reason in reasons)
    return figure


def _says(value: Any, new: str) -> bool:
    try:
        return float(value) == float(new)
    except (TypeError, ValueError):
        return str(value) == new


def doubted(key: str, sections: str, dotted: str) -> tuple[float, float]:
    """How sure the figure is, and how sure once the entry of a path's value is an opinion."""
    text = plan(sections)
    before = enriched(text).figures[key]
    acme = enriched(_with_grade(text, dotted))
    clean(acme)
    after = acme.figures[key]
    assert before.value == after.value
    assert before.confidence is not None
    assert after.confidence is not None
    return before.confidence, after.confidence


def _with_grade(text: str, dotted: str) -> str:
    """The text with a grade in a line of its own after the value at a path."""
    line = line_of(text, path_of(dotted))
    lines = text.splitlines()
    indent = len(lines[line - 1]) - len(lines[line - 1].lstrip(" -"))
    lines.insert(line, " " * indent + "grade: opinion")
    return "\n".join(lines) + "\n"


def scoring(**numbers: str) -> Settings:
    """The settings with some numbers of scoring.yaml otherwise; each name stands there once."""
    text = (defaults_folder() / "scoring.yaml").read_text(encoding="utf-8")
    for name, new in numbers.items():
        text, count = re.subn(rf"(?<=\b{name}: )[-\d.]+", new, text)
        assert count == 1, name
    return settings(scoring=text)
