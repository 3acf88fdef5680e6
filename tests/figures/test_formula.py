"""Figures that a formula names by their titles."""

from __future__ import annotations

import pytest

from generator.figures.definitions import DEFINITIONS
from generator.figures.formula import in_words, named_in
from generator.language import say, speaking
from tests.workspace import shipped_chinese

CHINESE = shipped_chinese()


def cut(key: str) -> list[tuple[str, str | None]]:
    """A formula's words with the key of the figure that they name."""
    return [
        (part.text, part.names.key if part.names else None) for part in in_words(DEFINITIONS[key])
    ]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("deal.our_margin", [("price - ", None), ("our full cost", "deal.seller_cost")]),
        (
            "deal.window",
            [
                ("their highest price", "deal.price_max"),
                (" - ", None),
                ("our full cost", "deal.seller_cost"),
            ],
        ),
        (
            "deal.break_even",
            [
                ("delivered value", "value.delivered_value"),
                (" / ", None),
                ("what they get", "value.total_value"),
            ],
        ),
        # the longer of 'Their risk' and 'Their risk after measures', here in the plural
        (
            "group.their_loss",
            [
                ("sum of ", None),
                ("their risks after measures", "risk.customer_residual"),
                (
                    " over the group's customers; prospects apart, times win probability",
                    None,
                ),
            ],
        ),
        (
            "health.change",
            [
                ("health", "health"),
                (
                    " less that of some days ago as known then, by signals known on both days",
                    None,
                ),
            ],
        ),
    ],
)
def test_a_formula_is_cut_at_the_figures_it_names(
    key: str, words: list[tuple[str, str | None]]
) -> None:
    assert cut(key) == words


@pytest.mark.parametrize(
    "key",
    [
        "sales.pipeline",  # 'deals' are entries; the figure 'Deal' is a verdict
        "value.lead",  # "best alternative's" is a part of it, not the figure
        "value.delivered_value",  # 'values' and 'costs' alone are no titles
        "relationship.overdue",
    ],
)
def test_words_that_only_look_like_a_title_name_nothing(key: str) -> None:
    assert named_in(DEFINITIONS[key]) == ()


def test_no_figure_names_itself_and_no_word_is_lost() -> None:
    for key, figure in DEFINITIONS.items():
        parts = list(in_words(figure))
        assert "".join(part.text for part in parts) == figure.formula, key
        assert figure not in named_in(figure), key


def test_the_chinese_formula_names_the_same_figures() -> None:
    with speaking(CHINESE):
        for key, figure in DEFINITIONS.items():
            parts = list(in_words(figure))
            assert "".join(part.text for part in parts) == say(figure.formula), key
            names = {part.names.key for part in parts if part.names}
            assert names == {named.key for named in named_in(figure)}, key
