"""Evidence that carries its own date, and how old it may get."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from generator.figures.case import Case
from generator.form import FORM
from generator.form.economics import Outcome
from generator.form.relationship import Gate, Interaction, Referral, Trust
from generator.form.service import SatisfactionScore
from generator.model.base import Unknowable
from generator.model.fields import ENTRY, Field
from generator.read.document import DataPath

# What happened on a day does not grow stale: it happened on that day
_HAPPENED = (Gate, Interaction, Outcome, Referral, SatisfactionScore, Trust)
# Where a fact's own number stands, beside its date
_NUMBERS = ("value", "amount", "score", "probability")


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedEvidence:
    """Something that says when it was true; a section's evidence stands for all its facts."""

    path: DataPath
    number: DataPath
    """Where its own number stands, else its date."""
    as_of: datetime.date
    days: int
    """How old it may get."""

    def days_past(self, today: datetime.date) -> int:
        """Days past its shelf life; 0 or below while it holds."""
        return (today - self.as_of).days - self.days


def dated_evidence(case: Case) -> Iterator[DatedEvidence]:
    """All evidence of an account with a date of its own, in the order of the form.

    Undated facts are as old as the review of the plan, and are none of it.
    """
    for section in FORM.children.values():
        if not case.has_shelf_life(section.name):
            continue
        days = case.shelf_life((section.name,))
        node = getattr(case.playbook, section.attribute)
        for path, dated, as_of in _dated((section.name,), section, node):
            number = next((name for name in _NUMBERS if _has(dated, name)), "as_of")
            yield DatedEvidence(path=path, number=(*path, number), as_of=as_of, days=days)


def _has(node: BaseModel, name: str) -> bool:
    return getattr(node, name, None) is not None


def _dated(
    path: DataPath, field: Field, node: Any
) -> Iterator[tuple[DataPath, BaseModel, datetime.date]]:
    """Everything below a place that says when it was true."""
    if isinstance(node, BaseModel) and not isinstance(node, _HAPPENED):
        as_of = getattr(node, "as_of", None)
        is_unknown = isinstance(node, Unknowable) and node.is_unknown
        if as_of is not None and not is_unknown:
            yield path, node, as_of
        for inner in field.children.values():
            yield from _dated((*path, inner.name), inner, getattr(node, inner.attribute))
    elif isinstance(node, (tuple, dict)):
        for step, entry in node.items() if isinstance(node, dict) else enumerate(node):
            yield from _dated((*path, step), field.children[ENTRY], entry)
