"""The portfolio as tables and calendars for other programs: CSV, XLSX, SQLite, JSON, ics."""

from __future__ import annotations

from generator.outputs.export.calendar import Day, calendar_of, calendar_with, days_of
from generator.outputs.export.delimited import csv_of
from generator.outputs.export.document import json_of
from generator.outputs.export.sqlite import sqlite_of
from generator.outputs.export.tables import TABLES, Table, tables_of
from generator.outputs.export.workbook import xlsx_of

__all__ = [
    "TABLES",
    "Day",
    "Table",
    "calendar_of",
    "calendar_with",
    "csv_of",
    "days_of",
    "json_of",
    "sqlite_of",
    "tables_of",
    "xlsx_of",
]
