"""Findings and accounts as text for people and for machines."""

from __future__ import annotations

from generator.outputs.report.diff_json import diff_json
from generator.outputs.report.diff_markdown import diff_markdown
from generator.outputs.report.diff_text import diff_text
from generator.outputs.report.findings import Findings, Help
from generator.outputs.report.formats import FORMATS, choose_format, counted, summary, text_of
from generator.outputs.report.github import job_summary

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
