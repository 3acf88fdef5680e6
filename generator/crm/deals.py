"""Rows of the pipeline: each is placed on an account or accounted for."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from generator.crm.cells import amount_of, day_of
from generator.crm.load import Row, Table
from generator.crm.mapping import Column, Mapping

NO_AMOUNT = "won without an amount"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """One opportunity of one account."""

    id: str
    account: str
    product: str
    person: str
    state: str
    """won, lost or open."""
    stage: str
    amount: Decimal
    closed_on: datetime.date | None


@dataclass(slots=True)
class Skipped:
    """Why rows were not used, counted, with the won value that went with them."""

    reasons: Counter[str] = field(default_factory=Counter)
    won: Decimal = Decimal(0)


def cell(row: Row, column: Column, mapping: Mapping) -> str:
    """A cell, what is misspelt put right."""
    value = row.cells.get(column.column, "")
    values = (mapping.values or {}).get(column.values or "", {})
    return values.get(value, value)


def read_deals(
    table: Table, mapping: Mapping, accounts: Sequence[str], products: Sequence[str]
) -> tuple[tuple[Deal, ...], Skipped]:
    """The deals that can be placed, and why the others cannot."""
    known_accounts, known_products = set(accounts), set(products)
    deals, skipped = [], Skipped()
    for row in table.rows:
        deal = _deal(row, mapping)
        fault = _fault(deal, known_accounts, known_products)
        if fault is None:
            deals.append(deal)
        else:
            skipped.reasons[fault] += 1
            skipped.won += deal.amount if deal.state == "won" else 0
    return tuple(deals), skipped


def _deal(row: Row, mapping: Mapping) -> Deal:
    how = mapping.opportunities
    stage = cell(row, how.stage, mapping)
    states = {"won": how.stages.won, "lost": how.stages.lost, "open": how.stages.open}
    amount = amount_of(cell(row, how.amount, mapping))
    state = next((name for name, words in states.items() if stage in words), "")
    return Deal(
        id=cell(row, how.id, mapping),
        account=cell(row, how.account, mapping),
        product=cell(row, how.product, mapping),
        person=cell(row, how.person, mapping),
        state=NO_AMOUNT if amount is None and state == "won" else state,
        stage=stage,
        amount=amount or Decimal(0),
        closed_on=day_of(cell(row, how.closed_on, mapping)),
    )


def _fault(deal: Deal, accounts: set[str], products: set[str]) -> str | None:
    """The first reason why a deal cannot be placed, in the words of the closing table."""
    reasons = (
        (not deal.account, "no account"),
        (deal.account not in accounts, f"unknown account '{deal.account}'"),
        (deal.product not in products, f"unknown product '{deal.product}'"),
        (deal.state == NO_AMOUNT, "won without an amount"),
        (not deal.state, f"unknown stage '{deal.stage}'"),
        (deal.state in ("won", "lost") and deal.closed_on is None, "closed without a day"),
    )
    return next((words for holds, words in reasons if holds), None)
