"""The standard, the return on it, recognition and thanks: by hand, at each limit, line by line."""

from __future__ import annotations

import pytest

from generator.figures import Figure
from tests.figures.small import figure

EUR = "economics: {currency: EUR}\n"
ITEM = "metric: m, baseline: 10, target: 20, due: 2027-01-01"


def standard(key: str, *items: str) -> Figure:
    return figure(
        key, f"{EUR}value:\n  standard:\n" + "".join(f"    - {{{item}}}\n" for item in items)
    )


def test_fulfilment_says_its_lines_and_its_limit() -> None:
    fulfilment = standard("standard.fulfilment", f"item: a, {ITEM}, actual: 15, weight: 3")
    assert [(reason.name, reason.value, reason.line) for reason in fulfilment.reasons] == [
        ("value.standard.a.actual", 15, 7),
        ("value.standard.a.baseline", 10, 7),
        ("value.standard.a.target", 20, 7),
        ("value.standard.a.weight", 3, 7),
        ("value.fulfilment_to", 1.2, None),
    ]
    assert fulfilment.reasons[0].weight == 3
    opinion = standard("standard.fulfilment", f"item: a, {ITEM}, actual: 15, grade: opinion")
    assert (fulfilment.confidence, opinion.confidence) == (0.6, 0.3)


def test_what_can_be_measured_rests_on_the_fields_that_are_there() -> None:
    measurability = standard("standard.measurability", "item: a, metric: m, target: 20", "item: b")
    assert [(reason.name, reason.value) for reason in measurability.reasons] == [
        ("value.standard.a.metric", "m"),
        ("value.standard.a.target", 20),
    ]
    nothing = standard("standard.measurability", "item: a", "item: b")
    assert [(reason.name, reason.value, reason.note) for reason in nothing.reasons] == [
        ("value.standard", 2, "nothing of it is measurable")
    ]


def test_the_company_rate_weighs_by_worth() -> None:
    # (300 · 0.5 + 100 · 1.2) / 400 = 0.675; without a worth or an actual value it is left out
    items = (
        f"item: a, {ITEM}, actual: 15, worth: 300",
        f"item: b, {ITEM}, actual: 30, worth: 100",
        f"item: c, {ITEM}, actual: 30",
        f"item: d, {ITEM}, worth: 900",
    )
    company_rate = standard("return.company_rate", *items)
    assert company_rate.value == pytest.approx(0.675)
    assert {reason.name for reason in company_rate.reasons if reason.name.endswith("worth")} == {
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
    rows = ", ".join(f"{{contact: ann, type: letter, {event}}}" for event in events)
    return figure(
        "return.recognition",
        "relationship: {contacts: [{id: ann}]}\n"
        f"value: {{return: {{recognition: [{rows}]}}}}\n",
    )


def test_recognition_lacks_its_list_or_anything_due() -> None:
    assert figure("return.recognition").missing == ("value.return.recognition",)
    assert recognition("planned: 2026-11-24").note == "nothing to divide by"
    unlisted = recognition("planned: 2026-11-01").reasons[0]
    assert (unlisted.line, unlisted.note) == (5, "not done yet")


def care(*referrals: str) -> Figure:
    rows = ", ".join(
        f"{{to: Someone {index}, {referral}}}" for index, referral in enumerate(referrals)
    )
    return figure("return.care", f"relationship: {{referrals: [{rows}]}}\n")
