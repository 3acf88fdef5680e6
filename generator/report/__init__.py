"""Findings and accounts as text for people and for machines."""

from __future__ import annotations

from generator.report.formats import FORMATS, Sources, choose_format, summary, text_of

__all__ = ["FORMATS", "Sources", "choose_format", "summary", "text_of"]
