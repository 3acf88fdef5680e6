"""What a parent's page says of its group, by hand: totals, who needs a person, who may see what."""

from __future__ import annotations

import pytest

from generator.audience.classes import Audience
from generator.audience.edition import edition_of
from generator.figures import Portfolio
from generator.pages.account_page import account_pages
from generator.pages.engine import Engine
from generator.pages.site import Site
from generator.pages.tree import Page
from tests.figures.small import plan, portfolio
from tests.pages.portfolio.reading import rows_of, text_of

CHANCE = ", development: {win_probability: 0.25}"


def member(
    name: str, money: str, *, status: str = "customer", more: str = "", sections: str = ""
) -> str:
    return plan(
        f"economics: {{{money}}}\n{sections}", status=status, more=f", owner: kim-larsen{more}"
    ).replace("Acme", name)


# One dollar is 0.50 EUR; there is no rate yet for CNY
TEXTS = {
    "acme": member("Acme", "currency: EUR, price: 100, revenue: [{year: 2025, amount: 90}]"),
    "north": member(
        "North",
        "currency: USD, revenue: [{year: 2025, amount: 40}]",
        # without a price the contract's value counts
        more=", parent: acme, contract: {value: 60}",
        sections="risk: {customer: [{id: a, probability: 0.5, loss: 80}]}\n",
    ),
    "east": member(
        "East", f"currency: USD, price: 400{CHANCE}", status="prospect", more=", parent: acme"
    ),
    "west": member("West", "currency: EUR, price: 9000", status="prospect", more=", parent: north"),
    "old": member("Old", "currency: EUR, price: 9000", status="former", more=", parent: acme"),
    "yuan": member("Yuan", "currency: CNY, price: 9000", more=", parent: acme"),
}


def page_of(whole: Portfolio, id: str, *, is_edition: bool = False) -> Page:
    site = Site(portfolio=whole, engine=Engine(), is_edition=is_edition)
    return next(page for page in account_pages(site) if page.path == f"accounts/{id}.md")


def section(whole: Portfolio, id: str) -> str:
    return page_of(whole, id).fragments["group"].split('<div class="whys">')[0]


def test_totals_of_customers_and_prospects_stand_apart() -> None:
    html = section(portfolio(TEXTS), "acme")
    assert text_of(html).startswith(
        "6 accounts of the group: 3 customers, 2 prospects, 1 former customer"
    )
    assert rows_of(html) == [
        "EUR Customers Prospects, weighted",
        # 90 EUR and 40 USD at 0.5
        "Revenue last year 110 –",
        # 100 EUR and the contract of 60 USD; of East 400 USD x 0.25 at 0.5, of West no chance is
        # known, of Yuan no rate
        "Price or contract a year 130 50",
        # 0.5 x 80 USD at 0.5
        "Their expected loss a year 20 –",
    ]
    assert (
        "Who is missing from a sum Revenue last year Yuan, East, West Price or contract a year"
        " Yuan, West Their" in text_of(html)
    )


def test_a_parent_in_the_middle_has_its_own_group_and_a_leaf_none() -> None:
    whole = portfolio(TEXTS)
    assert text_of(section(whole, "north")).startswith(
        "2 accounts of the group: 1 customer, 1 prospect"
    )
    assert "group" not in page_of(whole, "east").fragments
    assert "Group {#group}" not in page_of(whole, "east").markdown
    assert "{#group}" in page_of(whole, "acme").markdown


def test_who_needs_a_person_is_named_with_a_link() -> None:
    html = section(portfolio(TEXTS), "acme")
    # every plan lacks something that the gate asks for
    assert "▲ Act on:" in text_of(html)
    for id in ("north", "east", "west", "yuan"):
        assert f'href="{id}.html"' in html.split("Act on")[1].split("</p>")[0]


UNWELL = (
    "service: {objects: [], satisfaction: [{date: 2026-10-01, score: 1, scale: 5}]}\n"
    "relationship: {trust: [{date: 2026-10-01, trust: 0, buy_again: 0}]}\n"
    "risk: {customer: [], own: [], credit: {receivable: 0, days_late: 0, default_probability: 0,"
    " loss_given_default: 0, cost_of_capital: 0}}\n"
)
WELL = UNWELL.replace("score: 1", "score: 5").replace(
    "trust: 0, buy_again: 0", "trust: 5, buy_again: 10"
)


def served(name: str, sections: str, *, more: str = ", parent: acme") -> str:
    """A customer whose revenue stays as it is, with some signals."""
    money = (
        "currency: EUR, price: 100, contribution_margin: 0.5,"
        " revenue: [{year: 2024, amount: 100}, {year: 2025, amount: 100}]"
    )
    return member(name, money, more=more, sections=sections)


@pytest.mark.parametrize(
    ("children", "sentence"),
    [
        ({"a": ("Good", WELL), "b": ("Bad", UNWELL)}, "▲ Worst health below: At risk, Bad"),
        # known less than 0.6 of it nobody is healthy
        ({"a": ("Good", WELL), "b": ("Better", WELL)}, "● Worst health below: Watch,"),
        ({"a": ("Quiet", "")}, "▲ Act on"),
    ],
)
def test_the_worst_health_below_is_named_with_its_accounts(
    children: dict[str, tuple[str, str]], sentence: str
) -> None:
    texts = {id: served(name, sections) for id, (name, sections) in children.items()}
    html = section(portfolio({"acme": served("Acme", UNWELL, more=""), **texts}), "acme")
    head, _, rest = text_of(html).partition(" customers ")
    assert head.endswith("of the group: " + str(len(children) + 1))
    assert rest.startswith(sentence)


def test_a_circle_of_parents_has_its_section_and_ends() -> None:
    texts = {
        "acme": member("Acme", "currency: EUR, price: 1", more=", parent: b"),
        "b": member("B", "currency: EUR, price: 2", more=", parent: acme"),
    }
    assert "Price or contract a year 3" in rows_of(section(portfolio(texts), "acme"))


def test_a_child_that_cannot_be_read_is_left_out() -> None:
    texts = {**TEXTS, "north": TEXTS["north"], "broken": "account: [\n"}
    assert text_of(section(portfolio(texts), "acme")).startswith("6 accounts of the group")
    alone = {"acme": TEXTS["acme"], "broken": "account: {parent: acme\n"}
    assert "group" not in page_of(portfolio(alone), "acme").fragments


@pytest.mark.parametrize("audience", ["internal", "account_team"])
def test_an_edition_tells_of_no_findings_and_of_no_health_above_it(audience: Audience) -> None:
    edition = edition_of(portfolio(TEXTS), audience)
    html = page_of(edition, "acme", is_edition=True).fragments["group"]
    assert "Price or contract a year 130 50" in rows_of(html)
    assert "Act on" not in html


def test_an_edition_of_one_account_shows_none_of_its_group() -> None:
    edition = edition_of(portfolio(TEXTS), "internal", "acme")
    page = page_of(edition, "acme", is_edition=True)
    assert "group" not in page.fragments
    assert "North" not in "".join(page.fragments.values())
