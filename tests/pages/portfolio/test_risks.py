"""Risk over all accounts: what may be lost on which side, by hand; what nobody covers."""

from __future__ import annotations

import pytest

from generator.pages.portfolio import risks
from generator.pages.portfolio.risks import LISTED, NAMED
from generator.portfolio.sums import exposure
from tests.figures.small import account, plan
from tests.pages.portfolio.reading import NO_CREDIT, page_of, rows_of, sentence_of, text_of

RISKY = plan(
    "economics: {currency: USD}\n"
    "risk:\n"
    "  customer:\n"
    "    - {id: late, doubt: Late start, class: delivery, probability: 0.5, loss: 4000, measure: m,"
    " effectiveness: 0.5}\n"
    "    - {id: vague, doubt: Vague, class: money}\n"
    "  own:\n"
    "    - {id: misuse, class: misuse, statement: Wrong use, probability: 0.1, loss: 3000}\n"
    f"  {NO_CREDIT}\n"
)


def doubting(amount: int, *, name: str = "Acme", currency: str = "EUR") -> str:
    """An account with one doubt that will come true, and nothing of ours at risk."""
    return plan(
        f"economics: {{currency: {currency}}}\n"
        f"risk: {{customer: [{{id: one, class: money, probability: 1, loss: {amount}}}], own: [],"
        f" {NO_CREDIT}}}\n"
    ).replace("Acme", name)


def test_both_sides_in_the_reporting_currency_the_largest_first() -> None:
    page = page_of(risks.PAGE, {"acme": RISKY.replace(", class: money", ", class: money, loss: 9")})
    text = text_of(page.fragments["largest"])
    # 4,000 · 0.5 · 0.5 and 3,000 · 0.1 USD at 0.5; without a chance the third is left out
    assert text.startswith(
        "Late start Acme , theirs, delivery 500 EUR Wrong use Acme , ours, misuse 150 EUR"
        " ▲ no measure"
    )
    assert "Vague" not in text
    assert "width:100.0%" in page.fragments["largest"]
    assert "width:30.0%" in page.fragments["largest"]
    assert 'href="../accounts/acme.html#risk"' in page.fragments["largest"]


def test_the_first_sentence_adds_up_both_sides() -> None:
    known = RISKY.replace("    - {id: vague, doubt: Vague, class: money}\n", "")
    page = page_of(risks.PAGE, {"acme": known})
    assert sentence_of(page) == "650 EUR a year may be lost: 500 of it is theirs, 150 ours."


@pytest.mark.parametrize(
    ("count", "tail"),
    [
        (3, "60 of it is theirs, 0 ours."),
        # 30 + 20 + 10 of 30 + 20 + 10 + 10
        (4, "70 of it is theirs, 0 ours. 86 % of it hangs on 3 accounts of 4."),
    ],
)
def test_how_much_hangs_on_the_largest_three(count: int, tail: str) -> None:
    amounts = (10, 30, 20, 10)[:count]
    texts = {f"a{place}": doubting(amount) for place, amount in enumerate(amounts)}
    assert sentence_of(page_of(risks.PAGE, texts)).endswith(f"a year may be lost: {tail}")


def test_by_kind_with_what_they_owe_as_the_exposure_counts_it() -> None:
    text = plan(
        "economics: {currency: EUR}\n"
        "risk:\n"
        "  customer: [{id: a, class: delivery, probability: 0.5, loss: 100}]\n"
        "  own:\n"
        "    - {id: slow, class: payment, probability: 1, loss: 7000}\n"
        "    - {id: b, class: legal, probability: 0.5, loss: 20}\n"
        "    - {id: c, class: legal, probability: 0.5, loss: 30}\n"
        "  credit: {receivable: 3650, default_probability: 0.1, loss_given_default: 0.2,"
        " days_late: 10, cost_of_capital: 0.1}\n"
    )
    # owed: 3,650 · 0.1 · 0.2 = 73 and 3,650 · 10/365 · 0.1 = 10; it stands for 'slow'
    page = page_of(risks.PAGE, {"acme": text})
    assert rows_of(page.fragments["kinds"])[1:] == [
        "Payment 1 – 83 83",
        "Delivery 1 50 – 50",
        "Legal 2 – 25 25",
        "All 4 50 108 158",
    ]
    assert exposure(account(text)) == pytest.approx(158)
    assert "What they owe us, and pay late Acme , ours, payment 83 EUR" in text_of(
        page.fragments["largest"]
    )
    # without the credit the written risk counts
    bare = text.split("  credit:")[0]
    kinds = rows_of(page_of(risks.PAGE, {"acme": bare}).fragments["kinds"])
    assert kinds[1] == "Payment 1 – 7 k 7 k"


