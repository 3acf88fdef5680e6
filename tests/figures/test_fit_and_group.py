"""How well the method suits an account; groups that are summed once, whoever is in them."""

from __future__ import annotations

import pytest

from tests.figures.edits import changed, line_of, path_of
from tests.figures.small import enriched, figure, plan, portfolio

FIT = (
    "economics: {currency: EUR}\nfit:\n  complexity: 4\n  order_value: 300\n  importance: 3\n"
    "  capital_share: 0.5\n"
)


def order(value: str, currency: str = "EUR") -> str:
    return plan(f"economics: {{currency: {currency}}}\nfit: {{order_value: {value}}}\n")


def test_fit_by_hand() -> None:
    # orders 100, 200 (400 USD at 0.5), 300, 300, 900: two are smaller, two level:
    # (2 + 2/2) / 5 = 0.6
    # 100 · (0.3 · 4/5 + 0.25 · 0.6 + 0.3 · 3/5 + 0.15 · 0.5) = 24 + 15 + 18 + 7.5 = 64.5
    others = {"b": order("100"), "c": order("400", "USD"), "d": order("300"), "e": order("900")}
    fit = figure("rsvr.fit", FIT, others=others)
    assert fit.value == pytest.approx(64.5)
    place = next(reason for reason in fit.reasons if reason.name == "fit.order_value")
    assert place.value == pytest.approx(0.6)
    assert (place.line, place.note) == (7, "order of 300 EUR: 2 of 5 are smaller")
    assert [reason.weight for reason in fit.reasons] == [0.3, 0.25, 0.3, 0.15]
    assert all(reason.setting and "scoring.yaml" in reason.setting for reason in fit.reasons)
    assert figure("rsvr.plan_kind", FIT, others=others).value == "full"


def test_an_account_alone_stands_in_the_middle() -> None:
    # 24 + 25 · 0.5 + 18 + 7.5 = 62
    assert figure("rsvr.fit", FIT).value == pytest.approx(62)


def test_orders_that_nobody_can_compare_do_not_count() -> None:
    """One says nothing of its orders, one has no currency, one a currency without a rate."""
    unknown = plan("economics: {currency: EUR}\n")
    nowhere = plan("fit: {order_value: 500}\n")
    others = {"b": unknown, "c": order("500", "CNY"), "d": nowhere, "e": order("100")}
    # of acme's 300 and 100 one is smaller, one level: 24 + 25 · (1 + 1/2) / 2 + 18 + 7.5
    assert figure("rsvr.fit", FIT, others=others).value == pytest.approx(68.25)


@pytest.mark.parametrize(
    ("field", "new", "value"),
    [
        ("complexity", "5", 68),  # 30 + 12.5 + 18 + 7.5
        ("importance", "0", 44),  # 24 + 12.5 + 0 + 7.5
        ("capital_share", "1", 69.5),  # 24 + 12.5 + 18 + 15
    ],
)
def test_an_input_moves_the_fit(field: str, new: str, value: float) -> None:
    text = changed(plan(FIT), f"fit.{field}", new)
    fit = enriched(text).figures["rsvr.fit"]
    assert fit.value == pytest.approx(value)
    reason = next(why for why in fit.reasons if why.name == f"fit.{field}")
    assert (reason.value, reason.line) == (float(new), line_of(text, path_of(f"fit.{field}")))


@pytest.mark.parametrize(
    ("complexity", "importance", "capital", "score", "kind"),
    [
        # 12.5 of each is the place in the middle
        (5, 2.5, 0.1667, 60.0005, "full"),  # 30 + 12.5 + 15 + 2.5005
        (5, 2.5, 0.1666, 59.999, "short"),
        (2.5, 0, 0.1667, 30.0005, "short"),  # 15 + 12.5 + 0 + 2.5005
        (2.5, 0, 0.1666, 29.999, "standard"),
    ],
)
def test_the_kind_of_plan_at_its_limits(
    complexity: float, importance: float, capital: float, score: float, kind: str
) -> None:
    fit = (
        f"economics: {{currency: EUR}}\nfit: {{complexity: {complexity}, order_value: 1,"
        f" importance: {importance}, capital_share: {capital}}}\n"
    )
    assert figure("rsvr.fit", fit).value == pytest.approx(score)
    assert figure("rsvr.plan_kind", fit).value == kind


@pytest.mark.parametrize(
    ("sections", "missing"),
    [
        (FIT.replace("  complexity: 4\n", ""), ("fit.complexity",)),
        (FIT.replace("  order_value: 300\n", ""), ("fit.order_value",)),
        (FIT.replace("EUR", "CNY"), ("currencies.rates.CNY",)),
        ("", ("fit.complexity", "fit.order_value", "fit.importance", "fit.capital_share")),
    ],
)
def test_what_the_fit_lacks(sections: str, missing: tuple[str, ...]) -> None:
    assert figure("rsvr.fit", sections).missing == missing
    assert figure("rsvr.plan_kind", sections).missing == missing


