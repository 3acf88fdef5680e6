"""Reasons for and against buying, by who says them; what is answered."""

from __future__ import annotations

import pytest

from generator.figures import Figure
from generator.figures.figure import NOTHING_TO_DIVIDE
from tests.figures.edits import without
from tests.figures.moving import moved
from tests.figures.small import enriched, figure, plan

PEOPLE = """\
relationship:
  contacts:
    - id: jitka
      name: Jitka
      influence: 5
    - id: radek
      name: Radek
      influence: 2
    - id: milan
      name: Milan
"""
WHY = """\
buying:
  reasons:
    - reason: Dearer
      contact: jitka
      strength: -3
      way: Cost per good part
    - reason: Less scrap
      contact: radek
      strength: 3
    - reason: Another audit
      contact: milan
      strength: -1
    - reason: Known for years
      strength: 2
    - reason: All the same
      contact: radek
      strength: 0
"""
ALL = PEOPLE + WHY


def force(text: str = ALL) -> Figure:
    return figure("buying.net_force", text)


def coverage(text: str = ALL) -> Figure:
    return figure("buying.coverage", text)


def one(strength: str, more: str = "") -> str:
    return f"buying: {{reasons: [{{reason: A, strength: {strength}{more}}}]}}\n"


def test_net_force_by_hand() -> None:
    # 5·-3 + 2·3 + 1·-1 + 1·2 + 2·0 = -8; 5 + 2 + 1 + 1 + 2 = 11
    net_force = force()
    assert (net_force.value, net_force.missing, net_force.note) == (
        pytest.approx(-8 / 11),
        (),
        None,
    )
    assert net_force.confidence == pytest.approx(0.6)


def test_reasons_say_who_and_how_much() -> None:
    net_force = force()
    assert [(r.name, r.value, r.line, r.weight) for r in net_force.reasons] == [
        ("buying.reasons.Dearer.strength", -3, 18, 5),
        ("buying.reasons.Dearer.contact", "jitka", 17, None),
        ("relationship.contacts.jitka.influence", 5, 8, None),
        ("buying.reasons.Less scrap.strength", 3, 22, 2),
        ("buying.reasons.Less scrap.contact", "radek", 21, None),
        ("relationship.contacts.radek.influence", 2, 11, None),
        ("buying.reasons.Another audit.strength", -1, 25, 1),
        ("buying.reasons.Another audit.contact", "milan", 24, None),
        ("buying.reasons.Known for years.strength", 2, 27, 1),
        ("buying.reasons.All the same.strength", 0, 30, 2),
        ("buying.reasons.All the same.contact", "radek", 29, None),
    ]


def test_coverage_by_hand() -> None:
    # two against, one of them with a way
    answered = coverage()
    assert (answered.value, answered.unit) == (0.5, "share")
    assert answered.note == "no answer yet to: Another audit"
    assert [r.value for r in answered.reasons] == [-3, "Cost per good part", 3, -1, 2, 0]


@pytest.mark.parametrize(
    ("more", "value", "note"),
    [
        ("", 0, "no answer yet to: A"),
        (", way: Show them", 1, None),
        (", action: a", 1, None),
        (", action: a, way: Show them", 1, None),
    ],
)
def test_an_action_or_a_way_answers(more: str, value: float, note: str | None) -> None:
    answered = coverage(one("-1", more) + "actions: [{id: a, what: Do it}]\n")
    assert (answered.value, answered.note, answered.missing) == (value, note, ())


@pytest.mark.parametrize(("strength", "value"), [("-1", 0), ("0", None), ("1", None), ("-3", 0)])
def test_only_what_is_against_us_asks_for_an_answer(strength: str, value: float | None) -> None:
    answered = coverage(one(strength))
    assert (answered.value, answered.unit) == (value, "share")
    assert answered.note == ("no answer yet to: A" if value == 0 else NOTHING_TO_DIVIDE)


def test_two_without_an_answer_are_both_named() -> None:
    text = ALL.replace("      way: Cost per good part\n", "")
    assert coverage(text).value == 0
    assert coverage(text).note == "no answer yet to: Dearer; Another audit"


@pytest.mark.parametrize(
    ("left", "value"),
    [
        ("2026-11-22", 7 / 6),  # without Jitka: 6 - 1 + 2 + 0 = 7; 2 + 1 + 1 + 2 = 6
        ("2026-11-23", 7 / 6),
        ("2026-11-24", -8 / 11),
    ],
)
def test_who_has_left_is_out(left: str, value: float) -> None:
    text = ALL.replace("influence: 5\n", f"influence: 5\n      left_on: {left}\n")
    assert force(text).value == pytest.approx(value)
    assert coverage(text).value == (0 if value > 0 else 0.5)


