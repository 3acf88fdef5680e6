"""Whom we keep in touch with, by influence; who waits beyond the rhythm."""

from __future__ import annotations

import datetime

import pytest

from generator.figures.figure import NOTHING_TO_DIVIDE
from tests.figures.moving import doubted, moved, scoring
from tests.figures.small import TODAY, account, figure, plan

COVERAGE, OVERDUE = "relationship.coverage", "relationship.overdue"
KEPT = """\
relationship:
  contacts:
    - id: ann
      name: Ann Sample
      influence: 5
      owner: kim-larsen
      rhythm_days: 30
    - id: bob
      influence: 3
      owner: li-wei
      rhythm_days: 20
    - id: cat
      influence: 2
    - id: dan
      owner: li-wei
    - id: eve
      influence: 5
      owner: li-wei
      rhythm_days: 1
      left_on: 2026-11-23
  interactions:
    - date: 2026-10-14
      contacts: [ann, cat, eve]
      two_way: true
    - date: 2026-10-28
      contacts: [bob]
      two_way: false
    - date: 2026-09-01
      contacts: [ann, dan]
      two_way: true
"""


def kept(contact: str, talk: str = "date: 2026-11-23, contacts: [a], two_way: true") -> str:
    """One contact of influence 1 who is kept, and another."""
    return (
        "relationship:\n"
        "  contacts:\n"
        "    - {id: a, influence: 1, owner: li-wei}\n"
        f"    - {{id: b, {contact}}}\n"
        f"  interactions: [{{date: 2026-11-23, contacts: [a], two_way: true}}, {{{talk}}}]\n"
    )


def test_coverage_by_hand() -> None:
    # ann 5 and dan, who counts 1, have both an owner and an exchange; bob 3 did not answer,
    # cat 2 has no owner; eve left: 6 / 11
    coverage = figure(COVERAGE, KEPT)
    assert coverage.value == pytest.approx(6 / 11)
    assert (coverage.unit, coverage.missing) == ("share", ())
    assert coverage.note == "not kept in touch with: bob, cat"
    assert [
        (reason.name.split(".", 1)[1], reason.line, reason.note) for reason in coverage.reasons
    ] == [
        ("contacts.ann.id", 6, None),
        ("contacts.ann.influence", 8, None),
        ("contacts.ann.owner", 9, None),
        ("interactions.2026-10-14.date", 25, None),
        ("interactions.2026-10-14.two_way", 27, None),
        ("contacts.bob.id", 11, "no recent exchange"),
        ("contacts.bob.influence", 12, None),
        ("contacts.bob.owner", 13, None),
        ("contacts.cat.id", 15, "no owner"),
        ("contacts.cat.influence", 16, None),
        ("interactions.2026-10-14.date", 25, None),
        ("interactions.2026-10-14.two_way", 27, None),
        ("contacts.dan.id", 17, None),
        ("contacts.dan.owner", 18, None),
        ("interactions.2026-09-01.date", 31, None),
        ("interactions.2026-09-01.two_way", 33, None),
        ("contacts.eve.left_on", 23, "eve left"),
        ("window_days", None, None),
    ]
    assert [reason.weight for reason in coverage.reasons if reason.name.endswith(".id")] == [
        5,
        3,
        2,
        1,
    ]


@pytest.mark.parametrize(
    ("contact", "talk", "value"),
    [
        (
            "influence: 3, owner: li-wei",
            "date: 2026-08-25, contacts: [b], two_way: true",
            1,
        ),
        ("influence: 3, owner: li-wei", "date: 2026-08-24, contacts: [b], two_way: true", 0.25),
        ("influence: 3, owner: li-wei", "date: 2026-11-24, contacts: [b], two_way: true", 0.25),
        ("influence: 3, owner: li-wei", "date: 2026-11-01, contacts: [b]", 0.25),
        ("influence: 3, owner: li-wei", "date: 2026-11-01, two_way: true", 0.25),
        ("influence: 3", "date: 2026-11-01, contacts: [b], two_way: true", 0.25),
        ("influence: 0", "date: 2026-11-01, contacts: [b], two_way: true", 1),
        ("influence: 1", "date: 2026-11-01, contacts: [b], two_way: true", 0.5),
        ("name: B", "date: 2026-11-01, contacts: [b], two_way: true", 0.5),
        ("influence: 3, left_on: 2026-11-23", "date: 2026-11-01, contacts: [b]", 1),
        ("influence: 3, left_on: 2026-11-24", "date: 2026-11-01, contacts: [b]", 0.25),
    ],
)
def test_who_is_kept(contact: str, talk: str, value: float) -> None:
    coverage = figure(COVERAGE, kept(contact, talk))
    assert coverage.value == pytest.approx(value)
    assert coverage.confidence == pytest.approx(0.6)


