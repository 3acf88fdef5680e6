"""Levels of the product, levers of the deal, the climate of service: by hand and at each limit."""

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


def service(key: str, text: str) -> Figure:
    return figure(key, f"service: {{{text}}}\n")


MARKET = "market: {product_similarity: 0.5, channel_similarity: 0.6, price_transparency: 0.7}"
TRIANGLE = "triangle: {internal: [4, 3], external: [5], interactive: [2, 4, 3]}"


def test_likeness_and_the_triangle_by_hand() -> None:
    found = service("service.commoditisation", MARKET)
    assert found.value == pytest.approx(0.6)
    assert [one.threshold for one in found.reasons] == [0.6, 0.6, 0.6]
    # means 3.5, 5 and 3: the lowest of 5
    triangle = service("service.triangle", TRIANGLE)
    assert (triangle.value, triangle.note) == (pytest.approx(60), "weakest side: interactive")
    assert triangle.reasons[0].note == "mean of 4, 3"
    assert service("service.promise_gap", TRIANGLE).value == pytest.approx(2)


def test_what_the_climate_lacks() -> None:
    lacking = MARKET.replace("channel_similarity: 0.6, ", "")
    missing = ("service.market.channel_similarity",)
    assert service("service.commoditisation", lacking).missing == missing
    half = TRIANGLE.replace("interactive: [2, 4, 3]", "interactive: []")
    assert service("service.triangle", half).missing == ("service.triangle.interactive",)
    assert figure("service.promise_gap").missing == (
        "service.triangle.external",
        "service.triangle.interactive",
    )


CHAIN = (
    "relationship: {promises: [{what: a, due: 2026-11-01, kept_on: 2026-11-01},"
    " {what: b, due: 2026-11-01}]}\n"
    "service: {cases: [{id: c, due: 2026-11-01, closed: 2026-11-01},"
    " {id: d, due: 2026-11-01, closed: 2026-11-01}, {id: e, due: 2026-11-01, closed: 2026-11-01},"
    " {id: f, due: 2026-11-01, closed: 2026-11-02}],"
    " objects: [{id: x, promised: 4, delivered: DELIVERED}]}\n"
)


@pytest.mark.parametrize(("delivered", "value"), [(2, 0.1875), (4, 0.375), (8, 0.375)])
def test_the_chain_is_as_strong_as_all_its_links(delivered: int, value: float) -> None:
    # half of the promises, three of four cases, delivered at most whole
    found = figure("service.chain", CHAIN.replace("DELIVERED", str(delivered)))
    assert found.value == pytest.approx(value)
    assert found.note == "weakest link: service.promises_kept"


def test_what_the_chain_lacks() -> None:
    found = figure("service.chain", CHAIN.replace("DELIVERED", "2").partition("service")[0])
    assert found.missing == ("service.cases", "service.objects")
    nothing_due = CHAIN.replace("2026-11-01", "2026-12-01").replace("DELIVERED", "2")
    assert figure("service.chain", nothing_due).note == "nothing was due"
