"""The monthly hour: a plan kept by `playbook review` alone, and what the command refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.program import run
from tests.workspace import SMALL_PLAYBOOK, make_workspace

PLAN = """\
schema: 1
account:
  name: Harbor Logistics
  status: customer
  industry: logistics
  region: emea
  planned_tier: C
  owner: kim-larsen
  contract: {start: 2025-01-01, end: 2028-12-31, notice_by: 2028-09-30, value: 60000}
  next: {date: 2026-09-15, what: Look at crane two, prepared_by: kim-larsen}
  reviewed: 2026-09-01  # on the first of each month
summary: They run three cranes with our drives.
qualification:
  evidence: {grade: fact, as_of: 2026-06-01, source: their board}
  target: {answer: yes, score: 2}
  satisfaction: {answer: yes, score: 2}
  brand: {answer: yes, score: 2}
  need: {answer: yes, score: 2}
  solution: {answer: yes, score: 2}
  money: {answer: yes, score: 2}
  authority: {answer: yes, score: 2}
  competition: {unknown: true, owner: kim-larsen, find_by: 2026-10-20}
  comparison: {answer: yes, score: 2}
  trend: {answer: yes, score: 2}
economics:
  evidence: {grade: fact, as_of: 2026-06-01, source: their order book}
  currency: EUR
  addressable_spend: 400000
  attainable_share: {value: 0.25, grade: opinion, as_of: 2026-06-01, source: Kim Larsen}
  contribution_margin: 0.30
  retention: 0.80
  price: 60000
  production_cost: 40000
  marketing_cost: 500
relationship:
  personal_data: {source: their cards, lawful_basis: contract, collected_on: 2026-01-10, review_by: 2027-06-30}
  contacts:
    - {id: ann, name: Ann Holt, level: company, roles: [decider], influence: 5, sentiment: 1, observed: [{fact: Asked for a second offer, date: 2026-08-20, by: kim-larsen}], owner: kim-larsen, rhythm_days: 60, public_official: none}
    - {id: ben, name: Ben Dahl, level: handler, roles: [champion], influence: 3, sentiment: 1, observed: [{fact: Shows visitors our drives, date: 2026-08-25, by: ana-ruiz}], owner: ana-ruiz, rhythm_days: 45, public_official: none}
    - {id: cal, name: Cal Moss, level: related, roles: [influencer], influence: 1, sentiment: 0, owner: kim-larsen, public_official: none}
  interactions:
    - {date: 2026-08-20, contacts: [ann, cal], by: kim-larsen, initiated_by: us, two_way: true, channel: meeting}
    - {date: 2026-08-25, contacts: [ben], by: ana-ruiz, initiated_by: them, two_way: true, channel: email}
  promises:
    - {what: Wear report of crane two, to: ben, due: 2026-09-20}
service:
  evidence: {grade: fact, as_of: 2026-06-01, source: service book}
  objects:
    - {id: board, contact: ann, stage: pre_sale, importance: {level: 5, stage: 3, role: 5}, activities: [{activity: visit, per_year: 4}]}
    - {id: crane, contact: ben, stage: sale, importance: {level: 3, stage: 4, role: 4}, activities: [{activity: training, per_year: 2}]}
    - {id: adviser, contact: cal, stage: after_sale, importance: {level: 1, stage: 2, role: 1}, activities: [{activity: visit, per_year: 1}]}
  cases:
    - {id: c-17, opened: 2026-08-28, due: 2026-09-10, severity: 3}
risk:
  customer: []
  own: []
  credit: {receivable: 0, days_late: 0, default_probability: 0.01, loss_given_default: 0.5, cost_of_capital: 0.08, limit: 40000}
objectives:
  - {id: fourth, statement: A fourth crane on our drives, metric: cranes, unit: cranes, start: 2026-01-15, baseline: 3, target: 4, actual: 3, as_of: 2026-08-20, due: 2027-06-30, owner: kim-larsen}
actions:
  - {id: offer, what: Offer for the fourth crane, owner: kim-larsen, due: 2026-09-25, objective: fourth, part: V1}
"""


class Month(NamedTuple):
    """A day of review: what it lists, and what then is written into the plan, text for text."""

    day: str
    listed: str
    written: tuple[tuple[str, str], ...]
    left: str


MONTHS = (
    Month(
        day="2026-10-01",
        listed="""\
Harbor Logistics: review on 1 Oct 2026, the last one was on 1 Sep 2026

Due or past due: Do it or move it, and write down how it went.
  playbooks/harbor.yaml:53:43: Overdue since 10 Sep 2026: Close case c-17 (Kim Larsen)
  playbooks/harbor.yaml:10:16: Overdue since 15 Sep 2026: Look at crane two: write down how it went, and the next one (Kim Larsen)
  playbooks/harbor.yaml:45:54: Overdue since 20 Sep 2026: Wear report of crane two (Kim Larsen)
  playbooks/harbor.yaml:61:75: Overdue since 25 Sep 2026: Offer for the fourth crane (Kim Larsen)
  playbooks/harbor.yaml:22:60: 20 Oct 2026: Find out: whether we can beat the competition (Kim Larsen)

