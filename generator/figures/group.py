"""Parents and subsidiaries as one: sums over a group, each account once, in one currency."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from generator.figures.case import Case
from generator.figures.definition import Gives, figure
from generator.figures.figure import Figure, Reason, Term, null, sum_of_money
from generator.figures.sides import WIN_PROBABILITY, WITHOUT_CHANCE, Side, side_of, win_probability
from generator.language import Phrase, phrase

CONTRACT = ("account", "contract", "value")
NO_SUBSIDIARY = phrase("no subsidiaries")


def price_or_contract(case: Case) -> Reason:
    """The yearly bill: the price in force, of prospects the offer; else the contract's value."""
    price, contract = case.fact("economics", "price"), case.fact(*CONTRACT)
    if price.value is not None or contract.value is None:
        return price
    factor = case.exchange_at(*CONTRACT).factor
    worth = None if factor is None else contract.value * factor
    return contract.with_(value=worth, unit=case.yearly)


@dataclass(frozen=True, slots=True)
class Added:
    """What of each account is added over a group."""

    name: str
    """The figure, or what of the form it is."""
    time: str = ""
    read: Callable[[Case], Reason] | None = None
    """What reads it, where it is no figure."""

    def of(self, case: Case) -> Reason:
        """What an account has of it, in its own currency."""
        return self.read(case) if self.read else case.figure(self.name)


SUMS: dict[str, Added] = {
    "group.revenue": Added("revenue.last_year"),
    "group.price": Added("economics.price", " a year", price_or_contract),
    "group.contribution": Added("economics.contribution", " a year"),
    "group.retained_profit": Added("selection.retained_profit"),
    "group.delivered_value": Added("value.delivered_value", " a year"),
    "group.our_margin": Added("deal.our_margin", " a year"),
    "group.own_loss": Added("risk.own_expected_loss", " a year"),
    "group.their_loss": Added("risk.customer_residual", " a year"),
    "group.whitespace": Added("offerings.whitespace", " a year"),
}
"""By figure what of each account is added, and over what time."""


