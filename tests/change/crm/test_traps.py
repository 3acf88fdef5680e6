"""What exports do to those who read them: each trap has a finding or an answer in the mapping."""

from __future__ import annotations

import csv
import datetime
import io
import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from generator.assess import assess
from generator.change.crm.cells import amount_of, currency_of, day_of
from generator.change.crm.plan import ImportPlan
from generator.change.edit.files import write_files
from generator.errors import SettingsError, WorkspaceError
from generator.read import Workspace
from tests.change.crm.test_import import HEAD, PRODUCTS, TEAMS, planned
from tests.change.crm.test_sync import mapping_of
from tests.program import run
from tests.workspace import DOLLARS

ACCOUNTS = """\
account,sector,revenue,employees,office_location,subsidiary_of
Harbor Co,medical,1.1,60,Japan,
"""
WON = "O1,Ann Lee,GTX Pro,Harbor Co,Won,2016-10-20,2017-03-01,4500\n"
TABLES = {
    "accounts.csv": ACCOUNTS,
    "products.csv": PRODUCTS,
    "sales_teams.csv": TEAMS,
    "sales_pipeline.csv": HEAD + WON,
}


def export_of(tmp_path: Path, changes: dict[str, bytes | str]) -> Path:
    folder = tmp_path / "export"
    folder.mkdir(exist_ok=True, parents=True)
    for name, content in {**TABLES, **changes}.items():
        raw = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(raw)
    return folder


def plan_of(
    tmp_path: Path,
    repository: Path,
    changes: dict[str, bytes | str],
    *mapping_changes: tuple[str, str],
) -> ImportPlan:
    folder = export_of(tmp_path, changes)
    return planned(tmp_path / "ws", folder, mapping_of(tmp_path, repository, *mapping_changes))


def playbook(plan: ImportPlan) -> str:
    return next(file.text for file in plan.new if file.path.endswith("harbor-co.yaml"))


@pytest.mark.parametrize(
    ("cell", "point", "amount"),
    [
        ("1,234.56", ".", "1234.56"),
        ("1.234,56", ",", "1234.56"),
        ("1 234,56 €", ",", "1234.56"),
        ("1\u00a0234,56", ",", "1234.56"),
        ("1'234.50", ".", "1234.50"),
        ("(1,234)", ".", "-1234"),
        ("-1,234", ".", "-1234"),
        ("1,234-", ".", "-1234"),
        ("¥12,000", ".", "12000"),
        ("CNY 12,000.00", ".", "12000.00"),
        ("12,000.00 CNY", ".", "12000.00"),
        ("USD (1,234.56)", ".", "-1234.56"),
        # a decimal sign that is not the mapping's is no amount, never another amount
        ("1.234,56", ".", None),
        ("1,234.56", ",", None),
        ("1,23", ".", None),
        ("12,34,567", ".", None),
        ("n/a", ".", None),
    ],
)
def test_amounts_as_people_write_them(cell: str, point: str, amount: str | None) -> None:
    assert amount_of(cell, point) == (None if amount is None else Decimal(amount))


def test_the_currency_beside_an_amount() -> None:
    assert [currency_of(amount) for amount in ("CNY 12,000", "(12 EUR)", "12", "$12")] == [
        "CNY", "EUR", None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "spelling", "day"),
    [
        ("2017-03-01", "YYYY-MM-DD", "2017-03-01"),
        ("2017-03-01T08:15:00.000+0000", "YYYY-MM-DD", "2017-03-01"),
        ("2017-03-01 08:15", "YYYY-MM-DD", "2017-03-01"),
        ("01.03.2017", "DD.MM.YYYY", "2017-03-01"),
        ("3/1/2017", "MM/DD/YYYY", "2017-03-01"),
        ("3/1/17, 8:15 AM", "MM/DD/YY,", "2017-03-01"),
        ("1 Mar 2017", "DD MMM YYYY", "2017-03-01"),
        ("1-March-17", "DD-MMM-YY", "2017-03-01"),
        ("31/12/2017", "MM/DD/YYYY", None),
        ("2017-02-29", "YYYY-MM-DD", None),
    ],
)
def test_days_as_people_write_them(cell: str, spelling: str, day: str | None) -> None:
    wanted = None if day is None else datetime.date.fromisoformat(day)
    assert day_of(cell, (spelling,)) == wanted


