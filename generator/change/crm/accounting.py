"""The closing table of an import: every row used or skipped and why, money to the cent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from generator.change.crm.cells import money_words
from generator.change.crm.deals import Deal
from generator.change.crm.load import Table
from generator.change.crm.mapping import Mapping as CrmMapping
from generator.change.crm.skipped import Skipped, reasons


def closing_table(
    tables: Mapping[str, Table],
    how: CrmMapping,
    deals: Sequence[Deal],
    skipped: Sequence[Skipped],
    left_out: Counter[str],
) -> Iterator[str]:
    """Lines for people, table by table, then the won value by currency."""
    for table in tables.values():
        gone = reasons(skipped, table.file)
        used = len(table.rows) - sum(len(rows) for _, rows in gone)
        yield f"{table.file}: {len(table.rows):,} rows, {used:,} used"
        for reason, rows in gone:
            yield f"  {len(rows):,} skipped: {reason}"
    for reason, count in sorted(left_out.items()):
        yield f"  {count:,} fields left out: {reason}"
    yield from _won(deals, skipped, how)


def _won(deals: Sequence[Deal], skipped: Sequence[Skipped], how: CrmMapping) -> Iterator[str]:
    placed: Counter[str] = Counter({how.currency: 0})
    other: Counter[str] = Counter()
    for deal in deals:
        placed[how.currency] += deal.amount if deal.state == "won" else 0  # type: ignore[assignment]
    for row in skipped:
        if row.won:
            other[row.currency or how.currency] += row.won  # type: ignore[assignment]
    for currency in (how.currency, *sorted({*other} - {how.currency})):
        here, not_here = Decimal(placed[currency]), Decimal(other[currency])
        yield (
            f"won value: {money_words(here + not_here)} {currency} in all,"
            f" {money_words(here)} placed, {money_words(not_here)} not placed"
        )