def test_an_exchange_before_the_window_says_so_and_the_newest_counts() -> None:
    contact = "influence: 3, owner: li-wei, name: B"
    coverage = figure(COVERAGE, kept(contact, "date: 2026-08-24, contacts: [b], two_way: true"))
    assert [
        str(reason.value) for reason in coverage.reasons if reason.note == "before the window"
    ] == ["2026-08-24"]
    assert coverage.note == "not kept in touch with: B"
    both = (
        "date: 2026-11-01, contacts: [b], two_way: true},"
        " {date: 2026-08-24, contacts: [b], two_way: true"
    )
    assert figure(COVERAGE, kept(contact, both)).note is None
    turned = "}, {".join(reversed(both.split("}, {")))
    assert figure(COVERAGE, kept(contact, turned)).note is None
    nobody = figure(COVERAGE, kept("influence: 3", "date: 2026-11-01, contacts: [a]"))
    assert [reason.note for reason in nobody.reasons if reason.name.endswith("contacts.b.id")] == [
        "no owner and no recent exchange"
    ]


@pytest.mark.parametrize(
    ("dotted", "new", "value"),
    [
        ("contacts.0.influence", "1", 2 / 7),
        ("contacts.1.influence", "0", 6 / 8),
        ("contacts.4.left_on", "2026-11-24", 11 / 16),
        ("interactions.1.two_way", "true", 9 / 11),
    ],
)
def test_an_input_moves_the_coverage(dotted: str, new: str, value: float) -> None:
    if dotted.endswith("left_on"):
        text = KEPT.replace("left_on: 2026-11-23", f"left_on: {new}")
        assert figure(COVERAGE, text).value == pytest.approx(value)
        return
    if new == "true":
        text = KEPT.replace("two_way: false", "two_way: true")
        coverage = figure(COVERAGE, text)
        assert (30, True) in [(reason.line, reason.value) for reason in coverage.reasons]
    else:
        coverage = moved(COVERAGE, KEPT, f"relationship.{dotted}", new)
    assert coverage.value == pytest.approx(value)


def test_doubt_weighs_by_influence() -> None:
    # 5 of 11 by ann with the talk of 14 October (2 of 5 inputs), 2 of 11 by cat (2 of 4):
    # 0.6 - 0.3 · (5 · 2/5 + 2 · 2/4) / 11
    before, after = doubted(COVERAGE, KEPT, "relationship.interactions.0.two_way")
    assert (before, after) == pytest.approx((0.6, 0.6 - 0.3 * 3 / 11))


@pytest.mark.parametrize("key", [COVERAGE, OVERDUE])
@pytest.mark.parametrize(
    ("sections", "missing"),
    [
        ("", ("relationship.contacts", "relationship.interactions")),
        ("relationship: {contacts: []}\n", ("relationship.interactions",)),
        ("relationship: {interactions: []}\n", ("relationship.contacts",)),
    ],
)
def test_missing_lists(key: str, sections: str, missing: tuple[str, ...]) -> None:
    made = figure(key, sections)
    assert (made.value, made.missing) == (None, missing)


@pytest.mark.parametrize(
    "contacts", ["", "{id: a, influence: 0}", "{id: a, influence: 5, left_on: 2026-11-01}"]
)
def test_nobody_to_cover(contacts: str) -> None:
    sections = f"relationship: {{contacts: [{contacts}], interactions: []}}\n"
    coverage = figure(COVERAGE, sections)
    assert (coverage.value, coverage.missing, coverage.note) == (None, (), NOTHING_TO_DIVIDE)


def test_the_window_moves_the_coverage() -> None:
    # 14 October is 40 days ago, 1 September 83
    assert figure(COVERAGE, KEPT, with_=scoring(window_days="40")).value == pytest.approx(5 / 11)
    assert figure(COVERAGE, KEPT, with_=scoring(window_days="39")).value == 0


def test_overdue_by_hand() -> None:
    # ann 40 days since 14 October, less 30: 10; bob 26 since 28 October, answered or not, less
    # 20: 6; eve left
    overdue = figure(OVERDUE, KEPT)
    assert (overdue.value, overdue.unit) == (10, "days")
    assert overdue.note == "Ann Sample waits longest; 1 more waits"
    waits = [reason for reason in overdue.reasons if reason.inputs]
    assert [(reason.name, reason.value, reason.unit) for reason in waits] == [
        ("Ann Sample", 10, "days overdue"),
        ("bob", 6, "days overdue"),
    ]
    assert [(str(why.value), why.line, why.note) for why in waits[0].inputs] == [
        ("30", 10, None),
        ("2026-10-14", 25, "last talk"),
    ]
    assert [reason.line for reason in overdue.reasons if not reason.inputs] == [23]


def waiting(contact: str, talk: str = "", data: str = "") -> str:
    return (
        f"relationship: {{{data}contacts: [{{id: a, {contact}}}],"
        f" interactions: [{f'{{{talk}}}' if talk else ''}]}}\n"
    )


