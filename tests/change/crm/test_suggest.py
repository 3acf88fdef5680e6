"""A draft of a mapping from headings and cells: what it finds, and what it leaves to a person."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.program import run

KUNDEN = """\
Kundennummer;Firma;Branche;Land;Mitarbeiter;Betreuer;Fax
K1;Hafen Süd GmbH;Logistik;Österreich;600;Jörg Weiß;0
"""
CHANCEN = """\
Nummer;Kundennummer;Phase;Betrag;Abschlussdatum;Betreuer
1;K1;Gewonnen;1.234,50 EUR;13.02.2026;Jörg Weiß
2;K1;Verloren;7,00;01.03.2026;Jörg Weiß
3;K1;Angebot;2.000,00;24.12.2026;Jörg Weiß
"""
TICKETS = (
    "Ticket ID;Kundennummer;Eröffnet;Priorität\nT1;K1;02.11.2026;Hoch\nT2;K1;03.11.2026;Blau\n"
)
DRAFT = """\
# A draft from the headings: look at every line, then try it with --dry-run.
# Where it says ???, no heading told.
source: CRM export
system: crm
currency: EUR
dates: [DD.MM.YYYY]
decimal: ","
# Won within so many months before the export: a customer; only earlier: a former one.
customer_months: 12
folder: crm
summary: |
  From the {source} of {as_of}: {won} won worth {amount}, {lost} lost, {open} open.
# Who wins where a playbook and the CRM differ: crm or playbook, by field.
wins: {}
tables:
  accounts: {file: kunden.csv, delimiter: ";", encoding: cp1252}
  opportunities: {file: chancen.csv, delimiter: ";", encoding: cp1252}
  cases: {file: tickets.csv, delimiter: ";", encoding: cp1252}
accounts:
  table: accounts
  id: Kundennummer
  name: Firma
  industry: Branche
  region: Land
  size: {column: Mitarbeiter}
  owner: Betreuer
  # not used: Fax
opportunities:
  table: opportunities
  id: Nummer
  account: Kundennummer
  person: Betreuer
  stage: Phase
  amount: Betrag
  closed_on: Abschlussdatum
  stages: {won: [Gewonnen], lost: [Verloren], open: [Angebot]}
cases:
  table: cases
  id: Ticket ID
  account: Kundennummer
  opened: Eröffnet
  severity: Priorität
  severities: {Hoch: 2}
  # 1 worst to 4: Blau
"""


def test_a_draft_that_imports_as_it_is(tmp_path: Path) -> None:
    folder, root = tmp_path / "export", tmp_path / "ws"
    folder.mkdir()
    root.mkdir()
    for name, text in (("kunden", KUNDEN), ("chancen", CHANCEN), ("tickets", TICKETS)):
        (folder / f"{name}.csv").write_bytes(text.encode("cp1252"))
    (folder / "README.md").write_text("not a table")
    done = run(root, "import", "--suggest", str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == DRAFT
    assert list(root.iterdir()) == []
    (tmp_path / "mine.yaml").write_text(done.stdout, encoding="utf-8")
    words = [
        "import",
        str(folder),
        "--mapping",
        str(tmp_path / "mine.yaml"),
        "--as-of",
        "2026-11-23",
    ]
    done = run(root, *words)
    assert done.stderr.splitlines() == [
        "tickets.csv:3:1: warning: this row is not used: unknown severity 'Blau'; say what it means under severities [crm-row]",
        "kunden.csv: 1 rows, 1 used",
        "chancen.csv: 3 rows, 3 used",
        "tickets.csv: 2 rows, 1 used",
        "  1 skipped: unknown severity 'Blau'",
        "won value: 1,234.50 EUR in all, 1,234.50 placed, 0 not placed",
        "what is written is remembered in site_config/mappings/mine.memory.json; commit it, too",
        "playbooks against the export:",
        "  revenue 2026: 1,234.50 EUR, equal",
        "  open deals: 1 worth 2,000 EUR, equal",
        "  cases: 1, equal",
        "3 files new, 0 playbooks changed, 0 as they were",
    ]
    text = (root / "playbooks" / "crm" / "hafen-sud-gmbh.yaml").read_text(encoding="utf-8")
    assert "  owner: jorg-weiss\n" in text
    assert "{year: 2026, amount: 1234.5, to: 2026-11-23, grade: fact" in text


def test_what_no_heading_tells_is_asked_for(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    for name, rows in {
        "Accounts": (["Account Name", "Colour\n- x: y"], ["Harbor", "blue"]),
        "Deals": (
            ["Deal ID", "Account Name", "Deal Stage", "When"],
            ["7", "Harbor", "Closed Won", "?"],
        ),
    }.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "crm.xlsx")
    done = run(tmp_path, "import", "--suggest", str(tmp_path / "crm.xlsx"))
    assert done.returncode == 0
    tail = done.stdout[done.stdout.index("tables:") :]
    assert (
        tail
        == """\
tables:
  accounts: {file: crm.xlsx, sheet: Accounts}
  opportunities: {file: crm.xlsx, sheet: Deals}
accounts:
  table: accounts
  name: Account Name
  # not used: Colour - x: y
opportunities:
  table: opportunities
  id: Deal ID
  account: Account Name
  stage: Deal Stage
  amount: ???  # of Deal ID, Account Name, Deal Stage, When
  closed_on: ???  # of Deal ID, Account Name, Deal Stage, When
  stages: {won: [Closed Won], lost: [], open: []}
  # not used: When
"""
    )
    (tmp_path / "mine.yaml").write_text(done.stdout)
    words = ["import", str(tmp_path / "crm.xlsx"), "--mapping", str(tmp_path / "mine.yaml")]
    done = run(tmp_path, *words)
    assert (done.returncode, done.stderr) == (
        2,
        "error: crm.xlsx has no column '???'; known: Deal ID, Account Name, Deal Stage, When\n",
    )


def test_mappings_by_name_and_none_at_all(tmp_path: Path) -> None:
    done = run(tmp_path, "import", str(tmp_path), "--mapping", "sugar")
    assert (done.returncode, done.stderr) == (
        2, "error: there is no mapping sugar; ready are: hubspot, maven, salesforce\n",
    )  # fmt: skip
    done = run(tmp_path, "import", str(tmp_path), "--mapping", "hubspot")
    assert done.stderr == (
        "error: the mapping asks for companies.csv (table 'companies'), which is not among the files\n"
    )
    done = run(tmp_path, "import", str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.endswith(
        "Error: say which columns mean what: --mapping FILE; --suggest drafts one\n"
    )
