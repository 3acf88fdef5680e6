"""The table of all items: none of the core and the supporting ones without figures that are used."""

from __future__ import annotations

import datetime
import re

import pytest

from generator.figures import Portfolio
from generator.figures.definitions import DEFINITIONS
from generator.pages.engine import Engine
from generator.pages.links import method_href
from generator.pages.method import ITEMS, PAGE, figures_of_item
from generator.pages.site import Site
from tests.pages.sites import page_of

TODAY = datetime.date(2026, 11, 23)
CENTRAL = [item.id for item in ITEMS if item.priority != "background"]


@pytest.fixture
def portfolio(example_portfolio: Portfolio) -> Portfolio:
    return example_portfolio


def test_each_central_item_has_figures() -> None:
    assert len(CENTRAL) > 40
    assert [item for item in CENTRAL if not figures_of_item(item)] == []


def test_each_background_item_says_where_it_went() -> None:
    for item in ITEMS:
        assert (item.priority == "background") == bool(item.instead), item.id


def test_each_figure_comes_from_an_item_that_there_is() -> None:
    known = {item.id for item in ITEMS}
    for definition in DEFINITIONS.values():
        assert set(definition.item.split()) <= known, definition.key


def test_each_figure_is_known_of_at_least_two_example_accounts(portfolio: Portfolio) -> None:
    known = {
        key: [
            account.id for account in portfolio.accounts if account.figures[key].value is not None
        ]
        for key in DEFINITIONS
    }
    assert {key: ids for key, ids in known.items() if len(ids) < 2} == {}


def test_the_table_has_every_item_once_with_each_of_its_figures(portfolio: Portfolio) -> None:
    page = page_of(PAGE, Site(portfolio=portfolio, engine=Engine()))
    html = page.fragments["items"]
    assert re.findall(r'<tr id="item-([a-z0-9]+)"', html) == sorted(
        (entry.id.lower() for entry in ITEMS),
        key=lambda id: (
            ("core", "supporting", "background").index(
                next(entry.priority for entry in ITEMS if entry.id.lower() == id)
            ),
            next(place for place, entry in enumerate(ITEMS) if entry.id.lower() == id),
        ),
    )
    for item in CENTRAL:
        for definition in figures_of_item(item):
            address = method_href(definition.key).removeprefix("method/")
            assert f'href="{address}"' in html
