"""What counts as a number, wherever it is written: the same words in every place, and no wait."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from generator.change.bulk.back import plan_bulk
from generator.change.bulk.sheets import fields_of, workbook_of
from generator.change.crm.mapping import load_mapping
from generator.change.crm.memory import memory_of
from generator.change.crm.plan import plan_import
from generator.change.crm.tables import read_tables
from generator.errors import SettingsError, WorkspaceError
from generator.read import Workspace, read_text
from generator.read.numbers import NoNumber, money_of, number_of
from generator.rules.validate import plan_of
from generator.settings import load_settings, own_files
from tests.change.bulk.test_bulk import TODAY
from tests.workspace import make_workspace

LARGE = "numbers go up to 1,000,000,000,000,000"
NINES = "9" * 57 + "…"

# What is written, and what is said of it in a field of any number
NOT_COUNTED = (
    ("1e999999999", f"'1e999999999' is too large; {LARGE}"),
    ("1e400", f"'1e400' is too large; {LARGE}"),
    ("-1e400", f"'-1e400' is too large; {LARGE}"),
    ("1000000000000001", f"'1000000000000001' is too large; {LARGE}"),
    ("1e-320", "'1e-320' is too small to count; write 0"),
    ("1e-999999999", "'1e-999999999' is too small to count; write 0"),
    ("9" * 10_000, f"'{NINES}' is too long: 10,000 characters; a number has at most 40"),
    ("1e" + "9" * 10_000, f"'1e{'9' * 55}…' is too long: 10,002 characters; a number has at most 40"),
    ("x" * 10_000, f"a number is wanted, not '{'x' * 57}…'"),
    (".inf", "a number is wanted, not '.inf'"),
    ("-.inf", "a number is wanted, not '-.inf'"),
    (".nan", "a number is wanted, not '.nan'"),
    ("Infinity", "a number is wanted, not 'Infinity'"),
    ("0x1F", "a number is wanted, not '0x1F'; write 31"),
    ("0o17", "a number is wanted, not '0o17'; write 15"),
    ("0b11", "a number is wanted, not '0b11'; write 3"),
    ("017", "a number is wanted, not '017'; write 17 without the zeros in front"),
    ("190:20:30", "a number is wanted, not '190:20:30'"),
    ("1_000", "a number is wanted, not '1_000'; write 1000 without separators"),
    ("1'000", "a number is wanted, not '1'000'; write 1000 without separators"),
    ("1.234.567", "a number is wanted, not '1.234.567'; write 1234567 without separators"),
    ("1,5", "a number is wanted, not '1,5'; write 1.5 with a point"),
    ("5.", "a number is wanted, not '5.'; write 5"),
    ("20 %", "a number is wanted, not '20 %'; write 0.2"),
    ("２０", "a number is wanted, not '２０'; write 20 in plain digits"),
    ("٣٤", "a number is wanted, not '٣٤'; write 34 in plain digits"),
    ("½", "a number is wanted, not '½'"),
    ("60万", "a number is wanted, not '60万'; write 600000"),
    ("520k", "a number is wanted, not '520k'; write 520000"),
    ("€520000", "a number is wanted, not '€520000'; write 520000"),
    ("520 000 €", "a number is wanted, not '520 000 €'; write 520000"),
    ("EUR 5", "a number is wanted, not 'EUR 5'; write 5"),
    ("€520.000", "a number is wanted, not '€520.000'; write 520000 or 520"),
    ("-€5k", "a number is wanted, not '-€5k'; write -5000"),
    ("0,85", "a number is wanted, not '0,85'; write 0.85 with a point"),
    ("0,855", "a number is wanted, not '0,855'; write 0.855 with a point"),
    ("1.234,56", "a number is wanted, not '1.234,56'; write 1234.56 with a point and without separators"),
    ("85 %", "a number is wanted, not '85 %'; write 0.85"),
    ("85,5%", "a number is wanted, not '85,5%'; write 0.855"),
    ("5，", "a number is wanted, not '5，'; '，' is a full-width comma, write ', '"),
    ("5 apples", "a number is wanted, not '5 apples'"),
)  # fmt: skip
COUNTED = ("0", "-0", "0.850", "1e15", "-1e15", "1e-15", "1E+3", "0e999", ".5", "60.000", "1.500")

# Amounts in groups of three digits
GROUPED = (
    ("620.000", "'620.000' could mean 620 or 620,000; write 620000 or 620"),
    ("60.000", "'60.000' could mean 60 or 60,000; write 60000 or 60"),
    ("1.500", "'1.500' could mean 1.5 or 1,500; write 1500 or 1.5"),
    ("1.125", "'1.125' could mean 1.125 or 1,125; write 1125 or 1.1250"),
    ("-620.000", "'-620.000' could mean -620 or -620,000; write -620000 or -620"),
    ("1.250.000", "'1.250.000' has a point between groups of digits; write 1250000"),
)
PLAIN_MONEY = ("620000", "0.850", "620.00", "620.0000", "1234.500", "1.5", "1.1250", "1.500e3")


def refusal(read: Callable[[str], Decimal], text: str) -> str:
    with pytest.raises(NoNumber) as error:
        read(text)
    return str(error.value)


def test_what_is_no_number_is_told_with_what_to_write() -> None:
    for text, message in NOT_COUNTED:
        assert refusal(number_of, text) == message
        if text != "1.234.567":  # of money more can be said
            assert refusal(money_of, text) == message
    for text in COUNTED:
        assert float(number_of(text)) == float(text)


def test_money_in_groups_of_three_digits_is_refused() -> None:
    for text, message in GROUPED:
        assert refusal(money_of, text) == message
    for text in PLAIN_MONEY:
        assert money_of(text) == number_of(text)


def test_an_m_is_millions_of_money_and_may_be_months_elsewhere() -> None:
    for text, number in (("1.5m", "1500000"), ("2 Mio.", "2000000"), ("EUR 1.2m", "1200000")):
        wanted = f"a number is wanted, not '{text}'"
        assert refusal(money_of, text) == f"{wanted}; write {number}"
        assert refusal(number_of, text) == wanted


PLAYBOOK = """\
schema: 1
account: {name: Alpha, status: prospect}
summary: s
economics:
  currency: EUR
