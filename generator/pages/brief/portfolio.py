"""What a brief tells of all accounts: sums, tiers, who needs attention, what is next, risks."""

from __future__ import annotations

from typing import Any

from generator.pages.brief.pieces import cut
from generator.pages.home import attention
from generator.pages.portfolio.kinds import KINDS
from generator.pages.portfolio.money import TITLES
from generator.pages.site import Site
from generator.portfolio.dates import NEXT_DAYS, Entry, calendar
from generator.portfolio.money import hours_by_account, sums_by_cell
from generator.portfolio.risks import remaining_risks
from generator.portfolio.sums import overview

ATTENTION, NEXT, RISKS, LEFT_OUT = 8, 16, 8, 8
SUMS = ("revenue", "contribution", "profit", "serve")


def portfolio_context(site: Site) -> dict[str, Any]:
    """What the template needs beside the site."""
    portfolio = site.portfolio
    sums = overview(portfolio)
    return {
        "accounts": portfolio.accounts,
        "is_judged": portfolio.is_judged,
        "currency": site.settings.currencies.reporting_currency,
        "overview": sums,
        "left_out": cut(sums.left_out, LEFT_OUT),
        "rows": sums_by_cell(portfolio, hours_by_account(portfolio)),
        "columns": [(name, TITLES[name]) for name in SUMS],
        "attention": attention(site)[:ATTENTION],
        "next": cut(_next(site), NEXT),
        "next_days": NEXT_DAYS,
        "kinds": KINDS,
        "risks": cut(remaining_risks(portfolio), RISKS),
    }


def _next(site: Site) -> list[Entry]:
    """What stands with customers within the next days."""
    soon = [
        entry
        for entry in calendar(site.portfolio)
        if entry.is_fixed and 0 <= (entry.day - site.today).days <= NEXT_DAYS
    ]
    return sorted(soon, key=lambda entry: (entry.day, entry.account.name, entry.what))