@pytest.mark.parametrize("key", ["buying.net_force", "buying.coverage"])
def test_no_list_and_an_empty_list(key: str) -> None:
    for sections in ("", "buying: {stage: talks}\n"):
        made = figure(key, sections)
        assert (made.value, made.missing) == (None, ("buying.reasons",))
        assert made.unit == ("share" if key == "buying.coverage" else None)
    made = figure(key, "buying: {reasons: []}\n")
    assert (made.value, made.missing, made.note) == (None, (), NOTHING_TO_DIVIDE)


@pytest.mark.parametrize("key", ["buying.net_force", "buying.coverage"])
def test_a_reason_without_a_strength(key: str) -> None:
    text = without(plan(ALL), "buying.reasons.3.strength")
    made = enriched(text).figures[key]
    assert (made.value, made.note) == (None, None)
    assert made.missing == ("buying.reasons.Known for years.strength",)
    assert made.reasons


def test_an_influence_that_is_not_written_counts_one() -> None:
    text = without(plan(ALL), "relationship.contacts.0.influence")
    # -3 + 6 - 1 + 2 = 4; 1 + 2 + 1 + 1 + 2 = 7
    assert enriched(text).figures["buying.net_force"].value == pytest.approx(4 / 7)


def test_without_any_contacts_each_counts_one() -> None:
    # the mean of -3, 3, -1, 2 and 0
    nobody = "\n".join(line for line in WHY.split("\n") if "contact:" not in line)
    net_force = enriched(plan(nobody)).figures["buying.net_force"]
    assert net_force.value == pytest.approx(0.2)


def test_names_that_nobody_listed_keep_it_waiting() -> None:
    net_force = enriched(plan(WHY)).figures["buying.net_force"]
    assert net_force.value is None
    assert "relationship.contacts.jitka" in net_force.waits_on


def test_nobody_with_influence_is_no_force() -> None:
    text = "relationship: {contacts: [{id: jitka, influence: 0}]}\n" + one("-3", ", contact: jitka")
    net_force = force(text)
    assert (net_force.value, net_force.note, net_force.missing) == (None, NOTHING_TO_DIVIDE, ())
    assert coverage(text).value == 0


@pytest.mark.parametrize(
    ("dotted", "new", "value"),
    [
        ("buying.reasons.0.strength", "3", 2),  # (15 + 6 - 1 + 2) / 11
        ("relationship.contacts.0.influence", "1", 4 / 7),  # -3 + 6 - 1 + 2; 7
        ("relationship.contacts.1.influence", "4", -2 / 15),  # -15 + 12 - 1 + 2; 15
        ("buying.reasons.0.contact", "radek", 1 / 8),  # -6 + 6 - 1 + 2; 2 + 2 + 1 + 1 + 2
        ("buying.reasons.3.strength", "-3", -13 / 11),  # -15 + 6 - 1 - 3
    ],
)
def test_an_input_moves_the_force(dotted: str, new: str, value: float) -> None:
    assert moved("buying.net_force", ALL, dotted, new).value == pytest.approx(value)


@pytest.mark.parametrize(
    ("dotted", "new", "value"),
    [
        ("buying.reasons.2.strength", "1", 1),
        ("buying.reasons.1.strength", "-1", 1 / 3),
        ("buying.reasons.0.way", "Another one", 0.5),
    ],
)
def test_an_input_moves_the_coverage(dotted: str, new: str, value: float) -> None:
    assert moved("buying.coverage", ALL, dotted, new).value == pytest.approx(value)


def test_opinions_make_it_less_sure() -> None:
    text = ALL.replace("buying:\n", "buying:\n  evidence: {grade: opinion}\n")
    # by argument, strength and contact at 0.3, influence at 0.6: mean (0.3, 0.3, 0.6) = 0.4 for
    # those of Jitka (5) and Radek (2 and 2), 0.3 for Milan's and nobody's (1 and 1)
    assert force(text).confidence == pytest.approx((9 * 0.4 + 2 * 0.3) / 11)
    assert coverage(text).confidence == pytest.approx(0.3)
    people = ALL.replace("relationship:\n", "relationship:\n  evidence: {grade: opinion}\n")
    # mean (0.6, 0.6, 0.3) = 0.5
    assert force(people).confidence == pytest.approx((9 * 0.5 + 2 * 0.6) / 11)
