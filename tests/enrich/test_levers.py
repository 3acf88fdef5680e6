"""What it takes to mend a deal: by hand, and written into the file."""

from __future__ import annotations

import re

import pytest

from generator.enrich.levers import Mend, cheapest_mend, scaled
from generator.read import read_text
from tests.enrich.small import account, figure, plan

DEAL = (
    "economics: {currency: EUR, price: 100, production_cost: 40, marketing_cost: 10}\n"
    "service: {objects: []}\n"
    "risk:\n"
    "  customer: [{id: late, probability: 0.5, loss: 20, measure: m, effectiveness: 0.5,"
    " measure_cost: 4}]\n"
    "  own: []\n"
    "  credit: {receivable: 0, days_late: 0, default_probability: 0, loss_given_default: 0,"
    " cost_of_capital: 0}\n"
    "value:\n"
    "  values:\n"
    "    product: {amount: 60, lever: {spend: 10, gain: 30}}\n"
    "    service: {amount: 10, lever: {spend: 10, gain: 15}}\n"
    "    relationship: 0\n"
    "    quality: 0\n"
    "    image: 0\n"
    "    technology: 0\n"
    "  costs:\n"
    "    switching: {amount: 2, lever: {spend: 1, gain: 4}}\n"
    "    effort: 0\n"
    "    time: 0\n"
    "  alternatives: []\n"
)


def test_each_lever_gains_so_much_for_its_spend() -> None:
    found = figure("deal.levers", DEAL)
    # product 30/10; switching can only fall by the 2 there are, at 4 for 1; service 15/10; the
    # measure takes 0.5 · 20 · 0.5 away for 4; the price 1 for 1
    assert found.value == {
        "costs.switching": 4,
        "values.product": 3,
        "values.service": 1.5,
        "risk.late": pytest.approx(1.25),
        "price": 1,
    }
    assert list(found.value) == [
        *("costs.switching", "values.product", "values.service", "risk.late", "price"),
    ]
    lines = {one.name: one.line for one in found.reasons}
    assert lines["value.values.product.lever.gain"] == 12


def mend_of(text: str) -> Mend | None:
    case = account(text).case
    assert case is not None
    return cheapest_mend(case)


def test_the_least_spend_goes_down_the_list() -> None:
    # they get 70 and pay 100 + 5 + 2: 37 are needed. 2 for 0.5, 30 for 10, and 5 of 15 for 3.33
    mend = mend_of(plan(DEAL))
    assert mend is not None
    assert [(lever.name, round(part, 3)) for lever, part in mend.parts] == [
        ("costs.switching", 1),
        ("values.product", 1),
        ("values.service", pytest.approx(0.334, abs=0.002)),
    ]
    assert mend.spend == pytest.approx(0.5 + 10 + 10 / 3, abs=0.01)
    note = figure("deal.levers", DEAL).note
    assert note is not None
    assert note.startswith("14 spent on 100 % of costs.switching, 100 % of values.product, 33 %")


def written(text: str, mend: Mend) -> str:
    """The file with the mend in it: what is spent becomes marketing cost."""
    for lever, part in mend.parts:
        place = read_text(text.encode(), "playbooks/acme.yaml").value_place(lever.path)
        lines = text.splitlines()
        line = lines[place.line - 1]
        number = re.match(r"[0-9.]+", line[place.column - 1 :])
        assert number is not None
        value = float(number[0]) + part * lever.step
        end = place.column - 1 + number.end()
        lines[place.line - 1] = f"{line[: place.column - 1]}{value:.9f}{line[end:]}"
        text = "\n".join(lines) + "\n"
    spent = mend.spend - sum(
        part * lever.spend for lever, part in mend.parts if lever.name == "price"
    )
    return text.replace("marketing_cost: 10", f"marketing_cost: {10 + spent:.9f}")


@pytest.mark.parametrize(
    "change",
    [
        ("", ""),
        # without the cheap levers the measure and the price have to do it
        (", lever: {spend: 10, gain: 15}", ""),
        ("product: {amount: 60", "product: {amount: 89"),
    ],
)
def test_it_mends_the_deal_and_nine_tenths_do_not(change: tuple[str, str]) -> None:
    text = plan(DEAL.replace(*change) if change[0] else DEAL)
    assert account(text).figures["deal.verdict"].value == "they_will_not_buy"
    mend = mend_of(text)
    assert mend is not None
    assert account(written(text, mend)).figures["deal.verdict"].value == "balanced"
    part = account(written(text, scaled(mend, 0.9))).figures["deal.verdict"].value
    assert part == "they_will_not_buy"


def test_where_no_spend_can_do_it() -> None:
    poor = DEAL.replace("production_cost: 40", "production_cost: 85")
    assert mend_of(plan(poor)) is None
    note = figure("deal.levers", poor).note
    assert note == "no spend on these levers makes both conditions hold"


def test_where_both_hold_the_least_that_breaks_them() -> None:
    good = DEAL.replace("product: {amount: 60", "product: {amount: 98")
    assert mend_of(plan(good)) is None
    note = figure("deal.levers", good).note
    # 108 - 107: they gain 1, so a price of 101 leaves them nothing
    assert note == "both conditions hold; economics.price at 101 would break them"


def test_what_the_levers_lack() -> None:
    assert figure("deal.levers").missing == ("value",)
    assert figure("deal.levers", "value: {mode: score}\n").note == "needs values in money"
    bare = figure("deal.levers", "value: {values: {product: 5}}\n")
    assert bare.missing == ("value.*.lever",)
