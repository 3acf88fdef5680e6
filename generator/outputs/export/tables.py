"""The portfolio as tables: a row for each account, figure, finding, action, contact and need.

An amount of money has two columns: `x` in the account's currency, which `currency` names, and
`x_reporting` in that of `reporting_currency`, empty where there is no exchange rate.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from generator.figures import Account, Figure, Portfolio
from generator.figures.attention import own_stake
from generator.figures.definitions import DEFINITIONS
from generator.figures.figure import measured_in
from generator.figures.ranking import items, level
from generator.portfolio.listing import MONEY
from generator.portfolio.sums import currency_named, currency_of, figure_in_reporting, is_money
from generator.problems import errors_among

Kind = Literal["text", "number", "day"]
Value = str | float | int | datetime.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its key, what it holds, what it means (units with it)."""

    key: str
    kind: Kind
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under columns; a value that is not known is None."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


def _amount(key: str, says: str) -> tuple[Column, Column]:
    """The columns of an amount in both currencies."""
    return (
        Column(key=key, kind="number", says=f"{says} In `currency`."),
        Column(key=f"{key}_reporting", kind="number", says=f"{says} In `reporting_currency`."),
    )


def _reporting(key: str) -> Column:
    """The column beside a number that may be money."""
    says = "The same in `reporting_currency`, of money."
    return Column(key=f"{key}_reporting", kind="number", says=says)


_ID = Column(key="account", kind="text", says="The account's id.")
_CURRENCIES = (
    Column(key="currency", kind="text", says="In which the playbook writes money."),
    Column(key="reporting_currency", kind="text", says="In which sums over accounts stand."),
)
ACCOUNTS = (
    Column(key="account", kind="text", says="The account's id: its file's name."),
    Column(key="name", kind="text", says="Its name."),
    Column(key="status", kind="text", says="prospect, customer or former."),
    Column(key="tier", kind="text", says="A to D, computed."),
    Column(key="health", kind="number", says="How the account is doing, 0 to 100."),
    Column(key="health_word", kind="text", says="healthy, watch, at_risk or critical."),
    Column(key="urgency", kind="text", says="rescue, watch or none."),
    Column(key="attention", kind="text", says="act, watch or none: whether it needs a person."),
    Column(key="place", kind="number", says="Its place in the portfolio's order, from 1."),
    *_CURRENCIES,
    *_amount("stake", "Money at stake a year."),
    Column(key="deal", kind="text", says="Whether both sides gain."),
    Column(key="rung", kind="text", says="How close the relationship is."),
    Column(key="industry", kind="text", says="From the catalogue."),
    Column(key="region", kind="text", says="From the catalogue."),
    Column(key="size", kind="text", says="From the catalogue."),
    Column(key="owner", kind="text", says="Who of us answers for it."),
    Column(key="reviewed", kind="day", says="When the plan was last gone through."),
    Column(key="contract_end", kind="day", says="When the contract ends."),
    Column(key="notice_by", kind="day", says="Last day to give notice."),
    *_amount("delivered_value", "What they gain a year by choosing us."),
    *_amount("retained_profit", "What it is worth to us if we keep it."),
    *_amount("own_loss", "What we may lose a year."),
    *_amount("their_loss", "What they may lose a year by choosing us."),
    Column(key="completeness", kind="number", says="Answered of what is asked, of 100."),
    Column(key="errors", kind="number", says="Findings that stop the gate."),
    Column(key="warnings", kind="number", says="Other findings."),
)
FIGURES = (
    _ID,
    Column(key="figure", kind="text", says="Its key, as `playbook explain` takes it."),
    Column(key="entry", kind="text", says="Of which entry, where it has a value for several."),
    Column(key="number", kind="number", says="Its value, unrounded, where it is a number."),
    _reporting("number"),
    Column(key="words", kind="text", says="Its value where it is a word, or several."),
    Column(key="low", kind="number", says="Four times in five it lies from here on."),
    _reporting("low"),
    Column(key="high", kind="number", says="And up to here."),
    _reporting("high"),
    Column(key="unit", kind="text", says="Its unit."),
    Column(key="currency", kind="text", says="The currency of `number`, where it is money."),
    _CURRENCIES[1],
    Column(key="confidence", kind="number", says="How sure it is, 0 to 1."),
    Column(key="rank", kind="text", says="How much it decides: headline, supporting, reference."),
    Column(key="missing", kind="text", says="What is missing for it."),
    Column(key="waits_on", kind="text", says="What cannot be read: until then not judged."),
)
FINDINGS = (
    _ID,
    Column(key="level", kind="text", says="error or warning."),
    Column(key="rule", kind="text", says="Its id."),
    Column(key="message", kind="text", says="What is wrong, and the cure."),
    Column(key="path", kind="text", says="The file, from the repository's root."),
    Column(key="line", kind="number", says="Counted from 1."),
    Column(key="column", kind="number", says="Counted from 1."),
)
ACTIONS = (
    _ID,
    Column(key="id", kind="text", says="The action's id."),
    Column(key="what", kind="text", says="What is to be done."),
    Column(key="owner", kind="text", says="By whom of us."),
    Column(key="due", kind="day", says="By when."),
    Column(key="done_on", kind="day", says="When it was done."),
    Column(key="objective", kind="text", says="The objective it serves."),
    Column(key="risk", kind="text", says="The risk it lessens."),
)
CONTACTS = (
    _ID,
    Column(key="id", kind="text", says="The contact's id."),
    Column(key="name", kind="text", says="Name."),
    Column(key="title", kind="text", says="Job title."),
    Column(key="level", kind="text", says="company, handler or related."),
    Column(key="roles", kind="text", says="Roles in buying."),
    Column(key="influence", kind="number", says="0 to 5."),
    Column(key="sentiment", kind="number", says="-2 to 2."),
    Column(key="owner", kind="text", says="Who of us keeps the contact."),
    Column(key="left_on", kind="day", says="When they left."),
)

