"""Findings and accounts as text for people and for machines."""

from __future__ import annotations

from generator.report.diff_json import diff_json
from generator.report.diff_markdown import diff_markdown
from generator.report.diff_text import diff_text
from generator.report.formats import FORMATS, Sources, choose_format, summary, text_of

__all__ = [
    "FORMATS",
    "Sources",
    "choose_format",
    "diff_json",
    "diff_markdown",
    "diff_text",
    "summary",
    "text_of",
]
