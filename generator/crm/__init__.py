"""CRM exports into playbooks, new and existing, through a mapping file; every row accounted for."""

from __future__ import annotations

from generator.crm.load import load_mapping, read_tables
from generator.crm.plan import ChangedFile, ImportPlan, NewFile, plan_import
from generator.crm.write import unified_diff, write_files

__all__ = [
    "ChangedFile",
    "ImportPlan",
    "NewFile",
    "load_mapping",
    "plan_import",
    "read_tables",
    "unified_diff",
    "write_files",
]