ATTENTION = (
    _ID,
    Column(key="id", kind="text", says="What it is; the same as long as it is the same thing."),
    Column(key="kind", kind="text", says="What kind of thing."),
    Column(key="level", kind="text", says="act or watch."),
    Column(key="since", kind="day", says="Since when."),
    Column(key="due", kind="day", says="By when."),
    *_CURRENCIES,
    *_amount("stake", "Money that hangs on it."),
    Column(key="text", kind="text", says="What is to be done or seen."),
    Column(key="section", kind="text", says="The section of the account's page that tells more."),
)

_IN_FIGURES = {
    "tier": "tier",
    "health": "health",
    "health_word": "health.word",
    "urgency": "selection.urgency",
    "place": "attention.place",
    "deal": "deal.verdict",
    "rung": "relationship.rung",
    "completeness": "completeness",
}


def tables_of(portfolio: Portfolio, only: str | None = None) -> tuple[Table, ...]:
    """Every table in the order of TABLES, of all accounts or one; rows by account and place."""
    accounts = [account for account in portfolio.accounts if only is None or account.id == only]
    tables = tuple(
        Table(
            name=name,
            columns=columns,
            rows=tuple(row for account in accounts for row in rows(account)),
        )
        for name, (columns, rows) in _MAKERS.items()
    )
    return tables if portfolio.is_judged else tuple(map(_unjudged, tables))


def _unjudged(table: Table) -> Table:
    """The table of an edition, which tells no findings: how many there are is not known."""
    untold = [column.key in ("attention", "errors", "warnings") for column in table.columns]
    if not any(untold):
        return table
    rows = (
        tuple(None if skip else cell for skip, cell in zip(untold, row, strict=True))
        for row in table.rows
    )
    return replace(table, rows=tuple(rows))


def _account(account: Account) -> Iterator[tuple[Value, ...]]:
    playbook = account.playbook
    facts = playbook.account if playbook else None
    contract = facts.contract if facts else None
    errors = len(errors_among(account.findings))
    cells: dict[str, Value] = {
        "account": account.id,
        "name": account.name,
        **{key: _plain(_figure(account, figure)) for key, figure in _IN_FIGURES.items()},
        "contract_end": contract.end if contract else None,
        "notice_by": contract.notice_by if contract else None,
        **_currencies(account),
        **dict(_amounts(account)),
        "attention": level(account) or "none",
        "errors": errors,
        "warnings": len(account.findings) - errors,
    }
    yield tuple(
        cells[column.key] if column.key in cells else _plain(getattr(facts, column.key, None))
        for column in ACCOUNTS
    )


def _currencies(account: Account) -> dict[str, Value]:
    return {"currency": currency_of(account), "reporting_currency": _reporting_currency(account)}


def _reporting_currency(account: Account) -> str | None:
    """None for a file that cannot be read: there is no money of it."""
    return account.case.settings.currencies.reporting_currency if account.case else None


