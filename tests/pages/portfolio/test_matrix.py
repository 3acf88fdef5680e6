"""The matrix large: each account by name in its cell, how firmly it stands, what would move it."""

from __future__ import annotations

import re

from generator.pages.portfolio import matrix
from generator.pages.portfolio.matrix import BESIDE, LISTED
from tests.figures.small import plan, settings
from tests.pages.portfolio.reading import (
    page_of,
    rows_of,
    sentence_of,
    served,
    text_of,
    two,
)

LIMIT = settings().thresholds.retained_profit.cut_off
"""From here on an expected profit is high."""


def test_the_first_sentence_counts_tiers_and_what_stands() -> None:
    assert sentence_of(page_of(matrix.PAGE, two())) == (
        "2 accounts with a tier: 1 A, 1 D."
        " All of them would stand a change of 20 % in nearly any number."
    )


def test_an_account_near_a_limit_is_said_to_be_loose() -> None:
    # (LIMIT / 2.261458 + 60) x 2 of spend lies at the limit; a fifth less falls below it
    near = served(round((LIMIT / 2.261458 + 60) * 2 * 1.02), 60, name="Near")
    page = page_of(matrix.PAGE, {**two(), "near": near})
    assert sentence_of(page).endswith(
        "1 of them has a tier that a change of 20 % in one number may move."
    )
    (row,) = (
        candidate for candidate in rows_of(page.fragments["moves"]) if candidate.startswith("Near")
    )
    assert "▲" in row


def test_each_account_is_named_in_its_cell_and_in_the_table_below() -> None:
    page = page_of(matrix.PAGE, two())
    cells = re.split("<section", page.fragments["head"])[1:]
    assert ["Acme" in cell for cell in cells] == [True, False, False, False]
    assert ["Dull" in cell for cell in cells] == [False, False, False, True]
    head, *rows = rows_of(page.fragments["moves"])
    assert head == "Account Status Expected profit Payback, months Tier stability Find out first"
    assert rows[0] == "A win: all-out · keep: all-out 1 account"
    assert rows[1].startswith("Acme Customer 2.3 M – ✓ 100 % sure enough")
    assert rows[2] == "D win: drop · keep: restructure 1 account"
    assert rows[3].startswith("Dull Customer 2.2 k never ✓ 100 % sure enough")
    assert 'href="../accounts/acme/numbers.html#n-selection-stability"' in page.fragments["moves"]


def test_within_a_cell_the_most_profit_stands_first() -> None:
    texts = two() | {
        "least": served(1_900_000, 60, name="Least"),
        "most": served(4_000_000, 60, name="Most", currency="USD"),
    }
    rows = rows_of(page_of(matrix.PAGE, texts).fragments["moves"])
    # 2,000,000 USD at 0.5 beside 1,000,000 and 950,000 EUR: the service of 60 USD is 30 EUR
    assert [row.split()[0] for row in rows[2:5]] == ["Most", "Acme", "Least"]


def test_a_planned_tier_that_differs_is_marked() -> None:
    texts = {"acme": served(2_000_000, 60, more=", planned_tier: B")}
    assert "Acme ▲ B planned Customer" in text_of(page_of(matrix.PAGE, texts).fragments["moves"])
    same = {"acme": served(2_000_000, 60, more=", planned_tier: A")}
    assert "planned" not in page_of(matrix.PAGE, same).fragments["moves"]


def test_who_has_no_tier_stands_beside_with_what_it_lacks() -> None:
    texts = two() | {"bare": plan().replace("Acme", "Bare")}
    page = page_of(matrix.PAGE, texts)
    assert "1 without one: their market facts are missing." in sentence_of(page)
    assert re.search("Without a tier Bare lacks [a-z_.]+ , ", text_of(page.fragments["head"]))
    alone = page_of(matrix.PAGE, {"bare": plan()})
    assert sentence_of(alone) == "No account has a tier yet: their market facts give it."
    assert "moves" not in alone.fragments


def test_many_accounts_are_cut_and_counted() -> None:
    texts = {f"a{place}": served(2_000_000, 60) for place in range(LISTED + 1)}
    texts |= {f"b{place}": plan() for place in range(BESIDE + 1)}
    page = page_of(matrix.PAGE, texts)
    rows = rows_of(page.fragments["moves"])
    assert len(rows) == 2 + LISTED  # headings of the table and of the cell
    assert "and 1 more in the directory" in text_of(page.fragments["moves"])
    assert "and 1 more in the directory" in text_of(page.fragments["head"])
