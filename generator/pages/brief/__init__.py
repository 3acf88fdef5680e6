"""Meeting briefs: one or two sheets of paper on an account or on all of them, no site needed.

A page of our own like those that show the YAML: its style is in one small file beside it, or
within it where it stands alone, as for the PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from generator.figures import Account
from generator.language.language import Code
from generator.pages.brief.account import account_context
from generator.pages.brief.pieces import Footnotes
from generator.pages.brief.portfolio import portfolio_context
from generator.pages.formats import width_of
from generator.pages.links import Links, account_href, brief_href
from generator.pages.site import Site
from generator.pages.tree import StaticFile
from generator.pages.view import view_of

STYLE = "assets/brief.css"
MAX_ROOM: Mapping[Code, int] = {"en": 12_800, "zh": 11_500}
"""Of what is read on a brief: so much fits on two sheets with room to spare.

A Chinese sign takes as much as two letters, and Chinese lines stand further apart.
"""
PARTS = (1.0, 0.7, 0.5, 0.35)
"""How much of everything is told, of rows and of each text: all, else the first part that fits."""
_ADDRESS = re.compile(r'href="[^"]*"')


def brief_pages(site: Site) -> Iterator[StaticFile]:
    """accounts/<id>/brief.html for each account that can be read."""
    for account in site.told:
        if account.playbook is not None:
            html = account_brief(site, account)
            yield StaticFile(path=brief_href(account.id), content=html.encode())


def portfolio_brief_pages(site: Site) -> Iterator[StaticFile]:
    """portfolio/brief.html, and the style of all briefs."""
    yield StaticFile(path=STYLE, content=_style(site).encode())
    if site.portfolio.accounts:
        yield StaticFile(path=brief_href(), content=portfolio_brief(site).encode())


def account_brief(site: Site, account: Account, *, is_alone: bool = False) -> str:
    """What to know before a meeting with an account; alone it leads to no other page."""
    view = view_of(site, account, here=brief_href(account.id))
    html = ""
    for part in PARTS:
        footnotes = Footnotes()
        context = {"acc": view, **account_context(view, footnotes, part)}
        html = _page(site, view.links, footnotes, account_href(account.id), is_alone, context)
        if _room(html) <= MAX_ROOM[site.language.code]:
            break
    return html


def portfolio_brief(site: Site, *, is_alone: bool = False) -> str:
    """What to know of all accounts; alone it leads to no other page."""
    links = Links(here=brief_href())
    context = portfolio_context(site)
    return _page(site, links, Footnotes(), "index.html", is_alone, context)


def _room(html: str) -> int:
    """The width of what is read: addresses behind words take none on paper."""
    return width_of(_ADDRESS.sub("", html.partition("<main>")[2]))


def _page(
    site: Site,
    links: Links,
    footnotes: Footnotes,
    back: str,
    is_alone: bool,  # noqa: FBT001
    context: dict[str, Any],
) -> str:
    name = "account" if "acc" in context else "portfolio"
    return site.engine.render(
        f"brief/{name}.html.j2",
        site=site,
        settings=site.settings,
        today=site.today,
        links=links,
        footnotes=footnotes,
        back=None if is_alone else links.to(back),
        style=links.to(STYLE),
        style_text=Markup(_style(site)) if is_alone else None,  # noqa: S704 - a file of ours
        **context,
    )


def _style(site: Site) -> str:
    return site.engine.render_exactly("brief/brief.css")