Contacts to talk with: Talk with them, and write it into the interactions.
  playbooks/harbor.yaml:39:205: Talk with Ben Dahl by 9 Oct 2026 (Ana Ruiz)
  playbooks/harbor.yaml:38:207: Talk with Ann Holt by 19 Oct 2026 (Kim Larsen)

When you are through:
  playbook review harbor --done
""",
        written=(
            ("due: 2026-09-10, severity: 3", "due: 2026-09-10, closed: 2026-09-09, severity: 3"),
            (
                "{date: 2026-09-15, what: Look at crane two,",
                "{date: 2026-10-22, what: Business review,",
            ),
            ("to: ben, due: 2026-09-20}", "to: ben, due: 2026-09-20, kept_on: 2026-09-18}"),
            (
                "due: 2026-09-25, objective: fourth, part: V1}\n",
                (
                    "due: 2026-09-25, objective: fourth, part: V1, done_on: 2026-09-24}\n"
                    "  - {id: visit, what: Show them crane two of Lindholm, owner: ana-ruiz,"
                    " due: 2026-11-20, objective: fourth, part: R2}\n"
                ),
            ),
            (
                "  promises:\n",
                (
                    "    - {date: 2026-09-15, contacts: [ann, ben], by: kim-larsen, initiated_by: us,"
                    " two_way: true, channel: meeting}\n  promises:\n"
                ),
            ),
        ),
        left="left open: 3 things that the review names",
    ),
    Month(
        day="2026-11-01",
        listed="""\
Harbor Logistics: review on 1 Nov 2026, the last one was on 1 Oct 2026

Due or past due: Do it or move it, and write down how it went.
  playbooks/harbor.yaml:22:60: Overdue since 20 Oct 2026: Find out: whether we can beat the competition (Kim Larsen)
  playbooks/harbor.yaml:10:16: Overdue since 22 Oct 2026: Business review: write down how it went, and the next one (Kim Larsen)
  playbooks/harbor.yaml:63:78: 20 Nov 2026: Show them crane two of Lindholm (Ana Ruiz)

Contacts to talk with: Talk with them, and write it into the interactions.
  playbooks/harbor.yaml:39:205: Ben Dahl should have heard from us by 30 Oct 2026 (Ana Ruiz)
  playbooks/harbor.yaml:38:207: Talk with Ann Holt by 14 Nov 2026 (Kim Larsen)

What the gate asks for: Write what is missing, or correct it.
  playbooks/harbor.yaml:22:3: Fill in qualification.competition

When you are through:
  playbook review harbor --done
""",
        written=(
            (
                "{unknown: true, owner: kim-larsen, find_by: 2026-10-20}",
                (
                    "{answer: A second maker offers, score: 1, grade: fact, as_of: 2026-10-22,"
                    " source: Ann Holt}"
                ),
            ),
            (
                "{date: 2026-10-22, what: Business review,",
                "{date: 2026-12-10, what: Budget of 2027,",
            ),
            (
                "  promises:\n",
                (
                    "    - {date: 2026-10-22, contacts: [ann, ben], by: kim-larsen, initiated_by: us,"
                    " two_way: true, channel: meeting}\n  promises:\n"
                ),
            ),
        ),
        left="left open: 1 thing that the review names",
    ),
    Month(
        day="2026-12-01",
        listed="""\
Harbor Logistics: review on 1 Dec 2026, the last one was on 1 Nov 2026

Due or past due: Do it or move it, and write down how it went.
  playbooks/harbor.yaml:64:78: Overdue since 20 Nov 2026: Show them crane two of Lindholm (Ana Ruiz)
  playbooks/harbor.yaml:10:16: 10 Dec 2026: Budget of 2027 (Kim Larsen)

Facts past their shelf life: Ask again, and write the value with its new day.
  playbooks/harbor.yaml:49:34: Facts of the section service: of 1 Jun 2026, 3 days past its shelf life

Contacts to talk with: Talk with them, and write it into the interactions.
  playbooks/harbor.yaml:39:205: Talk with Ben Dahl by 6 Dec 2026 (Ana Ruiz)
  playbooks/harbor.yaml:38:207: Talk with Ann Holt by 21 Dec 2026 (Kim Larsen)

Objectives to measure: Write where it stands, and as of which day.
  playbooks/harbor.yaml:61:140: A fourth crane on our drives: last measured on 20 Aug 2026 (Kim Larsen)

When you are through:
  playbook review harbor --done
