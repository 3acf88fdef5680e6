"""Rows of an export beside deals: contracts, outcomes, satisfaction, usage and talks."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple, TypeVar

from generator.change.crm.cells import currency_of, day_of, number_in
from generator.change.crm.columns import AccountColumn
from generator.change.crm.join import AccountIndex
from generator.change.crm.mapping import CrmMapping
from generator.change.crm.names import id_of
from generator.change.crm.parts import (
    ContractsMapping,
    InteractionsMapping,
    OutcomesMapping,
    PartMapping,
    Period,
    SatisfactionMapping,
    UsageMapping,
)
from generator.change.crm.tables import (
    ExportRow,
    ExportTable,
    RowFault,
    Skipped,
    cell,
    day_faults,
    money_at,
    money_of,
    needed_day,
    usable,
)
from generator.figures.ladder import months_before
from generator.model.years import MONTHS_A_YEAR, Years
from generator.read.numbers import NoNumber, NotCounted, TwoReadings

_MONTHS_IN = {"month": 1, "quarter": 3, "year": MONTHS_A_YEAR}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A contract or subscription of one account."""

    id: str
    account: str
    start: datetime.date | None
    end: datetime.date | None
    """None for one without an end."""
    yearly: Decimal | None
    """What it is worth a year."""
    currency: str
    renews: bool | None
    notice_by: datetime.date | None

    def is_in_force(self, day: datetime.date) -> bool:
        """Whether it runs on a day."""
        has_begun = self.start is not None and self.start <= day
        return has_begun and (self.end is None or self.end >= day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that became of a deal, a contract or the whole account."""

    id: str
    account: str
    date: datetime.date | None
    kind: str
    amount: Decimal
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How satisfied somebody said they were."""

    id: str
    account: str
    date: datetime.date | None
    score: Decimal | None
    scale: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedAmount:
    """How much an account used in a period."""

    account: str
    metric: str
    """What is counted, as an id."""
    date: datetime.date | None
    """Of a row its day, of a period its last."""
    value: Decimal | None
    of: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A call, a meeting or a message."""

    id: str
    account: str
    date: datetime.date | None
    contact: str
    """The contact's key in the CRM."""
    by: str
    channel: str
    initiated_by: str | None
    note: str


Signal = TypeVar("Signal", Contract, Event, Score, UsedAmount, Talk)
AnyPart = TypeVar("AnyPart", bound=PartMapping)


class Source(NamedTuple):
    """The tables of an export, how they are read, and its accounts."""

    tables: Mapping[str, ExportTable]
    mapping: CrmMapping
    accounts: AccountIndex


def _read(
    source: Source,
    parts: Sequence[AnyPart],
    record_of: Callable[[ExportRow, AnyPart], Signal],
    faults_of: Callable[[ExportRow, AnyPart, Signal], Iterator[RowFault]],
) -> tuple[tuple[Signal, ...], tuple[Skipped, ...]]:
    """The rows of all tables of one kind that can be placed, and why the others cannot."""
    records: dict[Any, Signal] = {}
    skipped: list[Skipped] = []
    for part in parts:
        skipped += _read_part(source, part, record_of, faults_of, records)
    return tuple(records.values()), tuple(skipped)


def _read_part(
    source: Source,
    part: AnyPart,
    record_of: Callable[[ExportRow, AnyPart], Signal],
    faults_of: Callable[[ExportRow, AnyPart, Signal], Iterator[RowFault]],
    records: dict[Any, Signal],
) -> tuple[Skipped, ...]:
    """Those of one table into `records`, by their id if the table has one."""
    has_id = getattr(part, "id", None) is not None
    account: AccountColumn = part.account  # type: ignore[attr-defined]

    def read(row: ExportRow) -> tuple[Any, Signal]:
        record = record_of(row, part)
        return (getattr(record, "id", "") if has_id else (part.table, row.line)), record

    def faults(row: ExportRow, record: Signal, before: Signal | None) -> Iterator[RowFault]:
        if has_id and not getattr(record, "id", ""):
            yield RowFault("no id", "export the column with the id")
        if before is not None:
            yield RowFault("the same id twice", "keep one of them")
        yield from source.accounts.faults(row, account)
        yield from faults_of(row, part, record)

    return usable(source.tables[part.table], part, read, faults, records)[1]


def read_contracts(source: Source) -> tuple[tuple[Contract, ...], tuple[Skipped, ...]]:
    """Contracts and subscriptions."""
    mapping, accounts = source.mapping, source.accounts

    def contract(row: ExportRow, part: ContractsMapping) -> Contract:
        text = partial(cell, mapping, row)
        start, end = (day_of(text(column), mapping.dates) for column in (part.start, part.end))
        renews, notice = text(part.renews), day_of(text(part.notice_by), mapping.dates)
        if notice is None and end is not None and part.notice_days is not None:
            notice = end - datetime.timedelta(days=part.notice_days)
        amount = money_of(row, part.value, mapping)
        words = {word.casefold() for word in part.renews_when}
        return Contract(
            id=text(part.id),
            account=accounts.key_of(row, part.account),
            start=start,
            end=end,
            yearly=None if amount is None else _yearly(amount, part.per, start, end),
            currency=text(part.currency) or currency_of(text(part.value)) or mapping.currency,
            renews=renews.casefold() in words if renews else None,
            notice_by=notice,
        )

    def faults(row: ExportRow, part: ContractsMapping, one: Contract) -> Iterator[RowFault]:
        text = partial(cell, mapping, row)
        for name in ("start", "end", "notice_by"):
            yield from day_faults(name, text(getattr(part, name)), mapping)
        if one.start is None:
            yield RowFault("no first day", "fill it in", part.start.heading)
        elif one.end is not None and one.end < one.start:
            heading = part.end.heading if part.end else ""
            yield RowFault("an end before its start", "correct one of them", heading)
        elif part.per == "term" and one.end is None and text(part.value):
            cure = "fill in its end, or say per: year in the mapping"
            yield RowFault("a value for the whole term, and no end", cure)
        if one.currency != mapping.currency:
            cure = "import each currency with its own mapping"
            yield RowFault(f"in {one.currency}, not {mapping.currency}", cure)
        if part.value is not None:
            yield from _money_faults(row, part.value, mapping)

    return _read(source, mapping.contracts, contract, faults)


def _yearly(
    amount: Decimal, per: str, start: datetime.date | None, end: datetime.date | None
) -> Decimal | None:
    """What an amount for a period is a year; a term counts in whole months, at least one."""
    if per in _MONTHS_IN:
        return amount * MONTHS_A_YEAR / _MONTHS_IN[per]
    if start is None or end is None:
        return None
    after = end + datetime.timedelta(days=1)
    months = (after.year - start.year) * MONTHS_A_YEAR + after.month - start.month
    months -= after.day < start.day
    return round(amount * MONTHS_A_YEAR / max(months, 1), 2)


def _money_faults(row: ExportRow, column: Any, mapping: CrmMapping) -> Iterator[RowFault]:
    """Why an amount that stands there cannot be read; words without a digit say there is none."""
    try:
        money_at(row, column, mapping)
    except TwoReadings as error:
        yield RowFault("an amount that can be read in two ways", str(error), column.heading)
    except NotCounted as error:
        yield RowFault("an amount out of range", str(error), column.heading)
    except NoNumber as error:
        if any(map(str.isdigit, cell(mapping, row, column))):
            yield RowFault("an amount that cannot be read", str(error), column.heading)


def read_outcomes(source: Source) -> tuple[tuple[Event, ...], tuple[Skipped, ...]]:
    """Customers and contracts that were lost, and what else became of them."""
    mapping, accounts = source.mapping, source.accounts

    def event(row: ExportRow, part: OutcomesMapping) -> Event:
        text = partial(cell, mapping, row)
        return Event(
            id=text(part.id) if part.id else part.row_name(row.line),
            account=accounts.key_of(row, part.account),
            date=day_of(text(part.date), mapping.dates),
            kind=(part.kinds or {}).get(text(part.kind), "") if part.kind else "lost",
            amount=money_of(row, part.amount, mapping) or Decimal(0),
            reason=text(part.reason),
        )

    def faults(row: ExportRow, part: OutcomesMapping, one: Event) -> Iterator[RowFault]:
        yield from needed_day("on which it happened", row, part.date, mapping)
        if not one.kind:
            word = cell(mapping, row, part.kind)
            yield RowFault(f"unknown kind '{word}'", "say what it means under kinds")
        if part.amount is not None:
            yield from _money_faults(row, part.amount, mapping)

    return _read(source, mapping.outcomes, event, faults)


def read_satisfaction(source: Source) -> tuple[tuple[Score, ...], tuple[Skipped, ...]]:
    """What they said when asked."""
    mapping, accounts = source.mapping, source.accounts

    def score(row: ExportRow, part: SatisfactionMapping) -> Score:
        text = partial(cell, mapping, row)
        return Score(
            id=text(part.id) if part.id else part.row_name(row.line),
            account=accounts.key_of(row, part.account),
            date=day_of(text(part.date), mapping.dates),
            score=_number(text(part.score), mapping),
            scale=_number(text(part.scale), mapping),
        )

    def faults(row: ExportRow, part: SatisfactionMapping, one: Score) -> Iterator[RowFault]:
        yield from needed_day("of the answer", row, part.date, mapping)
        if one.score is None or one.score < 0:
            said = cell(mapping, row, part.score)
            cure = f"'{said}' is none" if said else "fill it in"
            yield RowFault("no score", cure, part.score.heading)
        elif not one.scale or one.score > one.scale:
            top = cell(mapping, row, part.scale)
            cure = "correct it, or say the right scale in the mapping"
            yield RowFault(f"a score outside its scale of {top}", cure, part.score.heading)
        yield from _old(one.date, since_day(part.months, mapping))

    return _read(source, mapping.satisfaction, score, faults)


def _number(text: str, mapping: CrmMapping) -> Decimal | None:
    try:
        return number_in(text, mapping.decimal)
    except NoNumber:
        return None


def since_day(months: int | None, mapping: CrmMapping) -> datetime.date | None:
    """The first day that is asked for, where only so many months are."""
    return None if months is None else months_before(mapping.as_of, months)


def usage_since(part: UsageMapping, mapping: CrmMapping, years: Years) -> datetime.date | None:
    """The first day of the first period that is asked for whole."""
    since = since_day(part.months, mapping)
    if since is None:
        return None
    day = datetime.timedelta(days=1)
    return period_end(since - day, part.each, years) + day


def _old(day: datetime.date | None, since: datetime.date | None) -> Iterator[RowFault]:
    """A row that is left out because it is of long ago."""
    if day is not None and since is not None and day < since:
        yield RowFault(f"before {since}", "", is_meant=True)


def read_usage(source: Source, years: Years) -> tuple[tuple[UsedAmount, ...], tuple[Skipped, ...]]:
    """How much each account used, period by period; a period without a row is 0 where rows add up.

    That holds from an account's first period to the last one that the table knows.
    """
    mapping, accounts = source.mapping, source.accounts
    periods: list[UsedAmount] = []
    skipped: list[Skipped] = []

    def used(row: ExportRow, part: UsageMapping) -> UsedAmount:
        text = partial(cell, mapping, row)
        return UsedAmount(
            account=accounts.key_of(row, part.account),
            metric=id_of(text(part.metric)),
            date=day_of(text(part.date), mapping.dates),
            value=_number(text(part.value), mapping) if part.value else Decimal(1),
            of=_number(text(part.of), mapping) if part.of else None,
        )

    def faults(row: ExportRow, part: UsageMapping, one: UsedAmount) -> Iterator[RowFault]:
        yield from needed_day("of use", row, part.date, mapping)
        if not one.metric:
            yield RowFault("no metric", "fill it in", part.metric.heading)
        for name, number in (("value", one.value), ("of", one.of)):
            column = getattr(part, name)
            if column is not None and (number is None or number < 0):
                said = cell(mapping, row, column)
                cure = f"'{said}' is no number of 0 or more" if said else "fill it in"
                yield RowFault("no number", cure, column.heading)
        yield from _old(one.date, usage_since(part, mapping, years))
        if one.date is not None and period_end(one.date, part.each, years) > mapping.as_of:
            yield RowFault(f"in a {part.each} that is not over", "", is_meant=True)

    for part in mapping.usage:
        rows, faulty = _read(source, (part,), used, faults)
        periods += _in_periods(rows, part, years)
        skipped += faulty
    return tuple(periods), tuple(skipped)


def period_end(day: datetime.date, each: Period, years: Years) -> datetime.date:
    """The last day of the month, or of the firm's quarter or year, in which a day lies."""
    if each == "year":
        return years.last_day(years.of(day))
    behind = (years.starts - 1 - day.month) % 3 if each == "quarter" else 0
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 + behind, MONTHS_A_YEAR)
    return datetime.date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def _in_periods(
    rows: Sequence[UsedAmount], part: UsageMapping, years: Years
) -> Iterator[UsedAmount]:
    """Rows by account, metric and period."""
    last: dict[str, datetime.date] = {}
    series: dict[tuple[str, str], dict[datetime.date, UsedAmount]] = {}
    for row in sorted(rows, key=lambda row: row.date or datetime.date.min):
        end = period_end(row.date or datetime.date.min, part.each, years)
        last[row.metric] = max(end, last.get(row.metric, end))
        of_series = series.setdefault((row.account, row.metric), {})
        before = of_series.get(end)
        if before is None or part.of is not None:
            of_series[end] = replace(row, date=end)
        else:
            total = (before.value or Decimal(0)) + (row.value or Decimal(0))
            of_series[end] = replace(before, value=total)
    for (account, metric), of_series in series.items():
        end = min(of_series)
        while end <= last[metric]:
            if end in of_series:
                yield of_series[end]
            elif part.of is None:
                yield UsedAmount(account=account, metric=metric, date=end, value=Decimal(0))
            end = period_end(end + datetime.timedelta(days=1), part.each, years)


