"""The selection matrix large: each account by name, and what would move it to another cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.enrich import Account
from generator.enrich.limits import reaches
from generator.language import say, say_count
from generator.render.change_words import change_sentence
from generator.render.drawings.matrix import CELLS, MatrixAccount, MatrixCell, matrix
from generator.render.formats import listed, number, sentences, share
from generator.render.home import by_what_they_lack, in_reporting, value_of
from generator.render.links import Links
from generator.render.site import Site
from generator.render.skeleton import SkeletonSection, page_markdown
from generator.render.tree import Page

HERE = "portfolio/matrix.html"
LISTED = 200
"""Accounts in the table; the directory has all."""
BESIDE = 40
"""Accounts without a cell that are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An account with a cell."""

    name: str
    href: str
    why: str
    """Link to how its tier came about."""
    tier: str
    status: str
    planned: str | None
    cell: str
    profit: float | None
    payback: float | str | None
    stability: float | None
    stands: bool
    change: str


def matrix_pages(site: Site) -> Iterator[Page]:
    """portfolio/matrix."""
    links = Links(here=HERE)
    accounts = [one for one in site.portfolio.accounts if _cell(one)]
    beside = [one for one in site.portfolio.accounts if not _cell(one)]
    cells = matrix([_drawn(site, links, one) for one in accounts])
    ranked = sorted(
        accounts,
        key=lambda one: (CELLS.index(_cell(one)), -(_profit(site, one) or 0.0), one.name),
    )
    common = {
        "settings": site.settings,
        "links": links,
        "currency": site.settings.currencies.reporting_currency,
        "rules": {cell: getattr(site.settings.tiers.cells, cell) for cell in CELLS},
        "cells": cells,
    }
    fragments: dict[str, str] = {}
    sections: list[SkeletonSection] = []
    if site.portfolio.accounts:
        fragments["head"] = site.engine.render(
            "home/matrix.html.j2",
            **common,
            beside=by_what_they_lack(beside[:BESIDE]),
            more_beside=max(0, len(beside) - BESIDE),
            table=[],
        )
    if ranked:
        fragments["moves"] = site.engine.render(
            "portfolio/matrix.html.j2",
            **common,
            placed=[_placed(site, links, one) for one in ranked[:LISTED]],
            more=max(0, len(ranked) - LISTED),
        )
        sections.append(SkeletonSection(anchor="moves", title=say("What would move them")))
    markdown = page_markdown(
        title=say("Matrix"),
        description=say("Which accounts get our best people, and what would move them."),
        sentence=_sentence(site, cells, accounts, len(beside)),
        head="head" if fragments else None,
        sections=sections,
        hide=("toc",),
    )
    yield Page(path="portfolio/matrix.md", markdown=markdown, fragments=fragments)


def _sentence(
    site: Site, cells: Sequence[MatrixCell], accounts: Sequence[Account], beside: int
) -> str:
    """How many accounts have which tier, and how many stand on a single number."""
    if not accounts:
        return say("No account has a tier yet: their market facts give it.")
    tiers = [
        say("{count} {tier}", count=number(cell.count), tier=_tier(site, cell.name))
        for cell in cells
        if cell.count
    ]
    told = [
        say_count(
            "{count} account with a tier: {tiers}.",
            "{count} accounts with a tier: {tiers}.",
            len(accounts),
            tiers=listed(tiers),
        )
    ]
    if beside:
        told.append(
            say("{count} without one: their market facts are missing.", count=number(beside))
        )
    return sentences([*told, _how_firm(site, accounts)])


def _how_firm(site: Site, accounts: Sequence[Account]) -> str:
    """How many tiers hang on a single number; empty where it is known of none."""
    known = [one for one in accounts if value_of(one, "selection.stability") is not None]
    if not known:
        return ""
    loose = sum(not _stands(site, one) for one in known)
    change = share(site.settings.scoring.stability.change)
    if not loose:
        return say(
            "All of them would stand a change of {change} in nearly any number.", change=change
        )
    return say_count(
        "{count} of them has a tier that a change of {change} in one number may move.",
        "{count} of them have a tier that a change of {change} in one number may move.",
        loose,
        change=change,
    )


def _stands(site: Site, account: Account) -> bool:
    found = value_of(account, "selection.stability")
    return found is not None and reaches(found, site.settings.scoring.stability.stable_from)


def _tier(site: Site, cell: str) -> str:
    return str(getattr(site.settings.tiers.cells, cell).tier)


def _cell(account: Account) -> str:
    row, column = value_of(account, "selection.row"), value_of(account, "selection.column")
    return f"{row}_{column}" if row and column else ""


def _profit(site: Site, account: Account) -> float | None:
    profit = value_of(account, "selection.retained_profit")
    return in_reporting(site, account, profit) if profit is not None else None


def _status(account: Account) -> str:
    return (account.playbook.account.status if account.playbook else None) or "prospect"


def _drawn(site: Site, links: Links, account: Account) -> MatrixAccount:
    return MatrixAccount(
        id=account.id,
        name=account.name,
        status=_status(account),
        cell=_cell(account),
        profit=_profit(site, account),
        href=links.account(account.id),
    )


def _placed(site: Site, links: Links, account: Account) -> Placed:
    plan = account.playbook
    return Placed(
        name=account.name,
        href=links.account(account.id),
        why=links.number(account.id, "selection.stability"),
        tier=_tier(site, _cell(account)),
        status=site.settings.label("statuses", _status(account)),
        planned=plan.account.planned_tier if plan else None,
        cell=_cell(account),
        profit=_profit(site, account),
        payback=value_of(account, "selection.payback_months"),
        stability=value_of(account, "selection.stability"),
        stands=_stands(site, account),
        change=change_sentence(account.case, "tier", site.settings) if account.case else "",
    )
