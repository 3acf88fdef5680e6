"""The standard, the return on it, recognition and thanks: by hand, at each limit, line by line."""

from __future__ import annotations

import pytest

from generator.enrich import Figure
from tests.enrich.small import figure

EUR = "economics: {currency: EUR}\n"
ITEM = "metric: m, baseline: 10, target: 20, due: 2027-01-01"


def standard(key: str, *items: str) -> Figure:
    return figure(
        key, f"{EUR}value:\n  standard:\n" + "".join(f"    - {{{one}}}\n" for one in items)
    )


@pytest.mark.parametrize(
    ("items", "value"),
    [
        ((f"item: a, {ITEM}", "item: b, metric: m, baseline: 0, target: 1"), 0.5),
        ((f"item: a, {ITEM}",), 1),
        (("item: a, metric: m",), 0),
        ((f"item: a, {ITEM}", f"item: b, {ITEM}", "item: c"), 2 / 3),
    ],
)
def test_what_can_be_measured(items: tuple[str, ...], value: float) -> None:
    assert standard("standard.measurability", *items).value == pytest.approx(value)


@pytest.mark.parametrize("field", ["metric: m", "baseline: 10", "target: 20", "due: 2027-01-01"])
def test_each_of_the_four_is_needed(field: str) -> None:
    item = f"item: a, {ITEM}".replace(f", {field}", "")
    assert standard("standard.measurability", item).value == 0


@pytest.mark.parametrize(
    ("items", "value"),
    [
        # 5 of 10 points of the way
        ((f"item: a, {ITEM}, actual: 15",), 0.5),
        # capped at 1.2 and 0
        ((f"item: a, {ITEM}, actual: 22",), 1.2),
        ((f"item: a, {ITEM}, actual: 22.1",), 1.2),
        ((f"item: a, {ITEM}, actual: 21.9",), 1.19),
        ((f"item: a, {ITEM}, actual: 9",), 0),
        # falling is going right where the target lies below: (7 - 9) / (4 - 9)
        (("item: a, baseline: 9, target: 4, actual: 7",), 0.4),
        # target = baseline: 1 when reached
        (("item: a, baseline: 5, target: 5, actual: 5",), 1),
        (("item: a, baseline: 5, target: 5, actual: 4.9",), 0),
        # (3 · 0.5 + 1 · 1) / 4; the one without an actual value is left out
        (
            (
                f"item: a, {ITEM}, actual: 15, weight: 3",
                f"item: b, {ITEM}, actual: 20",
                f"item: c, {ITEM}, weight: 9",
            ),
            0.625,
        ),
    ],
)
def test_fulfilment_by_hand(items: tuple[str, ...], value: float) -> None:
    assert standard("standard.fulfilment", *items).value == pytest.approx(value)


def test_fulfilment_says_its_lines_and_its_limit() -> None:
    found = standard("standard.fulfilment", f"item: a, {ITEM}, actual: 15, weight: 3")
    assert [(one.name, one.value, one.line) for one in found.reasons] == [
        ("value.standard.a.actual", 15, 7),
        ("value.standard.a.baseline", 10, 7),
        ("value.standard.a.target", 20, 7),
        ("value.standard.a.weight", 3, 7),
        ("value.fulfilment_to", 1.2, None),
    ]
    assert found.reasons[0].weight == 3
    opinion = standard("standard.fulfilment", f"item: a, {ITEM}, actual: 15, grade: opinion")
    assert (found.confidence, opinion.confidence) == (0.6, 0.3)


def test_what_fulfilment_lacks() -> None:
    assert standard("standard.fulfilment", f"item: a, {ITEM}").missing == (
        "value.standard.a.actual",
    )
    half = standard(
        "standard.fulfilment", f"item: a, {ITEM}, actual: 15", "item: b, actual: 1, target: 2"
    )
    assert (half.value, half.missing) == (0.5, ("value.standard.b.baseline",))
    for key in ("standard.measurability", "standard.fulfilment", "return.company_rate"):
        assert figure(key).missing == ("value.standard",)
        empty = figure(key, "value: {standard: []}\n")
        assert (empty.value, empty.missing, empty.note) == (None, (), "nothing to divide by")


def test_the_company_rate_weighs_by_worth() -> None:
    # (300 · 0.5 + 100 · 1.2) / 400 = 0.675; without a worth or an actual value it is left out
    items = (
        f"item: a, {ITEM}, actual: 15, worth: 300",
        f"item: b, {ITEM}, actual: 30, worth: 100",
        f"item: c, {ITEM}, actual: 30",
        f"item: d, {ITEM}, worth: 900",
    )
    found = standard("return.company_rate", *items)
    assert found.value == pytest.approx(0.675)
    assert {one.name for one in found.reasons if one.name.endswith("worth")} == {
        "value.standard.a.worth",
        "value.standard.b.worth",
    }
    assert standard("return.company_rate", *items[2:]).missing == (
        "value.standard.c.worth",
        "value.standard.d.actual",
    )
    nothing = standard("return.company_rate", f"item: a, {ITEM}, actual: 15, worth: 0")
    assert (nothing.value, nothing.note) == (None, "nothing to divide by")


def recognition(*events: str) -> Figure:
    rows = ", ".join(f"{{contact: ann, type: letter, {one}}}" for one in events)
    return figure(
        "return.recognition",
        "relationship: {contacts: [{id: ann}]}\n"
        f"value: {{return: {{recognition: [{rows}]}}}}\n",
    )


@pytest.mark.parametrize(
    ("events", "value"),
    [
        (("planned: 2026-11-01, done_on: 2026-11-02", "planned: 2026-11-23"), 0.5),
        # what has a day to come is not due, what was done is
        (("planned: 2026-11-24", "done_on: 2026-11-23"), 1),
        (("planned: 2026-11-22",), 0),
        (("planned: 2026-11-01, done_on: 2026-11-24",), 0),
    ],
)
def test_recognition_is_done_of_what_is_due(events: tuple[str, ...], value: float) -> None:
    assert recognition(*events).value == value


def test_recognition_lacks_its_list_or_anything_due() -> None:
    assert figure("return.recognition").missing == ("value.return.recognition",)
    assert recognition("planned: 2026-11-24").note == "nothing to divide by"
    unlisted = recognition("planned: 2026-11-01").reasons[0]
    assert (unlisted.line, unlisted.note) == (5, "not done yet")


def care(*referrals: str) -> Figure:
    rows = ", ".join(f"{{to: Someone {index}, {one}}}" for index, one in enumerate(referrals))
    return figure("return.care", f"relationship: {{referrals: [{rows}]}}\n")


@pytest.mark.parametrize(
    ("referrals", "value"),
    [
        # 14 days are in time, 15 are not
        (("date: 2026-10-01, thanked_on: 2026-10-15",), 1),
        (("date: 2026-10-01, thanked_on: 2026-10-16",), 0),
        # its days are up on the 15th day
        (("date: 2026-11-08", "date: 2026-11-01, thanked_on: 2026-11-02"), 0.5),
        (("date: 2026-11-09", "date: 2026-11-01, thanked_on: 2026-11-02"), 1),
    ],
)
def test_thanks_within_the_days(referrals: tuple[str, ...], value: float) -> None:
    found = care(*referrals)
    assert found.value == value
    assert found.reasons[0].threshold == 14


def test_what_care_lacks() -> None:
    assert figure("return.care").missing == ("relationship.referrals",)
    assert care("thanked_on: 2026-11-01").missing == ("relationship.referrals.Someone 0.date",)
    assert care("date: 2026-11-20").note == "nothing to divide by"