@pytest.mark.parametrize(
    ("change", "mapping_change"),
    [
        ({"accounts.csv": "\ufeff" + ACCOUNTS}, ()),
        ({"accounts.csv": ACCOUNTS.encode("utf-16")}, ()),
        ({"accounts.csv": ACCOUNTS.replace(",", ";")}, (("file: accounts.csv", "file: accounts.csv, delimiter: ';'"),)),
        ({"accounts.csv": ACCOUNTS.replace(",", "\t")}, (("file: accounts.csv", "file: accounts.csv, delimiter: tab"),)),
        ({"accounts.csv": ACCOUNTS.replace("\n", "\r\n")}, ()),
        ({"accounts.csv": ACCOUNTS.replace("\n", "\r")}, ()),
        ({"accounts.csv": ACCOUNTS + "\n,,,,,\n"}, ()),
        ({"accounts.csv": ACCOUNTS.replace("account,", " account ,")}, ()),
        ({"sales_pipeline.csv": HEAD + WON.replace("2017-03-01", "01.03.2017")}, (("dates: [YYYY-MM-DD]", "dates: [DD.MM.YYYY]"),)),
        ({"sales_pipeline.csv": HEAD + WON.replace("4500", '"4.500,00"')}, (('decimal: "."', 'decimal: ","'),)),
        ({"sales_pipeline.csv": HEAD + WON.replace("4500", '"USD 4,500.00"')}, ()),
    ],
)  # fmt: skip
def test_another_spelling_is_the_same_playbook(
    tmp_path: Path,
    repository: Path,
    change: dict[str, bytes | str],
    mapping_change: tuple[tuple[str, str], ...],
) -> None:
    plain = playbook(plan_of(tmp_path / "plain", repository, {}))
    plan = plan_of(tmp_path / "other", repository, change, *mapping_change)
    assert playbook(plan) == plain
    assert plan.problems == ()


