"""CRM exports into playbooks, new and existing, through a mapping file; every row accounted for."""

from __future__ import annotations

from generator.change.crm.fill import filled
from generator.change.crm.guess import files_of, guessed_tables
from generator.change.crm.load import find_mapping, load_mapping, load_words, read_tables
from generator.change.crm.plan import ImportPlan, plan_import
from generator.change.crm.suggest import draft

__all__ = [
    "ImportPlan",
    "draft",
    "files_of",
    "filled",
    "find_mapping",
    "guessed_tables",
    "load_mapping",
    "load_words",
    "plan_import",
    "read_tables",
]