"""


def said(text: str) -> list[str]:
    """The findings of a playbook's form."""
    return [
        f"{problem.line}:{problem.column}: {problem.message}"
        for problem in plan_of(read_text(text.encode(), "playbooks/alpha.yaml")).problems
    ]


def test_a_number_in_a_playbook() -> None:
    for text, message in NOT_COUNTED:
        if "," not in text:  # in braces a comma ends the value, which has its own words
            fact = PLAYBOOK + f"  retention: {{value: {text}, grade: fact}}\n"
            assert said(fact) == [f"6:22: {message}"]
        assert said(PLAYBOOK + f"  retention: {text}\n") == [f"6:14: {message}"]
    for text, message in GROUPED:
        assert said(PLAYBOOK + f"  price: {text}\n") == [f"6:10: {message}"]
        assert said(PLAYBOOK + f"  price: '{text}'\n") == [f"6:10: {message}"]
        assert said(PLAYBOOK + f"  price: {{value: {text}, grade: fact}}\n") == [f"6:18: {message}"]
        revenue = f"  revenue:\n    - {{year: 2025, amount: {text}}}\n"
        assert said(PLAYBOOK + revenue) == [f"7:28: {message}"]


def test_three_digits_behind_a_point_are_no_groups_where_no_money_is_meant() -> None:
    for line in (
        "retention: 0.850",
        "price: 620.00",
        "horizon_years: 3.000",
        "discount_rate: 0.125",
    ):
        assert said(f"{PLAYBOOK}  {line}\n") == []
    market = "environment:\n  market: {growth: 1.500, rivals: 12.000}\n"
    assert not any("could mean" in finding for finding in said(PLAYBOOK + market))


def problems_of_settings(root: Path) -> list[str]:
    with pytest.raises(SettingsError) as error:
        load_settings(Workspace.at(root))
    return [
        f"{problem.line}:{problem.column}: {problem.message}" for problem in error.value.problems
    ]


