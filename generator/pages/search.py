"""The page that searches every word of the accounts' pages, where site.yaml asks for it.

Pagefind finds the words; what it found is told apart by the facts of the directory's data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.language import phrase, said, say
from generator.pages import directory
from generator.pages.links import account_href
from generator.pages.page import Menu, PageLayout, SitePage
from generator.pages.site import Site

FACETS = ("tier", "verdict", "status", "industry", "region", "owner")
"""Those of the directory that tell results apart."""


def pages_searched(site: Site) -> tuple[str, ...]:
    """The pages whose every word is searched; none where the site has no such search."""
    if site.settings.site.search != "pagefind":
        return ()
    return tuple(f"accounts/{account.id}.md" for account in site.portfolio.accounts)


def lay_out(page: PageLayout) -> Mapping[str, Any]:
    """What the script fills."""
    page.head(
        facets=[(key, said(directory.EVERY_FACET[key])) for key in FACETS],
        says=_says(),
        directory=page.links.directory(),
        data=page.links.to("assets/accounts.js"),
        root=page.links.account("x").removesuffix(account_href("x")),
    )
    return {}


def _says() -> Mapping[str, str]:
    """What the script says; `{n}` is the place of a number that it counts."""
    return {
        "none": say("No matches. Clear filters, or type less."),
        "one": say("1 account fits."),
        "many": say("{n} accounts fit."),
        "begin": say("{n} accounts to search: type a word or choose a filter."),
        "unknown": say("not known"),
        "more": say("{count} more"),
    }


PAGE = SitePage(
    path="search/index.md",
    title=phrase("Search"),
    description=phrase("Every word of the accounts' pages, told apart by tier, deal and more."),
    lay_out=lay_out,
    menu=Menu.LAST,
    exists=lambda site: bool(pages_searched(site)),
)
