"""What a review touches, by hand; today is 23 November 2026, the review looks on to 23 December."""

from __future__ import annotations

import datetime

import pytest

from generator.figures.ranges import with_ranges
from generator.portfolio.review import Review, ReviewItem, Topic, review_of
from tests.figures.small import TODAY, plan, portfolio

FIRST_LINE = 4
"""On which the sections of these plans begin."""


def review(sections: str, *, more: str = "", today: datetime.date = TODAY) -> Review:
    found = with_ranges(portfolio({"acme": plan(sections, more=more)}, today=today))
    return review_of(found, found.accounts[0])


def told(sections: str, topic: Topic, *, more: str = "") -> list[tuple[str, int | None]]:
    """What is told under a topic, and the line of it, counted from the first section."""
    items = review(sections, more=more).of(topic)
    return [(item.what, item.line and item.line - FIRST_LINE + 1) for item in items]


# A day that stands in a plan, one section each: what it says while it is to come, and once it is past
DAYS = [
    ("actions: [{id: call, what: Call, due: DAY}]", "Call", "Call"),
    (
        "relationship: {promises: [{what: A report, due: DAY}]}",
        "A report",
        "A report",
    ),
    ("service: {cases: [{id: c-1, due: DAY}]}", "Close case c-1", "Close case c-1"),
    (
        "opportunities: [{id: op-1, close_on: DAY}]",
        "op-1 should close",
        "op-1 should have closed: write down how it went",
    ),
    ("objectives: [{id: grow, statement: Grow, due: DAY}]", "Grow", None),
    (
        "decisions: [{date: 2026-06-01, decision: Keep them, review_on: DAY}]",
        "Look again: Keep them",
        "Look again: Keep them",
    ),
    (
        "buying: {steps: [{what: Board meets, due: DAY}]}",
        "Board meets",
        "Board meets: ask where it stands",
    ),
    ("buying: {tender: {closes: DAY}}", "Tender closes", None),
    (
        "relationship: {reference: {consent_until: DAY}}",
        "Consent to be shown runs out",
        "Consent to be shown ran out: ask again",
    ),
    (
        "economics: {retention: {unknown: true, owner: kim-larsen, find_by: DAY}}",
        "Find out: retention",
        "Find out: retention",
    ),
    (
        (
            "risk: {customer: [{id: far-away, doubt: Help is far away, measure_cost:"
            " {unknown: true, owner: kim-larsen, find_by: DAY}}]}"
        ),
        "Find out: measure cost of “Help is far away”",
        "Find out: measure cost of “Help is far away”",
    ),
    (
        "qualification: {comparison: {unknown: true, owner: kim-larsen, find_by: DAY}}",
        "Find out: how we compare",
        "Find out: how we compare",
    ),
    (
        (
            "offerings: {control-platform: {status: open, potential:"
            " {unknown: true, owner: kim-larsen, find_by: DAY}}}"
        ),
        "Find out: potential of “control platform”",
        "Find out: potential of “control platform”",
    ),
]


@pytest.mark.parametrize(("section", "coming", "past"), DAYS)
def test_days_are_told_until_the_review_of_the_next_month(
    section: str, coming: str, past: str | None
) -> None:
    column = section.index("DAY") + 1
    for day, expected in (
        ("2026-12-24", None),
        ("2026-12-23", coming),
        ("2026-11-23", coming),
        ("2026-11-22", past),
    ):
        items = review(section.replace("DAY", day) + "\n").of(Topic.DUE)
        found = [(item.what, str(item.day), item.line, item.column) for item in items]
        wanted = [(expected, day, FIRST_LINE, column)] if expected else []
        assert found == wanted, (section, day)


def test_what_is_done_is_not_due() -> None:
    done = (
        "actions: [{id: call, due: 2026-11-01, done_on: 2026-11-01}]\n"
        "relationship: {promises: [{what: A report, due: 2026-11-01, kept_on: 2026-11-01}]}\n"
        "service: {cases: [{id: c-1, opened: 2026-10-01, due: 2026-11-01, closed: 2026-11-01}]}\n"
    )
    assert told(done, Topic.DUE) == []


def test_the_renewal_says_whether_somebody_prepares_it() -> None:
    contract = ", contract: {end: 2027-01-31, notice_by: 2026-12-10, value: 100, currency: EUR}"
    unprepared = "Notice deadline 2026-12-10, 100 EUR a year; no action prepares the renewal"
    assert told("", Topic.DUE, more=contract) == [(unprepared, -1)]
    action = "actions: [{id: talk, what: Talk, due: 2027-01-05, prepares: renewal}]\n"
    prepared = "Notice deadline 2026-12-10, 100 EUR a year; the renewal is being prepared"
    assert told(action, Topic.DUE, more=contract) == [(prepared, -1)]


DEAL = """\
economics:
  currency: EUR
  price: {value: 1000000, grade: fact, as_of: 2026-11-01}
  production_cost: {value: 500000, grade: fact, as_of: 2026-11-01}
  marketing_cost: 0
service: {objects: []}
risk: {own: [], credit: {receivable: 0, days_late: 0, default_probability: 0, loss_given_default: 0, cost_of_capital: 0}}
value:
  mode: money
  evidence: {grade: opinion, as_of: 2026-11-01}
  values:
    product: {amount: 170000}
    relationship: {amount: 170000}
    quality: {amount: 170000}
    service: {amount: 170000}
    image: {amount: 170000}
    technology: {amount: 170000}
  costs: {switching: {amount: 0}, effort: {amount: 0}, time: {amount: 0}, opportunity: {amount: 0}, risk: {amount: 0}}
"""


