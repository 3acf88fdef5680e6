"""The page of one account: its head, then the sections in the order a reader needs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from generator.enrich import Account
from generator.language import say
from generator.render import (
    section_market,
    section_plan,
    section_relationship,
    section_risk,
    section_service,
    section_summary,
    section_value,
)
from generator.render.figure_places import FIGURES
from generator.render.head import head_context
from generator.render.page_names import SECTIONS
from generator.render.sentences import section_sentences
from generator.render.site import Site
from generator.render.skeleton import SkeletonSection, page_markdown
from generator.render.tree import Page
from generator.render.view import AccountView, view_of

MAX_BYTES = 42_700
"""Of an account's own HTML; the frame around it, with a switch of languages, takes the rest of
60 kB."""
ROWS = ((6, 4_000), (2, 6_000), (0, 14_000), (-1, 18_000), (-2, 24_000), (-3, 32_000), (-4, 0))
"""Rows of each table of inputs, and up to how many bytes of a playbook they are tried first.

All inputs are on the page with all numbers; below 0 each number is a link to it, below that those
of its family are only there, then also the cheapest change that would move it, and last people are
told by the drawings alone, and of talks, ways and what is done only the least.
"""

CONTEXTS: dict[str, Callable[[AccountView], dict[str, Any]]] = {
    "summary": section_summary.context,
    "relationship": section_relationship.context,
    "service": section_service.context,
    "value": section_value.context,
    "risk": section_risk.context,
    "market": section_market.context,
    "plan": section_plan.context,
}


def account_pages(site: Site) -> Iterator[Page]:
    """A page for each account, in the order of the files."""
    for account in site.told:
        yield account_page(site, account)


def account_page(site: Site, account: Account) -> Page:
    """One account's page; a file that cannot be read shows its findings only."""
    names = SECTIONS if account.playbook else {one: SECTIONS[one] for one in ("findings", "source")}
    if not site.portfolio.is_judged:
        names = {one: title for one, title in names.items() if one != "findings"}
    fragments: dict[str, str] = {}
    size = len(account.document.text)
    tried = [most for most, up_to in ROWS if size <= up_to or most == ROWS[-1][0]]
    for most in tried:
        fragments = _fragments(view_of(site, account, most), names)
        if sum(len(html.encode()) for html in fragments.values()) <= MAX_BYTES:
            break
    sentences = section_sentences(account, site.settings)
    markdown = page_markdown(
        title=account.name,
        description=sentences.get(
            "head", say("{account}: key account playbook", account=account.name)
        ),
        sentence=sentences.get("head", ""),
        head="head",
        sections=[
            SkeletonSection(anchor=name, title=say(title), sentence=sentences.get(name, ""))
            for name, title in names.items()
        ],
        hide=("navigation",),
    )
    return Page(path=f"accounts/{account.id}.md", markdown=markdown, fragments=fragments)


def _fragments(view: AccountView, names: Iterable[str]) -> dict[str, str]:
    render = view.site.engine.render
    if view.plan is None:
        head = render("account/unread.html.j2", acc=view)
    else:
        head = render("account/head.html.j2", acc=view, **head_context(view))
    return {"head": head, **{name: _section(view, name) for name in names}}


def _section(view: AccountView, name: str) -> str:
    context = CONTEXTS[name](view) if name in CONTEXTS and view.plan else {}
    keys = FIGURES.get(name, ())
    whys, unknown = view.whys(keys), view.unknown(keys)
    return view.site.engine.render(
        f"account/{name}.html.j2", acc=view, name=name, whys=whys, unknown=unknown, **context
    )
