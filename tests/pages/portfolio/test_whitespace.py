"""White space by hand: the largest chances, the map by offering, what is in no sum."""

from __future__ import annotations

import pytest

from generator.pages.portfolio import whitespace
from generator.pages.portfolio.whitespace import LISTED, ROWS
from generator.portfolio.whitespace import white_space
from tests.figures.small import plan, portfolio
from tests.pages.portfolio.reading import page_of, rows_of, sentence_of, served, text_of

OFFERINGS = (
    "drives: {status: open, potential: 500, revenue: 0},"
    " plan: {status: competitor, potential: 900, revenue: 100, competitor: north},"
    " parts: {status: ours, potential: 300, revenue: 100}"
)


def selling(offerings: str, *, name: str = "Acme", currency: str = "USD") -> str:
    """An account that says what it buys and could buy; its rival North has a name."""
    return plan(
        f"economics: {{currency: {currency}}}\n"
        "competition: {rivals: [{id: north, name: North}]}\n"
        f"offerings: {{{offerings}}}\n"
    ).replace("Acme", name)


def opened(amount: int, name: str) -> str:
    return selling(
        f"drives: {{status: open, potential: {amount}, revenue: 0}}", name=name, currency="EUR"
    )


def at_home(
    name: str,
    offerings: str,
    *,
    status: str = "customer",
    currency: str = "EUR",
    chance: float | None = None,
    more: str = "",
) -> str:
    growth = f", development: {{win_probability: {chance}}}" if chance is not None else ""
    return plan(
        f"economics: {{currency: {currency}{growth}}}\nofferings: {{{offerings}}}\n{more}",
        status=status,
    ).replace("Acme", name)


def open_drives(amount: int) -> str:
    return f"drives: {{status: open, potential: {amount}, revenue: 0}}"


def test_the_sentence_has_what_is_left_and_what_may_be_won() -> None:
    # (900 - 100) + 500 USD at 0.5; 0.15 of 400 with a competitor and 0.3 of 250 open
    assert sentence_of(page_of(whitespace.PAGE, {"acme": selling(OFFERINGS)})) == (
        "Of 650 EUR a year that customers do not buy from us we may win 135 EUR."
        " Begin with Drives at Acme: 75 EUR."
    )


def test_what_may_be_won_comes_first_not_what_is_largest() -> None:
    page = page_of(whitespace.PAGE, {"acme": selling(OFFERINGS), "big": opened(300, "Big")})
    assert rows_of(page.fragments["largest"]) == [
        "Account Tier Offering Left to sell a year Chance May be won a year",
        "Big ? Drives open 300 30 % assumed 90",
        "Acme ? Drives open 250 30 % assumed 75",
        "Acme ? Plan with a competitor: North 400 15 % assumed 60",
    ]
    assert 'href="../accounts/acme.html#offerings"' in page.fragments["largest"]


def test_whose_chance_it_is() -> None:
    deals = (
        "opportunities:\n"
        "  - {id: one, offering: drives, probability: 0.2}\n"
        "  - {id: two, offering: drives, probability: 0.6}\n"
        "  - {id: signed, offering: drives, probability: 1, steps: {close: 2026-10-01}}\n"
        "  - {id: bare, offering: plan}\n"
    )
    two = f"{open_drives(100)}, plan: {{status: competitor, potential: 100, revenue: 0}}"
    texts = {
        "a": at_home("Deal", two, chance=0.5, more=deals),
        "b": at_home("Neither", two),
    }
    assert rows_of(page_of(whitespace.PAGE, texts).fragments["largest"])[1:] == [
        # the likeliest of the open deals; one that names no probability leaves it to the plan
        "Deal ? Drives open 100 60 % by its deal 60",
        "Deal ? Plan with a competitor 100 50 % by the plan 50",
        "Neither ? Drives open 100 30 % assumed 30",
        "Neither ? Plan with a competitor 100 15 % assumed 15",
    ]


