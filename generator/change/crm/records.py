"""Rows of an export as companies, deals, contacts and cases, each of one account."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from generator.change.crm.cells import amount_of, currency_of, day_of, number_in
from generator.change.crm.columns import MappedColumn, ShareColumn
from generator.change.crm.join import AccountIndex, AccountRow
from generator.change.crm.lists import Lists
from generator.change.crm.mapping import CrmMapping
from generator.change.crm.names import composed
from generator.change.crm.parts import CasesMapping, ContactsMapping, OpportunitiesMapping
from generator.change.crm.signals import Contract, Event, Score, Talk, UsedAmount
from generator.change.crm.tables import (
    FROM_FIRST_ROW,
    ExportRow,
    ExportTable,
    RowFault,
    Skipped,
    cell,
    day_faults,
    money_at,
    money_of,
    usable,
)
from generator.change.table.cell import ShareCell
from generator.figures.ladder import months_before
from generator.model.shape import did_you_mean
from generator.read.numbers import NoNumber, NotCounted, TwoReadings


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """An account's own row, in ids of the catalogue."""

    id: str
    key: str
    """What the CRM tells it by: its id there, or its name."""
    name: str
    industry: str | None
    region: str | None
    size: str | None
    parent: str | None
    status: str | None = None
    """As the CRM says it; without it the deals tell."""
    owner: str | None = None
    website: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What an export says of one account."""

    company: Company
    deals: Sequence[Deal] = ()
    contacts: Sequence[ContactRecord] = ()
    cases: Sequence[ComplaintRecord] = ()
    contracts: Sequence[Contract] = ()
    outcomes: Sequence[Event] = ()
    satisfaction: Sequence[Score] = ()
    usage: Sequence[UsedAmount] = ()
    interactions: Sequence[Talk] = ()

    @property
    def states(self) -> dict[str, str]:
        """The deals by id: won, lost or open."""
        return {deal.id: deal.state for deal in self.deals}


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintRecord:
    """A complaint or request."""

    id: str
    account: str
    opened: datetime.date | None
    due: datetime.date | None
    closed: datetime.date | None
    severity: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRecord:
    """A contact of one account."""

    key: str
    """What the CRM tells it by: its id there, or its name."""
    account: str
    name: str
    title: str
    level: str | None
    roles: tuple[str, ...]
    reports_to: str
    owner: str
    lawful_basis: str | None = None
    """Why we may keep the data, as the mapping of its table says."""
    review_days: int | None = None
    unknown: tuple[str, ...] = ()
    """Words of the row that the mapping does not know."""


STATUSES = ("prospect", "customer", "former")


def read_accounts(
    table: ExportTable, mapping: CrmMapping
) -> tuple[Mapping[str, AccountRow], tuple[Skipped, ...]]:
    """The first row of each account by its key; later ones of the same key are not used."""
    columns = mapping.accounts

    def read(row: ExportRow) -> tuple[str, AccountRow]:
        name, key = cell(mapping, row, columns.name), cell(mapping, row, columns.id or columns.name)
        return key, AccountRow(key=key, name=name, row=row)

    # a table of deals, contacts or contracts names the account in each
    may_repeat = columns.repeats or any(
        part.table == columns.table for path, part in mapping.parts() if path[1:]
    )

    def faults(account: AccountRow, before: AccountRow | None) -> Iterator[RowFault]:
        if not (account.key and account.name):
            # of a table that is something else too, the other part tells it
            is_told = may_repeat and not columns.repeats
            yield RowFault("no id or name", "give it one in the CRM", is_meant=is_told)
        current = mapping.current(account.key)
        if current != account.key:
            yield RowFault(f"merged into '{current}'", "the mapping says so under merged")
        if before:
            cure = "merge the two in the CRM, or export its id and name the column in the mapping"
            reason, line = "one more row of account", f"{before.row.line:,}"
            detail = f"'{account.key}', which is in line {line}"
            if may_repeat:
                reason, detail = FROM_FIRST_ROW.format("account"), f"(line {line})"
            yield RowFault(reason, cure, is_meant=may_repeat, detail=detail)

    def unless_merged(
        _row: ExportRow, account: AccountRow, before: AccountRow | None
    ) -> Iterator[RowFault]:
        is_merged = mapping.current(account.key) != account.key
        return (
            fault._replace(is_meant=fault.is_meant or is_merged)
            for fault in faults(account, before)
        )

    return usable(table, columns, read, unless_merged)


def company_of(
    account: AccountRow,
    mapping: CrmMapping,
    ids: Mapping[str, str],
    lists: Lists,
    left_out: Counter[str],
) -> Company:
    """An account in ids of the catalogue; what these do not know is left out and counted."""
    columns, text = mapping.accounts, partial(cell, mapping, account.row)

    def known(column: MappedColumn | None, entries: Mapping[str, str], what: str) -> str | None:
        value = text(column)
        if value and value not in entries:
            left_out[f"unknown {what} '{value}'"] += 1
        return entries.get(value)

    id_, parent = ids[account.key], known(columns.parent, ids, "parent")
    people = account.row.cells.get(columns.size.column, "") if columns.size else ""
    employees = amount_of(people, mapping.decimal)
    if employees is None and any(map(str.isdigit, people)):
        left_out[f"unknown number of employees '{people}'"] += 1
    return Company(
        id=id_,
        key=account.key,
        name=account.name,
        industry=known(columns.industry, lists.industries, "industry"),
        region=known(columns.region, lists.regions, "region"),
        size=_size(employees, lists) if employees is not None else None,
        parent=None if parent == id_ else parent,
        status=known(columns.status, {status: status for status in STATUSES}, "status"),
        owner=known(columns.owner, lists.people, "owner"),
        website=_website(text(columns.website)),
    )


def _website(given: str) -> str | None:
    """An address of the web; a bare name such as harbor.example is one, too."""
    if not given or " " in given or "." not in given:
        return None
    return given if given.startswith(("https://", "http://")) else f"https://{given}"


def _size(employees: Decimal, lists: Lists) -> str:
    """The first band that holds so many employees, else the last."""
    for band, up_to in lists.sizes:
        if up_to is None or employees <= up_to:
            return band
    return lists.sizes[-1][0]


def unnamed_people(tables: Mapping[str, ExportTable], mapping: CrmMapping) -> tuple[Skipped, ...]:
    """The rows of our people's table that name nobody."""
    columns = mapping.people
    if columns is None:
        return ()

    def read(row: ExportRow) -> tuple[str, str]:
        key = cell(mapping, row, columns.id or columns.name)
        return key, key

    def faults(_row: ExportRow, key: str, _before: str | None) -> Iterator[RowFault]:
        if not key:
            yield RowFault("no name", "give it one in the CRM")

    return usable(tables[columns.table], columns, read, faults)[1]


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
    currency: str
    closed_on: datetime.date | None
    probability: Decimal | None = None
    kind: str | None = None
    """What its end means for the account, as the mapping says."""
    reason: str = ""