def test_by_account_with_proof_and_who_is_left_out() -> None:
    texts = {
        "acme": doubting(40),
        "big": doubting(160, name="Big", currency="USD"),
        "yuan": doubting(900, name="Yuan", currency="CNY"),
        "silent": plan().replace("Acme", "Silent"),
    }
    page = page_of(risks.PAGE, texts)
    text = text_of(page.fragments["accounts"])
    assert text.startswith("Big 80 EUR 0 % proven Acme 40 EUR 0 % proven EUR a year on both sides.")
    assert "because there is no exchange rate: Yuan. Add it" in text
    assert text.endswith("Not known: Silent.")
    assert "width:50.0%" in page.fragments["accounts"]


def test_long_lists_say_how_many_more() -> None:
    texts = {f"a{place}": doubting(place + 1) for place in range(LISTED + 2)}
    page = page_of(risks.PAGE, texts)
    assert "and 2 smaller ones." in text_of(page.fragments["largest"])
    assert "and 2 more with less." in text_of(page.fragments["accounts"])
    texts = {f"a{place}": doubting(place + 1) for place in range(NAMED + 1)}
    opened = text_of(page_of(risks.PAGE, texts).fragments["open"])
    assert opened.startswith(f"▲ No measure against a risk {NAMED + 1} accounts")
    assert opened.count("and 1 more") == 2  # no measure, no proof


@pytest.mark.parametrize(("limit", "is_over"), [(899, True), (900, False)])
def test_who_owes_more_than_their_limit(limit: int, *, is_over: bool) -> None:
    text = plan(
        "economics: {currency: USD}\n"
        f"risk: {{customer: [], own: [], credit: {{receivable: 900, limit: {limit}}}}}\n"
    )
    fragments = page_of(risks.PAGE, {"acme": text}).fragments
    assert ("open" in fragments) == is_over
    if is_over:
        assert text_of(fragments["open"]) == (
            "▲ They owe more than their limit 1 account Agree on payment before the next delivery,"
            " or raise the limit on purpose. Acme 900 of 899 USD"
        )


def test_what_nobody_covers_by_kind() -> None:
    text = plan(
        "economics: {currency: EUR}\n"
        "risk:\n"
        "  customer: [{id: late, probability: 0.5, loss: 4000, measure: m, effectiveness: 1}]\n"
        "  own: [{id: fire, class: legal, probability: 0.5, loss: 1000000}]\n"
        f"  {NO_CREDIT}\n"
    )
    opened = text_of(page_of(risks.PAGE, {"acme": text}).fragments["open"])
    assert opened == (
        "▲ A large risk of ours without both clauses 1 account"
        " Put a clause that prevents it and one that says who pays into the next contract."
        " Acme fire"
        " ▲ No measure against a risk 1 account Say what we do about it, or that we bear it."
        " Acme fire"
        " ▲ No reference of the same kind 1 account"
        " No customer like them backs any of their doubts. Acme"
    )


def test_where_all_is_covered_nothing_stands_open() -> None:
    looked = plan(f"economics: {{currency: EUR}}\nrisk: {{customer: [], own: [], {NO_CREDIT}}}\n")
    page = page_of(risks.PAGE, {"acme": looked})
    assert sentence_of(page) == "0 EUR a year may be lost: 0 of it is theirs, 0 ours."
    assert list(page.fragments) == ["accounts"]


def test_nobody_says_what_may_be_lost() -> None:
    page = page_of(risks.PAGE, {"acme": plan()})
    assert sentence_of(page) == (
        "No plan says what may be lost: fill in risk.customer and risk.own to see it."
    )
    assert page.fragments == {}
