"""Playbooks become a checked, searchable site: read, validate, enrich, gate, render, publish."""

from __future__ import annotations

__version__ = "0.2.0"
