"""What an account comes to: whether the deal works and what mends it, how they are doing."""

from __future__ import annotations

import pytest

from generator.figures.conclusion import (
    Cure,
    DealConclusion,
    Matter,
    Standing,
    conclusion_of,
    deal_conclusion,
    qualification_conclusion,
)
from generator.figures.ranges import ranged
from tests.figures.edits import PORT, WHOLE, changed, without
from tests.figures.small import enriched


def deal(production: str = "400000", product: str = "800000") -> DealConclusion:
    """The price is 1,000,000, other costs 79,500, the minimum margin 0.2; they gain 20,000."""
    text = changed(WHOLE, "economics.production_cost", production)
    text = changed(text, "value.values.product", f"{{amount: {product}, grade: fact}}")
    made = deal_conclusion(enriched(text, others={"port": PORT}).figures)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("production", "product", "verdict", "standing", "cure"),
    [
        # cost 479,500, floor 599,375
        ("400000", "800000", "balanced", Standing.GOOD, None),
        # floor 1,011,875 is above the price and below their highest price of 1,020,000
        ("730000", "800000", "balanced", Standing.WATCH, Cure.FLOOR_PRICE),
        # floor 1,049,375 is above their highest price
        ("760000", "800000", "balanced", Standing.WATCH, Cure.COVERING_PRICE),
        # cost 1,009,500 is below their highest price, cost 1,079,500 above
        ("930000", "800000", "buys_at_our_loss", Standing.BAD, Cure.COVERING_PRICE),
        ("1000000", "800000", "buys_at_our_loss", Standing.BAD, Cure.LOWER_COST),
        # their highest price 2,020,000
        ("1000000", "1800000", "buys_at_our_loss", Standing.BAD, Cure.FLOOR_PRICE),
        # their highest price 520,000
        ("400000", "300000", "they_will_not_buy", Standing.BAD, Cure.COVERING_PRICE),
        ("300000", "300000", "they_will_not_buy", Standing.BAD, Cure.FLOOR_PRICE),
        ("1000000", "300000", "no_deal", Standing.BAD, Cure.LOWER_COST),
    ],
)
def test_what_mends_a_deal(
    production: str, product: str, verdict: str, standing: Standing, cure: Cure | None
) -> None:
    made = deal(production, product)
    assert (made.verdict, made.standing, made.cure) == (verdict, standing, cure)


def test_the_numbers_beside_it() -> None:
    made = deal("1000000", "1800000")
    assert (made.price, made.cost, made.floor) == pytest.approx((1000000, 1079500, 1349375))
    assert made.highest == pytest.approx(2020000)


def test_a_gain_that_nobody_is_sure_of_is_not_good() -> None:
    sure = "{amount: 800000, grade: fact}"
    text = changed(WHOLE, "value.values.product", sure.replace("fact", "opinion"))
    made = deal_conclusion(ranged(enriched(text, others={"port": PORT})).figures)
    assert made is not None
    assert made.gain.is_about_even
    assert (made.verdict, made.standing) == ("balanced", Standing.WATCH)


@pytest.mark.parametrize(
    ("production", "order"),
    [
        # health is 58, watch: worse than a deal that works, better than one that does not
        ("400000", [Matter.HEALTH, Matter.DEAL]),
        ("1000000", [Matter.DEAL, Matter.HEALTH]),
    ],
)
def test_the_worse_stands_first(production: str, order: list[Matter]) -> None:
    text = changed(WHOLE, "economics.production_cost", production)
    figures = enriched(text, others={"port": PORT}).figures
    assert [part.matter for part in conclusion_of(figures, is_customer=True)] == order


def test_nothing_is_concluded_of_what_is_not_known() -> None:
    text = without(without(WHOLE, "economics.price"), "service")
    figures = enriched(text, others={"port": PORT}).figures
    assert deal_conclusion(figures) is None
    assert Matter.DEAL not in {part.matter for part in conclusion_of(figures, is_customer=True)}


def test_a_prospect_is_judged_by_the_ten_questions() -> None:
    text = changed(WHOLE, "account.status", "prospect")
    pursued = qualification_conclusion(enriched(text).figures)
    assert pursued is not None
    assert (pursued.verdict, pursued.standing, pursued.knock_outs) == (
        "pursue", Standing.GOOD, (),
    )  # fmt: skip
    out = changed(text, "qualification.money.score", "0")
    ruled_out = qualification_conclusion(enriched(out).figures)
    assert ruled_out is not None
    assert (ruled_out.verdict, ruled_out.standing, ruled_out.knock_outs) == (
        "not_qualified", Standing.BAD, ("money",),
    )  # fmt: skip