def revenue(amount: int, parent: str = "", currency: str = "EUR") -> str:
    named = f", parent: {parent}" if parent else ""
    return plan(
        f"economics: {{currency: {currency}, revenue: [{{year: 2025, amount: {amount}}}]}}\n",
        more=named,
    )


GROUP = {
    "acme": revenue(100),
    "north": revenue(20, "acme"),
    "south": revenue(400, "acme", "USD"),
    "far": revenue(3, "north"),
    "other": revenue(5000),
}


def test_a_group_is_summed_once_in_one_currency() -> None:
    acme = portfolio(GROUP).account("acme")
    assert acme is not None
    # 100 + 20 + 400 · 0.5 + 3; 'other' is no part of it
    assert acme.figures["group.revenue"].value == pytest.approx({"customers": 323})
    assert acme.figures["group.revenue"].unit == "EUR"
    assert acme.figures["group.accounts"].value == ("acme", "north", "south", "far")
    assert [
        (reason.path, reason.line, reason.value)
        for reason in acme.figures["group.accounts"].reasons
    ] == [
        ("playbooks/north.yaml", 2, "acme"),
        ("playbooks/south.yaml", 2, "acme"),
        ("playbooks/far.yaml", 2, "north"),
    ]
    south = acme.figures["group.revenue"].reasons[2]
    assert (south.name, south.value, south.note) == ("south: revenue.last_year", 200, "400 USD")


def test_a_parent_in_the_middle_sums_what_is_below_it() -> None:
    north = portfolio(GROUP).account("north")
    assert north is not None
    assert north.figures["group.revenue"].value == pytest.approx({"customers": 23})


def test_who_has_no_subsidiary_is_no_group() -> None:
    summed = figure("group.revenue", "economics: {currency: EUR, revenue: []}\n")
    assert (summed.value, summed.missing, summed.note) == (None, (), "no subsidiaries")


def test_what_a_member_lacks_is_named_and_hides_no_other() -> None:
    texts = {**GROUP, "north": plan(more=", parent: acme"), "south": revenue(9, "acme", "CNY")}
    acme = portfolio(texts).account("acme")
    assert acme is not None
    total = acme.figures["group.revenue"]
    assert total.value == pytest.approx({"customers": 103})  # 100 and the 3 of far
    assert total.missing == ("north: revenue.last_year", "south: revenue.last_year")
    assert total.note == "without 2 that are not known"


def test_a_circle_of_parents_ends() -> None:
    texts = {"acme": revenue(1, "b"), "b": revenue(2, "acme")}
    acme = portfolio(texts).account("acme")
    assert acme is not None
    assert acme.figures["group.accounts"].value == ("acme", "b")


def test_our_loss_and_theirs_are_never_added() -> None:
    text = (
        "economics: {currency: EUR}\nrisk: {customer: [{id: a, probability: 0.5, loss: 100}],"
        " own: [{id: b, class: legal, probability: 0.1, loss: 70}], credit: {receivable: 0,"
        " default_probability: 0, loss_given_default: 0, days_late: 0, cost_of_capital: 0}}\n"
    )
    acme = portfolio({"acme": plan(text), "b": plan(text, more=", parent: acme")}).account("acme")
    assert acme is not None
    assert acme.figures["group.own_loss"].value == pytest.approx({"customers": 14})
    assert acme.figures["group.their_loss"].value == pytest.approx({"customers": 100})


def test_prospects_of_a_group_count_by_their_chance_and_former_customers_not_at_all() -> None:
    money = "economics: {{currency: USD, price: 800{more}}}\n"
    chance = ", development: {win_probability: 0.25}"
    below = ", parent: acme"
    texts = {
        "acme": plan(money.format(more="")),
        "a": plan(money.format(more=chance), status="prospect", more=below),
        "b": plan(money.format(more=""), status="prospect", more=below),
        "c": plan(money.format(more=""), status="former", more=below),
    }
    acme = portfolio(texts).account("acme")
    assert acme is not None
    price = acme.figures["group.price"]
    # 800 USD at 0.5, and a quarter of that
    assert price.value == pytest.approx({"customers": 400, "prospects": 100})
    assert price.missing == ("b: economics.development.win_probability",)
    assert [(reason.name, reason.value, reason.line) for reason in price.reasons] == [
        ("acme: economics.price", 400, None),
        ("a: economics.price", 400, None),
        ("a: economics.development.win_probability", 0.25, 4),
    ]
    assert price.unit == "EUR a year"


@pytest.mark.parametrize(
    ("money", "contract", "value"),
    [
        ("price: 8", ", contract: {value: 5}", {"customers": 8}),
        ("horizon_years: 3", ", contract: {value: 5}", {"customers": 5}),
        ("horizon_years: 3", "", None),
    ],
)
def test_the_price_counts_before_the_contract(
    money: str, contract: str, value: dict[str, float] | None
) -> None:
    texts = {
        "acme": plan(f"economics: {{currency: EUR, {money}}}\n", more=contract),
        "b": plan(more=", parent: acme"),
    }
    acme = portfolio(texts).account("acme")
    assert acme is not None
    assert acme.figures["group.price"].value == value
