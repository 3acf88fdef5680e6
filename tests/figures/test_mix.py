"""Our offer beside their wish, our place beside the rival's."""

from __future__ import annotations

import math
from typing import Any

import pytest

from generator.figures import Figure
from generator.figures.figure import NOTHING_TO_DIVIDE
from generator.figures.rivals import FOUR_P
from tests.figures.edits import without
from tests.figures.moving import doubted, moved
from tests.figures.small import figure, plan

MIX = """\
mix:
  product:
    offer: 4
    wish: 5
  price:
    offer: 2
    wish: 4.5
  place:
    offer: 5
    wish: 3
  promotion:
    offer: 3
    wish: 3
"""
PLACE = """\
positioning:
  attributes:
    - attribute: Price a cell
      kind: hard
      weight: 3
      ideal: 5
      us: 2
      rival: 4
      own_view: 3
    - attribute: Newness
      kind: soft
      ideal: 4
      us: 3
      rival: 0
      own_view: 5
"""


def less(text: str, dotted: str) -> str:
    return without(plan(text), dotted).split("summary: A sample.\n")[1]


def test_the_gap_by_hand() -> None:
    gap = figure("mix.gap", MIX)
    # wish - offer
    assert gap.value == {"product": 1, "price": 2.5, "place": -2, "promotion": 0}
    assert gap.missing == ()
    assert gap.confidence == pytest.approx(0.6)
    assert [reason.line for reason in gap.reasons] == [7, 6, 10, 9, 13, 12, 16, 15]


def test_the_balance_by_hand() -> None:
    balance = figure("mix.balance", MIX)
    assert (balance.value, balance.unit) == (pytest.approx(0.4), "share")  # 2 / 5
    assert [reason.value for reason in balance.reasons] == [4, 2, 5, 3]


@pytest.mark.parametrize("name", FOUR_P)
@pytest.mark.parametrize("side", ["wish", "offer"])
def test_a_p_that_is_not_told(name: str, side: str) -> None:
    text = less(MIX, f"mix.{name}.{side}")
    gap = figure("mix.gap", text)
    assert gap.missing == (f"mix.{name}.{side}",)
    assert gap.value == {**figure("mix.gap", MIX).value, name: None}
    assert all(reason.value is not None for reason in gap.reasons)
    balance = figure("mix.balance", text)
    assert (balance.value is None) == (side == "offer")
    assert balance.missing == ((f"mix.{name}.offer",) if side == "offer" else ())


def test_nothing_to_compare() -> None:
    gap = figure("mix.gap", "mix: {product: {offer: 3}, price: {wish: 3}}\n")
    assert gap.value is None
    assert gap.missing == (
        "mix.product.wish", "mix.price.offer", "mix.place.wish", "mix.place.offer",
        "mix.promotion.wish", "mix.promotion.offer",
    )  # fmt: skip
    assert len(gap.reasons) == 2
    for key in ("mix.gap", "mix.balance"):
        assert (figure(key, "").value, figure(key, "").missing) == (None, ("mix",))
    assert figure("mix.balance", "").unit == "share"


def test_offers_that_are_all_nought_have_no_balance() -> None:
    text = "mix: {" + ", ".join(f"{name}: {{offer: 0}}" for name in FOUR_P) + "}\n"
    assert figure("mix.balance", text).note == NOTHING_TO_DIVIDE
    assert figure("mix.balance", text.replace("price: {offer: 0}", "price: {offer: 1}")).value == 0


@pytest.mark.parametrize(
    ("key", "dotted", "new", "value"),
    [
        ("mix.gap", "mix.price.wish", "5", {"product": 1, "price": 3, "place": -2, "promotion": 0}),
        ("mix.gap", "mix.product.offer", "0", {"product": 5, "price": 2.5, "place": -2, "promotion": 0}),
        ("mix.balance", "mix.price.offer", "4", 0.6),  # 3 / 5
        ("mix.balance", "mix.place.offer", "1", 0.25),  # 1 / 4
    ],
)  # fmt: skip
def test_an_input_moves_the_mix(key: str, dotted: str, new: str, value: Any) -> None:
    assert moved(key, MIX, dotted, new).value == pytest.approx(value)


@pytest.mark.parametrize("key", ["mix.gap", "mix.balance"])
def test_an_opinion_makes_the_mix_less_sure(key: str) -> None:
    before, after = doubted(key, MIX, "mix.price.offer")
    # a quarter of the inputs counts 0.3
    assert (before, after) == pytest.approx((0.6, 0.525))


