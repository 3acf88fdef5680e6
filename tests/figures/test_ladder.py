"""The rung reached, what lapses and what stands for what; threads and who left."""

from __future__ import annotations

import datetime

import pytest

from generator.figures.ladder import months_before
from tests.figures.small import figure

NEW, OLD = "2026-06-01", "2024-06-01"


def rung(gates: str, more: str = "", status: str = "prospect") -> str:
    relationship_rung = figure(
        "relationship.rung", f"relationship: {{gates: {{{gates}}}}}\n{more}", status=status
    )
    return str(relationship_rung.value)


@pytest.mark.parametrize(
    ("status", "gates", "reached"),
    [
        ("prospect", "", "prospect"),
        ("prospect", f"aware: {{date: {NEW}}}", "aware"),
        ("prospect", f"familiar: {{date: {NEW}}}", "prospect"),
        ("prospect", f"aware: {{date: {NEW}}}, familiar: {{date: {NEW}}}", "familiar"),
        # without words about when, a gate is not met
        ("prospect", "aware: {evidence: they wrote}", "prospect"),
        ("customer", "", "familiar"),
        ("former", "", "familiar"),
        ("customer", f"customer: {{date: {NEW}}}", "customer"),
        ("former", f"customer: {{date: {NEW}}}", "customer"),
        ("customer", f"promoter: {{date: {NEW}}}", "familiar"),
        ("customer", f"customer: {{date: {NEW}}}, recommender: {{date: {NEW}}}", "customer"),
        (
            "customer",
            (
                f"customer: {{date: {OLD}}}, promoter: {{date: {OLD}}}, recommender: {{date: {NEW}}},"
                f" partner: {{confirmed: {NEW}}}"
            ),
            "partner",
        ),
        # only the reached rung's gate can lapse, one rung, once
        ("customer", f"customer: {{date: {OLD}}}, promoter: {{date: {OLD}}}", "customer"),
        ("customer", f"customer: {{date: {OLD}}}, promoter: {{date: {NEW}}}", "promoter"),
        (
            "prospect",
            f"aware: {{date: {OLD}}}, familiar: {{date: {OLD}}}",
            "aware",
        ),
        ("prospect", f"aware: {{date: {OLD}}}", "prospect"),
        ("customer", f"customer: {{date: {OLD}}}", "familiar"),
        # the status stands for the gate, and does not grow old
        ("customer", f"aware: {{date: {OLD}}}, familiar: {{date: {OLD}}}", "familiar"),
        # confirmed comes before date, whichever is younger
        ("customer", f"customer: {{date: {OLD}, confirmed: {NEW}}}", "customer"),
        ("customer", f"customer: {{date: {NEW}, confirmed: {OLD}}}", "familiar"),
        # on a day that has not come yet nothing was confirmed: not judged
        ("customer", f"customer: {{date: {OLD}, confirmed: 2026-12-24}}", "None"),
        ("customer", "customer: {date: 2026-12-24}", "None"),
    ],
)
def test_rung(status: str, gates: str, reached: str) -> None:
    assert rung(gates, status=status) == reached


@pytest.mark.parametrize(
    ("more", "reached"),
    [
        ("economics: {currency: EUR, revenue: [{year: 2025, amount: 1}]}\n", "customer"),
        ("economics: {currency: EUR, revenue: [{year: 2024, amount: 1}]}\n", "familiar"),
        ("economics: {currency: EUR, revenue: [{year: 2025, amount: 0}]}\n", "familiar"),
        ("economics: {currency: EUR, revenue: [{year: 2025, amount: -5}]}\n", "familiar"),
        ("economics: {currency: EUR, revenue: [{year: 2027, amount: 5}]}\n", "familiar"),
        (
            "economics: {currency: EUR, revenue: [{year: 2025, amount: 1, to: 2025-11-22}]}\n",
            "familiar",
        ),
        (
            "economics: {currency: EUR, revenue: [{year: 2025, amount: 1, to: 2025-11-23}]}\n",
            "customer",
        ),
        ("outcomes: [{date: 2025-11-23, kind: renewed}]\n", "customer"),
        ("outcomes: [{date: 2025-11-22, kind: renewed}]\n", "familiar"),
        ("outcomes: [{date: 2026-11-24, kind: renewed}]\n", "familiar"),
        ("outcomes: [{date: 2026-06-01, kind: lost}]\n", "familiar"),
        ("outcomes: [{date: 2026-06-01, kind: shrunk}]\n", "familiar"),
    ],
)
def test_revenue_or_a_renewal_confirms_a_customer(more: str, reached: str) -> None:
    assert rung(f"customer: {{date: {OLD}}}", more, status="customer") == reached


@pytest.mark.parametrize(
    ("day", "reached"), [("2026-01-01", "customer"), ("2025-12-31", "familiar")]
)
def test_a_year_confirms_a_customer_from_its_first_day(day: str, reached: str) -> None:
    """A customer of 2024, twelve months of which lapsed by either day."""
    sections = (
        f"relationship: {{gates: {{customer: {{date: {OLD}}}}}}}\n"
        "economics: {currency: EUR, revenue: [{year: 2026, amount: 1}]}\n"
    )
    today = datetime.date.fromisoformat(day)
    assert figure("relationship.rung", sections, today=today).value == reached


def test_revenue_confirms_no_promoter() -> None:
    more = "economics: {currency: EUR, revenue: [{year: 2025, amount: 1}]}\n"
    gates = f"customer: {{date: {NEW}}}, promoter: {{date: {OLD}}}"
    assert rung(gates, more, status="customer") == "customer"


