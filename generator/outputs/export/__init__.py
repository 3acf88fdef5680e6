"""The portfolio for other programs: one module with a writer for each format, named in FORMATS."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Literal

from generator.figures import Portfolio
from generator.read import Tell, Workspace, say_nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be written."""

    portfolio: Portfolio
    workspace: Workspace
    table: str
    """Which table, where a format is narrowed by it."""
    account: str | None = None
    """Only this account."""
    owner: str | None = None
    """Only what is this person's, where a format is narrowed by it."""
    tell: Tell = say_nothing
    """Hears why a history cannot be read, where a format is made of it."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format. Its module is imported when it is asked for: some bring large libraries."""

    name: str
    module: str
    is_text: bool = True
    tells_of_all: bool = False
    """Whether it is about all plans, for those who may see everything."""
    narrowed_by: Literal["table", "owner"] | None = None
    """What of the wanted besides the account leaves some of it out."""

    def written(self, wanted: Wanted) -> bytes:
        """The file, by the function `write` of the module."""
        content: bytes = importlib.import_module(f"{__name__}.{self.module}").write(wanted)
        return content


FORMATS = (
    Format("json", "document"),
    Format("csv", "delimited", narrowed_by="table"),
    Format("xlsx", "workbook", is_text=False),
    Format("sqlite", "sqlite", is_text=False),
    Format("ics", "calendar", narrowed_by="owner"),
    Format("atom", "feed", tells_of_all=True),
)


def narrowed_by(option: str) -> str:
    """The names of the formats that something leaves some of out."""
    return ", ".join(form.name for form in FORMATS if form.narrowed_by == option)
