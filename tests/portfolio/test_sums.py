"""Sums over accounts by hand: whose money is in which, by currency, and who is left out and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.figures import Figure
from generator.figures.sides import Side
from generator.portfolio.colleagues import workloads
from generator.portfolio.money import hours_by_account, sums_by_cell, sums_of
from generator.portfolio.references import references_of
from generator.portfolio.sums import (
    CurrencyPart,
    Money,
    SeparateSums,
    Sum,
    figure_amount,
    figure_in_reporting,
    figure_money,
    former_customers,
    overview,
    separate_sums,
)
from tests.figures.small import plan, portfolio

# One dollar is 0.50 EUR; there is no rate yet for CNY
WEIGHTED = (
    ", development: {monthly_cost: 1, months: 1, win_probability: 0.25, monthly_contribution: 9}"
)


def earning(
    name: str,
    spend: int,
    *,
    status: str = "customer",
    currency: str = "EUR",
    more: str = "",
    billed: int | None = None,
    own: int = 0,
    theirs: int = 0,
) -> str:
    """An account that contributes its whole spend, and may lose a tenth of what is said."""
    revenue = f", revenue: [{{year: 2025, amount: {billed}}}]" if billed is not None else ""
    return plan(
        f"economics: {{currency: {currency}, addressable_spend: {spend}, attainable_share: 1,"
        f" contribution_margin: 1{revenue}{more}}}\n"
        f"risk:\n  customer: [{{id: a, probability: 0.1, loss: {theirs}}}]\n"
        f"  own: [{{id: b, class: legal, probability: 0.1, loss: {own}}}]\n"
        "  credit: {receivable: 0, default_probability: 0, loss_given_default: 0, days_late: 0,"
        " cost_of_capital: 0}\n",
        status=status,
        more=", owner: kim-larsen",
    ).replace("Acme", name)


TEXTS = {
    "a": earning("Euro", 100, billed=90, own=70, theirs=30),
    "b": earning("Dollar", 60, currency="USD", billed=40, own=20, theirs=500),
    "c": earning("Second dollar", 8, currency="USD", own=0, theirs=0),
    "d": earning("Likely", 400, status="prospect", currency="USD", more=WEIGHTED, billed=6, own=80),
    "e": earning("No chance", 900, status="prospect", billed=1, theirs=10),
    "f": earning("Former", 5000, status="former", billed=7000, own=9000, theirs=9000),
    "g": earning("Yuan", 3000, currency="CNY", own=100),
    "h": plan().replace("Acme", "Silent"),
}


def sums(key: str) -> SeparateSums:
    whole = portfolio(TEXTS)
    return separate_sums(whole, whole.accounts, figure_amount(key))


def test_customers_prospects_currencies_and_who_is_left_out() -> None:
    assert sums("economics.contribution") == SeparateSums(
        # 100 EUR, 60 + 8 USD at 0.5: 134; 3,000 CNY have no rate, the former customer's 5,000 are
        # nowhere
        customers=Sum(
            total=134,
            counted=3,
            parts=(
                CurrencyPart(currency="CNY", amount=3000, reporting=None),
                CurrencyPart(currency="EUR", amount=100, reporting=100),
                CurrencyPart(currency="USD", amount=68, reporting=34),
            ),
            unknown=("Silent",),
            no_rate=("Yuan",),
            no_chance=(),
        ),
        # 400 USD x 0.25 x 0.5; 900 EUR have no chance
        prospects=Sum(
            total=50,
            counted=1,
            parts=(CurrencyPart(currency="USD", amount=100, reporting=50),),
            unknown=(),
            no_rate=(),
            no_chance=("No chance",),
        ),
    )


def test_what_was_billed_hangs_on_no_win() -> None:
    billed = sums("revenue.last_year")
    # 90 EUR and 40 USD at 0.5; of prospects 6 USD at 0.5 and 1 EUR, whatever their chance
    assert (billed.customers.total, billed.prospects.total) == (110, 4)
    assert billed.prospects.no_chance == ()


def test_deals_of_prospects_have_their_own_probability() -> None:
    deal = "opportunities: [{id: big, amount: 1000, probability: 0.4}]\n"
    texts = {"d": TEXTS["d"] + deal, "e": TEXTS["e"] + deal}
    whole = portfolio(texts)
    pipeline = separate_sums(whole, whole.accounts, figure_amount("sales.pipeline"))
    # 1,000 USD x 0.4 at 0.5 and 1,000 EUR x 0.4
    assert pipeline.prospects.total == pytest.approx(600)


def test_our_loss_and_theirs_stand_apart() -> None:
    whole = overview(portfolio(TEXTS))
    # ours: 7 EUR and 2 USD at 0.5; of the prospect 8 USD x 0.25 x 0.5
    assert (whole.own_loss.customers.total, whole.own_loss.prospects.total) == (8, 1)
    # theirs: 3 EUR and 50 USD at 0.5; of the prospect with a chance 0
    assert (whole.their_loss.customers.total, whole.their_loss.prospects.total) == (28, 0)
    assert whole.no_rate == ("Yuan",)
    assert whole.no_chance == ("No chance",)


def test_an_account_of_which_the_status_is_not_known_is_a_prospect() -> None:
    whole = portfolio({"a": TEXTS["a"].replace("status: customer, ", "")})
    contribution = separate_sums(whole, whole.accounts, figure_amount("economics.contribution"))
    assert contribution.customers.accounts == 0
    assert contribution.prospects.no_chance == ("Euro",)


def test_a_prospect_whose_development_was_looked_for_and_not_found_has_no_chance() -> None:
    whole = portfolio({"e": earning("None", 1, status="prospect", more=", development: []")})
    contribution = separate_sums(whole, whole.accounts, figure_amount("economics.contribution"))
    assert contribution.prospects.no_chance == ("None",)


def test_a_file_that_cannot_be_read_breaks_no_sum() -> None:
    whole = portfolio({"a": TEXTS["a"], "b": "schema: [\n"})
    contribution = separate_sums(whole, whole.accounts, figure_amount("economics.contribution"))
    assert (contribution.customers.total, contribution.prospects.unknown) == (100, ("b",))


def test_nobody_has_it() -> None:
    whole = portfolio({"h": TEXTS["h"]})
    contribution = separate_sums(whole, whole.accounts, figure_amount("economics.contribution"))
    assert contribution.customers.total is None
    assert not contribution.is_known


def test_money_of_one_account_in_both_currencies() -> None:
    whole = portfolio(TEXTS)
    accounts = {account.id: account for account in whole.accounts}
    key = "economics.contribution"
    assert [figure_money(whole, accounts[id], key) for id in "abgh"] == [
        Money(amount=100, currency="EUR", reporting=100),
        Money(amount=60, currency="USD", reporting=30),
        Money(amount=3000, currency="CNY", reporting=None),
        None,
    ]
    assert [account.name for account in former_customers(whole)] == ["Former"]


def test_cells_of_customers_and_of_prospects() -> None:
    whole = portfolio(TEXTS)
    rows = sums_by_cell(whole, hours_by_account(whole))
    # no plan has a cell: retention, marketing and service lack
    assert [(row.side, row.cell, row.count, row.sums["contribution"]) for row in rows] == [
        (Side.CUSTOMERS, "", 5, 134),
        (Side.PROSPECTS, "", 2, 50),
    ]


def test_hours_of_prospects_count_by_chance_and_need_no_rate() -> None:
    visits = (
        "service: {objects: [{id: a, activities: [{activity: visit, per_year: 3, hours: 4}]}]}\n"
    )
    texts = {id: TEXTS[id] + visits for id in ("a", "d", "e", "f", "g")}
    whole = portfolio(texts)
    hours = sums_of(whole, whole.accounts, hours_by_account(whole))["hours"]
    # twelve of each: Euro and Yuan; a quarter of those of the prospect
    assert (hours.customers.total, hours.prospects.total) == (24, 3)
    assert (hours.customers.no_rate, hours.prospects.no_chance) == ((), ("No chance",))


def test_what_each_of_us_carries_keeps_customers_and_prospects_apart() -> None:
    kept = ", retention: 1, discount_rate: 0, horizon_years: 1, marketing_cost: 0"
    idle = "service: {objects: []}\n"
    texts = {
        "a": earning("Euro", 100, more=kept) + idle,
        "d": earning("Likely", 400, status="prospect", more=kept + WEIGHTED) + idle,
        "f": earning("Former", 900, status="former", more=kept) + idle,
    }
    (kim,) = (each for each in workloads(portfolio(texts)) if each.id == "kim-larsen")
    assert (kim.profit.customers.total, kim.profit.prospects.total) == (100, 100)


def test_what_of_their_risk_has_proof_is_told_of_customers_and_of_prospects() -> None:
    theirs = {
        "a": TEXTS["a"],
        "d": earning("Likely", 1, status="prospect", more=WEIGHTED, theirs=80),
    }
    risk = references_of(portfolio(theirs)).risk
    # 3 EUR of the customer, 8 EUR x 0.25 of the prospect; nobody stands for any of it
    assert (risk.total.customers.total, risk.total.prospects.total) == (3, 2)
    assert (risk.share(Side.CUSTOMERS), risk.share(Side.PROSPECTS)) == (0, 0)
    assert references_of(portfolio({"a": TEXTS["a"]})).risk.share(Side.PROSPECTS) is None


def test_a_range_of_money_is_converted_with_its_value() -> None:
    whole = portfolio(TEXTS)
    margin = Figure(key="deal.our_margin", value=10, low=-4, high=20, unit="USD a year")
    dollar, yuan = whole.account("b"), whole.account("g")
    assert dollar is not None
    assert yuan is not None
    assert figure_in_reporting(dollar, margin) == {"value": 5, "low": -2, "high": 10}
    assert figure_in_reporting(yuan, replace(margin, unit="CNY a year")) == {}
    assert figure_in_reporting(dollar, replace(margin, key="health", unit="of 100")) == {}
