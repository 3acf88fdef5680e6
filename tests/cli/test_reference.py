"""The reference in the terminal: every field and every rule, as the form and the rulebook have them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.form import FORM
from generator.model.fields import ENTRY
from generator.read import Workspace
from generator.rules.validate.built_in import BUILT_IN
from generator.settings import load_settings
from generator.share import defaults_folder
from tests.program import run
from tests.workspace import make_workspace


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path)


def test_the_sections_in_the_order_of_the_form(root: Path) -> None:
    lines = run(root, "fields").stdout.splitlines()
    assert lines[0] == "The sections:"
    assert [line.split()[0].rstrip("*") for line in lines[1:-1]] == list(FORM.children)
    assert lines[1] == "  schema*        The version of this file's form: 1."
    assert lines[-1] == "What is in one of them: playbook fields SECTION"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (
            "account.contract",
            (
                "account.contract: keys of its own\n"
                "The contract in force.\n"
                "Visible to everyone in our company.\n"
                "Example: contract: {start: 2024-04-01, end: 2027-03-31, notice_by: 2026-12-31}\n"
                "Its keys (* must be there):\n"
                "  evidence      The evidence of this section's plain facts.\n"
                "  start         First day. (a day such as 2026-11-30)\n"
                "  end           Last day. (a day such as 2026-11-30)\n"
                "  notice_by     Last day to give notice; of a contract that ends by itself, to agree on its renewal. (a day such as 2026-11-30)\n"
                "  value         What it is worth a year. (an amount, 0 or more)\n"
                "  currency      Of its value, if not the account's. (a currency such as EUR)\n"
                "  auto_renews   Whether it renews when nobody gives notice. (true or false)\n"
                "  payment_days  Payment term. (a whole number, 0 or more)\n"
                "  reference     Its number or name.\n"
            ),
        ),
        (
            "economics.retention",
            (
                "economics.retention: a share, 0 to 1\n"
                "Chance to keep them for a year.\n"
                "Unit: share a year\n"
                "Visible to everyone in our company.\n"
                "Or with its evidence: {value: …, grade: fact, as_of: 2026-11-30, source: …}\n"
                "Or honestly unknown: {unknown: true, owner: …, find_by: 2026-12-31}\n"
            ),
        ),
        (
            "rsvr.*.with",
            (
                "rsvr.*.with: an id\n"
                "The contact it was agreed with.\n"
                "Visible to everyone in our company.\n"
                "An id from relationship.contacts of this playbook\n"
            ),
        ),
        (
            "survey.factors.part",
            (
                "survey.*.factors.*.part: one of: R1, R2, R3, R4, S1, S2, S3, S4, V1, V2, V3, V4, K1, K2, K3, K4\n"
                "The part of the method it belongs to.\n"
                "Visible to the account team.\n"
                "  R1  Customer selection\n"
                "  R2  Service as a relationship\n"
                "  R3  Communication\n"
                "  R4  Upgrading\n"
                "  S1  Service objects\n"
                "  S2  Service degree\n"
                "  S3  Service cost\n"
                "  S4  Service standard\n"
                "  V1  Value composition\n"
                "  V2  Value standard\n"
                "  V3  Value negotiation\n"
                "  V4  Value return\n"
                "  K1  Risk structure\n"
                "  K2  Risk prevention\n"
                "  K3  Risk calculation\n"
                "  K4  Reference customer\n"
            ),
        ),
        (
            "account.industry",
            (
                "account.industry: an id\n"
                "From the catalogue.\n"
                "Visible to everyone in our company.\n"
                "One of: logistics, shipping, energy\n"
            ),
        ),
        (
            "account.status",
            (
                "account.status: one of: prospect, customer, former\n"
                "prospect, customer or former.\n"
                "Visible to the customer and us.\n"
            ),
        ),
    ],
)
def test_a_field(root: Path, path: str, told: str) -> None:
    assert run(root, "fields", path).stdout == told


@pytest.mark.parametrize(
    ("path", "line"),
    [
        # words that the meaning does not say, ids of the settings, ids of this plan, numbers
        ("actions", "  phase        Where it stands. One of: plan, do, check, act"),
        ("objectives", "  parent     The objective it serves. An id from objectives of this playbook"),
        ("account", "  status*            prospect, customer or former."),
        ("account", "  parent             The playbook of the group it belongs to. An id from playbooks/"),
        ("actions", "  moved        How often it was put off. (a number, 0 or more)"),
        ("actions", "  what         What."),
        ("actions", "  readiness    How ready we are for it."),
    ],
)  # fmt: skip
def test_each_key_of_a_section_says_what_it_takes(root: Path, path: str, line: str) -> None:
    assert line in run(root, "fields", path).stdout.splitlines()


def test_ids_are_listed_while_they_are_few(tmp_path: Path) -> None:
    def owner(count: int) -> str:
        people = "".join(f"  p{n}: {{name: N, role: service}}\n" for n in range(1, count + 1))
        root = make_workspace(
            tmp_path / str(count), {"site_config/team.yaml": f"people:\n{people}"}
        )
        lines = run(root, "fields", "account").stdout.splitlines()
        return next(line for line in lines if line.startswith("  owner ")).partition("team. ")[2]

    assert owner(16) == f"One of: {', '.join(f'p{n}' for n in range(1, 17))}"
    assert owner(17) == "To see all: playbook settings team.people"


def test_every_field_and_every_rule_can_be_asked_for_as_data(root: Path) -> None:
    every = json.loads(run(root, "fields", "--format", "json").stdout)
    assert [each["pattern"] for each in every] == [
        field.pattern for field in FORM.walk() if field.name != ENTRY
    ]
    (loss,) = json.loads(run(root, "fields", "risk.own.loss", "--format", "json").stdout)
    assert (loss["pattern"], loss["required"]) == ("risk.own.*.loss", False)
    rules = json.loads(run(root, "rules", "--format", "json").stdout)
    ours = load_settings(Workspace.at(root)).rules.rules
    built_in = [rule.id for rule in BUILT_IN]
    assert [rule["id"] for rule in rules] == [*(rule.id for rule in ours), *built_in]


def test_rules_by_whom_they_are_for(root: Path) -> None:
    text = run(root, "rules").stdout
    assert text.startswith(
        "What a plan must have:\n  every account\n    owner                     One owner\n"
    )
    assert "\n  accounts of tier A or B\n    executive-sponsor  Executive sponsor\n" in text
    assert "\nWhat is always checked:\n  The file\n" in text
    names = [line.split()[0] for line in text.splitlines() if line.startswith("    ")]
    ours = [rule.id for rule in load_settings(Workspace.at(root)).rules.rules]
    assert sorted(names) == sorted([*ours, *(rule.id for rule in BUILT_IN)])


def test_a_rule(root: Path) -> None:
    lines = (defaults_folder() / "rules.yaml").read_text(encoding="utf-8").splitlines()
    line = lines.index("  - id: owner") + 1
    assert run(root, "rules", "owner").stdout == (
        "owner: One owner (error)\n"
        "For: every account\n"
        "What must hold: account.owner is filled in or honestly unknown\n"
        "Finding: nobody owns this account; add 'owner:' under account\n"
        "Why: A plan that belongs to everybody belongs to nobody.\n"
        "Let pass by: a waiver with rule, reason, by, until\n"
        f"Set in: account-playbooks/rules.yaml:{line}\n"
    )
    assert "Let pass by: nothing; it is always checked\n" in run(root, "rules", "ab2").stdout


def test_a_team_reads_its_own_rules_in_its_language(tmp_path: Path) -> None:
    rules = (
        "rules:\n  - off: true\n  - {id: ours, level: warning, off: 'true', title: Ours, reason: R, message: M,"
        " holds: {present: account.owner}}\n"
    )
    files = {
        "site_config/rules.yaml": rules,
        "site_config/site.yaml": "language: zh\n",
    }
    root = make_workspace(tmp_path, files)
    assert json.loads(run(root, "rules", "ours", "--format", "json").stdout)[0]["off"] is True
    assert "可见范围：" in run(root, "fields", "account.owner").stdout
    assert run(root, "fields").stdout.startswith("各部分：\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("fields", "account.contrat"), "no field 'account.contrat'; did you mean 'account.contract'?"),
        (("rules", "champoin"), "no rule 'champoin'; did you mean 'champion'?"),
    ],
)  # fmt: skip
def test_a_name_that_there_is_none_of(root: Path, words: tuple[str, ...], message: str) -> None:
    done = run(root, *words)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"error: {message}\n")
