"""What findings amount to: the share of rules that hold, and the rules whose numbers disagree."""

from __future__ import annotations

from generator.figures import Reason
from generator.figures.findings import completeness, contradictions


def rule(name: str, *, holds: bool) -> Reason:
    return Reason(name=name, value=holds)


def test_completeness_is_the_share_of_rules_that_hold() -> None:
    rules = [rule("a", holds=True), rule("b", holds=True), rule("c", holds=False)]
    rules.append(rule("d", holds=True))
    complete = completeness(rules)
    assert (complete.value, complete.unit, complete.confidence) == (75, "of 100", 1)
    assert complete.reasons == tuple(rules)
    nothing = completeness([])
    assert (nothing.value, nothing.note) == (None, "no rule applies")


def test_a_rule_whose_numbers_disagree_twice_is_named_once() -> None:
    ours, theirs = Reason("ours", 1, confidence=0.5), Reason("theirs", 2, confidence=1.0)
    contradicted = contradictions(["a", "b", "a"], [ours, theirs, ours])
    assert (contradicted.value, contradicted.reasons) == (("a", "b"), (ours, theirs))
    assert contradicted.confidence == (0.5 + 1 + 0.5) / 3
    none = contradictions([], [])
    assert (none.value, none.reasons, none.confidence) == ((), (), None)
