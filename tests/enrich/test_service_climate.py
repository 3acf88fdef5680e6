"""When service decides, the triangle, the chain: by hand and at each limit."""

from __future__ import annotations

import pytest

from generator.enrich import Figure
from tests.enrich.moving import scoring
from tests.enrich.small import figure


def service(key: str, text: str) -> Figure:
    return figure(key, f"service: {{{text}}}\n")


MARKET = "market: {product_similarity: 0.5, channel_similarity: 0.6, price_transparency: 0.7}"
TRIANGLE = "triangle: {internal: [4, 3], external: [5], interactive: [2, 4, 3]}"


@pytest.mark.parametrize(
    ("market", "value", "note"),
    [
        # (0.5 + 0.6 + 0.7) / 3 is the limit itself: service decides
        (MARKET, 0.6, "service decides"),
        (MARKET.replace("0.5", "0.47"), 0.59, None),
        (MARKET.replace("0.5", "0.8"), 0.7, "service decides"),
    ],
)
def test_whether_service_decides(market: str, value: float, note: str | None) -> None:
    found = service("service.commoditisation", market)
    assert (found.value, found.note) == (pytest.approx(value), note)
    assert [one.threshold for one in found.reasons] == [0.6, 0.6, 0.6]
    assert found.reasons[1].value == 0.6
    assert found.reasons[1].line == 4
    assert found.unit == "share"


def test_the_limit_is_a_setting() -> None:
    text = f"service: {{{MARKET}}}\n"
    strict = figure("service.commoditisation", text, with_=scoring(commoditised_from="0.61"))
    assert (strict.note, strict.reasons[0].threshold) == (None, 0.61)
    assert (strict.reasons[0].setting or "").startswith("site_config/scoring.yaml:")


@pytest.mark.parametrize(
    ("triangle", "value", "weakest"),
    [
        # means 3.5, 5 and 3: the lowest of 5
        (TRIANGLE, 60, "interactive"),
        (TRIANGLE.replace("[5]", "[1]"), 20, "external"),
        (TRIANGLE.replace("[4, 3]", "[2, 0, 2.5]"), 30, "internal"),
        # even: the first
        ("triangle: {internal: [4], external: [4], interactive: [4]}", 80, "internal"),
        (TRIANGLE.replace("[5]", "[0]"), 0, "external"),
    ],
)
def test_the_triangle_is_as_good_as_its_weakest_side(
    triangle: str, value: float, weakest: str
) -> None:
    found = service("service.triangle", triangle)
    assert (found.value, found.note) == (pytest.approx(value), f"weakest side: {weakest}")
    assert found.unit == "of 100"


def test_the_sides_say_what_they_are_means_of() -> None:
    found = service("service.triangle", TRIANGLE)
    assert [(one.name, one.value, one.line, one.note) for one in found.reasons] == [
        ("service.triangle.internal", 3.5, 4, "mean of 4, 3"),
        ("service.triangle.external", 5, 4, "mean of 5"),
        ("service.triangle.interactive", 3, 4, "mean of 2, 4, 3"),
    ]


def test_what_is_promised_beyond_what_is_done() -> None:
    gap = service("service.promise_gap", TRIANGLE)
    assert (gap.value, gap.unit) == (pytest.approx(2), "points")
    # 1 promised, 3 done
    assert service("service.promise_gap", TRIANGLE.replace("[5]", "[1]")).value == -2
    # our own people have no part in it
    assert service("service.promise_gap", TRIANGLE.replace("internal: [4, 3], ", "")).value == 2
    assert len(gap.reasons) == 2


@pytest.mark.parametrize(
    "key", ["service.commoditisation", "service.triangle", "service.promise_gap"]
)
def test_an_opinion_makes_them_less_sure(key: str) -> None:
    text = f"{MARKET}, {TRIANGLE}"
    assert service(key, text).confidence == pytest.approx(0.6)
    doubted = service(key, f"{text}, evidence: {{grade: opinion}}")
    assert doubted.confidence == pytest.approx(0.3)


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
    found = figure("service.chain", CHAIN.replace("DELIVERED", str(delivered)))
    assert (found.value, found.unit) == (pytest.approx(value), "share")
    assert found.note == f"weakest link: service.{weakest}"
    assert [one.name for one in found.reasons] == [
        *("service.promises_kept", "service.cases_on_time", "service.attainment"),
    ]
    assert found.reasons[-1].value == min(1, delivered / 4)


def test_what_the_chain_lacks() -> None:
    found = figure("service.chain", CHAIN.replace("DELIVERED", "2").partition("service")[0])
    assert (found.value, found.missing) == (None, ("service.cases", "service.objects"))
    assert found.note is None
    nothing_due = CHAIN.replace("2026-11-01", "2026-12-01").replace("DELIVERED", "2")
    found = figure("service.chain", nothing_due)
    assert (found.value, found.note, found.missing) == (None, "nothing was due", ())
    both = figure(
        "service.chain",
        nothing_due.replace("objects: [{id: x, promised: 4,", "objects: [{id: x,").replace(
            " delivered: 2}", "}"
        ),
    )
    assert both.note == "nothing was due"
    assert both.missing == ("service.objects.promised", "service.objects.delivered")


def test_the_chain_is_as_sure_as_its_links() -> None:
    text = CHAIN.replace("DELIVERED", "2")
    sure = figure("service.chain", text).confidence
    doubted = text.replace("{id: x,", "{id: x, grade: opinion,")
    assert (figure("service.chain", doubted).confidence or 1) < (sure or 0)
