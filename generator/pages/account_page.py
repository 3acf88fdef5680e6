"""The page of one account: its head, then the sections in the order a reader needs them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from generator.figures import Account
from generator.figures.name import words_of_id
from generator.form import Playbook
from generator.language import phrase, say
from generator.pages import account_sections, formats
from generator.pages.account_head import head_context
from generator.pages.page import SkeletonSection, page_markdown
from generator.pages.rich_text import rich_text
from generator.pages.site import Site
from generator.pages.tree import Page
from generator.pages.view import AccountView, view_of
from generator.pages.why import FIGURES, most_telling
from generator.portfolio.sums import value_of
from generator.rules.gate.together import is_thin
from generator.settings import Settings


class PageSection(NamedTuple):
    """A section of an account's page."""

    title: str
    context: Callable[[AccountView], dict[str, Any]] = lambda _: {}
    """What its template needs beside the view; asked for plans that can be read."""


SECTIONS: Mapping[str, PageSection] = {
    "summary": PageSection("Summary", account_sections.summary),
    "group": PageSection("Group", account_sections.group),
    "plan": PageSection("Plan", account_sections.plan),
    "relationship": PageSection("Relationship", account_sections.relationship),
    "service": PageSection("Service", account_sections.service),
    "value": PageSection("Value and deal", account_sections.value),
    "risk": PageSection("Risk", account_sections.risk),
    "market": PageSection("Market and rivals", account_sections.market),
    "offerings": PageSection("Offerings"),
    "findings": PageSection("Findings"),
    "source": PageSection("Source"),
}
"""In the order of the page, by the names of their templates in templates/account/."""
ENOUGH = {"head": 420, "relationship": 520, "risk": 380, "market": 160, "plan": 160}
"""Bytes of the search's index that a section's sentence may take; names beyond are left out."""


def section_sentences(account: Account, settings: Settings, today: datetime.date) -> dict[str, str]:
    """By section id, and 'head' for the sentence under the title; no key, nothing to say."""
    plan = account.playbook
    if plan is None:
        return {}
    sentences = {
        "head": _about_account(plan, settings),
        "relationship": _names_listed(
            phrase("With: {names}."), _people(plan, today), "relationship"
        ),
        "risk": _names_listed(phrase("Risks: {names}."), _risks(plan), "risk"),
        "market": _names_listed(phrase("Rivals: {names}."), _rivals(plan), "market"),
        "plan": _names_listed(phrase("Aims: {names}."), _aims(plan), "plan"),
    }
    return {section: sentence for section, sentence in sentences.items() if sentence}


def _about_account(plan: Playbook, settings: Settings) -> str:
    account = plan.account
    catalogue, language = settings.catalogue, settings.site.language
    words = [settings.label("statuses", account.status)] if account.status else []
    for kind, id in ((catalogue.industries, account.industry), (catalogue.regions, account.region)):
        if id is not None:
            words.append(kind[id].label.in_language(language) if id in kind else id)
    parts = [
        formats.listed(words),
        say("also known as {names}", names=formats.listed(account.aliases))
        if account.aliases
        else "",
    ]
    kept = _within([part for part in parts if part], ENOUGH["head"])
    sentence = say("; ").join(kept)
    return say("{sentence}.", sentence=formats.opening(sentence)) if sentence else ""


_SENTENCE = re.compile(r".*?(?:[.!?](?=\s|$)|[。！？])", re.DOTALL)
WHO = 160
"""Signs of a summary's first sentence that stand under an account's name."""


def first_sentence(plan: Playbook | None) -> str:
    """With what a summary begins: who they are, in the words of whoever wrote the plan."""
    if plan is None or not plan.summary:
        return ""
    text = rich_text(plan.summary).striptags()
    first = _SENTENCE.match(text)
    return formats.shortened(first[0] if first else text, WHO)


def _people(plan: Playbook, today: datetime.date) -> Iterator[str]:
    """Contacts who have not left, the most influential first."""
    contacts = (plan.relationship.contacts if plan.relationship else None) or ()
    present = [contact for contact in contacts if not contact.has_left(today)]
    for contact in sorted(present, key=lambda contact: -(contact.influence or 0)):
        name = contact.name or words_of_id(contact.id)
        yield say("{name} ({title})", name=name, title=contact.title) if contact.title else name