def test_a_number_in_a_setting(tmp_path: Path, repository: Path) -> None:
    shipped = (repository / "generator/defaults/thresholds.yaml").read_text(encoding="utf-8")
    rate, cut_off = "discount_rate: 0.10", "cut_off: 250000"
    assert rate in shipped
    assert cut_off in shipped
    for written, texts in ((rate, NOT_COUNTED), (cut_off, GROUPED)):
        key = written.partition(":")[0]
        for text, message in texts:
            settings = shipped.replace(written, f"{key}: {text}")
            root = make_workspace(tmp_path, {"site_config/thresholds.yaml": settings})
            before = shipped[: shipped.index(written)]
            line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + len(key) + 3
            assert problems_of_settings(root) == [f"{line}:{column}: {message}"]


MAPPING = """\
source: CRM
as_of: 2026-11-01
system: crm
currency: EUR
customer_months: 12
summary: s
tables: {accounts: {file: a.csv}, deals: {file: d.csv}}
accounts: {table: accounts, name: Name}
opportunities:
  table: deals
  id: Id
  account: Account
  product: Product
  person: Who
  stage: Stage
  amount: Amount
  closed_on: Closed
  stages: {won: [Won], lost: [Lost], open: [Open]}
"""


def problems_of_mapping(root: Path, text: str) -> list[str]:
    path = root / "mapping.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        load_mapping(path, Workspace.at(root))
    return [
        f"{problem.line}:{problem.column}: {problem.message}" for problem in error.value.problems
    ]


def test_a_number_in_a_mapping(tmp_path: Path) -> None:
    for text, message in NOT_COUNTED:
        mapping = MAPPING.replace("months: 12", f"months: {text}")
        assert problems_of_mapping(tmp_path, mapping) == [f"5:18: {message}"]
    for text, message in (
        ("1201", "1,201 is out of range: at most 1,200"),
        ("-1", "-1 is out of range: at least 0"),
        ("1.5", "a whole number is wanted, not '1.5'"),
    ):
        mapping = MAPPING.replace("months: 12", f"months: {text}")
        assert problems_of_mapping(tmp_path, mapping) == [f"5:18: {message}"]


def findings_of_cells(root: Path, row: str, point: str = ".") -> list[str]:
    (root / "mapping.yaml").write_text(f'decimal: "{point}"\n{MAPPING}', encoding="utf-8")
    (root / "a.csv").write_text("Name\nAlpha\n", encoding="utf-8")
    head = "Id;Account;Product;Who;Stage;Amount;Closed".replace(";", "\t")
    (root / "d.csv").write_text(f"{head}\n{row.replace(';', chr(9))}\n", encoding="utf-8")
    workspace = Workspace.at(root)
    text = (root / "mapping.yaml").read_text(encoding="utf-8")
    (root / "mapping.yaml").write_text(
        text.replace("{file: d.csv}", "{file: d.csv, delimiter: tab}"), encoding="utf-8"
    )
    mapping = load_mapping(root / "mapping.yaml", workspace)
    tables = read_tables([root / "a.csv", root / "d.csv"], mapping)
    memory = memory_of(root / "mapping.yaml", workspace)
    plan = plan_import(tables, mapping, load_settings(workspace), (), (), memory)
    return [f"{problem.line}:{problem.column}: {problem.message}" for problem in plan.problems]


