"""What a brief tells of all accounts: sums, tiers, who needs attention, what is next, risks."""

from __future__ import annotations

from typing import Any

from generator.render.brief.pieces import cut
from generator.render.home import NEXT_DAYS, attention, tiles
from generator.render.links import Links
from generator.render.portfolio.dates import Entry, entries
from generator.render.portfolio.money import COLUMNS, cell_rows, service_hours
from generator.render.portfolio.risks import left_risks
from generator.render.site import Site

ATTENTION, NEXT, RISKS, LEFT_OUT = 8, 16, 8, 8
SUMS = ("revenue", "contribution", "profit", "serve")


def portfolio_context(site: Site, links: Links) -> dict[str, Any]:
    """What the template needs beside the site."""
    hours = {one.id: service_hours(one) for one in site.portfolio.accounts}
    counted = tiles(site)
    return {
        **counted,
        "left_out": cut(counted["left_out"], LEFT_OUT),
        "rows": cell_rows(site, hours),
        "columns": [(name, COLUMNS[name][0]) for name in SUMS],
        "attention": attention(site)[:ATTENTION],
        "next": cut(_next(site, links), NEXT),
        "next_days": NEXT_DAYS,
        "risks": cut(left_risks(site, links), RISKS),
    }


def _next(site: Site, links: Links) -> list[Entry]:
    """What stands with customers within the next days."""
    found = [
        one
        for account in site.portfolio.accounts
        for one in entries(site, links, account)
        if one.is_fixed and 0 <= (one.day - site.today).days <= NEXT_DAYS
    ]
    return sorted(found, key=lambda one: (one.day, one.account, one.what))
