"""Whose money a sum over accounts is made of: customers apart from prospects, former in neither."""

from __future__ import annotations

from enum import StrEnum

from generator.figures.case import Case
from generator.figures.figure import Reason

WIN_PROBABILITY = ("economics", "development", "win_probability")
WITHOUT_CHANCE = frozenset(("revenue.last_year", "revenue.latest", "sales.pipeline", "sales.open"))
"""Figures that hang on no win: what was billed was billed; deals are told by themselves."""


class Side(StrEnum):
    """Customers' money is added as it is, prospects' times the chance that we win them."""

    CUSTOMERS = "customers"
    PROSPECTS = "prospects"


_SIDES = {"customer": Side.CUSTOMERS, "prospect": Side.PROSPECTS, "former": None}


def side_of(status: str | None) -> Side | None:
    """Where an account's money is added; a plan that does not say its status is a prospect's."""
    return _SIDES[status or "prospect"]


def win_probability(case: Case, *, name: str | None = None) -> Reason:
    """The chance that an account's development pays: of a prospect, that we win them at all."""
    return case.fact(*WIN_PROBABILITY, name=name)
