"""Each account as Markdown, and llms.txt that lists them: for machines that read.

They say what the account's page says, of the same edition: the conclusion, what needs a person,
what to do next, the headline figures, then plan, people, offerings and risks. What people wrote is
text to the last sign (`as_markdown`), wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.figures import Account
from generator.figures.definition import Rank
from generator.figures.definitions import DEFINITIONS
from generator.language import said, say
from generator.pages import formats
from generator.pages.account_head import head_context, open_actions, progress_of
from generator.pages.account_page import section_sentences
from generator.pages.account_sections import risk_rows
from generator.pages.conclusion import conclusion_text
from generator.pages.site import Site
from generator.pages.tree import StaticFile
from generator.pages.view import AccountView, view_of
from generator.pages.words import Sureness, title_of

LIST = "llms.txt"


def markdown_href(account: str) -> str:
    """An account as Markdown."""
    return f"accounts/{account}.md"


class HeadlineFigure(NamedTuple):
    """A figure as a row of a table."""

    title: str
    value: str
    sureness: Sureness | None


def account_markdown_files(site: Site) -> Iterator[StaticFile]:
    """accounts/<id>.md for each account."""
    if site.settings.site.has_markdown:
        for account in site.accounts_with_pages:
            text = account_markdown(view_of(site, account))
            yield StaticFile(
                path=markdown_href(account.id), content=text.encode(), is_for_builder=False
            )


def account_markdown(view: AccountView) -> str:
    """One account whole."""
    context = _context(view) if view.is_read else {}
    return view.site.engine.render_markdown("account.md.j2", acc=view, **context)


def _context(view: AccountView) -> dict[str, Any]:
    """What the template needs beside the view."""
    account, settings = view.account, view.site.settings
    head = head_context(view)
    alerts = (*head["alerts"], *head["other_alerts"])
    goals = progress_of(view)
    return {
        "about": section_sentences(account, settings, view.today).get("head", ""),
        "conclusion": conclusion_text(view),
        "urgent": [alert for alert in alerts if alert.level == "bad"],
        "watched": [alert for alert in alerts if alert.level != "bad"],
        "meeting": view.playbook.account.next,
        "actions": open_actions(view),
        "figures": tuple(_headlines(view)),
        "objectives": [(goal, goals.get(goal.id)) for goal in view.playbook.objectives or ()],
        "people": [
            (contact, formats.listed([view.label("roles", role) for role in contact.roles or ()]))
            for contact in _people(view)
        ],
        "summary": tuple(_lines(view.playbook.summary or "")),
        "offerings": [
            (id, offering, _a_year(view, offering.potential), _a_year(view, offering.revenue))
            for id, offering in (view.playbook.offerings or {}).items()
        ],
        "risks": [
            (row, _loss(view, row.loss), _a_year(view, row.residual)) for row in risk_rows(view)
        ],
    }


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """The paragraphs of a text, and the points of its lists, which are marked."""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        for part in re.split(r"\n(?=\s*[-*+] )", paragraph):
            point = re.match(r"\s*[-*+] ", part)
            yield (part[point.end() :], True) if point else (part, False)


def _a_year(view: AccountView, amount: Any) -> str:
    known = view.known(amount)
    return formats.UNKNOWN if known is None else formats.quantity(known, f"{view.currency} a year")


def _loss(view: AccountView, amount: float | None) -> str:
    return formats.UNKNOWN if amount is None else formats.quantity(amount, view.currency)


def _headlines(view: AccountView) -> Iterator[HeadlineFigure]:
    """The headline figures that are known."""
    for key, figure in view.account.figures.items():
        is_headline = key in DEFINITIONS and DEFINITIONS[key].rank is Rank.HEADLINE
        if is_headline and figure.value is not None:
            value = view.explainer.stated(figure)
            yield HeadlineFigure(title_of(key), value, view.mark(key))


def _people(view: AccountView) -> list[Any]:
    """Contacts who have not left, the most influential first."""
    section = view.playbook.relationship
    contacts = (section.contacts if section else None) or ()
    present = [contact for contact in contacts if not contact.has_left(view.today)]
    return sorted(present, key=lambda contact: -(contact.influence or 0))


def list_files(site: Site) -> Iterator[StaticFile]:
    """llms.txt: what the site is, and where each account stands as Markdown."""
    if site.settings.site.has_markdown:
        text = site.engine.render_markdown(
            "llms.txt.j2",
            site=site,
            settings=site.settings,
            accounts=[
                (account.name, _address(site, markdown_href(account.id)), _in_short(site, account))
                for account in site.portfolio.accounts
            ],
            pages=[(said(title), _address(site, href)) for title, href in site.ways],
        )
        yield StaticFile(path=LIST, content=text.encode())


def _address(site: Site, path: str) -> str:
    """The whole address of a file where the site's own is known, else from the list."""
    folder = "../" if site.offers_at else ""
    own = f"{site.language.code}/{path}" if folder else path
    return site.settings.site.published(own) or path


def _in_short(site: Site, account: Account) -> str:
    """An account in a few words: what it is to us, its tier, how it is doing."""
    settings = site.settings
    if account.playbook is None:
        return say("its file cannot be read")
    status = account.playbook.account.status
    tier, health = (
        figure.value if (figure := account.figures.get(key)) else None
        for key in ("tier", "health.word")
    )
    words = (
        settings.label("statuses", status) if status else "",
        settings.label("tiers", tier) if tier else "",
        say("health: {word}", word=settings.label("health_words", health)) if health else "",
    )
    return formats.listed([word for word in words if word])