def test_windows_1252_where_the_mapping_says_so(tmp_path: Path, repository: Path) -> None:
    change = ("file: accounts.csv", "file: accounts.csv, encoding: windows-1252")
    text = ACCOUNTS.replace("Harbor Co", "Älpha “Süd” €")
    pipeline = HEAD + WON.replace("Harbor Co", "Älpha “Süd” €")
    changes: dict[str, bytes | str] = {
        "accounts.csv": text.encode("cp1252"),
        "sales_pipeline.csv": pipeline,
    }
    plan = plan_of(tmp_path, repository, changes, change)
    assert 'name: "Älpha “Süd” €"' in plan.new[-1].text
    assert plan.accounting[-1] == "won value: 4,500 USD in all, 4,500 placed, 0 not placed"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("file: accounts.csv", "file: accounts.csv, encoding: klingon"), "there is no encoding 'klingon'; try utf-8 or windows-1252"),
        (("dates: [YYYY-MM-DD]", "dates: [YYYY-MM]"), "'YYYY-MM' spells no day; write it like YYYY-MM-DD or DD.MM.YYYY"),
        (("folder: maven", "folder: ../out"), "'../out' is no folder below playbooks/; write it like emea"),
        (("folder: maven", "folder: /etc"), "'/etc' is no folder below playbooks/; write it like emea"),
        (("account.size: crm", "account.sise: crm"), "an import writes no 'account.sise'; did you mean 'account.size'?"),
    ],
)  # fmt: skip
def test_a_mapping_that_says_what_cannot_be(
    tmp_path: Path, repository: Path, change: tuple[str, str], message: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        plan_of(tmp_path, repository, {}, change)
    assert message in str(caught.value.problems[0])


def test_a_heading_twice(tmp_path: Path, repository: Path) -> None:
    heading = ACCOUNTS.replace("sector", "account")
    with pytest.raises(WorkspaceError) as caught:
        plan_of(tmp_path, repository, {"accounts.csv": heading})
    assert str(caught.value) == "accounts.csv has the column 'account' twice; rename one"


def test_another_delimiter_is_one_finding(tmp_path: Path, repository: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        plan_of(tmp_path, repository, {"accounts.csv": ACCOUNTS.replace(",", ";")})
    assert [str(problem).partition(": error: ")[2] for problem in caught.value.problems] == [
        "accounts.csv has no column 'account'; its columns seem to stand apart by another sign: say delimiter: \";\" [crm-column]"
    ]


ROWS = {
    "product": WON.replace("GTX Pro", "GTX-Pro"),
    "currency": WON.replace("4500", '"CNY 4,500"'),
    "stage": WON.replace("Won", "Gewonnen"),
    "cells": WON.replace("4500", "4500,00"),
    "day": WON.replace("2017-03-01", "01.03.2017"),
    "amount": WON.replace("4500", '"4.500,00"'),
    "twice": WON + WON,
    "account": WON.replace("Harbor Co", "Harbour Co"),
    "id": WON.replace("O1", ""),
}


@pytest.mark.parametrize(
    ("kind", "finding", "last"),
    [
        ("product", "unknown product 'GTX-Pro'; name the one that is meant under values; did you mean 'GTX Pro'?", "won value: 4,500 USD in all, 0 placed, 4,500 not placed"),
        ("currency", "in CNY, not USD; import each currency with its own mapping", "won value: 4,500 CNY in all, 0 placed, 4,500 not placed"),
        ("stage", "unknown stage 'Gewonnen'; say what it means under stages", "won value: 0 USD in all, 0 placed, 0 not placed"),
        ("cells", "more cells than columns; put quotes around cells that hold the delimiter", "won value: 4,500 USD in all, 0 placed, 4,500 not placed"),
        ("day", "closed without a day; '01.03.2017' is no day written YYYY-MM-DD; add its spelling to dates", "won value: 4,500 USD in all, 0 placed, 4,500 not placed"),
        ("amount", "won without an amount; '4.500,00' is no amount with decimal: \".\" in the mapping", "won value: 0 USD in all, 0 placed, 0 not placed"),
        ("twice", "the same id twice; keep one of them", "won value: 4,500 USD in all, 4,500 placed, 0 not placed"),
        ("account", "unknown account 'Harbour Co'; export it too, or name the account it became under merged", "won value: 4,500 USD in all, 0 placed, 4,500 not placed"),
        ("id", "no id; export the column with the id", "won value: 4,500 USD in all, 0 placed, 4,500 not placed"),
    ],
)  # fmt: skip
def test_a_row_that_is_not_used_says_why_and_what_to_do(
    tmp_path: Path, repository: Path, kind: str, finding: str, last: str
) -> None:
    plan = plan_of(tmp_path, repository, {"sales_pipeline.csv": HEAD + ROWS[kind]})
    line = 3 if kind == "twice" else 2
    column = {"day": 7, "amount": 8}.get(kind, 1)  # of the cell that cannot be read
    assert [str(problem) for problem in plan.problems] == [
        f"sales_pipeline.csv:{line}:{column}: warning: this row is not used: {finding} [crm-row]"
    ]
    assert plan.accounting[-1] == last


HOSTILE = (
    "A\x00B", "B\x1b[31mC", "C\u2028D", "E\x85F", "G\u202eH", "I\ufeffJ", "N\nO", "P\tQ", "x\x7fy", "true", "null",
    "2024-01-01", "{{ x }}", "<script>alert(1)</script>", "../../etc", "=cmd()", "\U0001f600", "Ж" * 300, "&a", "*a",
    "!!tag", "#c", "- a", "? b", "%YAML", "'", '"', "|", ">", "@x", "`", "a: b", "x #y", "M" * 501,
)  # fmt: skip


def test_whatever_stands_in_a_cell_is_data(tmp_path: Path, repository: Path) -> None:
    """Each is a name, a sector, a country, an agent, an id: playbooks that are read again."""
    rows: dict[str, list[list[str]]] = {"accounts.csv": [], "sales_pipeline.csv": []}
    for value in HOSTILE:
        rows["accounts.csv"].append([value, value, "1", "60", value, HOSTILE[0]])
        for end, stage in (("", "Won"), ("x", "Engaging")):
            deal = [value + end, value, "GTX Pro", value, stage, "", "2017-03-01", "5"]
            rows["sales_pipeline.csv"].append(deal)
    changes: dict[str, bytes | str] = {}
    for name, lines in rows.items():
        text = io.StringIO()
        csv.writer(text).writerows([TABLES[name].split("\n", maxsplit=1)[0].split(","), *lines])
        changes[name] = text.getvalue()
    plan = plan_of(tmp_path, repository, changes)
    long = "'account' is longer than 500 characters; shorten it in the CRM; perhaps a quote is missing in the file [crm-row]"
    assert {str(problem).partition(": ")[2] for problem in plan.problems} == {
        f"warning: this row is not used: {long}",
        f"warning: 2 rows are not used, in lines 74 and 75: {long.replace('account', 'opportunity_id')}",
    }
    assert len(plan.new) == 3 + len(HOSTILE) - 1  # catalogue, team, currency; a name is too long
    assert write_files(Workspace.at(tmp_path / "ws"), plan) == ()
    (tmp_path / "ws/site_config/currencies.yaml").write_text(DOLLARS)
    portfolio = assess(Workspace.at(tmp_path / "ws"), datetime.date(2018, 1, 15))
    rules = {rule.id for rule in portfolio.settings.rules.rules}
    assert {finding.rule for finding in portfolio.findings} - rules <= {"mixed-script"}
    again = planned(tmp_path / "ws", tmp_path / "export", tmp_path / "mapping.yaml")
    assert (again.new, again.changed, again.same) == ((), (), len(HOSTILE) - 1)


def test_what_is_misspelt_is_put_right_by_the_mapping(tmp_path: Path, repository: Path) -> None:
    plan = plan_of(
        tmp_path,
        repository,
        {"sales_pipeline.csv": HEAD + ROWS["product"]},
        ("GTXPro: GTX Pro", "GTX-Pro: GTX Pro"),
    )
    assert plan.problems == ()


def in_place(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / "ws" / "playbooks" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


HAND = "schema: 1\naccount: {{name: {name}, status: customer, crm: {{maven: {key}}}}}\nsummary: S\n"


@pytest.mark.parametrize(
    ("files", "merged", "findings"),
    [
        ({"a": HAND.format(name="Gone Ltd", key="Gone Ltd")}, "{}", ["playbooks/a.yaml:2:58: warning: 'Gone Ltd' is not in Maven CRM export of 2017-12-31; set the status to former, or name the account it became under merged in the mapping [crm-account-gone]"]),
        ({"a": HAND.format(name="Old", key="Harbour"), "b": HAND.format(name="Harbor Co", key="Harbor Co")}, "{Harbour: Harbor Co}", ["playbooks/a.yaml:2:53: warning: 'Harbour' was merged into 'Harbor Co'; move what still holds to playbooks/b.yaml, then delete this file [crm-merged]"]),
        ({"a": HAND.format(name="Harbour", key="Harbour")}, "{Harbour: Harbor Co}", ["playbooks/a.yaml:2:17: warning: the CRM says 'Harbor Co' (Maven CRM export, 2017-12-31), the playbook 'Harbour' (undated); the playbook's stays. Correct one of them, or write 'account.name: crm' under wins in the mapping [crm-differs]"]),
        ({"a": HAND.format(name="A", key="Harbor Co"), "b": HAND.format(name="B", key="Harbor Co")}, "{}", ["playbooks/b.yaml:2:51: error: 'Harbor Co' is also the account of playbooks/a.yaml; neither was changed, keep one [crm-twice]"]),
        ({"a": "schema: 1\naccount: {name: Harbor Co}\n", "b": "schema: 1\naccount: {name: B, aliases: [harbor co]}\n"}, "{}", ["playbooks/b.yaml:2:17: error: 'Harbor Co' is also the name in playbooks/a.yaml; write the account's id in the CRM under account.crm in the right one [crm-ambiguous]"]),
        ({"harbor-co": "schema: 1\naccount: {name: Harbor Co\n"}, "{}", ["playbooks/harbor-co.yaml:3:1: error: a comma or '}' is missing before this; the bracket opens at line 2, column 10 [yaml-syntax]"]),
    ],
    ids=["gone", "merged, both there", "merged, renamed", "twice", "two of one name", "broken"],
)  # fmt: skip
def test_accounts_and_playbooks_that_do_not_meet(
    tmp_path: Path, repository: Path, files: dict[str, str], merged: str, findings: list[str]
) -> None:
    paths = {in_place(tmp_path, name, text): text for name, text in files.items()}
    plan = plan_of(tmp_path, repository, {}, ("merged: {}", f"merged: {merged}"))
    assert [str(problem) for problem in plan.problems] == findings
    assert write_files(Workspace.at(tmp_path / "ws"), plan) == ()
    untouched = {"[crm-account-gone]", "[crm-twice]", "[crm-ambiguous]", "[yaml-syntax]"}
    for path, text in paths.items():
        if any(
            f"{path.name}:" in finding and finding.split()[-1] in untouched for finding in findings
        ):
            assert path.read_text(encoding="utf-8") == text
    if "crm-twice" in findings[0] or "yaml-syntax" in findings[0]:
        assert [file for file in plan.new if file.path.startswith("playbooks")] == []


@pytest.mark.parametrize(
    ("wins", "size", "rules"),
    [
        ("{}", "small", ["crm-differs"]),
        ("{account.size: playbook}", "small", ["crm-differs"]),
        ("{account.size: crm}", "medium", ["crm-replaced"]),
        ("{account: crm}", "medium", ["crm-replaced"]),
        ("{account: crm, account.size: playbook}", "small", ["crm-differs"]),
    ],
)
def test_the_mapping_says_who_wins(
    tmp_path: Path, repository: Path, wins: str, size: str, rules: list[str]
) -> None:
    text = HAND.format(name="Harbor Co", key="Harbor Co").replace("crm:", "size: small, crm:")
    path = in_place(tmp_path, "harbor-co", text)
    change = ("wins: {account.status: crm, account.size: crm}", f"wins: {wins}")
    plan = plan_of(tmp_path, repository, {}, change)
    assert [problem.rule for problem in plan.problems] == rules
    assert write_files(Workspace.at(tmp_path / "ws"), plan) == ()
    assert f"size: {size}," in path.read_text(encoding="utf-8")


def test_the_crm_fills_in_what_was_a_placeholder(tmp_path: Path, repository: Path) -> None:
    text = HAND.format(name="Harbor Co", key="Harbor Co").replace("crm:", "size: TODO, crm:")
    path = in_place(tmp_path, "harbor-co", text)
    plan = plan_of(
        tmp_path, repository, {}, ("wins: {account.status: crm, account.size: crm}", "wins: {}")
    )
    assert plan.problems == ()
    assert write_files(Workspace.at(tmp_path / "ws"), plan) == ()
    assert "size: medium," in path.read_text(encoding="utf-8")


def test_a_newer_word_of_a_person_stays_even_where_the_crm_wins(
    tmp_path: Path, repository: Path
) -> None:
    text = HAND.format(name="Harbor Co", key="Harbor Co") + (
        "economics: {currency: USD, development: {win_probability: {value: 0.4, as_of: 2018-01-02}}}\n"
    )
    path = in_place(tmp_path, "harbor-co", text)
    change = ("wins: {", "wins: {economics: crm, ")
    plan = plan_of(tmp_path, repository, {}, change)
    assert [str(problem) for problem in plan.problems] == [
        "playbooks/harbor-co.yaml:4:67: warning: the CRM says '1' (Maven CRM export, 2017-12-31), the playbook '0.4' (2018-01-02), which is newer and stays; import a newer export [crm-older]"
    ]
    write_files(Workspace.at(tmp_path / "ws"), plan)
    assert "win_probability: {value: 0.4, as_of: 2018-01-02}" in path.read_text(encoding="utf-8")


def test_another_currency_takes_no_amount_over(tmp_path: Path, repository: Path) -> None:
    text = HAND.format(name="Harbor Co", key="Harbor Co") + "economics: {currency: EUR}\n"
    path = in_place(tmp_path, "harbor-co", text)
    plan = plan_of(tmp_path, repository, {})
    assert [str(problem) for problem in plan.problems] == [
        "playbooks/harbor-co.yaml:4:23: warning: the CRM's amounts are in USD, this playbook's in EUR; no amount was taken over. Write the playbook in the CRM's currency [crm-currency]"
    ]
    write_files(Workspace.at(tmp_path / "ws"), plan)
    assert "4500" not in path.read_text(encoding="utf-8")


def test_a_deal_in_a_currency_of_its_own_keeps_its_amount(tmp_path: Path, repository: Path) -> None:
    text = HAND.format(name="Harbor Co", key="Harbor Co") + (
        "economics: {currency: USD}\nopportunities: [{id: O3, crm: O3, amount: 7, currency: EUR}]\n"
    )
    path = in_place(tmp_path, "harbor-co", text)
    still_open = "O3,Ann Lee,MG Special,Harbor Co,Engaging,2017-10-20,,55\n"
    plan = plan_of(tmp_path, repository, {"sales_pipeline.csv": HEAD + WON + still_open})
    assert [str(problem) for problem in plan.problems if "crm-currency" in str(problem)] == [
        "playbooks/harbor-co.yaml:5:56: warning: the CRM's amount is in USD, this one in EUR; it was not taken over. Write the amount in USD and take the currency out [crm-currency]"
    ]
    write_files(Workspace.at(tmp_path / "ws"), plan)
    assert "amount: 7, currency: EUR" in path.read_text(encoding="utf-8")


def test_strict_writes_nothing_when_two_truths_meet(tmp_path: Path, repository: Path) -> None:
    text = HAND.format(name="Harbor Co", key="Harbor Co").replace("crm:", "industry: x, crm:")
    path = in_place(tmp_path, "harbor-co", text)
    words = [
        "import",
        str(export_of(tmp_path, {})),
        "--mapping",
        str(mapping_of(tmp_path, repository)),
    ]
    held = run(tmp_path / "ws", *words, "--strict")
    assert held.returncode == 1
    assert held.stderr.endswith(
        "\n2 files new, 1 playbook changed, 0 as they were; nothing written\n"
    )
    assert path.read_text(encoding="utf-8") == text
    assert run(tmp_path / "ws", *words).returncode == 0
    assert path.read_text(encoding="utf-8") != text


def test_check_holds_playbooks_against_the_crm(tmp_path: Path, repository: Path) -> None:
    text = HAND.format(name="Harbor Co", key="Harbor Co").replace("crm:", "industry: x, crm:")
    path = in_place(tmp_path, "harbor-co", text)
    export = str(export_of(tmp_path, {}))
    words = ["check", "--output-format", "json-lines", "--today", "2018-01-15"]
    crm = ["--crm", export, "--mapping", str(mapping_of(tmp_path, repository))]

    def rules(*more: str) -> tuple[int, set[str]]:
        done = run(tmp_path / "ws", *words, *more)
        return done.returncode, {json.loads(line)["rule"] for line in done.stdout.splitlines()}

    alone = rules()[1]
    assert rules(*crm)[1] - alone >= {"crm-behind"}
    assert path.read_text(encoding="utf-8") == text
    assert run(tmp_path / "ws", "import", export, *crm[2:]).returncode == 0
    assert "crm-behind" not in rules(*crm)[1]
    refused = run(tmp_path / "ws", *words, "--crm", export)
    assert (refused.returncode, "--crm and --mapping go together" in refused.stderr) == (2, True)


def test_a_clean_playbook_fails_strictly_on_what_the_crm_says(
    tmp_path: Path, repository: Path
) -> None:
    text = HAND.format(name="Harbor Co", key="Harbor Co") + "economics: {currency: EUR}\n"
    in_place(tmp_path, "harbor-co", text)
    words = ["check", "--output-format", "concise", "--today", "2018-01-15"]
    crm = [
        "--crm",
        str(export_of(tmp_path, {})),
        "--mapping",
        str(mapping_of(tmp_path, repository)),
    ]
    lines = run(tmp_path / "ws", *words, *crm).stdout.splitlines()
    assert [line.rpartition("[")[2] for line in lines if "[crm-" in line] == [
        "crm-behind]",
        "crm-total]",
        "crm-currency]",
    ]
    assert run(tmp_path / "ws", *words, *crm).returncode == 1
    assert run(tmp_path / "ws", *words, *crm, "--strict").returncode == 1


def test_sheets_of_a_workbook_are_tables(tmp_path: Path, repository: Path) -> None:
    folder = export_of(tmp_path, {})
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    for name in ("accounts", "sales_pipeline"):
        sheet = book.create_sheet(name)
        for line in TABLES[f"{name}.csv"].splitlines():
            sheet.append(line.split(","))
        (folder / f"{name}.csv").unlink()
    # as a spreadsheet has them: a day, a number, a formula with its value not yet computed
    book["sales_pipeline"]["G2"] = datetime.datetime(2017, 3, 1, 8, 15)  # noqa: DTZ001 - sheets have no zones
    book["sales_pipeline"]["H2"] = 4500.1
    book["accounts"]["D2"] = 60
    book.save(folder / "crm.xlsx")
    changes = (
        ("file: accounts.csv", "file: crm.xlsx, sheet: accounts"),
        ("file: sales_pipeline.csv", "file: crm.xlsx, sheet: sales_pipeline"),
    )
    mapping = mapping_of(tmp_path, repository, *changes)
    plan = planned(tmp_path / "ws", folder, mapping)
    assert plan.problems == ()
    assert "{year: 2017, amount: 4500.1, grade: fact" in playbook(plan)
    assert "size: medium" in playbook(plan)
    (folder / "crm.xlsx").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(
        WorkspaceError, match=r"^crm.xlsx is not a whole workbook; save it again as .xlsx or .csv$"
    ):
        planned(tmp_path / "ws", folder, mapping)
