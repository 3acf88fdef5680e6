"""`playbook new --from-crm`: the empty form with what the CRM says of one account."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.change.edit.canonical import in_style
from tests.change.crm.test_ready_mappings import SALESFORCE
from tests.program import run


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "playbooks").mkdir()
    (tmp_path / "site_config").mkdir()
    team = "people: {ana-ruiz: {name: Ana Ruiz, role: account_manager}}\n"
    (tmp_path / "site_config/team.yaml").write_text(team)
    (tmp_path / "export").mkdir()
    for name, text in SALESFORCE.items():
        (tmp_path / "export" / name).write_text(text, encoding="utf-8")
    return tmp_path


CRM = ("--from-crm", "export", "--mapping", "salesforce", "--today", "2026-11-23")


def run_in(root: Path, *words: str) -> tuple[int, str]:
    words = tuple(str(root / "export") if word == "export" else word for word in words)
    done = run(root, *words)
    return done.returncode, done.stderr


def test_the_form_keeps_its_examples_and_says_what_the_crm_knows(root: Path) -> None:
    wrote = "wrote playbooks/harbor-logistics.yaml; fill it in, then run: playbook check\n"
    path = root / "playbooks" / "harbor-logistics.yaml"
    assert run_in(root, "new", "harbor-logistics", "--tier", "B", *CRM) == (0, wrote)
    text = path.read_text(encoding="utf-8")
    path.unlink()
    form = ("--tier", "B", "--status", "customer", "--today", "2026-11-23")
    assert run_in(root, "new", "harbor-logistics", *form)[0] == 0
    empty = path.read_text(encoding="utf-8").splitlines()
    lines = text.splitlines()
    assert [line for line in empty if line not in lines] == []
    added = [line for line in lines if line not in empty]
    fact = "grade: fact, as_of: 2026-11-23, source: Salesforce export"
    # who owns the plans of a team of one stands in the empty form
    assert added[:15] == [
        # the group has no playbook, its industry and country no entry in the catalogue
        "  size: large",
        '  website: "https://hl.example/en"',
        '  crm: {salesforce: "0015g00000BBBBB"}',
        "economics:",
        "  currency: USD",
        "  development:",
        "    win_probability:",
        "      value: 0.6667",
        "      grade: opinion",
        "      as_of: 2026-11-23",
        "      source: Salesforce export (deals won of those decided)",
        "  revenue:",
        f"    - {{year: 2025, amount: 120000.5, {fact}}}",
        f"    - {{year: 2026, amount: 30000, to: 2026-11-23, {fact}}}",
        "relationship:",
    ]
    assert in_style(text, "playbooks/harbor-logistics.yaml").text == text


def test_what_it_filled_in_the_next_import_can_take_back(root: Path) -> None:
    assert run_in(root, "new", "harbor-logistics", *CRM)[0] == 0
    deals = root / "export" / "Opportunity.csv"
    text = deals.read_text(encoding="utf-8")
    deals.write_text(text.replace("2025-03-31", "2026-03-31"), encoding="utf-8")
    words = ("import", "export", "--mapping", "salesforce", "--as-of", "2026-11-23")
    assert run_in(root, *words)[0] == 0
    path = root / "playbooks" / "harbor-logistics.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    years = [line.strip() for line in lines if line.startswith("    - {year:")]
    fact = "grade: fact, as_of: 2026-11-23, source: Salesforce export"
    assert years == [f"- {{year: 2026, amount: 150000.5, to: 2026-11-23, {fact}}}"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("new", "nobody", *CRM), "error: the export has no account 'nobody'; known: 0015g00000AAAAA, Harbor Group, 0015g00000BBBBB, Harbor Logistics\n"),
        (("new", "hl", "--account", "Harbor Logistic", *CRM), "error: the export has no account 'Harbor Logistic'; did you mean 'Harbor Logistics'?\n"),
        (("new", "hl", "--from-crm", "export"), "Error: --from-crm and --mapping go together: which export, which columns\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_filled_is_said(root: Path, words: tuple[str, ...], message: str) -> None:
    code, errors = run_in(root, *words)
    assert code == 2
    assert errors.endswith(message)
    assert list((root / "playbooks").iterdir()) == []


def test_an_account_with_a_playbook_is_not_made_again(root: Path) -> None:
    assert run_in(root, "new", "hl", "--account", "0015g00000BBBBB", *CRM)[0] == 0
    assert run_in(root, "new", "other", "--account", "Harbor Logistics", *CRM) == (
        2,
        "error: 'Harbor Logistics' has a playbook: playbooks/hl.yaml; import brings it up to date\n",
    )