def share_of(row: ExportRow, column: ShareColumn | None, mapping: CrmMapping) -> Decimal | None:
    """A share between 0 and 1; None where there is none. What is in per cent says so itself."""
    if column is None:
        return None
    text = row.cells.get(column.column, "")
    try:
        number = number_in(text.rstrip(" %"), mapping.decimal)
    except NoNumber:
        return None
    if isinstance(text, ShareCell):
        share = number
    else:
        share = number / (100 if text.endswith("%") else int(column.of or 1))
    return share if 0 <= share <= 1 else None


def read_deals(
    tables: Mapping[str, ExportTable],
    mapping: CrmMapping,
    accounts: AccountIndex,
    products: Collection[str],
) -> tuple[tuple[Deal, ...], tuple[Skipped, ...]]:
    """The deals of every table that can be placed, and why the others cannot."""
    deals: dict[str, Deal] = {}
    skipped: list[Skipped] = []
    for columns in mapping.opportunities:
        skipped += _deals_of(tables[columns.table], columns, mapping, accounts, products, deals)
    return tuple(deals.values()), tuple(skipped)


def _deals_of(
    table: ExportTable,
    columns: OpportunitiesMapping,
    mapping: CrmMapping,
    accounts: AccountIndex,
    products: Collection[str],
    deals: dict[str, Deal],
) -> tuple[Skipped, ...]:
    """Those of one table into `deals`, and why the others cannot be used."""

    def read(row: ExportRow) -> tuple[str, Deal]:
        deal = _deal(row, mapping, columns, accounts)
        return deal.id, deal

    def faults(row: ExportRow, deal: Deal, before: Deal | None) -> Iterator[RowFault]:
        if before:
            yield RowFault("the same id twice", "keep one of them")
        if not deal.id:
            yield RowFault("no id", "export the column with the id")
        if columns.id is None and deal.state == "open":
            yield RowFault("open and without an id", "name the column with the id in the mapping")
        yield from accounts.faults(row, columns.account)
        if products and deal.product not in products:
            meant = did_you_mean(deal.product, tuple(products))
            cure = "name the one that is meant under values"
            yield RowFault("unknown product", cure, detail=f"'{deal.product}'", hint=meant)
        if not deal.state:
            cure = "say what it means under stages"
            yield RowFault("unknown stage", cure, detail=f"'{deal.stage}'")
        if deal.state == "open" and deal.amount < 0:
            yield RowFault("open with a negative amount", "correct it in the CRM")
        if deal.currency != mapping.currency:
            cure = "import each currency with its own mapping"
            yield RowFault(f"in {deal.currency}, not {mapping.currency}", cure)
        yield from _unreadable(row, deal, columns, mapping)

    return usable(table, columns, read, faults, deals)[1]


