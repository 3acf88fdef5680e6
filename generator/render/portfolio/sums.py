"""What the pages over all accounts share: whom a sum leaves out, names in a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.enrich import Account
from generator.language import say
from generator.render.formats import listed, number
from generator.render.home import in_reporting
from generator.render.site import Site

Amount = Callable[[Account], float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Whom a sum leaves out, and why."""

    what: str
    unknown: tuple[str, ...]
    """Accounts that lack the amount."""
    no_rate: tuple[str, ...]
    """Accounts that have it, but no exchange rate."""


def left_out(
    site: Site, accounts: Sequence[Account], what: str, amount: Amount, *, is_money: bool = True
) -> LeftOut:
    """Whom the sum of an amount over some accounts leaves out."""
    known = [(one, amount(one)) for one in accounts]
    return LeftOut(
        what=what,
        unknown=tuple(one.name for one, found in known if found is None),
        no_rate=tuple(
            one.name
            for one, found in known
            if is_money and found is not None and in_reporting(site, one, found) is None
        ),
    )


def without_rate(rows: Sequence[LeftOut]) -> tuple[str, ...]:
    """Accounts that any of the sums leaves out for want of an exchange rate, each once."""
    return tuple(dict.fromkeys(name for row in rows for name in row.no_rate))


def named(names: Sequence[str], most: int = 8) -> str:
    """Names in a line: 'Acme, Harbor and 3 more'."""
    line = listed(names[:most])
    if len(names) <= most:
        return line
    return say("{names} and {count} more", names=line, count=number(len(names) - most))