def _amounts(account: Account) -> Iterator[tuple[str, Value]]:
    """Each amount of an account in both currencies."""
    stake = account.figures.get("attention.stake")
    yield "stake", own_stake(account.case) if account.case else None
    yield "stake_reporting", stake.value if stake else None
    for name, key in MONEY.items():
        figure = account.figures.get(key)
        yield name, figure.value if figure else None
        amounts = figure_in_reporting(account, figure) if figure else {}
        yield f"{name}_reporting", amounts.get("value")


def _figures(account: Account) -> Iterator[tuple[Value, ...]]:
    for key, figure in account.figures.items():
        reporting, money = figure_in_reporting(account, figure), is_money(figure)
        for entry, value in _entries(figure.value):
            number, words = _split(value)
            yield (
                account.id,
                key,
                entry,
                number,
                _of_entry(reporting.get("value"), entry),
                words,
                figure.low,
                reporting.get("low"),
                figure.high,
                reporting.get("high"),
                measured_in(figure.unit),
                currency_named(figure.unit) if money else None,
                _reporting_currency(account) if money else None,
                figure.confidence,
                DEFINITIONS[key].rank.value,
                ", ".join(figure.missing) or None,
                ", ".join(figure.waits_on) or None,
            )


def _of_entry(amounts: Any, entry: str | None) -> float | None:
    """The amount of an entry, of a figure with several; else the figure's own."""
    amount: float | None = amounts.get(entry) if isinstance(amounts, Mapping) else amounts
    return amount


def _entries(value: object) -> Iterable[tuple[str | None, object]]:
    """The values of a figure with their names; one without a name where it has no several."""
    if isinstance(value, Mapping) and value:
        return value.items()
    return ((None, value),)


def _findings(account: Account) -> Iterator[tuple[Value, ...]]:
    for problem in account.findings:
        yield (
            account.id,
            problem.level,
            problem.rule,
            problem.message,
            problem.path,
            problem.line,
            problem.column,
        )


def _attention(account: Account) -> Iterator[tuple[Value, ...]]:
    for item in items(account):
        cells = {
            **_currencies(account),
            "stake": item.own_stake,
            "stake_reporting": item.stake,
        }
        yield (
            account.id,
            *(
                cells[column.key] if column.key in cells else _plain(getattr(item, column.key))
                for column in ATTENTION[1:]
            ),
        )


def _actions(account: Account) -> Iterator[tuple[Value, ...]]:
    for action in (account.playbook.actions if account.playbook else None) or ():
        yield account.id, *(_plain(getattr(action, column.key)) for column in ACTIONS[1:])


def _contacts(account: Account) -> Iterator[tuple[Value, ...]]:
    relationship = account.playbook.relationship if account.playbook else None
    for contact in (relationship.contacts if relationship else None) or ():
        yield account.id, *(_plain(getattr(contact, column.key)) for column in CONTACTS[1:])


def _figure(account: Account, key: str) -> object:
    figure: Figure | None = account.figures.get(key)
    return figure.value if figure else None


def _split(value: object) -> tuple[float | int | None, str | None]:
    """A number, or what is no number in words."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value, None
    plain = _plain(value)
    return None, None if plain is None else str(plain)


def _plain(value: object) -> Value:
    if value is None or isinstance(value, (str, int, float, datetime.date)):
        return str(value).lower() if isinstance(value, bool) else value
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_plain(inner)}" for key, inner in value.items()) or None
    if isinstance(value, Sequence):
        return ", ".join(str(_plain(item)) for item in value) or None
    return str(value)


_MAKERS: dict[str, tuple[tuple[Column, ...], Callable[[Account], Iterator[tuple[Value, ...]]]]] = {
    "accounts": (ACCOUNTS, _account),
    "figures": (FIGURES, _figures),
    "findings": (FINDINGS, _findings),
    "attention": (ATTENTION, _attention),
    "actions": (ACTIONS, _actions),
    "contacts": (CONTACTS, _contacts),
}
TABLES = tuple(_MAKERS)
"""The names of the tables."""


# What a cell of a spreadsheet holds, and takes for a formula

_BEGINS_FORMULA = frozenset("=+-@\t\r\0\uff1d\uff0b\uff0d\uff20")
"""Signs with which a spreadsheet takes a cell for a formula, their full-width kin too."""
LONGEST = 32_767
"""Signs that a spreadsheet's cell holds."""


def safe_text(text: str) -> str:
    """A text that no spreadsheet takes for a formula: with an apostrophe before it if need be.

    Cut, with a sign that it was, where no cell would hold it.
    """
    guarded = f"'{text}" if text[:1] in _BEGINS_FORMULA else text
    return guarded if len(guarded) <= LONGEST else f"{guarded[: LONGEST - 1]}…"