def _deal(
    row: ExportRow, mapping: CrmMapping, columns: OpportunitiesMapping, accounts: AccountIndex
) -> Deal:
    text = partial(cell, mapping, row)
    stage, amount = text(columns.stage), text(columns.amount)
    state = columns.stages.state_of(stage) if columns.stages else "won"
    ends = (columns.outcomes or {}).get(text(columns.type))
    return Deal(
        id=text(columns.id) if columns.id else columns.row_name(row.line),
        account=accounts.key_of(row, columns.account),
        product=text(columns.product),
        person=text(columns.person),
        state=state,
        stage=stage,
        amount=money_of(row, columns.amount, mapping) or Decimal(0),
        currency=text(columns.currency) or currency_of(amount) or mapping.currency,
        closed_on=day_of(text(columns.closed_on), mapping.dates),
        probability=share_of(row, columns.probability, mapping),
        kind=getattr(ends, state, None),
        reason=text(columns.reason),
    )


def _unreadable(
    row: ExportRow, deal: Deal, columns: OpportunitiesMapping, mapping: CrmMapping
) -> Iterator[RowFault]:
    """Why a cell of a deal cannot be used."""
    heading = columns.amount.heading
    amount = cell(mapping, row, columns.amount)
    try:
        money_at(row, columns.amount, mapping)
    except TwoReadings as error:
        yield RowFault("an amount that can be read in two ways", str(error), heading)
    except NotCounted as error:
        yield RowFault("an amount out of range", str(error), heading)
    except NoNumber as error:
        if deal.state == "won":
            cure = str(error) if amount else "fill it in"
            yield RowFault("won without an amount", cure, heading)
        elif any(map(str.isdigit, amount)):  # 'n/a' and '-' say that there is none
            yield RowFault("an amount that cannot be read", str(error), heading)
    day = cell(mapping, row, columns.closed_on)
    if deal.state in ("won", "lost") and deal.closed_on is None:
        cure = f"'{day}' is no day written {' or '.join(mapping.dates)}; add its spelling to dates"
        heading = columns.closed_on.heading
        yield RowFault("closed without a day", cure if day else "fill it in", heading)


def read_contacts(
    tables: Mapping[str, ExportTable], mapping: CrmMapping, accounts: AccountIndex
) -> tuple[tuple[ContactRecord, ...], tuple[Skipped, ...]]:
    """The people that can be placed, and why the others cannot."""
    people: dict[tuple[str, str], ContactRecord] = {}
    skipped: list[Skipped] = []
    for columns in mapping.contacts:
        skipped += _contacts_of(tables[columns.table], columns, mapping, accounts, people)
    return tuple(people.values()), tuple(skipped)


