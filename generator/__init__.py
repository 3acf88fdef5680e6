"""A portfolio of account playbooks becomes a checked, searchable site: read, enrich, gate, publish."""

from __future__ import annotations

__version__ = "0.1.0"
