"""Rows of the pipeline: each is placed on an account or accounted for."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.change.crm.cells import amount_of, currency_of, day_of, money_in, number_in
from generator.change.crm.load import Row, Table
from generator.change.crm.mapping import Mapping
from generator.change.crm.sections import Column, OpportunitiesMapping, ShareColumn
from generator.change.crm.skipped import Skipped
from generator.model.shape import did_you_mean
from generator.read.numbers import NoNumber, NotCounted, TwoReadings


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """One opportunity of one account."""

    id: str
    account: str
    """The key of its account in the CRM, after mergers."""
    product: str
    person: str
    state: str
    """won, lost or open."""
    stage: str
    amount: Decimal
    closed_on: datetime.date | None
    probability: Decimal | None = None
    kind: str | None = None
    """What its end means for the account, as the mapping says."""
    reason: str = ""


def cell(row: Row, column: Column | None, mapping: Mapping) -> str:
    """A cell, what is misspelt put right; '' where the mapping names no column."""
    if column is None:
        return ""
    value = row.cells.get(column.column, "")
    values = (mapping.values or {}).get(column.values or "", {})
    meant = values.get(value, value)
    return meant if column.letters is None else meant[: column.letters]


def share_of(row: Row, column: ShareColumn | None, mapping: Mapping) -> Decimal | None:
    """A share between 0 and 1; None where there is none."""
    if column is None:
        return None
    try:
        number = number_in(row.cells.get(column.column, "").rstrip(" %"), mapping.decimal)
    except NoNumber:
        return None
    share = number / int(column.of or 1)
    return share if 0 <= share <= 1 else None


def read_deals(
    table: Table, mapping: Mapping, accounts: Collection[str], products: Collection[str]
) -> tuple[tuple[Deal, ...], tuple[Skipped, ...]]:
    """The deals that can be placed, and why the others cannot."""
    deals: dict[str, Deal] = {}
    skipped = []
    for row in table.rows:
        deal = _deal(row, mapping, mapping.opportunities)
        faults: Iterator[tuple[str, str, str]] = (
            (*fault, "") for fault in _faults(row, deal, mapping, accounts, products)
        )
        if deal.id in deals:
            faults = iter((("the same id twice", "keep one of them", ""),))
        reason, cure, heading = next(faults, None) or next(
            _unreadable(row, deal, mapping), ("", "", "")
        )
        if not reason:
            deals[deal.id] = deal
        else:
            skipped.append(
                Skipped(
                    file=table.file,
                    line=row.line,
                    column=table.place_of(heading),
                    reason=reason,
                    cure=cure,
                    won=deal.amount if deal.state == "won" else Decimal(0),
                    currency=_other_currency(row, mapping) or "",
                )
            )
    return tuple(deals.values()), tuple(skipped)


def _deal(row: Row, mapping: Mapping, how: OpportunitiesMapping) -> Deal:
    stage, kind = cell(row, how.stage, mapping), cell(row, how.type, mapping)
    states = {"won": how.stages.won, "lost": how.stages.lost, "open": how.stages.open}
    state = next((name for name, words in states.items() if stage in words), "")
    ends = (how.outcomes or {}).get(kind)
    return Deal(
        id=cell(row, how.id, mapping),
        account=mapping.current(cell(row, how.account, mapping)),
        product=cell(row, how.product, mapping),
        person=cell(row, how.person, mapping),
        state=state,
        stage=stage,
        amount=amount_of(cell(row, how.amount, mapping), mapping.decimal) or Decimal(0),
        closed_on=day_of(cell(row, how.closed_on, mapping), mapping.dates),
        probability=share_of(row, how.probability, mapping),
        kind=getattr(ends, state, None),
        reason=cell(row, how.reason, mapping),
    )


def _faults(
    row: Row, deal: Deal, mapping: Mapping, accounts: Collection[str], products: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Why a deal cannot be placed, in the words of the closing table, and what to do."""
    if row.fault:
        yield row.fault
    if not deal.id:
        yield "no id", "export the column with the id"
    if not deal.account:
        yield "no account", "give it one in the CRM"
    elif deal.account not in accounts:
        cure = "export it too, or name the account it became under merged"
        yield f"unknown account '{deal.account}'", cure
    if products and deal.product not in products:
        meant = did_you_mean(deal.product, tuple(products))
        cure = f"name the one that is meant under values{meant}"
        yield f"unknown product '{deal.product}'", cure
    if not deal.state:
        yield f"unknown stage '{deal.stage}'", "say what it means under stages"
    if deal.state == "open" and deal.amount < 0:
        yield "open with a negative amount", "correct it in the CRM"
    if other := _other_currency(row, mapping):
        yield f"in {other}, not {mapping.currency}", "import each currency with its own mapping"


def _unreadable(row: Row, deal: Deal, mapping: Mapping) -> Iterator[tuple[str, str, str]]:
    """Why a cell of a deal cannot be used, what to do, and the heading of its column."""
    how = mapping.opportunities
    heading = how.amount.column
    amount = cell(row, how.amount, mapping)
    try:
        money_in(amount, mapping.decimal)
    except TwoReadings as error:
        yield "an amount that can be read in two ways", str(error), heading
    except NotCounted as error:
        yield "an amount out of range", str(error), heading
    except NoNumber as error:
        if deal.state == "won":
            yield "won without an amount", str(error) if amount else "fill it in", heading
        elif any(map(str.isdigit, amount)):  # 'n/a' and '-' say that there is none
            yield "an amount that cannot be read", str(error), heading
    day = cell(row, how.closed_on, mapping)
    if deal.state in ("won", "lost") and deal.closed_on is None:
        cure = f"'{day}' is no day written {' or '.join(mapping.dates)}; add its spelling to dates"
        heading = how.closed_on.column
        yield "closed without a day", cure if day else "fill it in", heading


def _other_currency(row: Row, mapping: Mapping) -> str | None:
    """The currency of a row that is not the mapping's."""
    how = mapping.opportunities
    said = cell(row, how.currency, mapping) or currency_of(cell(row, how.amount, mapping))
    return said if said and said != mapping.currency else None


def won_value(deals: Sequence[Deal]) -> Decimal:
    """What was won, all together."""
    return sum((one.amount for one in deals if one.state == "won"), Decimal(0))