def test_prospects_by_their_chance_former_customers_in_no_sum() -> None:
    texts = {
        "a": at_home("Acme", open_drives(100)),
        "b": at_home("Bet", open_drives(400), status="prospect", currency="USD", chance=0.5),
        "c": at_home("Blank", open_drives(60), status="prospect"),
        "d": at_home("Gone", open_drives(9000), status="former"),
    }
    page = page_of(whitespace.PAGE, texts)
    # of customers 0.3 of 100; of prospects 400 USD x 0.5 at 0.5, and 0.3 of 60
    assert sentence_of(page) == (
        "Of 100 EUR a year that customers do not buy from us we may win 30 EUR."
        " With prospects we may win 118 EUR. Begin with Drives at Gone: 2.7 k EUR."
    )
    assert rows_of(page.fragments["map"]) == [
        "Account Drives White space May be won",
        "Gone ? ○ 9 k open 9 k 2.7 k",
        "Bet ? ○ 200 open 200 100",
        "Acme ? ○ 100 open 100 30",
        "Blank ? ○ 60 open 60 18",
        "All customers 100 100 30",
        "All prospects, weighted 100 100 118",
    ]
    text = text_of(page.fragments["map"])
    assert "their plans name no chance to win them: Blank. Fill in" in text
    assert "Former customers are in no sum: Gone." in text


def test_by_tier_and_accounts_to_drop_apart_at_the_end() -> None:
    left = f"offerings: {{{open_drives(1000)}}}\n"
    small = f"offerings: {{{open_drives(10)}}}\n"
    drop = "decisions: [{date: 2026-10-01, kind: drop, reason: Done.}]\n"
    texts = {
        # tier A with little to win, tier C with much; tier D, and one of tier A we decided to drop
        "a": served(2_000_000, 0, name="Best", sections=small),
        "c": served(200_000, 0, name="Small", sections=left),
        "d": served(2_000, 40, name="Loss", loss=True, sections=left),
        "e": served(3_000_000, 0, name="Given up", sections=left + drop),
    }
    space = white_space(portfolio(texts))
    names = [row.account.name for row in space.accounts]
    assert names == ["Best", "Small", "Given up", "Loss"]
    page = page_of(whitespace.PAGE, texts)
    assert list(page.fragments) == ["largest", "map", "dropped"]
    assert "At accounts to drop" in page.markdown
    assert rows_of(page.fragments["largest"])[1:] == [
        "Best A Drives open 10 30 % assumed 3",
        "Small C Drives open 1 k 30 % assumed 300",
    ]
    assert rows_of(page.fragments["dropped"])[1:] == [
        "Given up A Drives open 1 k 30 % assumed 300",
        "Loss D Drives open 1 k 30 % assumed 300",
    ]
    assert rows_of(page.fragments["map"]) == [
        "Account Drives White space May be won",
        "Best A ○ 10 open 10 3",
        "Small C ○ 1 k open 1 k 300",
        "All customers 1 k 1 k 303",
        "Accounts to drop",
        "Given up A ○ 1 k open 1 k 300",
        "Loss D ○ 1 k open 1 k 300",
    ]


def test_where_all_is_to_drop_the_sentence_says_so() -> None:
    texts = {"d": served(2_000, 40, loss=True, sections=f"offerings: {{{open_drives(1000)}}}\n")}
    page = page_of(whitespace.PAGE, texts)
    assert sentence_of(page) == "What could still be sold is at accounts to drop."
    assert list(page.fragments) == ["map", "dropped"]


def test_the_map_sums_rows_and_offerings_but_not_what_is_ours() -> None:
    page = page_of(whitespace.PAGE, {"big": opened(300, "Big"), "acme": selling(OFFERINGS)})
    assert rows_of(page.fragments["map"]) == [
        "Account Drives Plan Parts White space May be won",
        "Acme ? ○ 250 open ▲ 400 with a competitor ● 100 ours 650 135",
        "Big ? ○ 300 open 300 90",
        "All customers 550 400 – 950 225",
    ]
    # 250, 400 and 300 of 400 in five shades; ours has none
    assert [cell.split()[0].strip('">') for cell in page.fragments["map"].split("<td class=")[1:]][
        :3
    ] == ["g4", "g5", "g0"]


