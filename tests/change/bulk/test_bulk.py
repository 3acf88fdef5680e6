"""Chosen fields out into a workbook and back: only changed cells change, at their places."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator.change.bulk.back import is_bulk, plan_bulk
from generator.change.bulk.sheets import fields_of, workbook_of
from generator.errors import WorkspaceError
from generator.read import Document, read_playbooks, read_text
from generator.read.files import Workspace
from tests.change.table.test_workbook import strict
from tests.change.table.workbooks import packed, unpacked
from tests.conftest import REPOSITORY
from tests.program import run
from tests.workspace import make_workspace

PLAN = """\
schema: 1
account:
  name: Harbor Logistics  # as in the contract
  status: customer
  owner: kim-larsen
  contract: {auto_renews: true}
summary: A sample.
economics:
  currency: EUR
  price: {value: 1000.50, grade: fact, as_of: 2026-10-01, source: contract}
  addressable_spend: {unknown: true, owner: kim-larsen, find_by: 2026-12-01}
offerings:
  drives: {status: ours, revenue: 5000}   # since 2020
actions:
  # the first one
  - id: call
    what: 'Call them'
    owner: kim-larsen  # until May
    due: 2026-12-10
  - {id: visit, what: Visit, owner: kim-larsen, due: 2026-12-11}