CELLS = (
    ("Won", "620.000", ".", "an amount that can be read in two ways; '620.000' could mean 620 or 620,000; write 620000 or 620"),
    ("Open", "€ 1.500", ".", "an amount that can be read in two ways; '1.500' could mean 1.5 or 1,500; write 1500 or 1.5"),
    ("Lost", "(620.000)", ".", "an amount that can be read in two ways; '620.000' could mean 620 or 620,000; write 620000 or 620"),
    ("Won", "620,000", ",", "an amount that can be read in two ways; '620,000' could mean 620 or 620.000; write 620000 or 620"),
    ("Won", "1e999999999", ".", "won without an amount; '1e999999999' is no amount with decimal: \".\" in the mapping"),
    ("Open", "1e999999999", ".", "an amount that cannot be read; '1e999999999' is no amount with decimal: \".\" in the mapping"),
    ("Won", "２０", ".", "won without an amount; '２０' is no amount with decimal: \".\" in the mapping"),
    ("Won", "1.250.000", ".", "won without an amount; '1.250.000' is no amount with decimal: \".\" in the mapping"),
    ("Won", "9" * 20, ".", f"an amount out of range; '{'9' * 20}' is too large; {LARGE}"),
    ("Open", "9" * 400, ".", f"an amount out of range; '{NINES}' is too long for an amount: 400 characters"),
)  # fmt: skip
CLEAR_CELLS = (
    ("620,000", "."),
    ("620.000", ","),
    ("620.00", "."),
    ("1,234.500", "."),
    ("0.850", "."),
    ("-", "."),
)


def test_an_amount_in_a_cell_of_an_export(tmp_path: Path) -> None:
    make_workspace(tmp_path)
    for stage, text, point, message in CELLS:
        row = f"1;Alpha;P;W;{stage};{text};2026-10-01"
        assert findings_of_cells(tmp_path, row, point) == [f"2:6: this row is not used: {message}"]
    for text, point in CLEAR_CELLS:
        assert findings_of_cells(tmp_path, f"1;Alpha;P;W;Lost;{text};2026-10-01", point) == []


def test_a_number_in_a_cell_that_was_exported_for_changing() -> None:
    document = read_text(
        (PLAYBOOK + "  price: 7\n  retention: 0.5\n").encode(), "playbooks/alpha.yaml"
    )
    raw = workbook_of((document,), fields_of(("economics.price", "economics.retention")), TODAY)

    def findings(cell: str, value: str | float) -> list[str]:
        book = openpyxl.load_workbook(io.BytesIO(raw))
        book.worksheets[0][cell] = value
        changed = io.BytesIO()
        book.save(changed)
        plan = plan_bulk(changed.getvalue(), "bulk.xlsx", (document,))
        return [
            f"{problem.line}:{problem.column}: {problem.message}" for problem in plan.problems
        ] + [
            file.text.partition("currency: EUR\n")[2].partition("\n")[0].strip()
            for file in plan.changed
        ]

    for text, message in NOT_COUNTED:
        assert findings("C2", text) == [f"2:3: economics.retention of alpha: {message}"]
    for text, message in GROUPED:
        assert findings("B2", text) == [f"2:2: economics.price of alpha: {message}"]
    # nobody wrote a separator into a cell that holds a number
    assert findings("B2", 1.125) == ["price: 1.12"]
    assert findings("B2", 620.000) == ["price: 620"]


def lost(rest: str) -> str:
    return f"' #' begins a comment, so '{rest}' is lost; put quotes around the whole text"


def test_free_text_that_a_comment_ends_in_a_playbook() -> None:
    plan = "schema: 1\naccount: {name: Alpha, status: prospect}\nsummary: "
    for text, rest in (
        ("Be #1 in Austria", "#1 in Austria"),
        ("Be\t#1", "#1"),
        ("We are\n  number #1", "#1"),
        ("s #note", "#note"),
        ("s ##", "##"),
        ("s #" + "x" * 80, "#" + "x" * 56 + "…"),
    ):
        assert said(f"{plan}{text}\n") == [f"3:10: {lost(rest)}"]
        assert said(f"{plan}{text}\r\n".replace("\n  ", "\r\n  ")) == [f"3:10: {lost(rest)}"]
    assert said(plan + "We are\n  number #1 in\n  Austria\n") == [f"3:10: {lost('#1 in')}"]
    aliases = "  aliases:\n    - Alpha Ltd #1\n    - Alpha Inc # fine\n"
    plan = f"schema: 1\naccount:\n  name: Alpha #1\n  status: prospect\n{aliases}summary: s\n"
    assert said(plan) == [f"3:9: {lost('#1')}", f"6:7: {lost('#1')}"]


