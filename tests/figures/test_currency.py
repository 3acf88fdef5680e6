"""Currencies: limits and catalogue rates are in the reporting currency, figures in the account's."""

from __future__ import annotations

import datetime

import pytest

from generator.figures import Figure
from generator.figures.ranking import items
from generator.form import FORM
from generator.model.kinds import Kind
from tests.figures.edits import WHOLE, changed, without
from tests.figures.small import CATALOGUE, TODAY, account, enriched, figure, plan

# The whole plan's profit a year is spend/8 - 79,500: marketing 50,000, service 20,000, our loss
# 8,000, measures 1,500. Two years: (1/1.25 + 0.5/1.25²) = 1.12 of it.
# Today one dollar is 0.50; yesterday 0.80, tomorrow 0.25. There is no rate yet for CNY.
IN_DOLLARS = changed(WHOLE, "economics.currency", "USD")
IN_YUAN = changed(WHOLE, "economics.currency", "CNY")


@pytest.mark.parametrize(
    ("spend", "row"), [("4500000", "high"), ("4200000", "low"), ("4210000", "high")]
)
def test_the_cut_off_is_compared_in_the_reporting_currency(spend: str, row: str) -> None:
    # half of it in euro: 4.21 million give (526,250 - 79,500)·0.56 = 250,180 euro, 4.2 give 249,480
    figures = enriched(changed(IN_DOLLARS, "economics.addressable_spend", spend)).figures
    assert figures["selection.row"].value == row
    rate = figures["selection.row"].reasons[1]
    assert (rate.name, rate.value, rate.unit) == ("exchange rate", 0.5, "EUR per USD")
    assert (rate.setting or "").endswith("site_config/currencies.yaml:5")


def test_no_figure_of_the_account_itself_is_converted() -> None:
    euro, dollar = enriched(WHOLE).figures, enriched(IN_DOLLARS).figures
    for key in ("selection.retained_profit", "risk.own_expected_loss", "value.delivered_value"):
        assert dollar[key].value == euro[key].value
    assert dollar["selection.retained_profit"].unit == "USD"
    assert dollar["risk.own_expected_loss"].unit == "USD a year"


@pytest.mark.parametrize(
    ("cost", "column", "programme"),
    [
        ("300000", "short", "go"),
        ("300000.01", "long", "selective"),
        ("150001", "short", "go"),
    ],
)
def test_the_development_cost_limit_is_converted(cost: str, column: str, programme: str) -> None:
    text = changed(IN_DOLLARS, "economics.development.monthly_cost", cost)
    text = changed(text, "economics.development.months", "1")
    text = changed(text, "economics.development.monthly_contribution", "1000000")
    assert enriched(text).figures["selection.programme"].value == programme
    prospect = changed(text, "account.status", "prospect")
    assert enriched(prospect).figures["selection.column"].value == column


@pytest.mark.parametrize(("loss", "gaps"), [("100000", ()), ("100000.01", ("misuse",))])
def test_the_clause_threshold_is_converted(loss: str, gaps: tuple[str, ...]) -> None:
    text = changed(IN_DOLLARS, "risk.own.0.loss", loss)
    assert enriched(text).figures["risk.clause_gaps"].value == gaps


def test_rates_of_the_catalogue_are_converted() -> None:
    service = "service: {objects: [{id: x, activities: [{activity: visit, per_year: 10}]}]}\n"
    in_euro = figure("service.cost_to_serve", f"economics: {{currency: EUR}}\n{service}")
    in_dollars = figure("service.cost_to_serve", f"economics: {{currency: USD}}\n{service}")
    assert in_euro.value == 10 * (4 * 90 + 120)
    assert in_dollars.value == 10 * (4 * 180 + 240)
    rate = in_dollars.reasons[2]
    assert (rate.name, rate.value) == ("service.objects.x.activities.visit.rate", 180)
    assert rate.note == "default of the catalogue, 90 EUR"
    line = next(n for n, row in enumerate(CATALOGUE.splitlines(), 1) if "visit:" in row)
    assert rate.setting == f"site_config/catalogue.yaml:{line}"
    assert in_euro.reasons[2].note == "default of the catalogue"


