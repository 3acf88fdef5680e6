"""White space by hand: the largest chances, the map by offering, what is in no sum."""

from __future__ import annotations

import pytest

from generator.pages.portfolio import whitespace
from generator.pages.portfolio.whitespace import LISTED, ROWS
from tests.figures.small import plan
from tests.pages.portfolio.reading import page_of, rows_of, sentence_of, text_of

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


def test_the_sentence_adds_what_nobody_or_a_competitor_sells() -> None:
    # (900 - 100) + 500 USD at 0.5
    assert sentence_of(page_of(whitespace.PAGE, {"acme": selling(OFFERINGS)})) == (
        "650 EUR a year could still be sold in 2 places, where nobody or a competitor sells today;"
        " the largest: Plan at Acme, 400 EUR."
    )


def test_the_largest_chances_first_with_who_has_them() -> None:
    page = page_of(whitespace.PAGE, {"acme": selling(OFFERINGS), "big": opened(300, "Big")})
    assert text_of(page.fragments["largest"]) == (
        "400 EUR Plan at Acme with a competitor: North 300 EUR Drives at Big open"
        " 250 EUR Drives at Acme open"
    )
    assert 'href="../accounts/acme.html#offerings"' in page.fragments["largest"]


def test_the_map_sums_rows_and_offerings_but_not_what_is_ours() -> None:
    page = page_of(whitespace.PAGE, {"big": opened(300, "Big"), "acme": selling(OFFERINGS)})
    assert rows_of(page.fragments["map"]) == [
        "Account Drives Plan Parts White space",
        "Acme ○ 250 open ▲ 400 with a competitor ● 100 ours 650",
        "Big ○ 300 open 300",
        "All 550 400 – 950",
    ]
    # 250, 400 and 300 of 400 in five shades; ours has none
    assert [cell.split()[0].strip('">') for cell in page.fragments["map"].split("<td class=")[1:]][
        :3
    ] == ["g4", "g5", "g0"]


@pytest.mark.parametrize(
    ("offering", "seen"),
    [
        ("{status: not_applicable, potential: 5, revenue: 1}", "– not for them 0"),
        ("{status: open, potential: 5}", "○ ? open –"),
        ("{status: ours}", "● ? ours 0"),
        ("{status: open, potential: 100, revenue: 100}", "○ 0 open 0"),
        ("{potential: 5, revenue: 1}", "? status not known 0"),
    ],
)
def test_each_state_of_an_offering_has_a_sign(offering: str, seen: str) -> None:
    page = page_of(whitespace.PAGE, {"acme": selling(f"drives: {offering}")})
    assert rows_of(page.fragments["map"])[1] == f"Acme {seen}"
    assert list(page.fragments) == ["map"]
    assert sentence_of(page) == (
        "No plan knows an offering that nobody or a competitor sells, with its money."
    )


def test_who_has_no_rate_and_who_is_silent() -> None:
    texts = {
        "yuan": selling(OFFERINGS, name="Yuan", currency="CNY"),
        "silent": plan(),
        "acme": opened(10, "Acme"),
    }
    page = page_of(whitespace.PAGE, texts)
    assert sentence_of(page).startswith("10 EUR a year could still be sold in 1 place,")
    text = text_of(page.fragments["map"])
    assert "Yuan ○ ? open ▲ ? with a competitor ● ? ours –" in text
    assert "because there is no exchange rate: Yuan. Add it" in text
    assert text.endswith("1 account says nothing of offerings.")


def test_an_offering_that_the_catalogue_does_not_know_comes_last_by_its_id() -> None:
    page = page_of(
        whitespace.PAGE,
        {"acme": selling("zeppelin: {status: open, potential: 8, revenue: 0}, " + OFFERINGS)},
    )
    assert rows_of(page.fragments["map"])[0] == "Account Drives Plan Parts zeppelin White space"


def test_long_lists_say_how_many_more_and_the_sums_count_them() -> None:
    texts = {f"a{place}": opened(1, f"A {place:03}") for place in range(ROWS + 2)}
    page = page_of(whitespace.PAGE, texts)
    largest = text_of(page.fragments["largest"])
    assert largest.endswith(f"and {ROWS + 2 - LISTED} more in the map below.")
    assert largest.count("Drives at") == LISTED
    rows = rows_of(page.fragments["map"])
    assert len(rows) == ROWS + 2  # a heading, the rows, the sums
    assert rows[-1] == f"All {ROWS + 2} {ROWS + 2}"
    assert "and 2 accounts with less; the sums count them." in text_of(page.fragments["map"])


def test_nobody_says_what_could_be_sold() -> None:
    page = page_of(whitespace.PAGE, {"acme": plan()})
    assert sentence_of(page) == (
        "No plan says what could be sold: fill in 'offerings' to see white space."
    )
    assert page.fragments == {}
