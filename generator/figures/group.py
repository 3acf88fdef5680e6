"""Parents and subsidiaries as one: sums over a group, each account once, in one currency."""

from __future__ import annotations

import functools
from dataclasses import replace

from generator.figures.case import Case
from generator.figures.definition import Gives, figure
from generator.figures.figure import Figure, Reason, Term, null, sum_of_money
from generator.language import phrase

NO_SUBSIDIARY = phrase("no subsidiaries")
SUMS: dict[str, tuple[tuple[str, ...], str]] = {
    "group.revenue": (("revenue.last_year",), ""),
    "group.contribution": (("economics.contribution",), " a year"),
    "group.retained_profit": (("selection.retained_profit",), ""),
    "group.exposure": (("risk.customer_residual", "risk.own_expected_loss"), " a year"),
    "group.whitespace": (("offerings.whitespace",), " a year"),
}
"""By figure what of each account is added, and over what time."""


@figure(
    "group.accounts",
    title="Accounts of the group",
    formula="the account, its subsidiaries and theirs, each once",
    unit="accounts",
    gives=Gives.WORDS,
    section="summary",
)
def group_accounts(case: Case) -> Figure:
    """The account itself and all below it."""
    members = group_of(case)
    if len(members) == 1:
        return null(note=NO_SUBSIDIARY)
    return Figure(
        value=tuple(member.plan.id for member in members),
        confidence=1.0,
        reasons=tuple(_membership(member) for member in members if member is not case),
    )


_sum_over_group = functools.partial(figure, gives=Gives.MONEY, under="group.accounts")


@_sum_over_group(
    "group.revenue",
    title="Revenue of the group",
    meaning="What the whole group was billed last year, in the reporting currency.",
    formula="sum of last year's revenue over the group's accounts, each once",
    unit="money",
    item="E9",
)
@_sum_over_group(
    "group.contribution",
    title="Contribution of the group",
    meaning="What the whole group could contribute, in the reporting currency.",
    formula="sum of contributions over the group's accounts, each once",
    item="R1",
)
@_sum_over_group(
    "group.retained_profit",
    title="Expected profit of the group",
    meaning="What the whole group is worth if we keep it, in the reporting currency.",
    formula="sum of expected profits over the group's accounts, each once",
    unit="money",
    item="R1",
)
@_sum_over_group(
    "group.exposure",
    title="Our expected loss across the group",
    meaning="What may be lost with the whole group, on both sides, in the reporting currency.",
    formula="sum of their risk after measures and our expected loss over the group's accounts",
    item="K3",
)
@_sum_over_group(
    "group.whitespace",
    title="White space of the group",
    meaning="What could still be sold to the whole group, in the reporting currency.",
    formula="sum of white space over the group's accounts, each once",
    item="R1",
)
def group_sums(case: Case) -> tuple[Figure, ...]:
    """What the accounts of a group amount to in the reporting currency."""
    members, currency = group_of(case), case.settings.currencies.reporting_currency
    return tuple(_sum(members, keys, f"{currency}{time}") for keys, time in SUMS.values())


def group_of(case: Case) -> tuple[Case, ...]:
    """The account and all below it, each once, even where parents lead back in a circle."""
    members = {case.plan.id: case}
    rest = [case]
    while rest:
        for child in case.neighbours.children.get(rest.pop().plan.id, ()):
            if child.plan.id not in members:
                members[child.plan.id] = child
                rest.append(child)
    return tuple(members.values())


def _membership(member: Case) -> Reason:
    """The line of a subsidiary's file that names its parent."""
    return member.fact("account", "parent", name=f"{member.plan.id}: parent")


def _sum(members: tuple[Case, ...], added: tuple[str, ...], unit: str) -> Figure:
    """Σ over the accounts that have the amount; those that lack it are named as missing."""
    if len(members) == 1:
        return replace(null(note=NO_SUBSIDIARY), unit=unit)
    parts = [_term(member, key, unit) for member in members for key in added]
    terms = [part for part in parts if isinstance(part, Term)]
    missing = tuple(dict.fromkeys(part for part in parts if isinstance(part, str)))
    if not terms:
        return replace(null(missing), unit=unit)
    count = len(missing)
    note = phrase("without {count} that are not known", count=count) if missing else None
    return replace(sum_of_money(terms, note=note), unit=unit, missing=missing)


def _term(member: Case, key: str, unit: str) -> Term | str:
    """An account's part of the sum, or the name of what it lacks."""
    figure, exchange = member.figures[key], member.exchange()
    if figure.value is None or exchange.value is None:
        return f"{member.plan.id}: {key}"
    amount = figure.value * exchange.value
    reason = Reason(
        name=f"{member.plan.id}: {key}",
        value=amount,
        unit=unit,
        confidence=figure.confidence,
        note=None if exchange.value == 1 else _before_exchange(figure),
    )
    return Term(amount=amount, inputs=(reason,))


def _before_exchange(figure: Figure) -> str:
    """The amount in the account's own currency."""
    currency, _, time = (figure.unit or "").partition(" ")
    amount = f"{figure.value:,.10g}"
    if time:
        return phrase("{amount} {currency} a year", amount=amount, currency=currency)
    return f"{amount} {currency}"
