"""Currencies: limits and catalogue rates are in the reporting currency, figures in the account's."""

from __future__ import annotations

import datetime

import pytest

from tests.figures.edits import WHOLE, changed, without
from tests.figures.small import CATALOGUE, TODAY, account, enriched, figure

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
        f"playbooks/acme.yaml:{line}:13: error: no rate from CNY to EUR on 2026-11-23;"
        " add one to site_config/currencies.yaml [no-rate]"
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