@figure(
    "group.accounts",
    title="Accounts of the group",
    formula="the account, its subsidiaries and theirs, each once",
    unit="accounts",
    gives=Gives.WORDS,
    section="group",
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


_sum_over_group = functools.partial(
    figure, gives=Gives.MONEY, by_name=True, labels="sides", under="group.accounts"
)


@_sum_over_group(
    "group.revenue",
    title="Revenue of the group",
    meaning="What the whole group was billed last year, in the reporting currency.",
    formula="sum of last year's revenue over the group's customers; prospects apart",
    unit="money",
    item="E9",
)
@_sum_over_group(
    "group.price",
    title="Price across the group",
    meaning="What the whole group pays us a year, in the reporting currency: the price, else the"
    " value of the contract; of prospects the offer.",
    formula="sum of prices over the group's customers; prospects apart, times win probability",
)
@_sum_over_group(
    "group.contribution",
    title="Contribution of the group",
    meaning="What the whole group could contribute, in the reporting currency.",
    formula="sum of contributions over the group's customers; prospects apart, times win"
    " probability",
    item="R1",
)
@_sum_over_group(
    "group.retained_profit",
    title="Expected profit of the group",
    meaning="What the whole group is worth if we keep it, in the reporting currency.",
    formula="sum of expected profits over the group's customers; prospects apart, times win"
    " probability",
    unit="money",
    item="R1",
)
@_sum_over_group(
    "group.delivered_value",
    title="Delivered value across the group",
    meaning="What the whole group gains a year by choosing us, in the reporting currency.",
    formula="sum of delivered values over the group's customers; prospects apart, times win"
    " probability",
    item="V1",
)
@_sum_over_group(
    "group.our_margin",
    title="Our margin across the group",
    meaning="What we earn a year with the whole group, in the reporting currency.",
    formula="sum of our margins over the group's customers; prospects apart, times win probability",
    item="V1",
)
@_sum_over_group(
    "group.own_loss",
    title="Our expected loss across the group",
    meaning="What we may lose a year with the whole group, in the reporting currency; what they"
    " may lose stands apart.",
    formula="sum of our expected losses over the group's customers; prospects apart, times win"
    " probability",
    item="K3",
)
@_sum_over_group(
    "group.their_loss",
    title="Their expected loss across the group",
    meaning="What the whole group may lose a year by choosing us, after measures, in the reporting"
    " currency; what we may lose stands apart.",
    formula="sum of their risks after measures over the group's customers; prospects apart, times"
    " win probability",
    item="K3",
)
@_sum_over_group(
    "group.whitespace",
    title="White space of the group",
    meaning="What could still be sold to the whole group, in the reporting currency.",
    formula="sum of white space over the group's customers; prospects apart, times win probability",
    item="R1",
)
def group_sums(case: Case) -> tuple[Figure, ...]:
    """What the accounts of a group amount to in the reporting currency."""
    members, currency = group_of(case), case.settings.currencies.reporting_currency
    return tuple(_sums(members, added, f"{currency}{added.time}") for added in SUMS.values())


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


def _without(count: int) -> Phrase:
    if count == 1:
        return phrase("without 1 that is not known")
    return phrase("without {count} that are not known", count=count)


def _sums(members: tuple[Case, ...], added: Added, unit: str) -> Figure:
    """By side Σ over the accounts that have the amount; those that lack it are missing."""
    if len(members) == 1:
        return replace(null(note=NO_SUBSIDIARY), unit=unit)
    sides = {side: [each for each in members if side_of(each.status) is side] for side in Side}
    parts = {side: list(_parts(within, added, unit)) for side, within in sides.items()}
    terms = {
        side: [part for part in some if isinstance(part, Term)] for side, some in parts.items()
    }
    lacking = [part for some in parts.values() for part in some if isinstance(part, str)]
    missing = tuple(dict.fromkeys(lacking))
    if not any(terms.values()):
        return replace(null(missing), unit=unit)
    note = _without(len(missing)) if missing else None
    whole = sum_of_money([term for some in terms.values() for term in some], note=note)
    value = {str(side): sum_of_money(some).value for side, some in terms.items() if some}
    return replace(whole, value=value, unit=unit, missing=missing)


def _parts(members: list[Case], added: Added, unit: str) -> Iterator[Term | str]:
    for member in members:
        yield _term(member, added, unit)


def _term(member: Case, added: Added, unit: str) -> Term | str:
    """An account's part of its side's sum, or the name of what it lacks."""
    amount, exchange = added.of(member), member.exchange()
    if amount.value is None or exchange.value is None:
        return f"{member.plan.id}: {added.name}"
    chances = _chances(member, added)
    if any(chance.value is None for chance in chances):
        return chances[0].name
    share = chances[0].value if chances else 1.0
    reason = Reason(
        name=f"{member.plan.id}: {added.name}",
        value=amount.value * exchange.value,
        unit=unit,
        confidence=amount.confidence,
        note=None if exchange.value == 1 else _before_exchange(amount),
    )
    return Term(amount=amount.value * exchange.value * share, inputs=(reason, *chances))


def _chances(member: Case, added: Added) -> tuple[Reason, ...]:
    """What a prospect's amount is multiplied by; nothing where it hangs on no win."""
    if side_of(member.status) is Side.CUSTOMERS or added.name in WITHOUT_CHANCE:
        return ()
    return (win_probability(member, name=f"{member.plan.id}: {'.'.join(WIN_PROBABILITY)}"),)


def _before_exchange(amount: Reason) -> str:
    """The amount in the account's own currency."""
    currency, _, time = (amount.unit or "").partition(" ")
    number = f"{amount.value:,.10g}"
    if time:
        return phrase("{amount} {currency} a year", amount=number, currency=currency)
    return f"{number} {currency}"