"""
FIELDS = (
    "account.owner",
    "account.contract.auto_renews",
    "economics.price",
    "economics.addressable_spend",
    "actions.due",
    "actions.what",
    "actions.done_on",
    "offerings.revenue",
)
TODAY = datetime.date(2026, 11, 23)
FILE = "bulk.xlsx"


def harbor(text: str = PLAN) -> Document:
    return read_text(text.encode(), "playbooks/harbor.yaml")


def exported(*documents: Document) -> bytes:
    return workbook_of(documents or (harbor(),), fields_of(FIELDS), TODAY)


def changed(edit: Callable[[Any], None], raw: bytes | None = None) -> bytes:
    """The workbook after a person has been at it."""
    book = openpyxl.load_workbook(io.BytesIO(raw or exported()))
    edit(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def put(sheet: str, cell: str, value: Any) -> Callable[[Any], None]:
    def edit(book: Any) -> None:
        book[sheet][cell] = value

    return edit


def test_what_a_workbook_holds() -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported()))
    assert [(worksheet.title, worksheet.sheet_state) for worksheet in book.worksheets] == [
        ("accounts", "visible"),
        ("actions", "visible"),
        ("offerings", "visible"),
        ("before", "veryHidden"),
    ]
    assert [list(row) for row in book["accounts"].iter_rows(values_only=True)] == [
        ["account", *FIELDS[:4]],
        ["harbor", "kim-larsen", "true", 1000.5, None],
    ]
    assert [list(row) for row in book["actions"].iter_rows(values_only=True)] == [
        ["account", "id", "actions.due", "actions.what", "actions.done_on"],
        ["harbor", "call", datetime.datetime(2026, 12, 10), "Call them", None],  # noqa: DTZ001
        ["harbor", "visit", datetime.datetime(2026, 12, 11), "Visit", None],  # noqa: DTZ001
    ]
    assert book["actions"]["C2"].number_format == "yyyy-mm-dd"


def test_nothing_changed_changes_nothing() -> None:
    for raw in (exported(), changed(lambda _book: None)):
        plan = plan_bulk(raw, FILE, [harbor()])
        assert (plan.changed, plan.problems, plan.same) == ((), (), 1)
        assert plan.accounting == ("11 cells: 11 as they were, 0 changed, 0 with a finding",)


# sheet, cell, what is typed, old text, new text
EDITS = [
    (
        "accounts",
        "B2",
        "ana-ruiz",
        "  owner: kim-larsen\n  contract",
        "  owner: ana-ruiz\n  contract",
    ),
    ("accounts", "C2", False, "auto_renews: true", "auto_renews: false"),
    ("accounts", "C2", "no", "auto_renews: true", "auto_renews: false"),
    ("accounts", "D2", 2000, "value: 1000.50", "value: 2000"),
    ("accounts", "D2", 0.1 + 0.2, "value: 1000.50", "value: 0.3"),
    (
        "accounts",
        "E2",
        900,
        "{unknown: true, owner: kim-larsen, find_by: 2026-12-01}",
        "900",
    ),
    ("actions", "C2", datetime.date(2027, 1, 15), "due: 2026-12-10", "due: 2027-01-15"),
    ("actions", "C3", "2027-01-15", "due: 2026-12-11", "due: 2027-01-15"),
    ("actions", "D2", "Don't", "what: 'Call them'", "what: 'Don''t'"),
    ("actions", "D3", "=1+1: x", "what: Visit,", 'what: "=1+1: x",'),
    (
        "actions",
        "E3",
        datetime.date(2026, 11, 1),
        "2026-12-11}",
        "2026-12-11, done_on: 2026-11-01}",
    ),
    ("actions", "C3", "delete", ", due: 2026-12-11}", "}"),
    ("offerings", "C2", 5000.25, "revenue: 5000}", "revenue: 5000.25}"),
]


@pytest.mark.parametrize(("sheet", "cell", "value", "old", "new"), EDITS)
def test_a_changed_cell_changes_its_value_alone(
    sheet: str, cell: str, value: Any, old: str, new: str
) -> None:
    assert PLAN.count(old) == 1
    plan = plan_bulk(changed(_typed(sheet, cell, value)), FILE, [harbor()])
    assert plan.problems == ()
    (made,) = plan.changed
    assert made.text == PLAN.replace(old, new)


def _typed(sheet: str, cell: str, value: Any) -> Callable[[Any], None]:
    def edit(book: Any) -> None:
        book[sheet][cell] = value
        if isinstance(value, str):
            book[sheet][cell].data_type = "s"

    return edit


PROBLEMS = [
    (
        put("actions", "C2", "soon"),
        (
            "bulk.xlsx:2:3: error: actions.due of call: 'soon' is no day; write it like 2026-11-30"
            " [bulk-value]"
        ),
    ),
    (
        put("accounts", "D2", "1,5"),
        (
            "bulk.xlsx:2:4: error: economics.price of harbor: a number is wanted, not '1,5'; write 1.5 with a point"
            " [bulk-value]"
        ),
    ),
    (
        put("accounts", "C2", "maybe"),
        (
            "bulk.xlsx:2:3: error: account.contract.auto_renews of harbor: 'maybe' is no true or false"
            " [bulk-value]"
        ),
    ),
    (
        put("actions", "D2", None),
        (
            "bulk.xlsx:2:4: warning: actions.what of call was emptied, which changes nothing; write"
            " 'delete' to take it out [bulk-emptied]"
        ),
    ),
    (
        put("actions", "B3", "new-one"),
        (
            "bulk.xlsx:3:1: error: 'harbor' new-one is in no playbook; new entries are written in the"
            " playbook [bulk-row]"
        ),
    ),
    (
        put("actions", "B3", "call"),
        (
            "bulk.xlsx:3:1: error: 'harbor' call stands twice; new entries are written in the playbook"
            " [bulk-row]"
        ),
    ),
    (
        put("actions", "F1", "actions.duo"),
        (
            "bulk.xlsx:1:6: warning: column 'actions.duo' was not exported and is not read; did you"
            " mean 'actions.due'? [bulk-column]"
        ),
    ),
    (
        put("accounts", "A1", "x"),
        "bulk.xlsx:1:1: error: sheet 'accounts' has no column 'account' [bulk-sheet]",
    ),
    (
        put("accounts", "D2", -5),
        "playbooks/harbor.yaml:10:18: error: -5 is out of range: at",
    ),
    (
        put("accounts", "B2", "Kim Larsen!"),
        "playbooks/harbor.yaml:5:10: error:",
    ),
]


PROBLEMS += [
    (
        put("accounts", "D2", "#DIV/0!"),
        (
            "bulk.xlsx:2:4: error: economics.price of harbor is an error in the place of a value;"
            " mend its formula and save the workbook again [bulk-value]"
        ),
    ),
    (
        put("accounts", "D2", "=1+1"),
        (
            "bulk.xlsx:2:4: error: economics.price of harbor is a formula that was never computed;"
            " open the workbook in a spreadsheet program and save it [bulk-value]"
        ),
    ),
]


@pytest.mark.parametrize(("edit", "message"), PROBLEMS)
def test_what_cannot_be_written_is_a_finding_and_nothing_changes(
    edit: Callable[[Any], None], message: str
) -> None:
    plan = plan_bulk(changed(edit), FILE, [harbor()])
    assert plan.changed == ()
    assert [str(problem)[: len(message)] for problem in plan.problems] == [message]


@pytest.mark.parametrize(
    ("value", "last"),
    [
        (1e300, "is out of range"),
        (-1e300, "is out of range"),
        ("x" * 600, "is too long"),
        ("a\u202eb", "cannot"),
        ("line\nbreak", ""),
        ("# no comment: {a}", ""),
        ("- dash", ""),
        ("true", ""),
        ("007", ""),
    ],
)
def test_whatever_stands_in_a_cell_is_a_value_or_a_finding(value: Any, last: str) -> None:
    sheet, cell = ("accounts", "D2") if isinstance(value, float) else ("actions", "D2")
    plan = plan_bulk(changed(_typed(sheet, cell, value)), FILE, [harbor()])
    if plan.problems:
        assert plan.changed == ()
    else:
        document = read_text(plan.changed[0].text.encode(), "playbooks/harbor.yaml")
        assert document.problems == ()
        assert document.data is not None
        assert document.data["actions"][0]["what"] == value
    assert bool(plan.problems) == bool(last)


@pytest.mark.parametrize("price", ["1234567.89", "99999999999999.99", "0.1"])
def test_an_amount_stays_itself_there_and_back(price: str) -> None:
    """A workbook holds 15 digits; what has more goes as text."""
    document = harbor(PLAN.replace("1000.50", price))
    plan = plan_bulk(exported(document), FILE, [document])
    assert (plan.changed, plan.problems) == ((), ())
    plan = plan_bulk(changed(put("accounts", "D2", price)), FILE, [harbor()])
    assert plan.changed[0].text == PLAN.replace("1000.50", price)


def test_a_workbook_comes_back_from_any_program() -> None:
    """Read as exports are: Strict, with an empty fill and a dimension that is wrong."""
    parts = {
        name: text.decode()
        for name, text in unpacked(changed(put("actions", "D2", "Ring"))).items()
    }
    for name, text in parts.items():
        if "<dimension" in text:
            parts[name] = re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1"', text)
    parts["xl/styles.xml"] = re.sub(r"<fill>.*?</fill>", "<fill/>", parts["xl/styles.xml"])
    raw = packed(strict(parts))
    plan = plan_bulk(raw, FILE, [harbor()])
    assert plan.problems == ()
    assert (
        plan.changed[0].text
        == plan_bulk(changed(put("actions", "D2", "Ring")), FILE, [harbor()]).changed[0].text
    )


def test_a_cell_is_read_as_it_is_shown() -> None:
    def percent(book: Any) -> None:
        book["accounts"]["D2"] = 0.1
        book["accounts"]["D2"].number_format = "0%"
        book["actions"]["D2"] = 42
        book["actions"]["D2"].number_format = "00000"

    plan = plan_bulk(changed(percent), FILE, [harbor()])
    assert plan.problems == ()
    wanted = PLAN.replace("1000.50", "0.1").replace("'Call them'", "'00042'")
    assert plan.changed[0].text == wanted


def test_a_playbook_that_changed_meanwhile_is_a_conflict() -> None:
    raw = changed(put("actions", "C2", datetime.date(2027, 1, 15)))
    later = harbor(PLAN.replace("2026-12-10", "2026-12-24"))
    plan = plan_bulk(raw, FILE, [later])
    assert plan.changed == ()
    assert [str(problem) for problem in plan.problems] == [
        (
            "bulk.xlsx:2:3: error: actions.due of call was 2026-12-10 when exported, is 2026-12-24 in"
            " the playbook and 2027-01-15 here; nothing written, export anew [bulk-conflict]"
        )
    ]
    agreed = harbor(PLAN.replace("2026-12-10", "2027-01-15"))
    assert plan_bulk(raw, FILE, [agreed]).problems == ()


def test_rows_and_columns_may_be_sorted_and_left_out() -> None:
    def shuffle(book: Any) -> None:
        sheet = book["actions"]
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        sheet.delete_rows(1, 3)
        for row in (rows[0], rows[2]):
            sheet.append([row[3], row[1], row[0]])
        sheet["A2"] = "Visit twice"

    plan = plan_bulk(changed(shuffle), FILE, [harbor()])
    assert plan.problems == ()
    assert plan.changed[0].text == PLAN.replace("what: Visit,", "what: Visit twice,")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("account.ownr", "there is no field 'account.ownr'; did you mean 'owner'?"),
        (
            "account.tags",
            "'account.tags' holds no single value for a cell; edit it in the playbook",
        ),
        (
            "actions",
            "'actions' holds no single value for a cell; name one of actions.grade, actions.as_of",
        ),
        ("actions.id", "'actions.id' holds no single value for a cell"),
        ("relationship.interactions.date", "there is no field 'relationship.interactions.date'"),
        ("", "there is no field ''"),
    ],
)
def test_a_field_must_be_one_value(name: str, message: str) -> None:
    with pytest.raises(WorkspaceError) as error:
        fields_of([name])
    assert str(error.value).startswith(message)


def test_the_examples_there_and_back(tmp_path: Path) -> None:
    documents = read_playbooks(Workspace.at(REPOSITORY))
    fields = fields_of(
        [
            "account.owner",
            "account.reviewed",
            "economics.price",
            "relationship.contacts.title",
            "risk.customer.probability",
            "actions.due",
            "offerings.potential",
            "objectives.target",
        ]
    )
    raw = workbook_of(documents, fields, TODAY)
    assert raw == workbook_of(documents, fields, TODAY)
    assert is_bulk(raw)
    plan = plan_bulk(raw, FILE, documents)
    assert (plan.changed, plan.problems) == ((), ())

    def later(book: Any) -> None:
        for (cell,) in book["actions"].iter_rows(min_row=2, min_col=3, max_col=3):
            cell.value = datetime.date(2027, 3, 1)

    plan = plan_bulk(changed(later, raw), FILE, documents)
    assert plan.problems == ()
    before = {document.path: document.text for document in documents}
    assert len(plan.changed) > 10
    for file in plan.changed:
        old, new = before[file.path].splitlines(), file.text.splitlines()
        assert len(old) == len(new)
        assert all("2027-03-01" in b for a, b in zip(old, new, strict=True) if a != b)


def test_by_command(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "ws", {"playbooks/harbor.yaml": PLAN})
    file = tmp_path / "due.xlsx"
    words = ("export", "--format", "xlsx", "--fields", "actions.due,actions.what")
    assert run(root, *words, "--output", str(file), "--today", "2026-11-23").returncode == 0
    file.write_bytes(changed(put("actions", "C2", datetime.date(2027, 1, 15)), file.read_bytes()))
    dry = run(root, "import", str(file), "--dry-run")
    assert "-    due: 2026-12-10\n+    due: 2027-01-15\n" in dry.stdout
    assert (root / "playbooks/harbor.yaml").read_text(encoding="utf-8") == PLAN
    done = run(root, "import", str(file))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == (
        "4 cells: 3 as they were, 1 changed, 0 with a finding\n"
        "0 files new, 1 playbook changed, 0 as they were\n"
    )
    made = (root / "playbooks/harbor.yaml").read_text(encoding="utf-8")
    assert made == PLAN.replace("2026-12-10", "2027-01-15")
    assert run(root, "import", str(file)).returncode == 0
    assert (root / "playbooks/harbor.yaml").read_text(encoding="utf-8") == made


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"schema: 1"])
def test_what_is_no_such_workbook(raw: bytes) -> None:
    assert not is_bulk(raw)