def test_a_comment_may_follow_what_is_no_free_text() -> None:
    for text in (
        "s # note",
        "s #",
        "s #\tnote",
        "'s' #note",
        "s#note",
        "'Be #1'",
        "|\n  Be #1 in Austria",
    ):
        assert (
            said(f"schema: 1 #one\naccount: {{name: A, status: prospect}}\nsummary: {text}\n") == []
        )
    plan = (
        "schema: 1\naccount:\n  name: A\n  status: prospect #word\n  owner: kim-larsen #id\n"
        "  reviewed: 2026-10-01 #day\n  website: https://alpha.example #address\nsummary: s\n"
        "economics:\n  currency: EUR #code\n  price: 1000 #money\n  horizon_years: 3 #whole\n"
    )
    assert said(plan) == []


def test_free_text_that_a_comment_ends_in_a_setting(tmp_path: Path, repository: Path) -> None:
    site = (repository / "generator/defaults/site.yaml").read_text(encoding="utf-8")
    line = next(row for row in site.splitlines() if row.startswith("description:"))
    number = site.splitlines().index(line) + 1
    settings = site.replace(line, "description: Be #1 in Austria")
    root = make_workspace(tmp_path, {"site_config/site.yaml": settings})
    assert problems_of_settings(root) == [f"{number}:14: {lost('#1 in Austria')}"]
    settings = site.replace(line, "description: s # note")
    load_settings(Workspace.at(make_workspace(tmp_path, {"site_config/site.yaml": settings})))


def test_free_text_that_a_comment_ends_in_a_mapping(tmp_path: Path) -> None:
    mapping = MAPPING.replace("source: CRM", "source: CRM #1")
    assert problems_of_mapping(tmp_path, mapping) == [f"1:9: {lost('#1')}"]
    mapping = MAPPING.replace("amount: Amount", "amount: Amount #1")
    assert problems_of_mapping(tmp_path, mapping) == [f"16:11: {lost('#1')}"]


NOTHING = ("", "\ufeff", "\ufeff# a\n", " \n\n", "# a\n", "---\n", "...", "--- # a\n\n...\n", "~\n")


def test_a_file_in_which_nothing_stands(tmp_path: Path) -> None:
    make_workspace(tmp_path)
    for text in NOTHING:
        assert said(text) == ["1:1: the file is empty"], repr(text)
        assert problems_of_mapping(tmp_path, text) == ["1:1: the file is empty"], repr(text)


def test_a_setting_in_which_nothing_stands_counts_as_absent(tmp_path: Path) -> None:
    make_workspace(tmp_path)
    workspace = Workspace.at(tmp_path)
    before = load_settings(workspace)
    assert own_files(before) == ("catalogue", "team", "currencies")
    for text in NOTHING:
        (tmp_path / "site_config/thresholds.yaml").write_text(text, encoding="utf-8")
        after = load_settings(workspace)
        assert after.thresholds == before.thresholds, repr(text)
        assert own_files(after) == own_files(before)


def test_an_export_in_which_nothing_stands(tmp_path: Path) -> None:
    mapping_file = tmp_path / "mapping.yaml"
    mapping_file.write_text(MAPPING, encoding="utf-8")
    mapping = load_mapping(mapping_file, Workspace.at(make_workspace(tmp_path)))
    (tmp_path / "a.csv").write_text("Name\nAlpha\n", encoding="utf-8")
    files = [tmp_path / "a.csv", tmp_path / "d.csv"]
    book = io.BytesIO()
    openpyxl.Workbook().save(book)
    for raw in (b"", b"\xef\xbb\xbf", b"\n\n", b",,\n", book.getvalue()):
        files[1].write_bytes(raw)
        with pytest.raises(WorkspaceError) as error:
            read_tables(files, mapping)
        message = "d.csv is empty: no column headings in its first row; export it again"
        assert str(error.value) == message, raw[:9]
    files[1].write_text("Id,Account,Product,Who,Stage,Amount,Closed\n", encoding="utf-8")
    assert read_tables(files, mapping)["deals"].rows == ()