def test_a_lapse_says_so() -> None:
    relationship_rung = figure(
        "relationship.rung", f"relationship: {{gates: {{customer: {{date: {OLD}}}}}}}\n"
    )
    assert (
        relationship_rung.note
        == "customer was last confirmed on 2024-06-01, more than 12 months ago"
    )
    assert [(reason.name, reason.note) for reason in relationship_rung.reasons] == [
        ("account.status", "stands for aware"),
        ("account.status", "stands for familiar"),
        ("relationship.gates.customer.date", None),
    ]
    assert relationship_rung.reasons[-1].threshold == 12


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-11-23", 12, "2025-11-23"),
        ("2024-02-29", 12, "2023-02-28"),
        ("2026-03-31", 1, "2026-02-28"),
        ("2026-01-15", 1, "2025-12-15"),
    ],
)
def test_months_before(day: str, months: int, before: str) -> None:
    assert str(months_before(datetime.date.fromisoformat(day), months)) == before


def threads(contacts: str, interactions: str) -> object:
    sections = f"relationship: {{contacts: [{contacts}], interactions: [{interactions}]}}\n"
    return figure("relationship.threads", sections).value


@pytest.mark.parametrize(
    ("contacts", "interactions", "number"),
    [
        ("{id: a}, {id: b}", "{date: 2026-11-01, contacts: [a, b], two_way: true}", 2),
        (
            "{id: a}",
            (
                "{date: 2026-11-01, contacts: [a], two_way: true},"
                " {date: 2026-11-02, contacts: [a], two_way: true}"
            ),
            1,
        ),
        ("{id: a}", "{date: 2026-11-01, contacts: [a], two_way: false}", 0),
        ("{id: a}", "{date: 2026-11-01, contacts: [a]}", 0),
        ("{id: a}", "{date: 2026-11-01, two_way: true}", 0),
        # somebody who is not among the contacts, and may belong there: not judged
        ("{id: a}", "{date: 2026-11-01, contacts: [z], two_way: true}", None),
        (
            "{id: a, left_on: 2026-11-23}, {id: b}",
            "{date: 2026-11-01, contacts: [a, b], two_way: true}",
            1,
        ),
        ("{id: a, left_on: 2026-11-24}", "{date: 2026-11-01, contacts: [a], two_way: true}", 1),
        ("{id: a, left_on: 2026-11-22}", "{date: 2026-11-01, contacts: [a], two_way: true}", 0),
    ],
)
def test_threads(contacts: str, interactions: str, number: int) -> None:
    assert threads(contacts, interactions) == number


def test_what_makes_no_thread_says_why() -> None:
    relationship_threads = figure(
        "relationship.threads",
        """\
relationship:
  contacts:
    - {id: a}
    - {id: b, left_on: 2026-10-01}
    - {id: c}
    - {id: d}
    - {id: e}
  interactions:
    - {date: 2026-11-01, contacts: [a, b], two_way: true}
    - {date: 2026-01-01, contacts: [a], two_way: true}
    - {date: 2026-01-02, contacts: [c], two_way: true}
    - {date: 2026-11-03, contacts: [d], two_way: false}
    - {date: 2026-11-24, contacts: [e], two_way: true}
""",
    )
    assert relationship_threads.value == 1
    assert [
        (reason.line, reason.note) for reason in relationship_threads.reasons if reason.line
    ] == [
        (12, "with a"),
        (12, None),
        (12, None),
        (7, None),
        (14, "before the window"),
        (15, "one-way"),
        (16, "still to come"),
    ]


@pytest.mark.parametrize(
    ("day", "note"),
    [
        # the window of 90 days begins on 25 August
        ("2026-08-24", "before the window"),
        ("2026-08-25", "one-way"),
        ("2026-11-23", "one-way"),
        ("2026-11-24", "still to come"),
    ],
)
def test_a_one_way_talk_within_the_window_lacks_an_answer(day: str, note: str) -> None:
    """On the window's first day and today: what is missing is the answer, not the day."""
    relationship_threads = figure(
        "relationship.threads",
        "relationship: {contacts: [{id: a}],"
        f" interactions: [{{date: {day}, contacts: [a], two_way: false}}]}}\n",
    )
    assert [reason.note for reason in relationship_threads.reasons if reason.line][1:] == [note]


@pytest.mark.parametrize(
    ("left_on", "shown"), [("", []), (", left_on: 2026-12-31", ["relationship.contacts.a.left_on"])]
)
def test_a_thread_that_will_end_shows_the_day(left_on: str, shown: list[str]) -> None:
    relationship_threads = figure(
        "relationship.threads",
        f"relationship: {{contacts: [{{id: a{left_on}}}],"
        " interactions: [{date: 2026-11-01, contacts: [a], two_way: true}]}\n",
    )
    assert [
        reason.name for reason in relationship_threads.reasons if "contacts.a" in reason.name
    ] == shown


def test_a_talk_was_true_on_its_day_whatever_the_section_says() -> None:
    relationship_threads = figure(
        "relationship.threads",
        "relationship: {evidence: {as_of: 2025-01-01}, contacts: [{id: a}],"
        " interactions: [{date: 2026-11-01, contacts: [a], two_way: true},"
        " {date: 2025-11-01, contacts: [a], two_way: true}]}\n",
    )
    assert {
        (str(reason.as_of), reason.stale) for reason in relationship_threads.reasons if reason.line
    } == {("2026-11-01", False)}
    assert relationship_threads.confidence == pytest.approx(0.6)
