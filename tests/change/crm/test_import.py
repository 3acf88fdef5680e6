"""A CRM export into playbooks: what becomes what, every row accounted for, nothing overwritten."""

from __future__ import annotations

import csv
import datetime
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.assess import assess
from generator.change.crm.cells import amount_of, day_of
from generator.change.crm.mapping import load_mapping
from generator.change.crm.memory import memory_of
from generator.change.crm.names import id_of, ids_of
from generator.change.crm.plan import ImportPlan, plan_import
from generator.change.crm.tables import read_tables
from generator.change.edit.files import write_files
from generator.change.edit.yaml_text import yaml_text
from generator.errors import SettingsError, WorkspaceError
from generator.read import Workspace, read_playbooks, read_text
from generator.settings import load_settings
from tests.program import run
from tests.workspace import DOLLARS

MAPPING = "generator/defaults/mappings/maven.yaml"
ACCOUNTS = """\
account,sector,revenue,employees,office_location,subsidiary_of
Älpha & Co,technolgy,1.1,60,Philipines,
Beta,medical,2.2,20,Japan,Älpha & Co
Alpha & Co!,medical,3.3,90000,Japan,Nobody Ltd
Beta,medical,2.2,20,Japan,
"""
PRODUCTS = "product,series,sales_price\nGTX Pro,GTX,4821\nMG Special,MG,55\n"
TEAMS = "sales_agent,manager,regional_office\nAnn Lee,Max Boss,East\nBob Ray,Max Boss,East\n"
HEAD = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"
PIPELINE = HEAD + (
    'O1,Ann Lee,GTXPro,Älpha & Co,Won,2016-10-20,2017-03-01,"4,514.50"\n'
    "O2,Bob Ray,GTX Pro,Älpha & Co,Won,2016-10-20,2017-04-01,$5000\n"
    "O3,Bob Ray,MG Special,Älpha & Co,Lost,2016-10-20,2017-04-02,0\n"
    "O4,Ann Lee,MG Special,Älpha & Co,Engaging,2017-10-20,,\n"
    "O5,Ann Lee,MG Special,Beta,Won,2015-10-20,2015-12-01,50\n"
    "O6,Ann Lee,MG Special,,Won,2017-10-20,2017-12-01,70\n"
    "O7,Ann Lee,Gizmo,Beta,Won,2017-10-20,2017-12-01,10\n"
    "O8,Ann Lee,MG Special,Gamma,Lost,2017-10-20,2017-12-01,0\n"
    "O9,Ann Lee,MG Special,Beta,Dreaming,2017-10-20,,\n"
    "O10,Ann Lee,MG Special,Beta,Won,2017-10-20,2017-02-30,1\n"
    "O11,Ann Lee,MG Special,Beta,Won,2017-10-20,2017-02-03,much\n"
)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    folder = tmp_path / "export"
    folder.mkdir()
    for name, text in (
        ("accounts", "\ufeff" + ACCOUNTS),
        ("products", PRODUCTS),
        ("sales_teams", TEAMS),
        ("sales_pipeline", PIPELINE),
    ):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def planned(root: Path, export: Path, mapping_file: Path) -> ImportPlan:
    root.mkdir(exist_ok=True)
    workspace = Workspace.at(root)
    mapping = load_mapping(mapping_file, workspace)
    own = [path.stem for path in (root / "site_config").glob("*.yaml")]
    tables = read_tables([export], mapping)
    documents = read_playbooks(workspace) if workspace.playbooks.is_dir() else ()
    memory = memory_of(mapping_file, workspace)
    return plan_import(tables, mapping, load_settings(workspace), own, documents, memory)


def import_into(root: Path, export: Path, repository: Path) -> tuple[str, ...]:
    plan = planned(root, export, repository / MAPPING)
    assert write_files(Workspace.at(root), plan) == ()
    return plan.accounting