@pytest.mark.parametrize(
    ("contact", "talk", "value"),
    [
        ("rhythm_days: 10", "date: 2026-11-13, contacts: [a]", 0),
        ("rhythm_days: 9", "date: 2026-11-13, contacts: [a]", 1),
        ("rhythm_days: 30", "date: 2026-11-13, contacts: [a]", 0),
        # long before the window, and still to come
        ("rhythm_days: 10", "date: 2025-11-23, contacts: [a]", 355),
        ("rhythm_days: 10, collected_on: 2026-11-03", "date: 2026-11-24, contacts: [a]", 10),
        ("rhythm_days: 10, collected_on: 2026-11-03", "", 10),
        ("rhythm_days: 10, collected_on: 2026-11-03", "date: 2026-11-20, contacts: []", 10),
        ("rhythm_days: 10, collected_on: 2026-11-13", "", 0),
        ("rhythm_days: 10, collected_on: 2026-11-03", "date: 2026-01-01, contacts: [a]", 316),
        ("rhythm_days: 10, left_on: 2026-11-23", "date: 2025-11-23, contacts: [a]", 0),
        ("rhythm_days: 10, left_on: 2026-11-24", "date: 2025-11-23, contacts: [a]", 355),
    ],
)
def test_days_past(contact: str, talk: str, value: int) -> None:
    overdue = figure(OVERDUE, waiting(contact, talk))
    assert (overdue.value, overdue.missing) == (value, ())
    never = " (no talk yet)" if "collected_on" in contact and "01-01" not in talk else ""
    assert overdue.note == (f"a waits longest{never}" if value else None)


def test_the_default_day_of_collection_is_the_second_choice() -> None:
    data = "personal_data: {collected_on: 2026-10-14}, "
    assert figure(OVERDUE, waiting("rhythm_days: 10", data=data)).value == 30
    own = waiting("rhythm_days: 10, collected_on: 2026-11-03", data=data)
    overdue = figure(OVERDUE, own)
    assert overdue.value == 10
    assert [reason.name for reason in overdue.reasons[0].inputs] == [
        "relationship.contacts.a.rhythm_days",
        "relationship.contacts.a.collected_on",
    ]


def test_nobody_there_waits_for_nothing() -> None:
    overdue = figure(OVERDUE, "relationship: {contacts: [], interactions: []}\n")
    assert (overdue.value, overdue.note, overdue.missing) == (0, None, ())
    assert overdue.confidence == pytest.approx(0.6)
    assert [(reason.value, reason.note) for reason in overdue.reasons] == [(0, "nobody is there")]


@pytest.mark.parametrize(
    ("sections", "missing"),
    [
        (waiting("influence: 1"), ("relationship.contacts.a.rhythm_days",)),
        (waiting("rhythm_days: 10"), ("relationship.contacts.a.collected_on",)),
        (
            (
                "relationship: {contacts: [{id: a, left_on: 2026-01-01}, {id: b}, {id: c}],"
                " interactions: []}\n"
            ),
            ("relationship.contacts.b.rhythm_days", "relationship.contacts.c.rhythm_days"),
        ),
    ],
)
def test_overdue_missing(sections: str, missing: tuple[str, ...]) -> None:
    overdue = figure(OVERDUE, sections)
    assert (overdue.value, overdue.missing) == (None, missing)


def test_of_several_the_longest_is_named() -> None:
    contacts = ", ".join(
        f"{{id: {name}, rhythm_days: {days}}}" for name, days in (("a", 8), ("b", 5), ("c", 9))
    )
    overdue = figure(
        OVERDUE,
        f"relationship: {{contacts: [{contacts}],"
        " interactions: [{date: 2026-11-14, contacts: [a, b, c]}]}\n",
    )
    # nine days ago: a 1 past, b 4, c 0
    assert (overdue.value, overdue.note) == (4, "b waits longest; 1 more waits")


@pytest.mark.parametrize(
    ("dotted", "new", "value"),
    [
        ("contacts.0.rhythm_days", "36", 6),
        ("contacts.1.rhythm_days", "5", 21),
        ("interactions.0.date", "2026-10-04", 20),
    ],
)
def test_an_input_moves_the_wait(dotted: str, new: str, value: int) -> None:
    assert moved(OVERDUE, KEPT, f"relationship.{dotted}", new).value == value


def test_doubt_about_a_talk_lowers_the_confidence_of_the_wait() -> None:
    # one of ann's two inputs of two contacts: 0.6 - 0.3 / 4
    before, after = doubted(OVERDUE, KEPT, "relationship.interactions.0.two_way")
    assert (before, after) == pytest.approx((0.6, 0.525))


def test_on_an_earlier_day_a_rhythm_that_was_written_later_is_none() -> None:
    """The plan was reviewed after the day that health is compared with: 90 days ago, 25 August."""
    text = plan(
        "relationship: {contacts: [{id: ann, rhythm_days: 30}], interactions:"
        " [{date: 2026-08-01, contacts: [ann], by: kim-larsen, two_way: true}]}\n"
    )
    case = account(text).case
    assert case is not None
    then = case.on(TODAY - datetime.timedelta(days=90))
    assert then.figures["relationship.overdue"].value is None
    assert account(text).figures["relationship.overdue"].value == 84  # 114 days less 30