def read_talks(
    source: Source, channels: Mapping[str, Any]
) -> tuple[tuple[Talk, ...], tuple[Skipped, ...]]:
    """Calls, meetings and mails; `channels` are those of the catalogue."""
    mapping, accounts = source.mapping, source.accounts

    def talk(row: ExportRow, part: InteractionsMapping) -> Talk:
        text = partial(cell, mapping, row)
        word = text(part.channel)
        channel = (part.channels or {}).get(word, id_of(word))
        return Talk(
            id=text(part.id),
            account=accounts.key_of(row, part.account),
            date=day_of(text(part.date), mapping.dates),
            contact=text(part.contact),
            by=text(part.by),
            channel=channel if channel in channels else "",
            initiated_by=(part.initiators or {}).get(text(part.initiated_by)),
            note=text(part.note),
        )

    def faults(row: ExportRow, part: InteractionsMapping, one: Talk) -> Iterator[RowFault]:
        yield from needed_day("of the talk", row, part.date, mapping)
        word = cell(mapping, row, part.channel)
        if word and not one.channel:
            cure = f"say which channel of the catalogue it is under channels: {', '.join(channels)}"
            yield RowFault(f"unknown channel '{word}'", f"{cure}; or leave it out by where")
        yield from _old(one.date, since_day(part.months, mapping))

    return _read(source, mapping.interactions, talk, faults)
