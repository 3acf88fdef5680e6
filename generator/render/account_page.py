"""The page of one account: its head, then the sections in the order a reader needs them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from generator.enrich import Account
from generator.render import (
    section_plan,
    section_relationship,
    section_risk,
    section_service,
    section_summary,
    section_value,
)
from generator.render.figure_places import FIGURES
from generator.render.head import head_context
from generator.render.sentences import section_sentences
from generator.render.site import Site
from generator.render.skeleton import SkeletonSection, page_markdown
from generator.render.tree import Page
from generator.render.view import AccountView, view_of

SECTIONS = {
    "summary": "Summary",
    "relationship": "Relationship",
    "service": "Service",
    "value": "Value and deal",
    "risk": "Risk",
    "market": "Market and rivals",
    "plan": "Plan",
    "offerings": "Offerings",
    "findings": "Findings",
    "source": "Source",
}

CONTEXTS: dict[str, Callable[[AccountView], dict[str, Any]]] = {
    "summary": section_summary.context,
    "relationship": section_relationship.context,
    "service": section_service.context,
    "value": section_value.context,
    "risk": section_risk.context,
    "plan": section_plan.context,
}


def account_pages(site: Site) -> Iterator[Page]:
    """A page for each account, in the order of the files."""
    for account in site.portfolio.accounts:
        yield account_page(site, account)


def account_page(site: Site, account: Account) -> Page:
    """One account's page; a file that cannot be read shows its findings only."""
    view = view_of(site, account)
    if account.playbook is None:
        names = {name: SECTIONS[name] for name in ("findings", "source")}
        fragments = {"head": site.engine.render("account/unread.html.j2", acc=view)}
    else:
        names = SECTIONS
        context = head_context(view)
        fragments = {"head": site.engine.render("account/head.html.j2", acc=view, **context)}
    for name in names:
        fragments[name] = _section(view, name)
    sentences = section_sentences(account, site.settings)
    markdown = page_markdown(
        title=account.name,
        description=sentences.get("head", f"{account.name}: key account playbook"),
        sentence=sentences.get("head", ""),
        head="head",
        sections=[
            SkeletonSection(anchor=name, title=title, sentence=sentences.get(name, ""))
            for name, title in names.items()
        ],
        hide=("navigation",),
    )
    return Page(path=f"accounts/{account.id}.md", markdown=markdown, fragments=fragments)


def _section(view: AccountView, name: str) -> str:
    context = CONTEXTS[name](view) if name in CONTEXTS and view.plan else {}
    keys = FIGURES.get(name, ())
    whys, unknown = view.whys(keys), view.unknown(keys)
    return view.site.engine.render(
        f"account/{name}.html.j2", acc=view, name=name, whys=whys, unknown=unknown, **context
    )