def _risks(plan: Playbook) -> Iterator[str]:
    section = plan.risk
    for doubt in (section.customer if section else None) or ():
        yield doubt.doubt or words_of_id(doubt.id)
    for own in (section.own if section else None) or ():
        yield own.statement or words_of_id(own.id)


def _rivals(plan: Playbook) -> Iterator[str]:
    rivals = (plan.competition.rivals if plan.competition else None) or ()
    for rival in rivals:
        yield rival.name or words_of_id(rival.id)


def _aims(plan: Playbook) -> Iterator[str]:
    for objective in plan.objectives or ():
        if objective.statement:
            yield objective.statement


def _names_listed(pattern: str, names: Iterable[str], section: str) -> str:
    tidy = [name.rstrip(".;。； ") for name in names]
    kept = _within(list(dict.fromkeys(tidy)), ENOUGH[section])
    return say(pattern, names=say("; ").join(kept)) if kept else ""


def _within(parts: list[Any], limit: int) -> list[str]:
    """As many of the parts as fit; the first is cut when it alone is too long."""
    kept: list[str] = []
    left = limit
    for part in parts:
        cost = _cost(part) + 2
        if cost > left and kept:
            break
        kept.append(part if cost <= left else _cut(part, left))
        left -= cost
    return kept


def _cost(text: str) -> int:
    return len(text.encode())


def _cut(text: str, limit: int) -> str:
    left = limit
    for index, sign in enumerate(text):
        left -= _cost(sign)
        if left < 0:
            return f"{text[:index].rstrip()}…"
    return text


def account_pages(site: Site) -> Iterator[Page]:
    """A page for each account, in the order of the files."""
    for account in site.accounts_with_pages:
        yield account_page(site, account)


def account_page(site: Site, account: Account) -> Page:
    """One account's page; a file that cannot be read shows its findings only."""
    names = list(SECTIONS) if account.playbook else ["findings", "source"]
    if not site.portfolio.is_judged:
        names.remove("findings")
    if account.playbook and not value_of(account, "group.accounts"):
        names.remove("group")
    fragments = _fragments(view_of(site, account), names)
    sentences = section_sentences(account, site.settings, site.portfolio.today)
    who = (sentences.get("head", ""), first_sentence(account.playbook))
    markdown = page_markdown(
        title=account.name,
        description=sentences.get(
            "head", say("{account}: key account playbook", account=account.name)
        ),
        sentence=formats.running(each for each in who if each),
        head="head",
        sections=[
            SkeletonSection(
                anchor=name, title=say(SECTIONS[name].title), sentence=sentences.get(name, "")
            )
            for name in names
        ],
        hide=("navigation",),
    )
    return Page(path=f"accounts/{account.id}.md", markdown=markdown, fragments=fragments)


def _fragments(view: AccountView, names: Iterable[str]) -> dict[str, str]:
    render = view.site.engine.render
    if not view.is_read:
        head = render("account/unread.html.j2", acc=view)
    else:
        head = render("account/head.html.j2", acc=view, **head_context(view))
    return {"head": head, **{name: _section(view, name) for name in names}}


def _section(view: AccountView, name: str) -> str:
    context = SECTIONS[name].context(view) if view.is_read else {}
    keys = FIGURES.get(name, ())
    unknown = () if is_thin(view.account) else view.unknown(keys)
    titles: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for figure in unknown:
        titles.setdefault((figure.missing, figure.waits_on), []).append(figure.title)
    whys = view.whys(keys)
    folded = [why for why in whys if not why.stands_open]
    return view.site.engine.render(
        f"account/{name}.html.j2",
        acc=view,
        name=name,
        whys=[why for why in whys if why.stands_open],
        more_whys=folded,
        telling=most_telling(folded),
        unknown=unknown,
        waiting=[(named, *lacking) for lacking, named in titles.items()],
        **context,
    )
