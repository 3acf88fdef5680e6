"""Levels of the product and nine levers of the deal: by hand and at each limit."""

from __future__ import annotations

import pytest

from generator.enrich import Figure
from generator.enrich.product import FACTORS, LEVELS
from tests.enrich.small import figure


def levels(key: str, *pairs: tuple[float, float]) -> Figure:
    rows = ", ".join(
        f"{name}: {{us: {us}, rival: {rival}}}"
        for name, (us, rival) in zip(LEVELS, pairs, strict=False)
    )
    return figure(key, f"value:\n  levels: {{{rows}}}\n")


PAIRS = ((4, 4), (3, 2), (3, 5), (2.9, 1), (5, 5))


def test_five_levels_by_hand() -> None:
    assert levels("product.gaps", *PAIRS).value == {
        "core": 0,
        "basic": 1,
        "expected": -2,
        "augmented": pytest.approx(1.9),
        "potential": 0,
    }
    # 2.9 is below 3: what is above it does not count
    assert levels("product.complete_level", *PAIRS).value == "expected"
    assert levels("product.first_difference", *PAIRS).value == "basic"


@pytest.mark.parametrize(("core", "found"), [(3, "expected"), (2.99, "none"), (5, "expected")])
def test_a_level_holds_only_on_those_below(core: float, found: str) -> None:
    assert levels("product.complete_level", (core, 1), *PAIRS[1:]).value == found
    assert levels("product.complete_level", *(((3, 3),) * 5)).value == "potential"
    assert levels("product.first_difference", *(((3, 3),) * 5)).value == "none"


def test_what_the_levels_lack() -> None:
    for key in ("product.gaps", "product.complete_level", "product.first_difference"):
        assert figure(key).missing == ("value.levels",)
    short = levels("product.gaps", *PAIRS[:4])
    assert short.missing == ("value.levels.potential.us", "value.levels.potential.rival")
    assert levels("product.complete_level", *PAIRS).reasons[0].threshold == 3


def factors(key: str, *scores: float) -> Figure:
    rows = ", ".join(
        f"{name}: {{score: {score}}}" for name, score in zip(FACTORS, scores, strict=False)
    )
    return figure(key, f"value:\n  win_factors: {{{rows}}}\n")


def test_nine_levers_by_hand() -> None:
    scores = (3, 4, 1, 5, 2, 4, 4, 1, 3)
    # 27 of 45
    assert factors("deal.win_factors", *scores).value == pytest.approx(60)
    assert factors("deal.weakest_factors", *scores).value == ("service", "selling")
    assert factors("deal.weakest_factors", *((2,) * 9)).value == ("promotion", "communication")
    assert factors("deal.win_factors", *scores[:8]).missing == (
        "value.win_factors.marketing.score",
    )
    assert figure("deal.weakest_factors").missing == ("value.win_factors",)
    assert factors("deal.win_factors", *scores).reasons[0].line == 5


def test_levels_and_levers_say_where_they_stand() -> None:
    gaps = levels("product.gaps", *PAIRS)
    assert gaps.unit == "points"
    assert [(one.name, one.value, one.line) for one in gaps.reasons[:4]] == [
        ("value.levels.core.us", 4, 5),
        ("value.levels.core.rival", 4, 5),
        ("value.levels.basic.us", 3, 5),
        ("value.levels.basic.rival", 2, 5),
    ]
    assert factors("deal.win_factors", *((4,) * 9)).reasons[0].threshold == 3


def test_only_the_ratings_that_count_are_needed() -> None:
    # what a rival has says nothing of how complete we are
    rows = ", ".join(f"{name}: {{us: 3}}" for name in LEVELS)
    text = f"value:\n  levels: {{{rows}}}\n"
    assert figure("product.complete_level", text).value == "potential"
    assert len(figure("product.gaps", text).missing) == 5


@pytest.mark.parametrize("key", ["product.gaps", "product.complete_level", "deal.win_factors"])
def test_an_opinion_makes_them_less_sure(key: str) -> None:
    rated = ", ".join(f"{name}: {{us: 3, rival: 2}}" for name in LEVELS)
    scored = ", ".join(f"{name}: {{score: 3}}" for name in FACTORS)
    text = f"value:\n  levels: {{{rated}}}\n  win_factors: {{{scored}}}\n"
    doubted = text + "  evidence: {grade: opinion}\n"
    assert figure(key, text).confidence == pytest.approx(0.6)
    assert figure(key, doubted).confidence == pytest.approx(0.3)
