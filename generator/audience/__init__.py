"""Editions: what one audience may see of the playbooks, and nothing above."""

from __future__ import annotations

from generator.audience.edition import edition_of

__all__ = ["edition_of"]
