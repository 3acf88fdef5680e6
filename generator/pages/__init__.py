"""Stage 5: the portfolio as a site in memory: light Markdown pages and fragments of HTML."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from generator.compare.moved import Moves
from generator.figures import Portfolio
from generator.language import ENGLISH, Language, speaking
from generator.pages.account_markdown import account_markdown_files, list_files
from generator.pages.account_page import account_pages
from generator.pages.brand import MARK, brand_css, brand_of
from generator.pages.brief import brief_pages, portfolio_brief_pages
from generator.pages.directory import directory_files
from generator.pages.engine import Engine
from generator.pages.folders import folder_files, not_found_page
from generator.pages.guide import added_entries, added_pages
from generator.pages.navigation import (
    MENUS,
    edition_navigation,
    last_entries,
    left_out,
    portfolio_pages,
    ways,
)
from generator.pages.numbers import numbers_pages
from generator.pages.page import Menu
from generator.pages.search import pages_searched
from generator.pages.search_index import said_by_search, search_files
from generator.pages.site import Part, Site
from generator.pages.source import settings_pages, source_pages
from generator.pages.tree import FramedPage, Page, Piece, SiteTree, StaticFile
from generator.rules.gate.baseline import Baseline
from generator.settings import OwnPage, in_language

__all__ = ["FramedPage", "Page", "SiteTree", "StaticFile", "render"]


def asset_files(site: Site) -> Iterator[StaticFile]:
    """Our mark; style and script, each out of its parts in order of name."""
    yield StaticFile(path=MARK, content=site.engine.text(MARK).encode())
    for ending in (".css", ".js"):
        text = "\n".join(site.engine.asset(name) for name in site.engine.assets(ending))
        if ending == ".css":
            text += brand_css(site.settings)
        else:
            says = json.dumps(said_by_search(), ensure_ascii=False)
            text = f"window.SEARCH_SAYS={says};\n{text}"
        yield StaticFile(path=f"assets/playbooks{ending}", content=text.encode())


# Every kind of page, each its own module: of one account, and of the portfolio besides its pages.
ACCOUNT_PARTS: tuple[Part, ...] = (
    account_pages,
    source_pages,
    numbers_pages,
    brief_pages,
    account_markdown_files,
)
PARTS: tuple[Part, ...] = (
    added_pages,
    directory_files,
    portfolio_brief_pages,
    list_files,
    settings_pages,
    asset_files,
)

Made = list[Piece]
Spread = Callable[[Callable[[slice], Made], int], Made]
"""Does a piece of work for all of so many accounts, in shares or at once."""


def at_once(work: Callable[[slice], Made], count: int) -> Made:
    """All accounts one after another."""
    return work(slice(0, count))


def render(  # noqa: PLR0913 - each is a choice of the command line
    portfolio: Portfolio,
    baseline: Baseline | None = None,
    *,
    allow_incomplete: bool = False,
    own_guide: tuple[OwnPage, ...] = (),
    revision: str = "",
    moves: Moves | None = None,
    files: tuple[StaticFile, ...] = (),
    beside: SiteTree | None = None,
    spread: Spread = at_once,
    language: Language = ENGLISH,
) -> SiteTree:
    """The whole site of a portfolio. Pure: the same portfolio gives the same bytes.

    `files` are carried as they are, and linked to; `beside` is the same site in its first language,
    whose files are linked to instead. `moves` says how sums moved, `revision` is what briefs
    print at their foot beside the day. `spread` may do the accounts' own pages in shares, which
    know nothing of each other.
    """
    site = Site(
        portfolio=spoken_in(portfolio, language),
        engine=Engine(),
        language=language,
        baseline=baseline,
        revision=revision,
        moves=moves,
        **offered(files, beside),
        allow_incomplete=allow_incomplete,
        own_guide=own_guide,
    )
    return site_of(site, files=files, spread=spread)


def offered(files: tuple[StaticFile, ...], beside: SiteTree | None) -> dict[str, Any]:
    """What a site offers beside its pages: its own files, or those of its first language."""
    theirs = beside.files if beside else files
    return {"offers": frozenset(file.path for file in theirs), "offers_at": "../" if beside else ""}


def spoken_in(portfolio: Portfolio, language: Language) -> Portfolio:
    """The same portfolio with its labels in a language; findings keep their own."""
    return replace(portfolio, settings=in_language(portfolio.settings, language.code))


def site_of(
    whole: Site,
    *,
    files: tuple[StaticFile, ...] = (),
    spread: Spread = at_once,
) -> SiteTree:
    """A site: the pages of the portfolio and those of each account."""
    with speaking(whole.language):
        over_all = tuple(portfolio_pages(whole))
        linked = replace(whole, ways=ways({page.path for page in over_all}))

        def accounts(share: slice) -> Made:
            site = replace(linked, share=share)
            return [page for part in ACCOUNT_PARTS for page in part(site)]

        made = [*spread(accounts, len(whole.portfolio.accounts)), *over_all]
        made += [page for part in PARTS for page in part(linked)]
        made += search_files(linked, made)
        paths = {page.path for page in made if isinstance(page, Page)}
        not_found = not_found_page(whole, paths)
    made = [piece.in_frame or piece if isinstance(piece, Page) else piece for piece in made]
    pages = (page for page in made if isinstance(page, Page))
    whole_files = (*files, *(file for file in made if isinstance(file, StaticFile)))
    framed = (page for page in made if isinstance(page, FramedPage))
    whole_files += tuple(folder_files(whole, made))
    return SiteTree(
        pages=tuple(sorted(pages, key=lambda page: page.path)),
        framed=tuple(sorted(framed, key=lambda page: page.path)),
        files=tuple(sorted(whole_files, key=lambda file: file.path)),
        nav=edition_navigation(paths) if whole.is_edition else (),
        language=whole.language,
        nav_also=last_entries(whole),
        brand=brand_of(whole.settings),
        nav_below=((str(MENUS[Menu.GUIDE]), entries),) if (entries := added_entries(whole)) else (),
        left_out=left_out(paths),
        not_found=not_found,
        full_text=pages_searched(whole),
    )
