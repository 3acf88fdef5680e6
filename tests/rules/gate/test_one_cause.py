"""What several plans have for one cause is told once, where it is mended; for machines one by one."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.program import run
from tests.workspace import make_workspace

DAY = ("--today", "2026-11-23")
RATES = re.compile(r"^rates:.*\Z", re.MULTILINE | re.DOTALL)


@pytest.fixture
def examples(tmp_path: Path, repository: Path) -> Path:
    """The example portfolio, which has no finding, to be spoilt."""
    for folder in ("playbooks", "site_config"):
        shutil.copytree(repository / folder, tmp_path / folder)
    return tmp_path


def told(root: Path, *words: str) -> list[str]:
    return run(root, "check", *DAY, "--output-format", "concise", *words).stdout.splitlines()


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def cure(code: str) -> str:
    return (
        f"if your sums are in {code}, write 'reporting_currency: {code}' in"
        f" site_config/currencies.yaml, else add 'rates: {{{code}: [{{from: 2026-11-23, rate: N}}]}}'"
        f" there, N being what 1 {code} is worth in EUR"
    )


def test_a_currency_without_a_rate(examples: Path) -> None:
    rates = examples / "site_config/currencies.yaml"
    rates.write_text(RATES.sub("reporting_currency: EUR", rates.read_text(encoding="utf-8")))
    line = rates.read_text(encoding="utf-8").count("\n") + 1
    at = f"site_config/currencies.yaml:{line}:21: error"
    # what rests on a rate waits for it: neither a tier nor a figure is asked of any plan
    assert told(examples) == [
        (f"{at}: no rate from CNY to EUR on 2026-11-23, in 4 plans (donghai-gangkou, huaxia-shiye,"
        f" jinling-dianzi and 1 more); {cure('CNY')} [ab3, no-rate]"),
        (f"{at}: no rate from USD to EUR on 2026-11-23, in 6 plans (cascade-pharma, delmar-steel,"
        f" ironridge-mining and 3 more); {cure('USD')} [no-rate]"),
        # a plan that is alone with it may have misspelt its currency: told where it stands
        ("playbooks/emea/brandner-papier.yaml:46:13: error: no rate from CHF to EUR on 2026-11-23;"
        f" {cure('CHF')} [no-rate]"),
        ("playbooks/emea/thornbury-lisle.yaml:40:13: error: no rate from GBP to EUR on 2026-11-23;"
        f" {cure('GBP')} [no-rate]"),
    ]  # fmt: skip
    full = run(examples, "check", *DAY, "--output-format", "full")
    assert f"[ab3, no-rate]\n{line} | reporting_currency: EUR\n" in full.stdout
    assert full.stderr == "13 errors, 0 warnings in 12 of 17 playbooks, told in 4 groups\n"
    listed = run(examples, "check", *DAY, "--output-format", "json-lines").stdout.splitlines()
    findings = [json.loads(each) for each in listed]
    assert len(findings) == 13
    assert {finding["path"].partition("/")[0] for finding in findings} == {"playbooks"}
    cured = "reporting_currency: EUR\nrates: {" + ", ".join(
        f"{code}: [{{from: 2026-11-23, rate: {rate}}}]"
        for code, rate in (("CNY", 0.127), ("USD", 0.9), ("CHF", 1.05), ("GBP", 1.17))
    )
    replace(rates, "reporting_currency: EUR", f"{cured}}}")
    assert told(examples) == []


def test_where_the_firm_says_no_currency_the_file_is_named(examples: Path) -> None:
    (examples / "site_config/currencies.yaml").unlink()
    first = told(examples)[0]
    assert first.startswith("site_config/currencies.yaml:1:1: error: no rate from CNY to EUR")


def test_somebody_whom_the_team_does_not_have(examples: Path) -> None:
    replace(examples / "site_config/team.yaml", "  tom-becker:", "  toni:")
    team = "site_config/team.yaml"
    at = (examples / team).read_text(encoding="utf-8").split("\n").index("people:") + 1
    (one,) = told(examples)
    assert one.startswith(
        f"{team}:{at}:1: error: unknown person 'tom-becker', in 3 plans (brandner-papier,"
        " lindental-wasser, moravec-drivetrain); "
    )
    assert one.endswith(
        "; to add it, write 'tom-becker: {name: Tom Becker, role: sales_manager}' under 'people:'"
        f" in {team} [unknown-person]"
    )


def test_a_slip_in_one_plan_stays_with_it(examples: Path) -> None:
    plan = examples / "playbooks/emea/thornbury-lisle.yaml"
    replace(plan, "owner: kim-larsen", "owner: kim-larson")
    (one,) = told(examples)
    assert one.startswith("playbooks/emea/thornbury-lisle.yaml:")
    assert "unknown person 'kim-larson'; did you mean 'kim-larsen'?" in one


def test_of_chosen_plans_only_these_count(examples: Path) -> None:
    (examples / "site_config/currencies.yaml").unlink()
    (one,) = told(examples, "playbooks/apac/donghai-gangkou.yaml")
    assert one.startswith("playbooks/apac/donghai-gangkou.yaml:")


OLD = """\
schema: 1
account: {name: Acme, status: former, reviewed: 2026-11-20}
summary: S.
economics:
  currency: EUR
  price: {value: 5, grade: fact, as_of: 2020-01-01}
  production_cost: {value: 3, grade: fact, as_of: 2020-01-01}
  retention: {value: 0.5, grade: fact, as_of: 2020-01-01}
  marketing_cost: {value: 3, grade: fact, as_of: 2021-01-01}
"""


def test_facts_of_one_day_grow_old_together(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, {"playbooks/acme.yaml": OLD})
    past = "and is past its shelf life; look again and renew as_of"
    stale = [line for line in told(root) if "[fact-stale]" in line]
    assert stale == [
        (
            "playbooks/acme.yaml:6:18: warning: 'economics.price' dates from 2020-01-01"
            f" {past}; 2 more facts of 2020-01-01 [fact-stale]"
        ),
        (
            "playbooks/acme.yaml:9:27: warning: 'economics.marketing_cost' dates from 2021-01-01"
            f" {past} [fact-stale]"
        ),
    ]
    listed = run(root, "check", *DAY, "--output-format", "json-lines").stdout
    assert listed.count('"fact-stale"') == 4
    assert "2 more" not in listed
