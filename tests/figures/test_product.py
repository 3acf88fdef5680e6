"""Levels of the product and nine levers of the deal: by hand and at each limit."""

from __future__ import annotations

import pytest

from generator.figures import Figure
from generator.figures.levers import FACTORS, LEVELS
from tests.figures.small import figure


def levels(key: str, *pairs: tuple[float, float]) -> Figure:
    rows = ", ".join(
        f"{name}: {{us: {us}, rival: {rival}}}"
        for name, (us, rival) in zip(LEVELS, pairs, strict=False)
    )
    return figure(key, f"value:\n  levels: {{{rows}}}\n")


PAIRS = ((4, 4), (3, 2), (3, 5), (2.9, 1), (5, 5))


def factors(key: str, *scores: float) -> Figure:
    rows = ", ".join(
        f"{name}: {{score: {score}}}" for name, score in zip(FACTORS, scores, strict=False)
    )
    return figure(key, f"value:\n  win_factors: {{{rows}}}\n")


def test_levels_and_levers_say_where_they_stand() -> None:
    gaps = levels("product.gaps", *PAIRS)
    assert gaps.unit == "points"
    assert levels("product.complete_level", *PAIRS).reasons[0].threshold == 3
    assert [(reason.name, reason.value, reason.line) for reason in gaps.reasons[:4]] == [
        ("value.levels.core.us", 4, 5),
        ("value.levels.core.rival", 4, 5),
        ("value.levels.basic.us", 3, 5),
        ("value.levels.basic.rival", 2, 5),
    ]
    assert factors("deal.win_factors", *((4,) * 9)).reasons[0].threshold == 3


@pytest.mark.parametrize("key", ["product.gaps", "product.complete_level", "deal.win_factors"])
def test_an_opinion_makes_them_less_sure(key: str) -> None:
    rated = ", ".join(f"{name}: {{us: 3, rival: 2}}" for name in LEVELS)
    scored = ", ".join(f"{name}: {{score: 3}}" for name in FACTORS)
    text = f"value:\n  levels: {{{rated}}}\n  win_factors: {{{scored}}}\n"
    doubted = text + "  evidence: {grade: opinion}\n"
    assert figure(key, text).confidence == pytest.approx(0.6)
    assert figure(key, doubted).confidence == pytest.approx(0.3)