def test_every_row_is_used_or_said_to_be_skipped(
    tmp_path: Path, export: Path, repository: Path
) -> None:
    assert import_into(tmp_path / "ws", export, repository) == (
        "accounts.csv: 4 rows, 3 used",
        "  1 skipped: one more row of account 'Beta', which is in line 3",
        "products.csv: 2 rows, 2 used",
        "sales_teams.csv: 2 rows, 2 used",
        "sales_pipeline.csv: 11 rows, 5 used",
        "  1 skipped: closed without a day",
        "  1 skipped: no account",
        "  1 skipped: unknown account 'Gamma'",
        "  1 skipped: unknown product 'Gizmo'",
        "  1 skipped: unknown stage 'Dreaming'",
        "  1 skipped: won without an amount",
        "  1 field left out: unknown parent 'Nobody Ltd'",
        "won value: 9,645.50 USD in all, 9,564.50 placed, 81 not placed",
    )


def init(root: Path, *words: str) -> None:
    assert run(root.parent, "init", root.name, *words).returncode == 0


def last_lines(root: Path, export: Path, repository: Path) -> list[str]:
    """What the command says of the settings, and of the files."""
    done = run(root, "import", str(export), "--mapping", str(repository / MAPPING), *DAY)
    assert done.returncode == 0, done.stderr
    lines = done.stderr.splitlines()
    return lines[[line.startswith("  open deals: ") for line in lines].index(True) + 1 :]


DAY = ("--today", "2018-01-15")
JOINED = "3 people of the export join the team (site_config/team.yaml)"


def test_the_first_import_says_the_currency_and_brings_its_people(
    tmp_path: Path, export: Path, repository: Path
) -> None:
    root = tmp_path / "ws"
    init(root, "--owner", "Kim Larsen")
    assert last_lines(root, export, repository) == [
        JOINED,
        "sums are in USD, as the export is; site_config/currencies.yaml says so now",
        "5 files new, 0 playbooks changed, 0 as they were",
    ]
    settings = load_settings(Workspace.at(root))
    assert settings.currencies.reporting_currency == "USD"
    assert {id_: person.role for id_, person in settings.team.people.items()} == {
        "kim-larsen": "account_manager",
        "ann-lee": "account_manager",
        "bob-ray": "account_manager",
        "max-boss": "sales_manager",
    }
    assert "owner: bob-ray\n" in (root / "playbooks/maven/alpha-co.yaml").read_text("utf-8")
    # whoever comes later is the workspace's to add
    team = (root / "site_config/team.yaml").read_bytes()
    pipeline = export / "sales_pipeline.csv"
    new = "O12,Eve New,MG Special,Beta,Won,2017-10-20,2017-12-01,5\n"
    pipeline.write_text(PIPELINE + new, encoding="utf-8")
    lines = import_into(root, export, repository)
    assert (
        "  1 field left out: unknown person 'Eve New'; to add 'Eve New', write"
        " 'eve-new: {name: Eve New, role: account_manager}' under 'people:' in site_config/team.yaml"
    ) in lines
    assert (root / "site_config/team.yaml").read_bytes() == team


def test_a_currency_that_the_firm_says_stays(
    tmp_path: Path, export: Path, repository: Path
) -> None:
    root = tmp_path / "ws"
    init(root, "--currency", "EUR", "--owner", "Ann Lee")
    assert last_lines(root, export, repository) == [
        JOINED.replace("3", "2"),
        (
            "these plans are in USD and cannot be added up with others: no rate from USD to EUR on"
            " 2018-01-15; if your sums are in USD, write 'reporting_currency: USD' in"
            " site_config/currencies.yaml, else add 'rates: {USD: [{from: 2018-01-15, rate: N}]}'"
            " there, N being what 1 USD is worth in EUR"
        ),
        "4 files new, 0 playbooks changed, 0 as they were",
    ]
    with (root / "site_config/currencies.yaml").open("a") as file:
        file.write("rates: {USD: [{from: 2018-01-15, rate: 0.9}]}\n")
    shutil.rmtree(root / "playbooks/maven")
    assert last_lines(root, export, repository) == [
        "3 files new, 0 playbooks changed, 0 as they were"
    ]


def test_a_workspace_with_plans_keeps_currency_and_team(
    tmp_path: Path, export: Path, repository: Path
) -> None:
    root = tmp_path / "ws"
    init(root, "--example")
    said = {path: path.read_bytes() for path in (root / "site_config").glob("*.yaml")}
    last = last_lines(root, export, repository)
    assert last[0].startswith("these plans are in USD and cannot be added up with others")
    assert last[1:] == ["4 files new, 0 playbooks changed, 0 as they were"]
    changed = {path.name for path, text in said.items() if path.read_bytes() != text}
    assert changed == {"catalogue.yaml"}


