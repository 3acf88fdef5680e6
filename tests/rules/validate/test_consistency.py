"""What is right alone and wrong together: for each rule what must fire, and what must not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Said = Callable[..., list[str]]

CONTRACT = "account: {name: X, status: prospect, contract:"
UNKNOWN = "unknown: true, owner: kim-larsen"

# name, the text, the findings
CASES: list[tuple[str, str, tuple[str, ...]]] = [
    # ids that are given twice
    ("contacts alike", "relationship: {contacts: [{id: a}, {id: b}, {id: a}]}\n", ("1:50: error: the id 'a' is given twice in relationship.contacts, first at line 1; give each entry its own [duplicate-entry]",)),
    ("opportunities alike", "opportunities:\n- {id: Q 1}\n- {id: Q 1}\n", ("3:8: error: the id 'Q 1' is given twice in opportunities, first at line 2; give each entry its own [duplicate-entry]",)),
    ("service objects alike", "service: {objects: [{id: a}, {id: a}]}\n", ("1:35: error: the id 'a' is given twice in service.objects, first at line 1; give each entry its own [duplicate-entry]",)),
    ("cases alike", "service: {cases: [{id: 7}, {id: 7}]}\n", ("1:33: error: the id '7' is given twice in service.cases, first at line 1; give each entry its own [duplicate-entry]",)),
    ("risks of one side alike", "risk: {own: [{id: a}, {id: a}]}\n", ("1:28: error: the id 'a' is given twice in risk.customer and risk.own, first at line 1; give each entry its own [duplicate-entry]",)),
    ("risks of both sides alike", "risk:\n  customer: [{id: a}]\n  own: [{id: a}]\n", ("3:14: error: the id 'a' is given twice in risk.customer and risk.own, first at line 2; give each entry its own [duplicate-entry]",)),
    ("rivals alike", "competition: {rivals: [{id: a}, {id: a}]}\n", ("1:38: error: the id 'a' is given twice in competition.rivals, first at line 1; give each entry its own [duplicate-entry]",)),
    ("objectives alike", "objectives: [{id: a}, {id: a}]\n", ("1:28: error: the id 'a' is given twice in objectives, first at line 1; give each entry its own [duplicate-entry]",)),
    ("actions alike", "actions: [{id: a}, {id: a}]\n", ("1:25: error: the id 'a' is given twice in actions, first at line 1; give each entry its own [duplicate-entry]",)),
    ("one id in different lists", "actions: [{id: a}]\nobjectives: [{id: a}]\nrisk: {own: [{id: a}]}\nrelationship: {contacts: [{id: a}]}\n", ()),
    # circles
    ("contact reports to itself", "relationship: {contacts: [{id: a, reports_to: a}]}\n", ("1:47: error: 'reports_to' leads back to the entry itself: a > a [circle]",)),
    ("contacts in a circle", "relationship: {contacts: [{id: a, reports_to: b}, {id: b, reports_to: a}, {id: c, reports_to: a}]}\n", ("1:47: error: 'reports_to' leads back to the entry itself: a > b > a [circle]", "1:71: error: 'reports_to' leads back to the entry itself: b > a > b [circle]")),
    ("contacts in a line", "relationship: {contacts: [{id: a, reports_to: b}, {id: b, reports_to: c}, {id: c}]}\n", ()),
    ("objectives in a circle", "objectives: [{id: a, parent: b}, {id: b, parent: a}]\n", ("1:30: error: 'parent' leads back to the entry itself: a > b > a [circle]", "1:50: error: 'parent' leads back to the entry itself: b > a > b [circle]")),
    ("objectives in a tree", "objectives: [{id: a, parent: c}, {id: b, parent: c}, {id: c}]\n", ()),
    # currency
    ("money without currency", "economics: {price: 5}\n", ("1:1: error: money without a currency; write 'currency: EUR' (or another) under economics [no-currency]",)),
    ("money without economics", "risk:\n  own: [{id: a, loss: 5}]\n", ("2:23: error: money without a currency; write 'currency: EUR' (or another) under economics [no-currency]",)),
    ("plain value without currency", "value: {values: {product: 5}}\n", ("1:27: error: money without a currency; write 'currency: EUR' (or another) under economics [no-currency]",)),
    ("contract's value without currency", f"{CONTRACT} {{value: 5}}}}\n", ("1:56: error: money without a currency; write 'currency: EUR' (or another) under economics [no-currency]",)),
    ("unknown money", f"risk: {{own: [{{id: a, loss: {{{UNKNOWN}, find_by: 2026-12-01}}}}]}}\n", ()),
    ("no money", "economics: {retention: 0.5}\n", ()),
    ("courtesy in its own currency", "relationship: {contacts: [{id: a}]}\nvalue: {return: {courtesies: [{contact: a, amount: 20, currency: EUR}]}}\n", ()),
    ("courtesy without currency", "relationship: {contacts: [{id: a}]}\nvalue: {return: {courtesies: [{contact: a, amount: 20}]}}\n", ("2:52: error: money without a currency; write 'currency: EUR' (or another) under economics [no-currency]",)),
    ("reporting currency", "economics: {currency: EUR, price: 5}\n", ()),
    ("currency with a rate", "economics: {currency: USD, price: 5}\n", ()),
    ("currency without a rate", "economics: {currency: GBP, price: 5}\n", ("1:23: error: no rate from GBP to EUR on 2026-11-23; add one to site_config/currencies.yaml [no-rate]",)),
    # modes of value
    ("score in money mode", "economics: {currency: EUR}\nvalue: {values: {product: {score: 5}}}\n", ("2:28: error: 'score' in money mode; give 'amount', or change value.mode for all lines [mixed-modes]",)),
    ("score and amount in money mode", "economics: {currency: EUR}\nvalue: {mode: money, costs: {time: {amount: 5, score: 5}}}\n", ("2:48: error: 'score' in money mode; give 'amount', or change value.mode for all lines [mixed-modes]",)),
    ("amount in score mode", "economics: {currency: EUR}\nvalue: {mode: score, values: {product: {amount: 5}}}\n", ("2:41: error: 'amount' in score mode; give 'score', or change value.mode for all lines [mixed-modes]",)),
    ("plain amount in score mode", "economics: {currency: EUR}\nvalue: {mode: score, values: {product: 5}}\n", ("2:40: error: 'amount' in score mode; give 'score', or change value.mode for all lines [mixed-modes]",)),
    ("amount of an alternative in score mode", "economics: {currency: EUR}\nvalue: {mode: score, alternatives: [{name: Y, costs: {time: 5}}]}\n", ("2:61: error: 'amount' in score mode; give 'score', or change value.mode for all lines [mixed-modes]",)),
    ("scores in score mode", "value: {mode: score, values: {product: {score: 5, weight: 3}}, alternatives: [{name: Y, costs: {time: {score: 1}}}]}\n", ()),
    ("amounts in money mode", "economics: {currency: EUR}\nvalue: {mode: money, values: {product: 5, image: {amount: 0, note: none}}}\n", ()),
    # weights set by hand
    ("weights over one", "service: {objects: [{id: a, weight: {value: 0.7}}, {id: b, weight: {value: 0.4}}, {id: c}]}\n", ("1:60: error: the weights set by hand add up to 1.1; together they are at most 1 [weights-over-one]",)),
    ("weights of one", "service: {objects: [{id: a, weight: {value: 0.7}}, {id: b, weight: {value: 0.3}}]}\n", ()),
    ("ten tenths", f"service: {{objects: [{', '.join(f'{{id: a{n}, weight: {{value: 0.1}}}}' for n in range(10))}]}}\n", ()),
    # days in order
    ("contract ends before it starts", f"{CONTRACT} {{start: 2026-01-01, end: 2025-12-31}}}}\n", ("1:73: error: 'end' (2025-12-31) lies before 'start' (2026-01-01); change one of them [days-out-of-order]",)),
    ("notice before the start", f"{CONTRACT} {{start: 2026-01-01, notice_by: 2025-12-31}}}}\n", ("1:79: error: 'notice_by' (2025-12-31) lies before 'start' (2026-01-01); change one of them [days-out-of-order]",)),
    ("notice after the end", f"{CONTRACT} {{notice_by: 2026-02-01, end: 2026-01-31}}}}\n", ("1:77: error: 'end' (2026-01-31) lies before 'notice_by' (2026-02-01); change one of them [days-out-of-order]",)),
    ("contract of a day", f"{CONTRACT} {{start: 2026-01-01, notice_by: 2026-01-01, end: 2026-01-01}}}}\n", ()),
    ("tender closes before it opens", "buying: {tender: {opens: 2026-01-02, closes: 2026-01-01}}\n", ("1:46: error: 'closes' (2026-01-01) lies before 'opens' (2026-01-02); change one of them [days-out-of-order]",)),
    ("award before the tender closes", "buying: {tender: {closes: 2026-01-02, award: 2026-01-01}}\n", ("1:46: error: 'award' (2026-01-01) lies before 'closes' (2026-01-02); change one of them [days-out-of-order]",)),
    ("tender in order", "buying: {tender: {opens: 2026-01-01, closes: 2026-01-01, award: 2026-01-02}}\n", ()),
    # revenue
    ("a year twice", "economics: {currency: EUR, revenue: [{year: 2025, amount: 1}, {year: 2024}, {year: 2025}]}\n", ("1:84: error: the year 2025 is given twice; keep one [duplicate-year]",)),
    ("a part year of another year", "economics: {revenue: [{year: 2025, to: 2026-06-30}]}\n", ("1:40: error: 2026-06-30 is not in the year 2025 [wrong-value]",)),
    ("a part year", "economics: {revenue: [{year: 2025}, {year: 2026, to: 2026-06-30}]}\n", ()),
    # how far ahead
    ("unknown too far ahead", f"economics: {{retention: {{{UNKNOWN}, find_by: 2027-03-24}}}}\n", ("1:68: error: 2027-03-24 is more than 120 days ahead; at the latest 2027-03-23 [unknown-too-far]",)),
    ("unknown on the last day", f"economics: {{retention: {{{UNKNOWN}, find_by: 2027-03-23}}}}\n", ()),
    ("unknown past its day is for the gate", f"economics: {{retention: {{{UNKNOWN}, find_by: 2026-01-01}}}}\n", ()),
    ("answer unknown too far ahead", f"qualification: {{need: {{{UNKNOWN}, find_by: 2028-01-01}}}}\n", ("1:67: error: 2028-01-01 is more than 120 days ahead; at the latest 2027-03-23 [unknown-too-far]",)),
    ("waiver too far ahead", "waivers: [{rule: owner, reason: x, by: li-wei, until: 2027-05-23}]\n", ("1:55: error: 2027-05-23 is more than 180 days ahead; at the latest 2027-05-22 [waiver-too-far]",)),
    ("waiver on the last day", "waivers: [{rule: owner, reason: x, by: li-wei, until: 2027-05-22}]\n", ()),
    ("waiver without a word", "waivers: [{rule: owner}]\n", ("1:11: error: needs 'reason', 'by', 'until': why, who answers for it, until when [waiver-incomplete]",)),
    ("waiver without a day", "waivers: [{rule: owner, reason: x, by: li-wei}]\n", ("1:11: error: needs 'until': why, who answers for it, until when [waiver-incomplete]",)),
    ("override without a word", "overrides: [{figure: tier, value: A}]\n", ("1:13: error: needs 'reason', 'by', 'until': why, who answers for it, until when [override-incomplete]",)),
    ("override far ahead", "overrides: [{figure: tier, value: A, reason: x, by: li-wei, until: 2029-01-01}]\n", ()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CASES]
)
def test_a_playbook_as_a_whole(said: Said, text: str, expected: tuple[str, ...]) -> None:
    assert said(text) == list(expected)


def parent(of: str) -> str:
    return f"account: {{name: X, status: prospect, parent: {of}}}\n"


def test_parents_in_a_circle(said: Said) -> None:
    assert said(parent("y"), y=parent("z"), z=parent("x"), w=parent("x")) == [
        "1:46: error: the parents lead back to the account itself: x > y > z > x [parent-cycle]",
        "playbooks/y.yaml:1:46: error: the parents lead back to the account itself: y > z > x > y [parent-cycle]",
        "playbooks/z.yaml:1:46: error: the parents lead back to the account itself: z > x > y > z [parent-cycle]",
    ]


def test_parents_in_a_line(said: Said) -> None:
    assert said(parent("y"), y=parent("z"), z="") == []