def test_first_is_found_out_what_moves_a_verdict_most() -> None:
    """Each value moves by 0.4 · 170,000 = 68,000, the price by 0.02 · 1,000,000 = 20,000.

    The squares add up to 6 · 68,000² + 20,000² = 28.144e9, the deviation is 167,762; a value carries
    68,000² / 28.144e9 = 0.1643. They gain 20,000: that stands with Φ(20,000 / 167,762) = 0.5474.
    """
    items = review(DEAL).of(Topic.FIND_OUT)
    values = ("product", "relationship", "quality", "service", "image")
    assert [item.what for item in items] == [f"value.values.{name}" for name in values]
    assert [item.line for item in items] == [15, 16, 17, 18, 19]
    for item in items:
        assert item.doubt is not None
        assert item.doubt.share == pytest.approx(0.1643, abs=1e-4)
        assert item.doubt.stands == pytest.approx(0.5474, abs=1e-3)
        assert item.doubt.weight == pytest.approx(0.1643 * (1 - 0.5474), abs=1e-3)


def test_a_verdict_that_is_sure_asks_for_nothing() -> None:
    sure = DEAL.replace("grade: opinion", "grade: fact").replace("170000", "400000")
    assert review(sure).of(Topic.FIND_OUT) == ()


# The shelf life of risks is 180 days: 27 May 2026 is as old as they may get
OLD = [
    ("2026-05-27", []),
    ("2026-05-26", [("risk.own.late.loss", 1)]),
]


@pytest.mark.parametrize(("as_of", "expected"), OLD)
def test_facts_past_their_shelf_life(as_of: str, expected: list[tuple[str, int]]) -> None:
    text = f"risk: {{own: [{{id: late, loss: {{value: 5, as_of: {as_of}}}}}]}}\n"
    assert told(text, Topic.OLD_FACT) == expected


def test_an_unknown_is_told_once() -> None:
    later = "economics: {retention: {unknown: true, owner: kim-larsen, find_by: 2026-12-24}}\n"
    assert told(later, Topic.UNKNOWN) == [("economics.retention", 1)]
    assert told(later.replace("12-24", "12-23"), Topic.UNKNOWN) == []


CONTACTS = [
    # 30 days since 20 October: 19 November
    ("rhythm_days: 30", "2026-10-20", "Ann should have heard from us by 2026-11-19"),
    ("rhythm_days: 64", "2026-10-20", "Talk with Ann by 2026-12-23"),
    ("rhythm_days: 65", "2026-10-20", None),
    ("influence: 3", "2026-10-20", None),
    ("influence: 3", None, "Talk with Ann: nobody has yet"),
    ("left_on: 2026-11-01, rhythm_days: 30", "2026-10-20", None),
]


@pytest.mark.parametrize(("field", "talk", "expected"), CONTACTS)
def test_contacts_to_talk_with(field: str, talk: str | None, expected: str | None) -> None:
    talks = f"{{date: {talk}, contacts: [ann], by: kim-larsen, two_way: true}}" if talk else ""
    text = (
        f"relationship:\n  contacts: [{{id: ann, name: Ann, {field}}}]\n  interactions: [{talks}]\n"
    )
    assert told(text, Topic.CONTACT) == ([(expected, 2)] if expected else [])


# The plan was reviewed on 1 October; where an objective stands may be 90 days old, 25 August
OBJECTIVES = [
    ("baseline: 1", None),
    ("actual: 2", False),
    ("actual: 2, as_of: 2026-08-25", False),
    ("actual: 2, as_of: 2026-08-24", "2026-08-24"),
]


@pytest.mark.parametrize(("field", "measured"), OBJECTIVES)
def test_objectives_to_measure(field: str, measured: str | bool | None) -> None:
    text = f"objectives: [{{id: grow, statement: Grow, {field}}}]\n"
    items = review(text).of(Topic.OBJECTIVE)
    found = [(item.what, item.day and str(item.day)) for item in items]
    assert found == ([] if measured is False else [("Grow", measured)])


def test_the_gate_is_told_once_and_at_its_line() -> None:
    """An action past its day is due; that the gate says so too is not told again."""
    late = "actions: [{id: call, what: Call, due: 2026-11-22}]\n"
    account = portfolio({"acme": plan(late)}).accounts[0]
    overdue = "action 'call' was due on 2026-11-22; set done_on, or a new due day"
    assert overdue in [finding.message for finding in account.findings]
    assert overdue not in [item.what for item in review(late).of(Topic.FINDING)]
    wrong = told("economics: {currency: EUR, price: 620.000}\n", Topic.FINDING)
    assert wrong[0] == ("'620.000' could mean 620 or 620,000; write 620000 or 620", 1)
    assert wrong[3] == ("Fill in relationship.contacts", -2)


def test_a_file_that_cannot_be_read_has_only_its_findings() -> None:
    found = portfolio({"acme": "schema: 1\naccount: {name: Acme\n"})
    items: tuple[ReviewItem, ...] = review_of(found, found.accounts[0]).items
    assert [item.topic for item in items] == [Topic.FINDING]
