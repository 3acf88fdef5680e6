"""The newest answer on trust and on buying again, and how trust has changed."""

from __future__ import annotations

import pytest

from tests.figures.moving import doubted, moved, scoring
from tests.figures.small import figure

TRUST, CHANGE, AGAIN = (f"relationship.{name}" for name in ("trust", "trust_change", "buy_again"))
ANSWERS = """\
relationship:
  trust:
    - date: 2026-10-29
      trust: 2.5
      buy_again: 6
      grade: fact
    - date: 2026-01-10
      trust: 4.5
      buy_again: 9
      grade: fact
    - date: 2026-07-31
      trust: 3
      buy_again: 7
    - date: 2026-08-01
      trust: 3.5
    - date: 2026-11-24
      trust: 5
      buy_again: 10
"""


def answers(*entries: str) -> str:
    return f"relationship: {{trust: [{', '.join(f'{{{entry}}}' for entry in entries)}]}}\n"


def test_the_newest_answers() -> None:
    # what is dated tomorrow has not been said
    made = figure(TRUST, ANSWERS)
    assert (made.value, made.unit, made.missing) == (2.5, "of 5", ())
    assert [
        (reason.name.rpartition(".")[2], reason.line, reason.note) for reason in made.reasons
    ] == [
        ("trust", 7, "2026-10-29"),
        ("date", 6, None),
    ]
    assert made.confidence == pytest.approx(1)
    again = figure(AGAIN, ANSWERS)
    assert (again.value, again.unit, again.reasons[0].line) == (6, "of 10", 8)


def test_the_change_by_hand() -> None:
    # 90 days before 29 October are 31 July, where it was 3: 2.5 - 3; 1 August is too near
    made = figure(CHANGE, ANSWERS)
    assert (made.value, made.unit) == (-0.5, "of 5")
    assert [reason.line for reason in made.reasons] == [7, 6, 15, 14, None]
    assert [reason.value for reason in made.reasons if reason.setting] == [90]
    # two facts, two without a grade
    assert made.confidence == pytest.approx((1 + 1 + 0.6 + 0.6) / 4)
    # 89 days: 1 August is far enough; 91: only January is
    assert figure(CHANGE, ANSWERS, with_=scoring(window_days="89")).value == -1
    assert figure(CHANGE, ANSWERS, with_=scoring(window_days="91")).value == -2


@pytest.mark.parametrize(
    ("key", "dotted", "new", "value"),
    [
        (TRUST, "0.trust", "4", 4),
        (TRUST, "3.date", "2026-10-30", 3.5),
        (AGAIN, "0.buy_again", "1", 1),
        (CHANGE, "0.trust", "4", 1),
        (CHANGE, "2.trust", "1", 1.5),
        (CHANGE, "2.date", "2026-07-30", -0.5),
    ],
)
def test_an_input_moves_it(key: str, dotted: str, new: str, value: float) -> None:
    assert moved(key, ANSWERS, f"relationship.trust.{dotted}", new).value == value


def test_one_answer_is_shown_though_there_is_no_change() -> None:
    made = figure(CHANGE, answers("date: 2026-11-01, trust: 3", "date: 2026-09-01, trust: 4"))
    assert [reason.value for reason in made.reasons if reason.name.endswith(".trust")] == [3]


def test_an_opinion_is_less_sure() -> None:
    text = ANSWERS.replace("      grade: fact\n", "")
    assert doubted(TRUST, text, "relationship.trust.0.buy_again") == pytest.approx((0.6, 0.3))
    assert doubted(CHANGE, text, "relationship.trust.2.buy_again") == pytest.approx((0.6, 0.45))
    assert doubted(AGAIN, text, "relationship.trust.0.buy_again") == pytest.approx((0.6, 0.3))


def test_an_answer_to_compare_with_does_not_grow_old_the_newest_does() -> None:
    text = answers("date: 2026-01-02, trust: 3", "date: 2025-01-01, trust: 2, grade: fact")
    made = figure(CHANGE, text)
    assert [reason.stale for reason in made.reasons if reason.line] == [True, True, False, False]
    # 0.6 halved by its age; a fact
    assert made.confidence == pytest.approx((0.3 + 0.3 + 1 + 1) / 4)
    assert figure(TRUST, text).confidence == pytest.approx(0.3)