def test_an_account_is_what_its_rows_say(tmp_path: Path, export: Path, repository: Path) -> None:
    import_into(tmp_path / "ws", export, repository)
    text = (tmp_path / "ws" / "playbooks" / "maven" / "alpha-co.yaml").read_text(encoding="utf-8")
    assert (
        text
        == """\
# yaml-language-server: $schema=../../site_config/playbook.schema.json
# $schema: ../../site_config/playbook.schema.json
# Imported from Maven CRM export as of 2017-12-31.
schema: 1
account:
  name: Älpha & Co
  status: customer
  industry: technology
  region: philippines
  size: medium
  owner: bob-ray
  crm: {maven: Älpha & Co}
  tags: [imported]
summary: |
  Imported from the Maven CRM export of 2017-12-31: 2 deals won worth 9,514.50 USD (last on 2017-04-01), 1 lost, 1 open.
  The export has no contacts, costs, risks or contract; they are still to be written.
economics:
  currency: USD
  development:
    win_probability:
      value: 0.6667
      grade: opinion
      as_of: 2017-12-31
      source: Maven CRM export (deals won of those decided)
  revenue:
    - {year: 2017, amount: 9514.5, grade: fact, as_of: 2017-12-31, source: Maven CRM export}
opportunities:
  - {id: O4, offering: mg-special, amount: 55, stage: Engaging, crm: O4, grade: estimate, as_of: 2017-12-31, source: Maven CRM export (list price)}
offerings:
  gtx-pro:
    status: ours
    potential: 9514.5
    revenue: 9514.5
    grade: estimate
    as_of: 2017-12-31
    source: Maven CRM export (won in the last 12 months and open)
  mg-special:
    status: open
    potential: 55
    revenue: 0
    grade: estimate
    as_of: 2017-12-31
    source: Maven CRM export (won in the last 12 months and open at list price)
"""
    )


# Won on 2017-03-01 and 2017-04-01, told on 2017-12-31
@pytest.mark.parametrize(
    ("month", "entries"),
    [
        (1, ["{year: 2017, amount: 9514.5, grade"]),
        (4, ["{year: 2016, amount: 4514.5, grade", "{year: 2017, amount: 5000, to: 2017-12-31, grade"]),
        (3, ["{year: 2017, amount: 9514.5, to: 2017-12-31, grade"]),
        (10, ["{year: 2016, amount: 9514.5, grade"]),
    ],
)  # fmt: skip
def test_revenue_is_summed_by_the_years_of_the_firm(
    tmp_path: Path, export: Path, repository: Path, month: int, entries: list[str]
) -> None:
    site = (repository / "generator/defaults/site.yaml").read_text("utf-8")
    settings_folder = tmp_path / "ws" / "site_config"
    settings_folder.mkdir(parents=True)
    (settings_folder / "site.yaml").write_text(
        site.replace("year_starts: 1\n", f"year_starts: {month}\n"), "utf-8"
    )
    import_into(tmp_path / "ws", export, repository)
    text = (tmp_path / "ws" / "playbooks" / "maven" / "alpha-co.yaml").read_text(encoding="utf-8")
    revenue = text[text.index("  revenue:") : text.index("opportunities:")].splitlines()[1:]
    assert [line.partition("- ")[2].rpartition(": fact")[0] for line in revenue] == entries


def test_status_size_parent_and_ids(tmp_path: Path, export: Path, repository: Path) -> None:
    import_into(tmp_path / "ws", export, repository)
    (tmp_path / "ws/site_config/currencies.yaml").write_text(DOLLARS)
    portfolio = assess(Workspace.at(tmp_path / "ws"), datetime.date(2026, 11, 23))
    accounts = {
        account.id: (
            account.playbook.account.status,
            account.playbook.account.size,
            account.playbook.account.parent,
        )
        for account in portfolio.accounts
        if account.playbook
    }
    assert accounts == {
        "alpha-co": ("customer", "medium", None),
        "alpha-co-2": ("prospect", "enterprise", None),
        "beta": ("former", "small", "alpha-co"),
    }
    rules = {rule.id for rule in portfolio.settings.rules.rules}
    assert [str(finding) for finding in portfolio.findings if finding.rule not in rules] == []


