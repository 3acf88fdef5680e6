"""The page that searches every word of the accounts' pages, where site.yaml asks for it.

Pagefind finds the words; what it found is told apart by the facts of the directory's data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.language import phrase, said, say
from generator.pages.links import Links, account_href, directory_href, page_href
from generator.pages.page import page_markdown
from generator.pages.site import Site
from generator.pages.tree import Page

SEARCH = (phrase("Search"), "search/index.md")
"""Title and page in the navigation."""
FACETS = (
    ("tier", phrase("Tier")),
    ("verdict", phrase("Deal")),
    ("status", phrase("Status")),
    ("industry", phrase("Industry")),
    ("region", phrase("Region")),
    ("owner", phrase("Owner")),
)


def pages_searched(site: Site) -> tuple[str, ...]:
    """The pages whose every word is searched; none where the site has no such search."""
    if site.settings.site.search != "pagefind":
        return ()
    return tuple(f"accounts/{account.id}.md" for account in site.portfolio.accounts)


def search_pages(site: Site) -> Iterator[Page]:
    """search/index, where there is something to search."""
    if not pages_searched(site):
        return
    title, path = SEARCH
    links = Links(here=page_href(path))
    fragment = site.engine.render(
        "search.html.j2",
        facets=[(key, said(title)) for key, title in FACETS],
        says=_says(),
        directory=links.to(directory_href()),
        data=links.to("assets/accounts.js"),
        root=links.to(account_href("x")).removesuffix(account_href("x")),
    )
    markdown = page_markdown(
        title=said(title),
        description=say("Every word of the accounts' pages, told apart by tier, deal and more."),
        sections=[],
        head="search",
        hide=("toc",),
    )
    yield Page(path=path, markdown=markdown, fragments={"search": fragment})


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