""",
        written=(
            (
                "due: 2026-11-20, objective: fourth, part: R2}",
                "due: 2026-11-20, objective: fourth, part: R2, done_on: 2026-11-19}",
            ),
            (
                "  evidence: {grade: fact, as_of: 2026-06-01, source: service book}",
                "  evidence: {grade: fact, as_of: 2026-12-01, source: service book}",
            ),
            ("actual: 3, as_of: 2026-08-20", "actual: 4, as_of: 2026-11-25"),
        ),
        left="left open: 3 things that the review names",
    ),
)


def test_three_months_need_no_other_command(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, {"playbooks/harbor.yaml": PLAN})
    place = workspace / "playbooks/harbor.yaml"
    for month in MONTHS:
        listed = run(workspace, "review", "harbor", "--today", month.day)
        assert (listed.returncode, listed.stdout, listed.stderr) == (0, month.listed, ""), (
            listed.stdout
        )
        text = place.read_text(encoding="utf-8")
        for before, after in month.written:
            assert text.count(before) == 1, before
            text = text.replace(before, after)
        place.write_text(text, encoding="utf-8")
        before_done = text
        done = run(workspace, "review", "harbor", "--done", "--today", month.day)
        assert (done.returncode, done.stdout) == (0, "playbooks/harbor.yaml\n")
        assert done.stderr == f"account.reviewed: {month.day}; {month.left}\n"
        # one word of one line: the comment behind it and all else stays
        line = next(line for line in before_done.splitlines() if "reviewed:" in line)
        reviewed = line.split()[1]
        wanted = before_done.replace(line, line.replace(reviewed, month.day))
        assert place.read_text(encoding="utf-8") == wanted
        gate = run(workspace, "check", "--strict", "--today", month.day)
        assert (gate.returncode, gate.stdout) == (0, ""), gate.stdout


REFUSED = [
    pytest.param(
        {"playbooks/harbor.yaml": SMALL_PLAYBOOK},
        ("harbour",),
        "error: no account 'harbour'; did you mean 'harbor'?\n",
        id="an account that is not there",
    ),
    pytest.param(
        {"playbooks/harbor.yaml": "schema: 1\naccount: {name: Harbor\n"},
        ("harbor", "--done"),
        "error: harbor cannot be read: playbooks/harbor.yaml:3:1: error: a comma or '}' is missing"
        " before this; the bracket opens at line 2, column 10 [yaml-syntax]\n",
        id="a file that cannot be read",
    ),
]


@pytest.mark.parametrize(("files", "words", "message"), REFUSED)
def test_refuses(
    tmp_path: Path, files: dict[str, str], words: tuple[str, ...], message: str
) -> None:
    workspace = make_workspace(tmp_path, files)
    made = run(workspace, "review", *words, "--today", "2026-12-01")
    assert (made.returncode, made.stdout) == (2, "")
    assert made.stderr == message
    for name, text in files.items():
        assert (workspace / name).read_text(encoding="utf-8") == text


def test_done_is_written_where_there_was_no_day_and_only_once(tmp_path: Path) -> None:
    # what is wrong elsewhere in the file is no reason not to note that somebody looked
    text = (
        "# ours\nschema: 1\naccount: {name: Harbor, status: former}  # since May\nsummary: S.\n"
        "economics: {price: 620.000}\n"
    )
    workspace = make_workspace(tmp_path, {"playbooks/harbor.yaml": text})
    place = workspace / "playbooks/harbor.yaml"
    first = run(workspace, "review", "harbor", "--done", "--today", "2026-12-01")
    assert (first.returncode, first.stdout) == (0, "playbooks/harbor.yaml\n")
    wanted = text.replace("former}", "former, reviewed: 2026-12-01}")
    assert place.read_text(encoding="utf-8") == wanted
    again = run(workspace, "review", "harbor", "--done", "--today", "2026-12-01")
    note = "playbooks/harbor.yaml: account.reviewed is 2026-12-01 already\n"
    assert (again.returncode, again.stdout, again.stderr) == (0, "", note)
    assert place.read_text(encoding="utf-8") == wanted


def test_json_has_place_day_and_person(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, {"playbooks/harbor.yaml": PLAN})
    made = run(workspace, "review", "harbor", "--format", "json", "--today", "2026-10-01")
    told = json.loads(made.stdout)
    items = told.pop("items")
    assert told == {
        "account": "harbor",
        "path": "playbooks/harbor.yaml",
        "today": "2026-10-01",
        "reviewed": "2026-09-01",
        "until": "2026-10-31",
    }
    assert items[2] == {
        "topic": "due",
        "text": "Overdue since 20 Sep 2026: Wear report of crane two (Kim Larsen)",
        "path": "playbooks/harbor.yaml",
        "line": 45,
        "column": 54,
        "day": "2026-09-20",
        "who": "Kim Larsen",
        "section": "relationship",
        "figure": None,
        "stands": None,
        "share": None,
    }