@pytest.mark.parametrize(
    ("offering", "seen"),
    [
        ("{status: not_applicable, potential: 5, revenue: 1}", "– not for them 0 0"),
        ("{status: open, revenue: 5}", "○ ? open – –"),
        (
            "{status: open, potential: 5, revenue: {unknown: true, owner: li-wei, find_by: 2026-12-31}}",
            "○ ? open – –",
        ),
        ("{status: ours}", "● ? ours 0 0"),
        ("{status: open, potential: 100, revenue: 100}", "○ 0 open 0 0"),
        ("{potential: 5, revenue: 1}", "? status not known 0 0"),
    ],
)
def test_each_state_of_an_offering_has_a_sign(offering: str, seen: str) -> None:
    page = page_of(whitespace.PAGE, {"acme": selling(f"drives: {offering}")})
    assert rows_of(page.fragments["map"])[1] == f"Acme ? {seen}"
    assert list(page.fragments) == ["map"]
    assert sentence_of(page) == (
        "No plan knows an offering that nobody or a competitor sells, with its money."
    )


def test_where_no_revenue_is_written_there_is_none() -> None:
    page = page_of(whitespace.PAGE, {"acme": selling("drives: {status: open, potential: 40}")})
    # 40 USD at 0.5, and 0.3 of it
    assert rows_of(page.fragments["map"])[1] == "Acme ? ○ 20 open 20 6"


def test_who_has_no_rate_and_who_is_silent() -> None:
    texts = {
        "yuan": selling(OFFERINGS, name="Yuan", currency="CNY"),
        "silent": plan(),
        "acme": opened(10, "Acme"),
    }
    page = page_of(whitespace.PAGE, texts)
    assert sentence_of(page) == (
        "Of 10 EUR a year that customers do not buy from us we may win 3 EUR."
        " Begin with Drives at Acme: 3 EUR."
    )
    text = text_of(page.fragments["map"])
    assert "Yuan ? ○ ? open ▲ ? with a competitor ● ? ours – –" in text
    assert "because there is no exchange rate: Yuan. Add it" in text
    assert text.endswith("1 account says nothing of offerings.")


def test_an_offering_that_the_catalogue_does_not_know_comes_last_by_its_id() -> None:
    page = page_of(
        whitespace.PAGE,
        {"acme": selling("zeppelin: {status: open, potential: 8, revenue: 0}, " + OFFERINGS)},
    )
    assert rows_of(page.fragments["map"])[0] == (
        "Account Drives Plan Parts zeppelin White space May be won"
    )


def test_long_lists_say_how_many_more_and_the_sums_count_them() -> None:
    texts = {f"a{place}": opened(1, f"A {place:03}") for place in range(ROWS + 2)}
    page = page_of(whitespace.PAGE, texts)
    largest = text_of(page.fragments["largest"])
    assert f"and {ROWS + 2 - LISTED} more in the map." in largest
    assert largest.count("Drives open") == LISTED
    rows = rows_of(page.fragments["map"])
    assert len(rows) == ROWS + 2  # a heading, the rows, the sums
    assert rows[-1] == f"All customers {ROWS + 2} {ROWS + 2} 37"  # 0.3 of 122
    assert "and 2 accounts with less; the sums count them unless" in text_of(page.fragments["map"])


def test_nobody_says_what_could_be_sold() -> None:
    page = page_of(whitespace.PAGE, {"acme": plan()})
    assert sentence_of(page) == (
        "No plan says what could be sold: fill in 'offerings' to see white space."
    )
    assert page.fragments == {}