def test_what_is_written_is_never_converted() -> None:
    activity = "{activity: visit, per_year: 1, hours: 1, rate: 10, expense: 5}"
    service = f"service: {{objects: [{{id: x, activities: [{activity}]}}]}}\n"
    for currency in ("EUR", "USD", "CNY"):
        cost_to_serve = figure(
            "service.cost_to_serve", f"economics: {{currency: {currency}}}\n{service}"
        )
        assert cost_to_serve.value == 15


@pytest.mark.parametrize(
    ("key", "status", "missing"),
    [
        ("selection.row", "customer", ("currencies.rates.CNY",)),
        ("selection.programme", "customer", ("currencies.rates.CNY",)),
        ("selection.column", "prospect", ("currencies.rates.CNY",)),
        ("tier", "customer", ("currencies.rates.CNY",)),
        ("risk.clause_gaps", "customer", ("currencies.rates.CNY",)),
    ],
)
def test_without_a_rate_in_force(key: str, status: str, missing: tuple[str, ...]) -> None:
    acme = account(changed(IN_YUAN, "account.status", status))
    assert (acme.figures[key].value, acme.figures[key].missing) == (None, missing)
    # (500,000 - 79,500)·1.12
    assert acme.figures["selection.retained_profit"].value == pytest.approx(470_960)
    rules = {finding.rule: finding for finding in acme.findings}
    line = IN_YUAN.splitlines().index("  currency: CNY") + 1
    assert str(rules["no-rate"]) == (
        f"playbooks/acme.yaml:{line}:13: error: no rate from CNY to EUR on 2026-11-23,"
        " the first is from 2026-11-24; add '{from: 2026-11-23, rate: N}' to rates.CNY in"
        " site_config/currencies.yaml, N being what 1 CNY is worth in EUR [no-rate]"
    )


def test_a_profit_today_needs_no_rate() -> None:
    # 900,000·(1 - 0.4) - 79,500, above nothing in any currency
    figures = enriched(IN_YUAN).figures
    assert figures["selection.yearly_profit_today"].value == pytest.approx(460_500)
    assert figures["selection.yearly_profit_today"].unit == "CNY a year"
    assert figures["selection.column"].value == "short"


def test_a_rate_comes_into_force_on_its_day() -> None:
    tomorrow = TODAY + datetime.timedelta(days=1)
    assert enriched(IN_YUAN, today=tomorrow).figures["selection.row"].value == "low"
    # (562,500 - 79,500)·1.12 = 540,960 dollars: 270,480 euro today, 135,240 tomorrow
    text = changed(IN_DOLLARS, "economics.addressable_spend", "4500000")
    assert enriched(text).figures["selection.row"].value == "high"
    assert enriched(text, today=tomorrow).figures["selection.row"].value == "low"
    yesterday = TODAY - datetime.timedelta(days=1)
    assert enriched(text, today=yesterday).figures["selection.row"].reasons[1].value == 0.8


def test_without_a_rate_the_catalogue_cannot_be_used() -> None:
    service = "service: {objects: [{id: x, activities: [{activity: visit, per_year: 10}]}]}\n"
    cost_to_serve = figure("service.cost_to_serve", f"economics: {{currency: CNY}}\n{service}")
    assert (cost_to_serve.value, cost_to_serve.missing) == (None, ("currencies.rates.CNY",))


