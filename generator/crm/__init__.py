"""CRM exports into new playbooks, through a mapping file, with every row accounted for."""

from __future__ import annotations

from generator.crm.load import load_mapping, read_tables
from generator.crm.plan import ImportPlan, NewFile, plan_import
from generator.crm.write import still_missing, unified_diff, write_files

__all__ = [
    "ImportPlan",
    "NewFile",
    "load_mapping",
    "plan_import",
    "read_tables",
    "still_missing",
    "unified_diff",
    "write_files",
]