def _contacts_of(
    table: ExportTable,
    columns: ContactsMapping,
    mapping: CrmMapping,
    accounts: AccountIndex,
    people: dict[tuple[str, str], ContactRecord],
) -> tuple[Skipped, ...]:
    def read(row: ExportRow) -> tuple[tuple[str, str], ContactRecord]:
        person = _person(row, mapping, columns, accounts)
        return (person.account, person.key), person

    def faults(
        row: ExportRow, person: ContactRecord, before: ContactRecord | None
    ) -> Iterator[RowFault]:
        if not person.name:
            yield RowFault("no name", "give it one in the CRM")
        yield from accounts.faults(row, columns.account)
        if before:
            cure = "merge the two in the CRM, or map their id"
            yield RowFault("the same contact twice", cure)

    return usable(table, columns, read, faults, people)[1]


def _person(
    row: ExportRow, mapping: CrmMapping, columns: ContactsMapping, accounts: AccountIndex
) -> ContactRecord:
    text = partial(cell, mapping, row)
    parts = (row.cells.get(heading, "") for heading in columns.name.columns)
    name = composed(" ".join(filter(None, parts)))
    roles, levels, level = columns.role_words or {}, columns.levels or {}, text(columns.level)
    words = [word.strip() for word in text(columns.roles).split(";") if word.strip()]
    unknown = [f"unknown level '{level}'"] if level and level not in levels else []
    return ContactRecord(
        key=text(columns.id) or name,
        account=accounts.key_of(row, columns.account),
        name=name,
        title=text(columns.title),
        level=levels.get(level),
        roles=tuple(dict.fromkeys(roles[word] for word in words if word in roles)),
        reports_to=text(columns.reports_to),
        owner=text(columns.owner),
        lawful_basis=columns.lawful_basis,
        review_days=columns.review_days,
        unknown=(*unknown, *(f"unknown role '{word}'" for word in words if word not in roles)),
    )


def read_cases(
    tables: Mapping[str, ExportTable], mapping: CrmMapping, accounts: AccountIndex
) -> tuple[tuple[ComplaintRecord, ...], tuple[Skipped, ...]]:
    """The cases that can be placed, and why the others cannot."""
    cases: dict[str, ComplaintRecord] = {}
    skipped: list[Skipped] = []
    for columns in mapping.cases:
        skipped += _cases_of(tables[columns.table], columns, mapping, accounts, cases)
    return tuple(cases.values()), tuple(skipped)


def _cases_of(
    table: ExportTable,
    columns: CasesMapping,
    mapping: CrmMapping,
    accounts: AccountIndex,
    cases: dict[str, ComplaintRecord],
) -> tuple[Skipped, ...]:
    since = months_before(mapping.as_of, columns.months or 0)

    def read(row: ExportRow) -> tuple[str, ComplaintRecord]:
        text = partial(cell, mapping, row)
        opened, due, closed = (
            day_of(text(column), mapping.dates)
            for column in (columns.opened, columns.due, columns.closed)
        )
        case = ComplaintRecord(
            id=text(columns.id),
            account=accounts.key_of(row, columns.account),
            opened=opened,
            due=due,
            closed=closed,
            severity=(columns.severities or {}).get(text(columns.severity)),
        )
        return case.id, case

    def faults(
        row: ExportRow, case: ComplaintRecord, before: ComplaintRecord | None
    ) -> Iterator[RowFault]:
        if not case.id:
            yield RowFault("no id", "export the column with the id")
        if before:
            yield RowFault("the same id twice", "keep one of them")
        yield from accounts.faults(row, columns.account)
        for name in ("opened", "due", "closed"):
            yield from day_faults(name, cell(mapping, row, getattr(columns, name)), mapping)
        word = cell(mapping, row, columns.severity)
        if word and case.severity is None:
            cure = "say what it means under severities"
            yield RowFault("unknown severity", cure, detail=f"'{word}'")
        if columns.months is not None and case.closed and case.closed < since:
            yield RowFault(f"closed before {since}", "", is_meant=True)

    return usable(table, columns, read, faults, cases)[1]
