"""The page of one account: its head, then the sections in the order a reader needs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from generator.figures import Account
from generator.language import say
from generator.pages import (
    section_market,
    section_plan,
    section_relationship,
    section_risk,
    section_service,
    section_summary,
    section_value,
)
from generator.pages.figure_places import FIGURES
from generator.pages.head import head_context
from generator.pages.page_names import SECTIONS
from generator.pages.sentences import section_sentences
from generator.pages.site import Site
from generator.pages.skeleton import SkeletonSection, page_markdown
from generator.pages.tree import Page
from generator.pages.view import AccountView, view_of

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
    fragments = _fragments(view_of(site, account), names)
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
    unknown = view.unknown(keys)
    titles: dict[tuple[str, ...], list[str]] = {}
    for figure in unknown:
        titles.setdefault(figure.missing, []).append(figure.title)
    return view.site.engine.render(
        f"account/{name}.html.j2",
        acc=view,
        name=name,
        whys=view.whys(keys),
        unknown=unknown,
        waiting=[(waiting, missing) for missing, waiting in titles.items()],
        **context,
    )