def test_what_is_there_is_never_overwritten(tmp_path: Path, export: Path, repository: Path) -> None:
    root = tmp_path / "ws"
    import_into(root, export, repository)
    by_hand = root / "playbooks" / "maven" / "beta.yaml"
    by_hand.write_text("mine")
    (root / "playbooks" / "maven" / "alpha-co.yaml").rename(root / "playbooks" / "alpha-co.yaml")
    import_into(root, export, repository)
    assert by_hand.read_text() == "mine"
    assert not (root / "playbooks" / "maven" / "alpha-co.yaml").exists()


def test_a_workspace_keeps_its_own_catalogue_and_team(
    tmp_path: Path, export: Path, repository: Path
) -> None:
    root = tmp_path / "ws"
    import_into(root, export, repository)
    for path in (root / "playbooks" / "maven").iterdir():
        path.unlink()
    catalogue = root / "site_config" / "catalogue.yaml"
    text = catalogue.read_text(encoding="utf-8")
    offering = re.search(r"^offerings:\n  ([a-z0-9-]+):", text, re.MULTILINE)
    assert offering is not None
    changed = text.replace("medical:", "health:").replace(f"  {offering[1]}:", "  another:")
    # An entry is found by its words, too: Technology is still there under another id
    changed = changed.replace("en: Medical", "en: Health").replace("technology:", "tech:")
    changed = re.sub("(  another:\n? *{?label: {en: )[^}]*", r"\1Another", changed)
    catalogue.write_text(changed, encoding="utf-8")
    lines = import_into(root, export, repository)
    assert any("fields left out: unknown offering" in line for line in lines)
    for path in (root / "playbooks" / "maven").iterdir():
        assert offering[1] not in path.read_text(encoding="utf-8")
    assert (
        "  2 fields left out: unknown industry 'medical'; to add 'medical', write"
        " 'medical: {label: {en: Medical}}' under 'industries:' in site_config/catalogue.yaml"
    ) in lines
    assert "industry: tech\n" in (root / "playbooks/maven/alpha-co.yaml").read_text(
        encoding="utf-8"
    )
    assert "industry" not in (root / "playbooks" / "maven" / "beta.yaml").read_text()


@pytest.mark.parametrize(
    ("file", "change", "message"),
    [
        ("accounts.csv", None, "the mapping asks for accounts.csv (table 'accounts'), which is not among the files (products.csv, sales_pipeline.csv, sales_teams.csv)"),
        ("accounts.csv", "account\nÄlpha".encode("cp1252"), "accounts.csv is not UTF-8 text (byte 9); save it as UTF-8, or write encoding: windows-1252 beside it in the mapping"),
        ("sales_pipeline.csv", b"", "sales_pipeline.csv is empty: no column headings in its first row; export it again"),
    ],
)  # fmt: skip
def test_an_export_that_cannot_be_used_is_one_line(
    tmp_path: Path, export: Path, repository: Path, file: str, change: bytes | None, message: str
) -> None:
    (export / file).unlink()
    if change is not None:
        (export / file).write_bytes(change)
    with pytest.raises(WorkspaceError) as caught:
        import_into(tmp_path / "ws", export, repository)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"\x00\x81\xfe\x93" * 500, "export.xlsx is no workbook, and no text either; export it again, or open it in the program that made it and save it as .xlsx"),
        (b"%PDF-1.7\n", "export.xlsx is a PDF, no table; export the data as .xlsx or .csv"),
        (b"account\nAlpha Co\n", "the mapping asks for accounts.csv (table 'accounts'), which is not among the files (export.xlsx)"),
    ],
)  # fmt: skip
def test_what_is_given_in_place_of_the_tables_says_itself_what_is_wrong_with_it(
    tmp_path: Path, repository: Path, raw: bytes, message: str
) -> None:
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "export.xlsx").write_bytes(raw)
    with pytest.raises(WorkspaceError) as caught:
        import_into(tmp_path / "ws", tmp_path / "export", repository)
    assert str(caught.value) == message


