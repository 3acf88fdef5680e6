"""Pages over all accounts from playbooks given as text, and what a reader sees of them."""

from __future__ import annotations

import html as markup
import re

from generator.pages.engine import Engine
from generator.pages.page import SitePage
from generator.pages.site import Site
from generator.pages.tree import Page
from tests.figures.small import plan, portfolio

NO_CREDIT = (
    "credit: {receivable: 0, days_late: 0, default_probability: 0, loss_given_default: 0,"
    " cost_of_capital: 0}"
)
GROWTH = (
    ", development: {monthly_cost: 100, months: 20, win_probability: 0.5, monthly_contribution: 10}"
)


def page_of(page: SitePage, texts: dict[str, str]) -> Page:
    """A page of playbooks by id."""
    return page.made(Site(portfolio=portfolio(texts), engine=Engine()))


def sentence_of(page: Page) -> str:
    """The sentence under the title, as a reader sees it."""
    body = page.markdown.split("---", maxsplit=2)[2]
    lines = [line for line in body.splitlines() if line and not line.startswith(("#", "<"))]
    return plain(re.sub(r"\\(.)", r"\1", lines[0])) if lines else ""


def text_of(fragment: str) -> str:
    """The words of a fragment, its tags away."""
    return plain(re.sub("<[^>]+>", " ", fragment))


def rows_of(fragment: str) -> list[str]:
    """The words of each row of a fragment's tables."""
    return [text_of(row.split("</table>")[0]) for row in re.split("<tr[^>]*>", fragment)[1:]]


def plain(text: str) -> str:
    """Text with entities as signs and each white space as one blank."""
    return " ".join(markup.unescape(text).split())


def served(
    spend: int,
    hours: int,
    *,
    name: str = "Acme",
    currency: str = "EUR",
    loss: bool = False,
    growth: str = "",
    sections: str = "",
    more: str = "",
) -> str:
    """A customer of 90 % retention; 1 of margin in 2; hours at 1 each; half of it bought now: short.

    With `loss` it buys for 1 what costs 1.50 to make: long. With `growth=GROWTH` it has a
    programme, which never pays back.
    """
    price, made = (1, 1.5) if loss else (spend / 2, spend / 4)
    return plan(
        f"economics: {{currency: {currency}, addressable_spend: {spend}, attainable_share: 1,"
        f" contribution_margin: 0.5, retention: 0.9, price: {price}, production_cost: {made},"
        f" marketing_cost: 0{growth}}}\n"
        f"risk: {{customer: [], own: [], {NO_CREDIT}}}\n"
        "service: {objects: [{id: a, level: company, stage: sale, role: buyer, activities:"
        f" [{{activity: visit, per_year: 1, hours: {hours}, rate: 1, expense: 0}}]}}]}}\n{sections}",
        more=more,
    ).replace("Acme", name)


def two() -> dict[str, str]:
    """One account that we earn by and one that we do not, nor by its programme, both served."""
    return {
        "acme": served(2_000_000, 60),
        "dull": served(2_000, 40, name="Dull", loss=True, growth=GROWTH),
    }
