"""The portfolio for other programs: one module with a writer for each format, named in FORMATS."""

from __future__ import annotations

import importlib
from dataclasses import dataclass

from generator.figures import Portfolio
from generator.read import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be written."""

    portfolio: Portfolio
    workspace: Workspace
    table: str
    """Which table, where a format holds one."""
    account: str | None = None
    """Only this account."""
    owner: str | None = None
    """Only what is this person's."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format. Its module is imported when it is asked for: some bring large libraries."""

    name: str
    module: str
    is_text: bool = True
    tells_of_all: bool = False
    """Whether it is about all plans, for those who may see everything."""

    def written(self, wanted: Wanted) -> bytes:
        """The file, by the function `write` of the module."""
        content: bytes = importlib.import_module(f"{__name__}.{self.module}").write(wanted)
        return content


FORMATS = (
    Format("json", "document"),
    Format("csv", "delimited"),
    Format("xlsx", "workbook", is_text=False),
    Format("sqlite", "sqlite", is_text=False),
    Format("ics", "calendar"),
    Format("atom", "feed", tells_of_all=True),
)