def test_columns_that_lack_are_told_at_their_lines_of_the_mapping(
    tmp_path: Path, export: Path, repository: Path
) -> None:
    (export / "accounts.csv").write_text("acount,sector,employees,office_location\nA,B,1,C\n")
    with pytest.raises(SettingsError) as caught:
        import_into(tmp_path / "ws", export, repository)
    assert [Path(str(problem)).name for problem in caught.value.problems] == [
        "maven.yaml:43:9: error: accounts.csv has no column 'account'; did you mean 'acount'? [crm-column]",
        "maven.yaml:47:11: error: accounts.csv has no column 'subsidiary_of'; known: acount, sector, employees, office_location [crm-column]",
    ]


@pytest.mark.parametrize(
    ("word", "here"),
    [("offering", "product"), ("owner", "person"), ("value", "amount"), ("customer", "account")],
)
def test_a_word_that_plans_have_for_a_key_of_a_mapping(
    tmp_path: Path, repository: Path, word: str, here: str
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text((repository / MAPPING).read_text("utf-8") + f"  {word}: product\n")
    with pytest.raises(SettingsError) as caught:
        load_mapping(path, Workspace.at(tmp_path))
    assert [problem.message for problem in caught.value.problems] == [
        f"unknown key '{word}': a mapping calls it '{here}'"
    ]


def test_a_mistake_in_the_mapping_is_told_at_its_place(tmp_path: Path, repository: Path) -> None:
    text = (repository / MAPPING).read_text(encoding="utf-8")
    path = tmp_path / "mine.yaml"
    path.write_text(text.replace("currency: USD", "currency: usd").replace("closed_on:", "closed:"))
    with pytest.raises(SettingsError) as caught:
        load_mapping(path, Workspace.at(tmp_path))
    assert [str(problem) for problem in caught.value.problems] == [
        "mine.yaml:8:11: error: 'usd' is no currency; write three capitals such as EUR [wrong-value]",
        "mine.yaml:65:3: error: unknown key 'closed'; did you mean 'closed_on'? Known: table, where, id, account, product, person, stage, stages, amount, currency, closed_on, probability, type, reason, outcomes [unknown-key]",
    ]


def test_the_command_says_what_it_did(tmp_path: Path, export: Path, repository: Path) -> None:
    root = tmp_path / "ws"
    root.mkdir()
    words = ["import", str(export), "--mapping", str(repository / MAPPING)]
    done = run(root, *words, "--dry-run")
    assert done.returncode == 0
    assert done.stdout.startswith("--- /dev/null\n+++ b/site_config/catalogue.yaml\n@@ ")
    assert done.stderr.endswith(
        "\nsums are in USD, as the export is; site_config/currencies.yaml says so now"
        "\n6 files new, 0 playbooks changed, 0 as they were; nothing written\n"
    )
    assert list(root.iterdir()) == []
    assert run(root, *words).stderr.endswith("\n6 files new, 0 playbooks changed, 0 as they were\n")
    assert run(root, *words).stderr.endswith("\n0 files new, 0 playbooks changed, 3 as they were\n")
    done = run(root, "import", "nowhere", "--mapping", str(repository / MAPPING))
    assert (done.returncode, done.stderr) == (2, "error: there is no nowhere\n")


NASTY = (
    "NO", "yes", "null", "~", "017", "1_000", "12:30", "a: b", "- x", "#x", "x #y", "é", "东海", "'", '"',
    "a,b", "[x]", "{x}", "&a", "*a", "!t", "%", "@x", "`x`", "| x", "> x", "tab\there", "back\\slash",
    "trailing.", "2024-02-30", "x" * 450, "emoji \U0001f600", "=1+1", "?x", "a:b", "don't",
)  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_text_reads_back_as_it_was(text: str) -> None:
    data: Mapping[str, object] = {
        "a": text,
        "l": [text],
        "m": {"k": text},
        "e": [{"k": text, "n": 1}],
    }
    document = read_text(yaml_text(data).encode(), "playbooks/a.yaml")
    assert document.problems == ()
    assert document.data == {"a": text, "l": [text], "m": {"k": text}, "e": [{"k": text, "n": "1"}]}


def test_cells() -> None:
    assert [str(amount_of(cell)) for cell in ("1,234.50", "-5", "$ 7", "€1", "x", "", "1.2.3")] == [
        "1234.50", "-5", "7", "1", "None", "None", "None",
    ]  # fmt: skip
    assert day_of("2017-02-28") == datetime.date(2017, 2, 28)
    assert day_of("2017-02-30") is None
    assert id_of("  Ünïcode & Söhne GmbH ") == "unicode-sohne-gmbh"
    assert id_of("Łódź Straße Ørsted") == "lodz-strasse-orsted"
    names = ("A b", "a-B", "东海", "北方", "☃", "—")
    assert ids_of({name: name for name in names}, "account", {"—": "account"}) == {
        "A b": "a-b",
        "a-B": "a-b-2",
        "东海": "dong-hai",
        "北方": "bei-fang",
        "☃": "account-2",
        "—": "account",
    }


@pytest.mark.practice_data
def test_the_published_practice_data(tmp_path: Path, repository: Path, practice_data: Path) -> None:
    accounting = import_into(tmp_path / "ws", practice_data, repository)
    assert accounting == (
        "accounts.csv: 85 rows, 85 used",
        "products.csv: 7 rows, 7 used",
        "sales_teams.csv: 35 rows, 35 used",
        "sales_pipeline.csv: 8,800 rows, 7,375 used",
        "  1,425 skipped: no account",
        "won value: 10,005,534 USD in all, 10,005,534 placed, 0 not placed",
    )
    portfolio = assess(Workspace.at(tmp_path / "ws"), datetime.date(2018, 1, 15))
    rules = {rule.id for rule in portfolio.settings.rules.rules}
    assert len(portfolio.accounts) == 85
    assert [str(finding) for finding in portfolio.findings if finding.rule not in rules] == []
    revenue = [
        entry.amount or 0
        for account in portfolio.accounts
        if account.playbook and account.playbook.economics
        for entry in account.playbook.economics.revenue or ()
    ]
    with (practice_data / "sales_pipeline.csv").open(encoding="utf-8", newline="") as file:
        won = [
            float(row["close_value"]) for row in csv.DictReader(file) if row["deal_stage"] == "Won"
        ]
    assert sum(revenue) == sum(won) == 10_005_534
    assert (
        sum(
            bool(account.playbook and account.playbook.account.parent)
            for account in portfolio.accounts
        )
        == 15
    )


@pytest.mark.practice_data
def test_each_trap_of_the_practice_data(
    tmp_path: Path, repository: Path, practice_data: Path
) -> None:
    """What its notes warn of, one by one, in the playbooks that come out."""
    import_into(tmp_path / "ws", practice_data, repository)
    portfolio = assess(Workspace.at(tmp_path / "ws"), datetime.date(2018, 1, 15))
    plans = [account.playbook for account in portfolio.accounts if account.playbook]
    written = "\n".join(account.document.text for account in portfolio.accounts)
    # spellings are put right by the mapping
    assert not [name for name in ("technolgy", "Philipines", "GTXPro") if name in written]
    assert {plan.account.industry for plan in plans} >= {"technology"}
    assert {plan.account.region for plan in plans} >= {"philippines"}
    # rows of 'GTXPro' are of the product 'GTX Pro'
    with (practice_data / "sales_pipeline.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    misspelt = sum(float(row["close_value"] or 0) for row in rows if row["product"] == "GTXPro")
    offered = [
        plan.offerings["gtx-pro"]
        for plan in plans
        if plan.offerings and "gtx-pro" in plan.offerings
    ]
    assert misspelt > 0
    assert sum((offering.revenue.value or 0) for offering in offered if offering.revenue) > 0
    assert len([row for row in rows if row["product"] == "GTXPro"]) == 1_480
    # the owner is one of many agents: the one with most deals, who is in the team
    team = portfolio.settings.team.people
    assert all(plan.account.owner in team for plan in plans)
    # the revenue of a firm is in millions and is its size, never our money
    sizes = {plan.account.size for plan in plans}
    assert sizes <= {size.id for size in portfolio.settings.catalogue.sizes}
    assert all(plan.account.size for plan in plans)
    # no contacts and no costs: nothing is made up
    assert not any(plan.relationship and plan.relationship.contacts for plan in plans)
    assert not any(plan.economics and plan.economics.production_cost for plan in plans)
    assert "contacts, costs" in written
