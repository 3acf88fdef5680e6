"""Bands of a scale, pieces of a whole, the terms of a sum."""

from __future__ import annotations

import pytest

from generator.figures.definitions import DEFINITIONS
from generator.figures.formula import in_words
from generator.pages.drawings.explained import Band, Slice, Term, scale, terms, whole

MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("top", "starts", "widths"),
    [
        (100, (0, 50, 70), (50, 20, 30)),
        (60, (10, 20, 35), (20, 30, 50)),  # from 10 to 60: 10, 15 and 25 of 50
        (100, (0,), (100,)),
        (100, (0, 80, 60), (80, 0, 40)),  # limits the wrong way round make no band, not a wrong one
        (5, (5,), (0,)),
    ],
)
def test_a_band_is_as_wide_as_it_is_long(
    top: float, starts: tuple[float, ...], widths: tuple[float, ...]
) -> None:
    made = scale(top, *((f"from {start}", "good", start) for start in starts))
    assert made == tuple(
        Band(f"from {start}", "good", start, width)
        for start, width in zip(starts, widths, strict=True)
    )


def test_pieces_are_parts_of_their_sum_or_of_a_longer_whole() -> None:
    pieces = {"a": 30.0, "b": 10.0}
    assert whole(pieces.items()) == (Slice("a", "p0", 30, 75), Slice("b", "p1", 10, 25))
    assert whole(pieces.items(), 80, "k") == (
        Slice("a", "k0", 30, 37.5),
        Slice("b", "k1", 10, 12.5),
    )
    assert whole({"a": 0.0}.items()) == (Slice("a", "p0", 0, 0),)


@pytest.mark.parametrize(
    ("key", "made"),
    [
        (
            "deal.seller_cost",
            [
                ("", "production", ""),
                ("+", "marketing", ""),
                ("+", "cost to serve", "service.cost_to_serve"),
                ("+", "our expected loss", "risk.own_expected_loss"),
                ("+", "cost of measures", "risk.measure_cost"),
            ],
        ),
        (
            "control.contribution",
            [
                ("", "revenue", ""),
                (MINUS, "discounts booked", ""),
                (MINUS, "production", ""),
                (MINUS, "marketing", ""),
                (MINUS, "cost to serve", "service.cost_to_serve"),
                (MINUS, "development", ""),
            ],
        ),
        ("deal.break_even", [("", "delivered value / what they get", "value.total_value")]),
    ],
)
def test_a_sum_is_cut_at_its_signs(key: str, made: list[tuple[str, str, str]]) -> None:
    assert list(terms(in_words(DEFINITIONS[key]))) == [Term(*term) for term in made]
