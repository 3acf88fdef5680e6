"""When service decides, the triangle, the chain: by hand and at each limit."""

from __future__ import annotations

import pytest

from generator.figures import Figure
from tests.figures.moving import scoring
from tests.figures.small import figure


def service(key: str, text: str) -> Figure:
    return figure(key, f"service: {{{text}}}\n")


MARKET = "market: {product_similarity: 0.5, channel_similarity: 0.6, price_transparency: 0.7}"
TRIANGLE = "triangle: {internal: [4, 3], external: [5], interactive: [2, 4, 3]}"


def test_the_limit_is_a_setting() -> None:
    commoditisation = service("service.commoditisation", MARKET)
    assert [reason.threshold for reason in commoditisation.reasons] == [0.6, 0.6, 0.6]
    assert [(reason.value, reason.line) for reason in commoditisation.reasons][1] == (0.6, 4)
    text = f"service: {{{MARKET}}}\n"
    strict = figure("service.commoditisation", text, with_=scoring(commoditised_from="0.61"))
    assert (strict.note, strict.reasons[0].threshold) == (None, 0.61)
    assert (strict.reasons[0].setting or "").startswith("site_config/scoring.yaml:")


def test_the_sides_say_what_they_are_means_of() -> None:
    triangle = service("service.triangle", TRIANGLE)
    assert [
        (reason.name, reason.value, reason.line, reason.note) for reason in triangle.reasons
    ] == [
        ("service.triangle.internal", 3.5, 4, "mean of 4, 3"),
        ("service.triangle.external", 5, 4, "mean of 5"),
        ("service.triangle.interactive", 3, 4, "mean of 2, 4, 3"),
    ]


@pytest.mark.parametrize(
    "key", ["service.commoditisation", "service.triangle", "service.promise_gap"]
)
def test_an_opinion_makes_them_less_sure(key: str) -> None:
    text = f"{MARKET}, {TRIANGLE}"
    assert service(key, text).confidence == pytest.approx(0.6)
    doubted = service(key, f"{text}, evidence: {{grade: opinion}}")
    assert doubted.confidence == pytest.approx(0.3)


CHAIN = (
    "relationship: {promises: [{what: a, due: 2026-11-01, kept_on: 2026-11-01},"
    " {what: b, due: 2026-11-01}]}\n"
    "service: {cases: [{id: c, due: 2026-11-01, closed: 2026-11-01},"
    " {id: d, due: 2026-11-01, closed: 2026-11-01}, {id: e, due: 2026-11-01, closed: 2026-11-01},"
    " {id: f, due: 2026-11-01, closed: 2026-11-02}],"
    " objects: [{id: x, promised: 4, delivered: DELIVERED}]}\n"
)


@pytest.mark.parametrize(
    ("delivered", "value", "weakest"),
    [
        # half of the promises, three of four cases, delivered at most whole
        (2, 0.1875, "promises_kept"),
        (4, 0.375, "promises_kept"),
        (8, 0.375, "promises_kept"),
        (1, 0.09375, "attainment"),
        (0, 0, "attainment"),
    ],
)
def test_the_chain_is_as_strong_as_all_its_links(
    delivered: int, value: float, weakest: str
) -> None:
    chain = figure("service.chain", CHAIN.replace("DELIVERED", str(delivered)))
    assert (chain.value, chain.unit) == (pytest.approx(value), "share")
    assert chain.note == f"weakest link: service.{weakest}"
    assert [reason.name for reason in chain.reasons] == [
        *("service.promises_kept", "service.cases_on_time", "service.attainment"),
    ]
    assert chain.reasons[-1].value == min(1, delivered / 4)


def test_the_chain_is_as_sure_as_its_links() -> None:
    text = CHAIN.replace("DELIVERED", "2")
    sure = figure("service.chain", text).confidence
    doubted = text.replace("{id: x,", "{id: x, grade: opinion,")
    assert (figure("service.chain", doubted).confidence or 1) < (sure or 0)
