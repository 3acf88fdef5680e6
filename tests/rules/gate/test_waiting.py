"""A placeholder in the way of a rule is told once, as grave as the rule; anything else is told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.program import run
from tests.workspace import make_workspace

DAY = ("--today", "2026-11-23")
HEAD = "schema: 1\nsummary: x\naccount: {name: X, status: former, reviewed: 2026-11-01, %s}\n"
OWNED = "owner: kim-larsen"
ASKED = "a placeholder: write the value; the rule '{}' asks for it"
ASKED_OR_NONE = "a placeholder: write the value, or [] for none; the rule '{}' asks for it"
OPTIONAL = "a placeholder: write the value or delete the line"
OPTIONAL_LIST = "a placeholder: write the value, or [] for none, or delete the line"
NO_ORIGIN = (
    "'source', 'lawful_basis', 'collected_on', 'review_by' not given, here or in"
    " relationship.personal_data: say where we have this person from, why we may keep it, since"
    " when, until when"
)
NO_OFFICIAL = "'public_official' is not given; write none, official, state_owned or unknown"
BASIS = (
    "personal_data: {source: a, lawful_basis: b, collected_on: 2026-11-01, review_by: 2027-10-01}"
)
RULES = """\
rules:
  - off: true
  - {id: owner, level: error, title: O, holds: {present: account.owner}, message: no owner, reason: R}
  - {id: size, level: warning, title: S, holds: {present: account.size}, message: no size, reason: R}
  - {id: price, level: error, title: P, holds: {figure: {key: value.total_cost}}, message: 'missing: {missing}', reason: R}
  - {id: doubts, level: error, title: D, holds: {present: risk.customer}, message: no doubts, reason: R}
  - {id: ten, level: error, title: N, applies: {size: [small]}, holds: {all: [{present: qualification.need}, {present: qualification.money}]}, message: no answer, reason: R}
  - {id: talks, level: error, title: T, holds: {figure: {key: relationship.threads, at_least: 1}}, message: no talks, reason: R}
"""
PERSON = "relationship: {%s, contacts: [{id: a, public_official: %s}], interactions: %s}\n"
FINE = "value: {mode: score}\nrisk: {customer: []}\n" + PERSON % (
    BASIS,
    "none",
    "[{date: 2026-11-20, contacts: [a], two_way: true, channel: meeting}]",
)


@pytest.mark.parametrize(
    ("account", "rest", "told"),
    [
        pytest.param(
            "owner: …, size: …",
            "risk: {customer: …}\n",
            {
                ("placeholder", "error", ASKED.format("owner")),
                ("placeholder", "warning", ASKED.format("size")),
                ("placeholder", "error", ASKED_OR_NONE.format("doubts")),
            },
            id="as grave as what asks",
        ),
        pytest.param(
            f"{OWNED}, size: large, region: …",
            "risk: {customer: []}\n",
            {("placeholder", "warning", OPTIONAL)},
            id="nothing asks",
        ),
        pytest.param(
            f"{OWNED}, size: large",
            "risk: {customer: [{id: …, doubt: x}], own: …}\n",
            {
                ("placeholder", "error", "a placeholder: write the value; every entry of 'customer' needs it"),
                ("placeholder", "warning", OPTIONAL_LIST),
            },
            id="the entry goes with its id, and with it the list",
        ),
        pytest.param(
            f"{OWNED}, size: large",
            "risk: {customer: []}\n" + PERSON % ("personal_data: {source: …, lawful_basis: …, collected_on: …, review_by: …}", "…", "…"),
            {
                ("placeholder", "error", ASKED.format("pd3")),
                ("placeholder", "error", ASKED.format("ab2")),
                ("placeholder", "error", ASKED_OR_NONE.format("talks")),
            },
            id="a person's data, and a figure that waits for a list",
        ),
        pytest.param(
            f"{OWNED}, size: small, uses: […], tags: [a]",
            "risk: {customer: []}\nqualification: {need: {answer: Yes, score: …}, money: {answer: …, score: …}}\n",
            {
                ("placeholder", "error", ASKED.format("ten")),
                ("placeholder", "warning", OPTIONAL_LIST),
            },
            id="an answer without its score is missing, and not lost",
        ),
        pytest.param(
            f"{OWNED}, size: large",
            "risk: {customer: []}\n" + PERSON % ("personal_data: {source: …}", "none", "[]"),
            {
                ("placeholder", "warning", OPTIONAL),
                ("pd3", "error", NO_ORIGIN),
                ("talks", "error", "no talks"),
            },
            id="more lacks than the placeholder: the rule is told",
        ),
    ],
)  # fmt: skip
def test_told_once(
    tmp_path: Path, account: str, rest: str, told: set[tuple[str, str, str]]
) -> None:
    files = {"playbooks/x.yaml": HEAD % account + rest, "site_config/rules.yaml": RULES}
    every = _findings(make_workspace(tmp_path, files))
    ours = {finding for finding in every if finding[0] not in ("price", "talks")}
    ours |= {finding for finding in told if finding[0] == "talks" and finding in every}
    assert ours == told


def test_in_a_figure_with_several_inputs_one_that_is_not_there_at_all_is_told(
    tmp_path: Path,
) -> None:
    costs = "value: {mode: money, costs: {switching: …, effort: …, time: …, opportunity: …}}\n"
    files = {"playbooks/x.yaml": HEAD % OWNED + costs, "site_config/rules.yaml": RULES}
    rules = [
        finding for finding in _findings(make_workspace(tmp_path, files)) if finding[0] == "price"
    ]
    assert len(rules) == 1
    assert "economics.price" in rules[0][2]


def test_a_baseline_takes_in_what_rules_wait_for_and_no_more(tmp_path: Path) -> None:
    text = HEAD % "owner: …, size: large, region: …" + FINE
    rules = RULES.replace("{figure: {key: value.total_cost}}", "{present: summary}")
    root = make_workspace(tmp_path, {"playbooks/x.yaml": text, "site_config/rules.yaml": rules})
    assert run(root, "check", *DAY).returncode == 1
    assert run(root, "check", *DAY, "--write-baseline").returncode == 0
    baseline = (root / "playbooks-baseline.yaml").read_text()
    assert baseline.endswith("gaps:\n  - {account: x, rule: placeholder, entry: account.owner}\n")
    done = run(root, "check", *DAY, "--baseline", "playbooks-baseline.yaml")
    assert (done.returncode, "1 known gap" in done.stderr) == (0, True)


def test_its_first_step_says_why_the_rule_asks(tmp_path: Path) -> None:
    files = {"playbooks/x.yaml": HEAD % "owner: …, size: …", "site_config/rules.yaml": RULES}
    shown = run(make_workspace(tmp_path, files), "show", "x", *DAY).stdout
    assert "  1. account.owner\n     R\n" in shown


def _findings(root: Path) -> Sequence[tuple[str, str, str]]:
    done = run(root, "check", *DAY, "--output-format", "json")
    return [(each["rule"], each["level"], each["message"]) for each in json.loads(done.stdout)]
