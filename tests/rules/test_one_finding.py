"""Mistakes that people make, each with all that is found then: one finding, at its place."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.figures import Account, enrich
from generator.read import Workspace, read_playbooks
from generator.read.parse import read_text
from generator.rules.gate import judge
from generator.rules.gate.together import file_by_file
from generator.rules.validate import Plan, check_plans, plan_of
from generator.settings import Settings, load_settings
from tests.everything import TODAY

CASES = Path(__file__).resolve().parents[1] / "cases"
MISTAKES = yaml.safe_load((CASES / "mistakes.yaml").read_text(encoding="utf-8"))["mistakes"]
FILE = "playbooks/emea/lindental-wasser.yaml"


class Examples:
    """The example portfolio, in which one plan is written otherwise."""

    def __init__(self, repository: Path) -> None:
        workspace = Workspace.at(repository)
        self.settings: Settings = load_settings(workspace)
        self.plans: list[Plan] = [plan_of(each) for each in read_playbooks(workspace)]

    def text(self, name: str) -> str:
        """An example as it is."""
        return next(plan.document.text for plan in self.plans if plan.id == name)

    def with_text(self, name: str, text: str) -> Account:
        """An example as somebody wrote it, judged among the others."""
        plans = [
            plan_of(read_text(text.encode(), plan.document.path)) if plan.id == name else plan
            for plan in self.plans
        ]
        checked = check_plans(plans, self.settings, TODAY, {name})
        judged = judge(enrich(checked, self.settings, TODAY), {name}).account(name)
        assert judged is not None
        return judged

    def found(self, account: Account) -> list[str]:
        """What people are told of it: what a section lacks is one."""
        rules = [rule.id for rule in self.settings.rules.rules]
        return [str(getattr(each, "first", each)) for each in file_by_file(account.findings, rules)]


@pytest.fixture(scope="module")
def examples(repository: Path) -> Examples:
    return Examples(repository)


def test_the_plan_has_no_mistake_of_its_own(examples: Examples) -> None:
    name = Path(FILE).stem
    assert examples.found(examples.with_text(name, examples.text(name))) == []


def test_each_mistake_is_one_finding_with_its_cure(examples: Examples) -> None:
    name, wrong = Path(FILE).stem, []
    typed = [row for row in MISTAKES if "typed" in row]
    for row in typed:
        text = examples.text(name)
        assert row["stands"] in text, row["mistake"]
        account = examples.with_text(name, text.replace(row["stands"], row["typed"], 1))
        found = examples.found(account)
        if found != [f"playbooks/{row['found']}"]:
            wrong.append((row["mistake"], found))
    assert wrong == []
    assert len(typed) >= 40


@pytest.mark.parametrize(
    "row", [row for row in MISTAKES if "typed" not in row], ids=lambda row: row["mistake"]
)
def test_a_file_of_another_name_is_one_finding(
    repository: Path, tmp_path: Path, row: dict[str, Any]
) -> None:
    shutil.copytree(repository / "playbooks", tmp_path / "playbooks")
    other = tmp_path / "playbooks" / row.get("name", row.get("also", ""))
    shutil.copy(tmp_path / FILE, other)
    if "name" in row:
        (tmp_path / FILE).unlink()
    documents = read_playbooks(Workspace.at(tmp_path))
    found = [str(problem) for document in documents for problem in document.problems]
    assert found == [f"playbooks/{row['found']}"]


# What rests on what could not be read is not judged, and says so; all else is


def test_a_contact_without_a_valid_id_keeps_waiting_what_counts_contacts(
    examples: Examples,
) -> None:
    text = examples.text("lindental-wasser").replace("id: dieter-kolb", "id: Dieter Kolb", 1)
    figures = examples.with_text("lindental-wasser", text).figures
    for key in ("relationship.coverage", "relationship.threads", "relationship.decision_mood"):
        made = figures[key]
        assert (made.value, made.missing, made.waits_on) == (None, (), ("relationship.contacts",))
    assert figures["completeness"].waits_on[:1] == ("relationship.contacts",)
    # The deal rests on money alone
    assert (figures["deal.verdict"].value, figures["deal.verdict"].waits_on) == ("balanced", ())


def test_what_is_missing_besides_is_told_all_the_same(examples: Examples) -> None:
    text = examples.text("lindental-wasser").replace("retention: 0.95", "retention: 95%", 1)
    without = text.replace("  contribution_margin: 0.3\n", "", 1)
    account = examples.with_text("lindental-wasser", without)
    tier = account.figures["tier"]
    assert (tier.value, tier.missing, tier.waits_on) == (
        None,
        ("economics.contribution_margin",),
        ("economics.retention",),
    )
    told = examples.found(account)
    assert [line.rsplit("[", 1)[-1] for line in told] == ["wrong-value]", "tier-unknown]"]
    assert "missing: economics.contribution_margin;" in told[1]


def test_another_contacts_gap_is_no_consequence(examples: Examples) -> None:
    text = examples.text("lindental-wasser").replace("influence: 5", "influence: 9", 1)
    text = text.replace("sentiment: 0, owner: tom-becker,", "sentiment: 0,", 1)
    told = examples.found(examples.with_text("lindental-wasser", text))
    assert [line.rsplit("[", 1)[-1] for line in told] == ["wrong-value]", "contact-owner]"]