def place(key: str, text: str = PLACE) -> Figure:
    return figure(f"positioning.{key}", text)


OURS = math.sqrt((3 * 9 + 1 * 1) / 4)  # 3·(2 - 5)² and 1·(3 - 4)², weights 3 + 1
THEIRS = math.sqrt((3 * 1 + 1 * 16) / 4)  # 3·(4 - 5)² and 1·(0 - 4)²


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("distance", OURS),  # 2.65
        ("lead", THEIRS - OURS),  # 2.18 - 2.65 = -0.47
        ("perception_gap", 1.25),  # (3·(3 - 2) + 1·(5 - 3)) / 4
    ],
)
def test_the_place_by_hand(key: str, value: float) -> None:
    made = place(key)
    assert made.value == pytest.approx(value)
    assert made.missing == ()
    assert made.confidence == pytest.approx(0.6)


def test_reasons_have_their_weight() -> None:
    lead = place("lead")
    assert [(reason.name.rpartition(".")[2], reason.value, reason.line, reason.weight) for reason in lead.reasons] == [
        ("us", 2, 10, 3), ("rival", 4, 11, 3), ("ideal", 5, 9, 3), ("weight", 3, 8, None),
        ("us", 3, 16, 1), ("rival", 0, 17, 1), ("ideal", 4, 15, 1),
    ]  # fmt: skip
    assert lead.reasons[0].name == "positioning.attributes.Price a cell.us"


@pytest.mark.parametrize(
    ("lacks", "keys"),
    [
        ("us", {"distance", "lead", "perception_gap"}),
        ("ideal", {"distance", "lead"}),
        ("rival", {"lead"}),
        ("own_view", {"perception_gap"}),
        ("weight", set()),
    ],
)
def test_what_an_attribute_lacks(lacks: str, keys: set[str]) -> None:
    text = less(PLACE, f"positioning.attributes.0.{lacks}")
    for key in ("distance", "lead", "perception_gap"):
        made = place(key, text)
        missing = (f"positioning.attributes.Price a cell.{lacks}",) if key in keys else ()
        assert made.missing == missing
        assert (made.value is None) == (key in keys)


def test_a_weight_that_is_not_written_is_one() -> None:
    text = less(PLACE, "positioning.attributes.0.weight")
    # the root of the mean of 9 and 1
    assert place("distance", text).value == pytest.approx(math.sqrt(5))
    # the mean of 1 and 2
    assert place("perception_gap", text).value == pytest.approx(1.5)


@pytest.mark.parametrize("key", ["distance", "lead", "perception_gap"])
def test_no_attribute(key: str) -> None:
    for sections in ("", "positioning: {place: The cheapest good part}\n"):
        assert place(key, sections).missing == ("positioning.attributes",)
    made = place(key, "positioning: {attributes: []}\n")
    assert (made.value, made.missing, made.note) == (None, (), NOTHING_TO_DIVIDE)
    text = "positioning: {attributes: [{attribute: A, weight: 0, ideal: 1, us: 2, rival: 3, own_view: 4}]}\n"  # fmt: skip
    made = place(key, text)
    assert (made.value, made.note) == (None, NOTHING_TO_DIVIDE)
    assert made.reasons


@pytest.mark.parametrize(
    ("key", "field", "new", "value"),
    [
        ("distance", "us", "4", 1),  # (3·1 + 1) / 4
        ("distance", "ideal", "4", math.sqrt(13 / 4)),  # (3·4 + 1) / 4
        ("distance", "weight", "1", math.sqrt(5)),  # (9 + 1) / 2
        ("lead", "rival", "5", 2 - OURS),  # (3·0 + 16) / 4
        ("lead", "us", "5", THEIRS - 0.5),  # (3·0 + 1) / 4
        ("perception_gap", "own_view", "2", 0.5),  # (0 + 2) / 4
        ("perception_gap", "us", "5", -1),  # (3·-2 + 2) / 4
    ],
)
def test_an_input_moves_the_place(key: str, field: str, new: str, value: float) -> None:
    made = moved(f"positioning.{key}", PLACE, f"positioning.attributes.0.{field}", new)
    assert made.value == pytest.approx(value)


def test_one_attribute_where_all_agree() -> None:
    text = "positioning: {attributes: [{attribute: A, weight: 2, ideal: 3, us: 3, rival: 3, own_view: 3}]}\n"  # fmt: skip
    assert [place(key, text).value for key in ("distance", "lead", "perception_gap")] == [0, 0, 0]
