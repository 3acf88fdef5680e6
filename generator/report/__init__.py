"""Findings and accounts as text for people and for machines."""

from __future__ import annotations

from generator.report.diff_json import diff_json
from generator.report.diff_markdown import diff_markdown
from generator.report.diff_text import diff_text
from generator.report.findings import Findings, Help
from generator.report.formats import FORMATS, choose_format, counted, summary, text_of
from generator.report.github import job_summary

__all__ = [
    "FORMATS",
    "Findings",
    "Help",
    "choose_format",
    "counted",
    "diff_json",
    "diff_markdown",
    "diff_text",
    "job_summary",
    "summary",
    "text_of",
]
