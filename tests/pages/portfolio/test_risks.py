"""Risk over all accounts: our loss and theirs apart, by hand; what nobody covers."""

from __future__ import annotations

import pytest

from generator.pages.portfolio import risks
from generator.pages.portfolio.risks import LISTED, NAMED
from generator.portfolio.sums import OWN_LOSS, THEIR_LOSS, value_of
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


def doubting(
    amount: int,
    *,
    ours: int = 0,
    name: str = "Acme",
    currency: str = "EUR",
    status: str = "customer",
    chance: float | None = None,
) -> str:
    """An account with one doubt that will come true, and with `ours` one risk of ours that will."""
    growth = f", development: {{win_probability: {chance}}}" if chance is not None else ""
    own = f"[{{id: two, class: legal, probability: 1, loss: {ours}}}]" if ours else "[]"
    return plan(
        f"economics: {{currency: {currency}{growth}}}\n"
        f"risk: {{customer: [{{id: one, class: money, probability: 1, loss: {amount}}}], own: {own},"
        f" {NO_CREDIT}}}\n",
        status=status,
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


def test_the_first_sentence_has_our_loss_and_theirs_and_never_both_together() -> None:
    known = RISKY.replace("    - {id: vague, doubt: Vague, class: money}\n", "")
    page = page_of(risks.PAGE, {"acme": known})
    assert sentence_of(page) == (
        "With customers we may lose 150 EUR a year. They may lose 500 EUR."
    )


def test_prospects_stand_apart_by_the_chance_to_win_them_and_former_customers_nowhere() -> None:
    texts = {
        "a": doubting(100, ours=10),
        "b": doubting(80, ours=40, name="Won", status="prospect", chance=0.25, currency="USD"),
        "c": doubting(7000, ours=7000, name="Nameless", status="prospect"),
        "d": doubting(9000, ours=9000, name="Gone", status="former"),
    }
    page = page_of(risks.PAGE, texts)
    # the prospect: 40 and 80 USD x 0.25 at 0.5
    assert sentence_of(page) == (
        "With customers we may lose 10 EUR a year. They may lose 100 EUR."
        " With prospects, by the chance to win them, we may lose 5 and they 10."
    )
    assert rows_of(page.fragments["kinds"]) == [
        "Kind Risks Ours Theirs",
        "Customers",
        "Legal 1 10 –",
        "Money 1 – 100",
        "All customers 2 10 100",
        "Prospects, weighted",
        "Legal 1 5 –",
        "Money 1 – 10",
        "All prospects, weighted 2 5 10",
    ]
    assert rows_of(page.fragments["accounts"]) == [
        "Account Status Ours Theirs Proven",
        "Gone Former customer 9 k 9 k 0 %",
        "Nameless Prospect 7 k 7 k 0 %",
        "Won Prospect 20 40 0 %",
        "Acme Customer 10 100 0 %",
    ]
    text = text_of(page.fragments["accounts"])
    assert "their plans name no chance to win them: Nameless." in text
    assert text.endswith("Former customers are in no sum: Gone.")


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (3, "With customers we may lose 60 EUR a year. They may lose 3 EUR."),
        # 30 + 20 + 10 of 30 + 20 + 10 + 10
        (
            4,
            (
                "With customers we may lose 70 EUR a year. They may lose 4 EUR."
                " 86 % of our loss hangs on 3 customers of 4."
            ),
        ),
    ],
)
def test_how_much_hangs_on_the_largest_three(count: int, sentence: str) -> None:
    amounts = (10, 30, 20, 10)[:count]
    texts = {f"a{place}": doubting(1, ours=amount) for place, amount in enumerate(amounts)}
    assert sentence_of(page_of(risks.PAGE, texts)) == sentence


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
        "Payment 1 83 –",
        "Legal 2 25 –",
        "Delivery 1 – 50",
        "All customers 4 108 50",
    ]
    assert value_of(account(text), OWN_LOSS) == pytest.approx(108)
    assert value_of(account(text), THEIR_LOSS) == pytest.approx(50)
    assert "What they owe us, and pay late Acme , ours, payment 83 EUR" in text_of(
        page.fragments["largest"]
    )
    # without the credit the written risk counts
    bare = text.split("  credit:")[0]
    kinds = rows_of(page_of(risks.PAGE, {"acme": bare}).fragments["kinds"])
    assert kinds[1] == "Payment 1 7 k –"


def test_by_account_with_proof_and_who_is_left_out() -> None:
    texts = {
        "acme": doubting(40),
        "big": doubting(160, name="Big", currency="USD"),
        "yuan": doubting(900, name="Yuan", currency="CNY"),
        "silent": plan().replace("Acme", "Silent"),
    }
    page = page_of(risks.PAGE, texts)
    assert rows_of(page.fragments["accounts"]) == [
        "Account Status Ours Theirs Proven",
        "Big Customer 0 80 0 %",
        "Acme Customer 0 40 0 %",
    ]
    text = text_of(page.fragments["accounts"])
    assert "because there is no exchange rate: Yuan. Add it" in text
    assert text.endswith("Not known: Silent.")


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
    assert sentence_of(page) == "With customers we may lose 0 EUR a year. They may lose 0 EUR."
    assert list(page.fragments) == ["accounts"]


def test_nobody_says_what_may_be_lost() -> None:
    page = page_of(risks.PAGE, {"acme": plan()})
    assert sentence_of(page) == (
        "No plan says what may be lost: fill in risk.customer and risk.own to see it."
    )
    assert page.fragments == {}
