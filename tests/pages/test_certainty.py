"""How sure a number is, in sentences: where it lies, what that rests on, what to find out first."""

from __future__ import annotations

import json

import pytest

from generator.figures import Figure, Reason
from generator.figures.figure import Carrier
from generator.figures.ranges import ranged
from generator.language import ENGLISH, speaking
from generator.outputs.report.account import account_json
from generator.pages.words import certainty_sentences, even_sentences, mark_of
from tests.figures.small import portfolio
from tests.figures.test_ranges import SIX


def money(value: float, low: float | None, high: float | None, grade: str = "estimate") -> Figure:
    """An amount with a range, which one fact carries."""
    fact = Reason("economics.price", 100.0, grade=grade)
    return Figure(
        key="deal.our_margin",
        value=value,
        unit="EUR a year",
        low=low,
        high=high,
        confidence=0.4,
        carriers=(Carrier(fact, 0.75), Carrier(fact, 0.25)),
    )


@pytest.mark.parametrize(
    ("figure", "sentences"),
    [
        (
            money(20_000, -195_000, 235_000, "opinion"),
            (
                "Four times in five it lies between −195 k and 235 k",
                "It rests on opinion",
                "Find out first: price (75 % of the doubt)",
            ),
        ),
        # sure enough: nothing to find out
        (
            Figure(
                value=5.0,
                key="deal.our_margin",
                unit="EUR a year",
                low=4.0,
                high=6.0,
                confidence=0.8,
            ),
            ("Four times in five it lies between 4 and 6",),
        ),
        (
            Figure(
                value="balanced",
                key="deal.verdict",
                confidence=0.54,
                carriers=(Carrier(Reason("economics.price", 1.0, grade="fact"), 1.0),),
            ),
            (
                "The chance that this stands is 54 %",
                "Find out first: price (100 % of the doubt)",
            ),
        ),
        (
            Figure(
                value="balanced",
                key="deal.verdict",
                confidence=0.9999,
                carriers=(Carrier(Reason("economics.price", 1.0, grade="fact"), 1.0),),
            ),
            ("The chance that this stands is above 99 %",),
        ),
        # a mean of grades: nothing is said
        (Figure(value=3, key="relationship.threads", confidence=0.6), ()),
    ],
)
def test_how_sure_a_figure_is(figure: Figure, sentences: tuple[str, ...]) -> None:
    with speaking(ENGLISH):
        said = certainty_sentences(figure)
    assert tuple(text.replace("\u202f", " ").replace("\u00a0", " ") for text in said) == sentences


def share(value: float) -> Figure:
    return Figure(value=value, key="deal.break_even", unit="share")


@pytest.mark.parametrize(
    ("gain", "break_even", "margin", "sentences"),
    [
        (
            money(20_000, -195_000, 235_000, "opinion"),
            0.02,
            money(5, 1, 9),
            (
                (
                    "About even: their gain rests on opinions; if they value us 2 % less, they gain"
                    " nothing."
                ),
            ),
        ),
        (
            money(20_000, -1, 41_000),
            0.02,
            money(5, 1, 9),
            ("About even: if they value us 2 % less, they gain nothing.",),
        ),
        (
            money(-20_000, -41_000, 1, "opinion"),
            -0.02,
            money(5, 1, 9),
            ("About even: their loss rests on opinions; if they value us 2 % more, they gain.",),
        ),
        (
            money(-20_000, -41_000, 1),
            -0.02,
            money(5, -1, 11),
            (
                "About even: if they value us 2 % more, they gain.",
                "About even for us: nobody can say yet whether we earn.",
            ),
        ),
        # its range ends at 0, or is not known
        (money(20_000, 0, 40_000), 0.02, money(5, None, None), ()),
    ],
)
def test_where_nobody_can_say_who_gains(
    gain: Figure, break_even: float, margin: Figure, sentences: tuple[str, ...]
) -> None:
    with speaking(ENGLISH):
        said = even_sentences(gain, share(break_even), margin)
    assert tuple(text.replace("\u202f", " ").replace("\u00a0", " ") for text in said) == sentences


def test_json_says_it_as_data() -> None:
    account = portfolio({"acme": SIX}).account("acme")
    assert account is not None
    figure = json.loads(account_json(ranged(account)))["figures"]["value.delivered_value"]
    assert round(figure["low"]) == -194_735
    assert round(figure["high"]) == 234_735
    assert figure["rests_on_opinion"] is True
    first = figure["find_out_first"]
    assert (first["name"], first["path"], first["line"]) == (
        "value.values.product",
        "playbooks/acme.yaml",
        7,
    )
    assert round(first["carries"], 3) == 0.164
    price = json.loads(account_json(ranged(account)))["figures"]["deal.our_margin"]
    assert (price["low"], price["high"], price["find_out_first"]) == (None, None, None)


@pytest.mark.parametrize(
    ("value", "has_mark"), [((), False), ({}, False), (("late",), True), (0.0, True)]
)
def test_what_lists_nothing_has_no_confidence(value: object, has_mark: bool) -> None:
    reasons = (Reason("economics.price", 100.0),)
    figure = Figure(key="environment.watch", value=value, confidence=0.4, reasons=reasons)
    assert (mark_of(figure) is not None) is has_mark


@pytest.mark.parametrize(
    ("value", "carriers", "confidence", "level"),
    [
        ("A", True, 0.5, 1),
        ("A", True, 0.65, 2),
        ("A", True, 0.8, 3),
        ("A", False, 0.5, 2),
        (12.0, True, 0.5, 2),
    ],
)
def test_a_word_that_a_coin_could_say_is_not_fairly_sure(
    value: object, carriers: bool, confidence: float, level: int
) -> None:
    fact = Reason(name="economics.price", value=1)
    figure = Figure(
        value=value,
        confidence=confidence,
        reasons=(fact,),
        carriers=(Carrier(fact, 1.0),) if carriers else (),
    )
    told = mark_of(figure)
    assert told is not None
    assert told.level == level