def test_money_without_a_currency_is_an_error() -> None:
    acme = account(without(WHOLE, "economics.currency"))
    line = WHOLE.splitlines().index("economics:") + 1
    message = next(str(finding) for finding in acme.findings if finding.rule == "no-currency")
    assert message == (
        f"playbooks/acme.yaml:{line}:1: error: money without a currency;"
        " write 'currency: EUR' (or another) under economics [no-currency]"
    )
    assert acme.figures["tier"].missing == ("economics.currency",)
    assert acme.figures["risk.clause_gaps"].missing == ("economics.currency",)
    assert acme.figures["selection.retained_profit"].unit == "money"


# Contracts and deals in a currency of their own

TOMORROW = TODAY + datetime.timedelta(days=1)
YESTERDAY = TODAY - datetime.timedelta(days=1)


def deals(*listed: str, currency: str = "EUR") -> str:
    rows = "".join(f"  - {{{deal}}}\n" for deal in listed)
    return f"economics: {{currency: {currency}}}\nopportunities:\n{rows}"


def rates_of(made: Figure) -> list[tuple[str, float, str | None]]:
    return [
        (str(reason.name), reason.value, reason.unit)
        for reason in made.reasons
        if "exchange rate" in reason.name
    ]


@pytest.mark.parametrize(
    ("account_in", "day", "listed", "worth", "rates"),
    [
        # 1000·0.5 of which half a euro each, and 400·0.25
        ("EUR", TODAY, ["id: a, amount: 1000, probability: 0.5, currency: USD", "id: b, amount: 400, probability: 0.25"], 350, [("exchange rate of USD", 0.5, "EUR per USD")]),
        # yesterday a dollar was 0.80
        ("EUR", YESTERDAY, ["id: a, amount: 1000, probability: 0.5, currency: USD"], 400, [("exchange rate of USD", 0.8, "EUR per USD")]),
        # the same currency by name needs none
        ("EUR", TODAY, ["id: a, amount: 1000, probability: 0.5, currency: EUR"], 500, []),
        ("USD", TODAY, ["id: a, amount: 1000, probability: 0.5, currency: USD"], 500, []),
        # a euro is two dollars
        ("USD", TODAY, ["id: a, amount: 100, probability: 1, currency: EUR"], 200, [("exchange rate", 0.5, "EUR per USD")]),
        # dollars become yuan through the euro: 520·0.5·0.25/0.13
        ("CNY", TOMORROW, ["id: a, amount: 520, probability: 0.5, currency: USD"], 500, [("exchange rate of USD", 0.25, "EUR per USD"), ("exchange rate", 0.13, "EUR per CNY")]),
    ],
)  # fmt: skip
def test_the_pipeline_changes_deals_into_the_accounts_currency(
    account_in: str,
    day: datetime.date,
    listed: list[str],
    worth: float,
    rates: list[tuple[str, float, str]],
) -> None:
    made = figure("sales.pipeline", deals(*listed, currency=account_in), today=day)
    assert (made.value, made.unit) == (pytest.approx(worth), account_in)
    assert rates_of(made) == rates


def test_a_reason_says_the_amount_as_it_is_written() -> None:
    made = figure("sales.pipeline", deals("id: a, amount: 1000, probability: 0.5, currency: USD"))
    amount, chance, rate = made.reasons
    assert (amount.name, amount.value, amount.unit) == ("opportunities.a.amount", 1000, "USD")
    assert (amount.line, chance.value) == (6, 0.5)
    assert (rate.setting or "").endswith("site_config/currencies.yaml:5")


def test_a_deal_without_a_rate_leaves_the_pipeline_unknown() -> None:
    sections = deals("id: a, amount: 1000, probability: 0.5, currency: GBP", "id: b, currency: GBP")
    acme = account(plan(sections))
    pipeline = acme.figures["sales.pipeline"]
    assert (pipeline.value, pipeline.missing) == (
        None,
        ("opportunities.b.amount", "opportunities.b.probability", "currencies.rates.GBP"),
    )
    # once for each currency, where it is first named
    (unknown,) = (str(finding) for finding in acme.findings if finding.rule == "no-rate")
    assert unknown == (
        "playbooks/acme.yaml:6:55: error: no rate from GBP to EUR on 2026-11-23; add 'GBP:"
        " [{from: 2026-11-23, rate: N}]' under rates in site_config/currencies.yaml, N being what"
        " 1 GBP is worth in EUR [no-rate]"
    )


