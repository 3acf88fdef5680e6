"""What is right alone and wrong together: for each rule what must fire, and what must not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.form import FORM
from generator.model.kinds import Kind
from generator.read import read_text
from generator.read.document import DataPath

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
    ("currency without a rate", "economics: {currency: GBP, price: 5}\n", ("1:23: error: no rate from GBP to EUR on 2026-11-23; add 'GBP: [{from: 2026-11-23, rate: N}]' under rates in site_config/currencies.yaml, N being what 1 GBP is worth in EUR [no-rate]",)),
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
    ("objective due before it begins", "objectives: [{id: a, start: 2026-03-02, due: 2026-03-01}]\n", ("1:46: error: 'due' (2026-03-01) is not after 'start' (2026-03-02); change one [days-out-of-order]",)),
    ("objective due on the day it begins", "objectives: [{id: b, start: 2026-03-01, due: 2026-03-02}, {id: a, start: 2026-03-02, due: 2026-03-02}]\n", ("1:91: error: 'due' (2026-03-02) is not after 'start' (2026-03-02); change one [days-out-of-order]",)),
    ("objective of a day", "objectives: [{id: a, start: 2026-03-01, due: 2026-03-02}]\n", ()),
    ("objectives with one day each", "objectives: [{id: a, start: 2026-03-01}, {id: b, due: 2026-03-01}]\n", ()),
    ("case closed before it came", "service: {cases: [{id: 7, opened: 2026-03-02, closed: 2026-03-01}]}\n", ("1:55: error: 'closed' (2026-03-01) lies before 'opened' (2026-03-02); change one [days-out-of-order]",)),
    ("case closed on the day it came", "service: {cases: [{id: 7, opened: 2026-03-02, closed: 2026-03-02}]}\n", ()),
    ("case due before it came", "service: {cases: [{id: 7, opened: 2026-03-02, due: 2026-03-01}, {id: 8, closed: 2026-03-01}]}\n", ()),
    # scores within their scale
    ("score above its scale", "service: {satisfaction: [{date: 2026-11-01, score: 5.5, scale: 5}]}\n", ("1:52: error: the score 5.5 is above its scale of 5; change one [wrong-value]",)),
    ("score at the top of its scale", "service: {satisfaction: [{date: 2026-11-01, score: 5, scale: 5}]}\n", ()),
    ("score without a scale", "service: {satisfaction: [{date: 2026-11-01, score: 11}, {date: 2026-11-02, scale: 5}]}\n", ()),
    # what happened did not do so in days to come
    ("a talk two days ahead", "relationship: {interactions: [{date: 2026-11-25}]}\n", ("1:38: error: 'date' is 2026-11-25, a day ahead; write the day on which it was so [day-ahead]",)),
    ("a talk a day ahead", "relationship: {interactions: [{date: 2026-11-24}]}\n", ()),
    ("a talk today", "relationship: {interactions: [{date: 2026-11-23}]}\n", ()),
    ("a quoted talk two days ahead", "relationship: {interactions: [{date: '2026-11-25'}]}\n", ("1:38: error: 'date' is 2026-11-25, a day ahead; write the day on which it was so [day-ahead]",)),
    ("evidence two days ahead", "economics: {retention: {value: 0.5, as_of: 2026-11-25}}\n", ("1:44: error: 'as_of' is 2026-11-25, a day ahead; write the day on which it was so [day-ahead]",)),
    ("evidence a day ahead", "economics: {retention: {value: 0.5, as_of: 2026-11-24}}\n", ()),
    ("words that are days", "actions: [{id: a, what: 2027-01-01, lesson: '2027-01-01'}]\n", ()),
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


# Every day on which something happened or was known, and of evidence that of each kind of holder
PAST = """\
account:
  name: X
  status: prospect
  evidence:
    as_of: DAY
  documents:
    - title: a
      date: DAY
  notes:
    - date: DAY
  reviewed: DAY
qualification:
  need:
    score: 1
    as_of: DAY
economics:
  currency: EUR
  price:
    value: 5
    as_of: DAY
  revenue:
    - year: 2026
      to: DAY
  discounts:
    - booked_on: DAY
usage:
  - metric: orders
    date: DAY
relationship:
  personal_data:
    collected_on: DAY
  contacts:
    - id: ann
      collected_on: DAY
      observed:
        - fact: a
          date: DAY
  interactions:
    - date: DAY
  promises:
    - what: a
      kept_on: DAY
  gates:
    aware:
      date: DAY
      confirmed: DAY
    familiar:
      date: DAY
      confirmed: DAY
    customer:
      date: DAY
      confirmed: DAY
    promoter:
      date: DAY
      confirmed: DAY
    recommender:
      date: DAY
      confirmed: DAY
    partner:
      date: DAY
      confirmed: DAY
  referrals:
    - to: a
      date: DAY
      thanked_on: DAY
  trust:
    - date: DAY
buying:
  steps:
    - what: a
      done_on: DAY
