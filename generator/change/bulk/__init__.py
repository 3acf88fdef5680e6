"""Many playbooks changed in one spreadsheet: chosen fields out, and what was changed back in."""

from __future__ import annotations

from generator.change.bulk.back import is_bulk, plan_bulk
from generator.change.bulk.fields import Field, fields_of
from generator.change.bulk.sheets import workbook_of

__all__ = ["Field", "fields_of", "is_bulk", "plan_bulk", "workbook_of"]