def test_a_deal_of_its_own_currency_needs_none_of_the_account() -> None:
    sections = "opportunities: [{id: a, amount: 1000, probability: 0.5, currency: USD}]\n"
    acme = account(plan(sections))
    assert [finding.rule for finding in acme.findings if finding.rule.startswith("no-")] == []
    assert acme.figures["sales.pipeline"].missing == ("economics.currency",)


def test_the_share_of_service_led_deals_is_of_one_currency() -> None:
    listed = (
        "id: a, amount: 1000, origin: service, currency: USD",
        "id: b, amount: 1500, origin: inbound",
    )
    made = figure("sales.service_led", deals(*listed))
    assert made.value == pytest.approx(0.25)  # 500 of 2000
    assert rates_of(made) == [("exchange rate of USD", 0.5, "EUR per USD")]
    lacking = figure("sales.service_led", deals(listed[0].replace("USD", "GBP"), listed[1]))
    assert (lacking.value, lacking.missing) == (None, ("currencies.rates.GBP",))


def stake(contract: str, price: str = "", currency: str = "EUR") -> Figure:
    economics = f"economics: {{currency: {currency}{price}}}\n" if currency else ""
    return figure("attention.stake", economics, more=f", contract: {{{contract}}}")


@pytest.mark.parametrize(
    ("contract", "price", "currency", "worth", "from_"),
    [
        ("value: 1000, currency: USD", ", price: 499", "EUR", 500, "account.contract.value"),
        ("value: 1000, currency: USD", ", price: 501", "EUR", 501, "economics.price"),
        ("value: 1000, currency: EUR", ", price: 1999", "USD", 1000, "account.contract.value"),
        ("value: 1000, currency: EUR", ", price: 2002", "USD", 1001, "economics.price"),
        ("value: 1000, currency: USD", "", "", 500, "account.contract.value"),
        ("value: 1000", ", price: 10", "USD", 500, "account.contract.value"),
    ],
)
def test_the_highest_stake_is_found_in_the_reporting_currency(
    contract: str, price: str, currency: str, worth: float, from_: str
) -> None:
    made = stake(contract, price, currency)
    assert (made.value, made.unit, made.reasons[0].name) == (worth, "EUR a year", from_)


def test_a_stake_that_needs_a_rate_that_nobody_gave_is_unknown() -> None:
    made = stake("value: 1000, currency: GBP", ", price: 5")
    assert (made.value, made.missing) == (None, ("currencies.rates.GBP",))
    assert [reason.value for reason in made.reasons] == [1000, 5]
    # a currency without an amount changes nothing
    assert stake("currency: GBP", ", price: 5").value == 5


def test_what_needs_a_person_says_the_currency_of_the_contract_and_the_deal() -> None:
    late = "economics: {currency: CNY}\nopportunities: [{id: a, amount: 10, currency: USD, close_on: 2026-11-01}]\n"
    text = plan(late, more=", contract: {end: 2026-12-31, value: 1000, currency: USD}")
    listed = {item.id: (item.stake, item.text) for item in items(account(text))}
    assert listed["open-deal.a"][0] == 5
    assert listed["contract"] == (
        500,
        "The contract ends on 2026-12-31, 1,000 USD a year; no action prepares the renewal",
    )


def test_each_currency_of_the_form_is_changed() -> None:
    """A new field for a currency has its place in `exchange_at` or in compliance."""
    assert {field.pattern for field in FORM.walk() if field.kind is Kind.CURRENCY} == {
        "account.contract.currency",
        "economics.currency",
        "opportunities.*.currency",
        "value.return.courtesies.*.currency",
    }