opportunities:
  - id: big
    steps:
      visit: DAY
      communicate: DAY
      demonstrate: DAY
      explain: DAY
      negotiate: DAY
      close: DAY
outcomes:
  - date: DAY
service:
  cases:
    - id: a
      opened: DAY
      closed: DAY
  satisfaction:
    - date: DAY
value:
  values:
    image:
      amount: 5
      as_of: DAY
  standard:
    - item: a
      agreed_by_us: DAY
      agreed_by_customer: DAY
  negotiation:
    concessions:
      - date: DAY
  return:
    recognition:
      - contact: ann
        done_on: DAY
    courtesies:
      - contact: ann
        date: DAY
        approved_on: DAY
environment:
  signals:
    - what: a
      noticed: DAY
      answered: DAY
objectives:
  - id: aim
    as_of: DAY
actions:
  - id: act
    done_on: DAY
decisions:
  - date: DAY
rsvr:
  R1:
    agreed_on: DAY
    reviewed_on: DAY
"""
# Every day that may lie ahead
PLANNED = """\
account:
  name: X
  status: customer
  contract:
    start: DAY
    end: DAY
    notice_by: DAY
  next:
    date: DAY
qualification:
QUESTIONS\
relationship:
  personal_data:
    review_by: DAY
  contacts:
    - id: ann
      review_by: DAY
      left_on: DAY
  promises:
    - what: a
      due: DAY
  reference:
    consent_until: DAY
buying:
  decide_by: DAY
  steps:
    - what: a
      due: DAY
  tender:
    opens: DAY
    closes: DAY
    award: DAY
opportunities:
  - id: big
    close_on: DAY
service:
  cases:
    - id: a
      due: DAY
value:
  standard:
    - item: a
      due: DAY
  return:
    recognition:
      - contact: ann
        planned: DAY
    courtesies:
      - contact: ann
        planned: DAY
        approval_expires: DAY
risk:
  customer:
    - id: doubt
      due: DAY
  own:
    - id: late
      due: DAY
objectives:
  - id: begun
    start: DAY
  - id: due
    due: DAY
actions:
  - id: act
    due: DAY
decisions:
  - date: 2026-11-01
    review_on: DAY
waivers:
  - rule: owner
    until: DAY
overrides:
  - figure: tier
    until: DAY
""".replace(
    "QUESTIONS",
    "".join(
        f"  {question}:\n    unknown: true\n    owner: kim-larsen\n    find_by: DAY\n"
        for question in (
            *("target", "satisfaction", "brand", "need", "solution"),
            *("money", "authority", "competition", "comparison", "trend"),
        )
    ),
)


def ahead(said: Said, text: str, day: str) -> list[str]:
    """The findings about days ahead, with one day in each place of a text."""
    return [line for line in said(text.replace("DAY", day)) if line.endswith("[day-ahead]")]


def test_no_day_of_the_past_lies_two_days_ahead(said: Said) -> None:
    # One key in a line and its day behind it
    lines = [
        (number, line.index("DAY") + 1, line.strip(" -").partition(":")[0])
        for number, line in enumerate(PAST.splitlines(), 1)
        if "DAY" in line
    ]
    assert ahead(said, PAST, "2026-11-25") == [
        f"{number}:{column}: error: '{name}' is 2026-11-25, a day ahead; write the day on which it"
        " was so [day-ahead]"
        for number, column, name in lines
    ]


@pytest.mark.parametrize("day", ["2026-01-01", "2026-11-22", "2026-11-23", "2026-11-24"])
def test_a_day_of_the_past_may_be_today_or_one_day_ahead(said: Said, day: str) -> None:
    assert said(PAST.replace("DAY", day)) == []


@pytest.mark.parametrize("day", ["2026-11-25", "2028-02-29"])
def test_a_day_that_is_planned_may_lie_ahead(said: Said, day: str) -> None:
    assert ahead(said, PLANNED, day) == []


def test_each_day_of_the_form_is_tried() -> None:
    days = [field for field in FORM.walk() if field.kind is Kind.DAY]
    evidence = {field.pattern for field in days if field.name == "as_of"}
    past, planned = days_in(PAST), days_in(PLANNED)
    assert past.isdisjoint(planned)
    # The form knows a fact as a whole, without its evidence
    assert past | planned | evidence == {field.pattern for field in days} | {
        "economics.price.as_of"
    }


def days_in(text: str) -> set[str]:
    """The patterns of the places of a text where a day stands."""
    document = read_text(text.encode(), "playbooks/x.yaml")

    def of(node: object, path: DataPath) -> set[str]:
        if isinstance(node, dict):
            return set().union(*(of(inner, (*path, key)) for key, inner in node.items()))
        if isinstance(node, list):
            return set().union(*(of(inner, (*path, index)) for index, inner in enumerate(node)))
        return {FORM.pattern_of(path)} if node == "DAY" else set()

    return of(document.data, ())


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
