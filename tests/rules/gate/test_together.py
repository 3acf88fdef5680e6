"""What a section of a plan lacks is told together, first steps first: real plans, whole outputs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.problems import Problem
from generator.rules.gate.together import SectionGaps, file_by_file, first_steps, is_thin
from tests.figures.small import account, plan, settings
from tests.program import REPOSITORY, run
from tests.workspace import make_workspace

DAY = ("--today", "2026-11-23")
QUESTIONS = (
    "qualification.target, qualification.satisfaction, qualification.brand, qualification.need,"
    " qualification.solution, qualification.money, qualification.authority,"
    " qualification.competition, qualification.comparison, qualification.trend"
)


def readme_example() -> str:
    """The first playbook that the README shows."""
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    found = re.search(r"```yaml\n(# yaml-language-server.*?)```", text, re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_workspace(tmp_path, {"playbooks/harbor.yaml": readme_example()})


def fresh(workspace: Path, *words: str) -> Path:
    """A workspace with nothing but a plan that was just begun."""
    (workspace / "playbooks/harbor.yaml").unlink()
    assert run(workspace, "new", "acme", *words, *DAY).returncode == 0
    return workspace


def groups(workspace: Path, output_format: str) -> int:
    """How many lines or blocks a person reads."""
    done = run(workspace, "check", "--output-format", output_format, *DAY)
    printed = sum(line.startswith("playbooks/") for line in done.stdout.splitlines())
    assert f"told in {printed} groups" in done.stderr
    return printed


@pytest.mark.parametrize("output_format", ["full", "concise"])
def test_no_more_is_printed_than_a_person_reads(workspace: Path, output_format: str) -> None:
    assert groups(workspace, output_format) == 6
    assert groups(fresh(workspace, "--tier", "C"), output_format) == 5
    (workspace / "playbooks/acme.yaml").rename(workspace / "playbooks/harbor.yaml")
    strategic = fresh(workspace, "--tier", "A", "--status", "customer")
    assert groups(strategic, output_format) == 14


def test_the_example_of_the_readme_concise(workspace: Path) -> None:
    done = run(workspace, "check", "--output-format", "concise", *DAY)
    assert done.stdout == (
        "playbooks/harbor.yaml:3:1: error: fill in account.reviewed, account.contract.end,"
        " account.contract.notice_by [reviewed, contract-days]\n"
        "playbooks/harbor.yaml:2:1: error: Ten questions answered: fill in"
        f" {QUESTIONS} [qualification-answered]\n"
        "playbooks/harbor.yaml:2:1: error: no contact; add one under relationship.contacts"
        " [contact]\n"
        "playbooks/harbor.yaml:3:1: error: the tier is not known; missing:"
        " economics.contribution_margin, economics.marketing_cost, service.objects, risk.own,"
        " risk.credit, economics.retention, economics.price, economics.production_cost; fill them"
        " in, or mark each 'unknown: true' with owner and find_by and set account.planned_tier"
        " meanwhile [tier-unknown]\n"
        "playbooks/harbor.yaml:2:1: error: fill in service.objects"
        " [service-levels, service-stages, cost-to-serve]\n"
        "playbooks/harbor.yaml:2:1: error: fill in risk.customer, risk.own, risk.credit"
        " [customer-risks, own-risks]\n"
    )
    assert done.stderr == "24 errors, 0 warnings in 1 of 1 playbook, told in 6 groups\n"
    assert done.returncode == 1


def test_a_prospect_that_was_just_begun_in_full(workspace: Path) -> None:
    done = run(fresh(workspace, "--tier", "C"), "check", *DAY, GITHUB_ACTIONS="")
    assert done.stdout == (
        "playbooks/acme.yaml:4:1: error: the section 'account' is incomplete (2 errors)\n"
        "  fill in account.owner: nobody owns this account; add 'owner:' under account [owner]\n"
        "  fill in summary: this is the form's own example, which counts as missing: write your own; every playbook needs it (line 10)"
        " [placeholder]\n"
        "playbooks/acme.yaml:3:1: error: Ten questions answered: fill in"
        f" {QUESTIONS} [qualification-answered]\n"
        "playbooks/acme.yaml:3:1: error: no contact; add one under relationship.contacts"
        " [contact]\n"
        "playbooks/acme.yaml:4:1: error: the tier is not known; missing:"
        " economics.addressable_spend, economics.attainable_share, economics.contribution_margin,"
        " economics.marketing_cost, service.objects, risk.own, economics.retention,"
        " economics.currency, economics.development.months,"
        " economics.development.win_probability, economics.development.monthly_contribution,"
        " economics.development.monthly_cost; fill them in, or mark each 'unknown: true' with"
        " owner and find_by and set account.planned_tier meanwhile [tier-unknown]\n"
        "playbooks/acme.yaml:3:1: error: the section 'risk' is incomplete (2 errors)\n"
        "  their doubts about us are not listed; add risk.customer ('[]' says: looked, none)"
        " [customer-risks]\n"
        "  the risks they bring us are not listed; add risk.own ('[]' says: looked, none)"
        " [own-risks]\n"
    )


def test_programs_get_one_entry_for_each_rule_and_entry(workspace: Path) -> None:
    done = run(workspace, "check", "--output-format", "json", *DAY)
    rules = [finding["rule"] for finding in json.loads(done.stdout)]
    assert len(rules) == 24
    assert rules.count("qualification-answered") == 10
    assert rules.count("service-levels") == 3
    assert done.stderr == "24 errors, 0 warnings in 1 of 1 playbook\n"


def test_a_thin_plan_shows_its_first_steps_and_not_what_nobody_knows(workspace: Path) -> None:
    shown = run(fresh(workspace, "--tier", "C"), "show", "acme", *DAY).stdout
    assert shown.startswith(
        "Acme  (playbooks/acme.yaml)\n"
        "Tier not known\n"
        "\n"
        "First steps:\n"
        "  1. account.owner, summary\n"
        "     A plan that belongs to everybody belongs to nobody.\n"
        f"  2. {QUESTIONS}\n"
        "     Money is spent on an account only when ten questions have been asked.\n"
        "  3. relationship.contacts\n"
        "     Accounts do not buy, people do.\n"
        "  4. economics.currency, economics.addressable_spend, economics.attainable_share,"
        " economics.contribution_margin, economics.retention, economics.marketing_cost,"
        " economics.development.monthly_cost, economics.development.months,"
        " economics.development.win_probability, economics.development.monthly_contribution,"
        " service.objects\n"
        "     A plan that leaves the numbers out must not pass more easily than one that has"
        " them.\n"
        "  5. risk.customer, risk.own\n"
        "     Doubts that we do not name they discuss without us.\n"
        "\n"
    )
    figures, _, findings = shown.partition("in all: playbook show acme --all\n")
    assert figures.count("not known") == 1  # the tier
    assert findings == (
        "\nFindings: 16\n  16 for what is not filled in: playbook check playbooks/acme.yaml\n"
    )


def test_one_of_seven_things_asked_is_answered() -> None:
    acme = account(plan(status="prospect").replace("reviewed: 2026-10-01", "reviewed: 2026-11-23"))
    # reviewed; not owner, questions, contact, tier, their risks, ours
    assert acme.figures["completeness"].value == pytest.approx(100 / 7)
    assert is_thin(acme)


def told(sections: str, more: str = "") -> list[Problem | SectionGaps]:
    acme = account(plan(sections, more=more))
    return list(file_by_file(acme.findings, [rule.id for rule in settings().rules.rules]))


def test_mistakes_come_before_what_is_not_there() -> None:
    entries = told("actions: [{id: x, what: w, owner: kim-larsen, due: 2026-11-01}]\nusge: []\n")
    kinds = ["gaps" if isinstance(each, SectionGaps) else each.rule for each in entries]
    assert kinds[:2] == ["action-overdue", "unknown-key"]
    assert set(kinds[2:]) == {"gaps"}


def test_a_path_is_named_in_its_own_section_if_that_lacks_anything() -> None:
    gaps = {each.section: each for each in told("") if isinstance(each, SectionGaps)}
    # the tier needs them too
    assert "service.objects" not in gaps["economics"].needed
    assert gaps["service"].needed == ("service.objects",)
    assert gaps["risk"].needed == ("risk.customer", "risk.own", "risk.credit")
    # of a prospect nothing else is asked of the service
    acme = account(plan(status="prospect"))
    rules = [rule.id for rule in settings().rules.rules]
    of_prospect = {
        each.section: each
        for each in file_by_file(acme.findings, rules)
        if isinstance(each, SectionGaps)
    }
    assert "service" not in of_prospect
    assert "service.objects" in of_prospect["economics"].needed


@pytest.mark.parametrize(
    ("contacts", "path"),
    [
        ("[]", "relationship.contacts"),
        ("[{id: a}]", "relationship.contacts.roles"),
        ("[{id: a, roles: [decider], left_on: 2026-11-01}]", "relationship.contacts"),
    ],
)
def test_of_entries_that_are_there_the_field_is_named(contacts: str, path: str) -> None:
    acme = account(plan(f"relationship: {{contacts: {contacts}}}\n", more=", planned_tier: A"))
    lacks = {finding.rule: finding.lacks for finding in acme.findings}
    assert lacks["decider"] == (path,)


def test_an_entry_is_named_by_its_id_and_an_amount_by_its_key() -> None:
    sections = "relationship: {contacts: [{id: anna, roles: [decider]}]}\nvalue: {mode: money}\n"
    acme = account(plan(sections, more=", planned_tier: A"))
    lacks = {finding.rule: finding.lacks for finding in acme.findings}
    assert lacks["contact-owner"] == ("relationship.contacts.anna.owner",)
    assert "value.values.product.amount" in lacks["values-and-costs"]
    assert "economics.price" in lacks["values-and-costs"]


def test_a_plan_that_answers_half_of_what_it_is_asked_has_no_first_steps() -> None:
    text = (REPOSITORY / "playbooks/emea/thornbury-lisle.yaml").read_text(encoding="utf-8")
    acme = account(text)
    assert acme.figures["completeness"].value >= 50
    assert first_steps(acme, settings()) == ()


def test_a_rule_that_points_elsewhere_than_the_heading_names_its_line(tmp_path: Path) -> None:
    sections = "relationship:\n  contacts:\n    - {id: anna, roles: [decider]}\n"
    text = plan(sections, more=", planned_tier: A, owner: kim-larsen")
    root = make_workspace(tmp_path, {"playbooks/acme.yaml": text})
    printed = run(root, "check", "--output-format", "full", *DAY).stdout.splitlines()
    head = "playbooks/acme.yaml:5:3: error: the section 'relationship' is incomplete"
    start = next(place for place, line in enumerate(printed) if line.startswith(head))
    assert printed[start + 1 : start + 4] == [
        (
            "  fill in relationship.contacts.roles: no contact has the role 'champion'; win one and"
            " add it to a contact's roles [champion]"
        ),
        (
            "  fill in relationship.contacts.anna.owner: contact 'anna' has no owner; add who of us"
            " keeps it (line 6) [contact-owner]"
        ),
        (
            "  contacts with a two-way exchange in the window: not known; at least 2 are needed,"
            " record exchanges under relationship.interactions (line 4) [threads]"
        ),
    ]


def test_what_every_file_needs_stands_first_and_with_the_account() -> None:
    text = plan(status="prospect", more=", owner: kim-larsen").replace("A sample.", "TODO")
    acme = account(text)
    rules = [rule.id for rule in settings().rules.rules]
    first = next(each for each in file_by_file(acme.findings, rules))
    assert isinstance(first, SectionGaps)
    assert (first.section, first.needed) == ("account", ("summary",))
    step = first_steps(acme, settings())[0]
    assert step.reason == "a placeholder: write the value; every playbook needs it"
