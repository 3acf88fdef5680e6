"""The next export moves, changes and takes out what an import wrote; people's words stay."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.change.crm.memory import memory_of
from generator.change.crm.plan import ImportPlan
from generator.change.edit.files import write_files
from generator.errors import WorkspaceError
from generator.read import Workspace, read_text
from tests.change.crm.test_import import planned
from tests.change.crm.test_sync import difference
from tests.program import run

MAPPING = """\
source: CRM
as_of: 2026-06-30
system: crm
currency: EUR
customer_months: 12
summary: From the {source}.
tables:
  accounts: {file: accounts.csv}
  deals: {file: deals.csv}
  contacts: {file: contacts.csv, optional: true}
  cases: {file: cases.csv, optional: true}
accounts: {table: accounts, id: id, name: name, industry: industry}
opportunities:
  table: deals
  id: id
  account: account
  product: product
  person: owner
  stage: stage
  stages: {won: [won], lost: [lost], open: [open]}
  amount: amount
  currency: currency
  closed_on: day
  type: type
  outcomes: {renewal: {won: renewed, lost: lost}}
contacts:
  table: contacts
  id: id
  account: account
  name: {columns: [first, last]}
  title: title
  reports_to: boss
cases: {table: cases, id: id, account: account, opened: opened, severity: severity, severities: {high: 2}, months: 12}
"""
ACCOUNTS = "id,name,industry\nA1,Harbor,Shipping\nA2,Prairie,Food\n"
DEALS = (
    "id,account,product,owner,stage,amount,currency,day,type\n"
    "D1,A1,Crane,Kim Larsen,won,1000,EUR,2025-12-30,new\n"
    "D2,A1,Crane,Kim Larsen,won,500,EUR,2026-03-01,renewal\n"
    "D3,A1,Crane,Kim Larsen,open,70,EUR,2026-09-01,new\n"
    "D4,A2,Crane,Kim Larsen,won,20,EUR,2026-02-01,new\n"
)
CONTACTS = "id,account,first,last,title,boss\nC1,A1,Birgit,Holt,Head,\nC2,A1,Ana,Ruiz,Buyer,C1\n"
CASES = "id,account,opened,severity\nS1,A1,2026-05-01,high\nS2,A1,2026-05-02,\n"
TABLES = {
    "accounts.csv": ACCOUNTS,
    "deals.csv": DEALS,
    "contacts.csv": CONTACTS,
    "cases.csv": CASES,
}
FACT = "grade: fact, as_of: 2026-06-30, source: CRM"
HARBOR = f"""\
# yaml-language-server: $schema=../site_config/playbook.schema.json
# $schema: ../site_config/playbook.schema.json
# Imported from CRM as of 2026-06-30.
schema: 1
account:
  name: Harbor
  status: customer
  industry: shipping
  owner: kim-larsen
  crm: {{crm: A1}}
  tags: [imported]
summary: |
  From the CRM.
economics:
  currency: EUR
  development:
    win_probability:
      value: 1
      grade: opinion
      as_of: 2026-06-30
      source: CRM (deals won of those decided)
  revenue:
    - {{year: 2025, amount: 1000, {FACT}}}
    - {{year: 2026, amount: 500, to: 2026-06-30, {FACT}}}
relationship:
  contacts:
    - {{id: birgit-holt, name: Birgit Holt, title: Head, public_official: unknown, source: CRM}}
    - {{id: ana-ruiz, name: Ana Ruiz, title: Buyer, reports_to: birgit-holt, public_official: unknown, source: CRM}}
opportunities:
  - {{id: D3, offering: crane, amount: 70, stage: open, close_on: 2026-09-01, crm: D3, grade: estimate, as_of: 2026-06-30, source: CRM}}
outcomes:
  - {{date: 2026-03-01, kind: renewed, amount: 500, {FACT}}}
service:
  cases:
    - {{id: S1, opened: 2026-05-01, severity: 2, {FACT}}}
    - {{id: S2, opened: 2026-05-02, {FACT}}}
offerings:
  crane:
    status: ours
    potential: 1570
    revenue: 1500
    grade: estimate
    as_of: 2026-06-30
    source: CRM (won in the last 12 months and open)
"""


class Firm:
    """A workspace that imports one export after the other."""

    def __init__(self, tmp_path: Path, mapping: str = MAPPING) -> None:
        self.export, self.root = tmp_path / "export", tmp_path / "ws"
        self.export.mkdir(parents=True)
        self.root.mkdir()
        self.mapping = tmp_path / "crm.yaml"
        self.mapping.write_text(mapping, encoding="utf-8")

    def plan(self, **tables: str) -> ImportPlan:
        """What an import of the export would do, some tables of it changed."""
        for name, text in {
            **TABLES,
            **{f"{key}.csv": text for key, text in tables.items()},
        }.items():
            (self.export / name).write_text(text, encoding="utf-8")
        return planned(self.root, self.export, self.mapping)

    def bring(self, **tables: str) -> ImportPlan:
        """An import; the second one of the same export changes nothing."""
        plan = self.plan(**tables)
        assert write_files(Workspace.at(self.root), plan) == ()
        again = self.plan(**tables)
        assert (again.new, again.changed, again.record) == ((), (), None)
        return plan

    def path(self, name: str = "harbor") -> Path:
        return self.root / "playbooks" / f"{name}.yaml"

    def text(self, name: str = "harbor") -> str:
        return self.path(name).read_text(encoding="utf-8")

    def data(self, name: str = "harbor") -> dict[str, Any]:
        """The playbook as it is read."""
        data = read_text(self.path(name).read_bytes(), name).data
        assert data is not None
        return data

    def write(self, old: str, new: str) -> str:
        """A person's change of the playbook."""
        text = self.text()
        assert old in text
        self.path().write_text(text.replace(old, new), encoding="utf-8")
        return self.text()


def totals(plan: ImportPlan) -> list[str]:
    assert plan.as_they_will_be is not None
    return list(plan.as_they_will_be.lines())


def said(plan: ImportPlan) -> list[str]:
    return [str(problem).partition(": warning: ")[2] for problem in plan.problems]


@pytest.fixture
def firm(tmp_path: Path) -> Firm:
    return Firm(tmp_path)


def test_what_is_imported_first(firm: Firm) -> None:
    plan = firm.bring()
    assert firm.text() == HARBOR
    assert said(plan) == []
    assert plan.remark == ""
    assert totals(plan) == [
        "playbooks against the export:",
        "  revenue 2025: 1,000 EUR, equal",
        "  revenue 2026: 520 EUR, equal",
        "  open deals: 1 worth 70 EUR, equal",
        "  cases: 2, equal",
        "  outcomes: 1, equal",
    ]


EVIDENCE = f"{FACT}}}"
# What changes in the export, what then differs in the playbook of Harbor, and revenue by year
MOVES: Mapping[str, tuple[dict[str, str], list[str], list[str]]] = {
    "a deal of 1,000 is re-dated into the next year": (
        {"deals": DEALS.replace("2025-12-30", "2026-01-04")},
        [
            f"-    - {{year: 2025, amount: 1000, {EVIDENCE}",
            f"-    - {{year: 2026, amount: 500, to: 2026-06-30, {EVIDENCE}",
            f"+    - {{year: 2026, amount: 1500, to: 2026-06-30, {EVIDENCE}",
        ],
        ["revenue 2026: 1,520 EUR, equal"],
    ),
    "won to lost": (
        {"deals": DEALS.replace("won,1000", "lost,1000")},
        [
            "-      value: 1",
            "+      value: 0.5",
            f"-    - {{year: 2025, amount: 1000, {EVIDENCE}",
            "-    potential: 1570",
            "-    revenue: 1500",
            "+    potential: 570",
            "+    revenue: 500",
        ],
        ["revenue 2026: 520 EUR, equal"],
    ),
    "moved to another account": (
        {"deals": DEALS.replace("D1,A1", "D1,A2")},
        [
            f"-    - {{year: 2025, amount: 1000, {EVIDENCE}",
            "-    potential: 1570",
            "-    revenue: 1500",
            "+    potential: 570",
            "+    revenue: 500",
        ],
        ["revenue 2025: 1,000 EUR, equal", "revenue 2026: 520 EUR, equal"],
    ),
    "a renewal is re-dated by a day": (
        {"deals": DEALS.replace("2026-03-01", "2026-03-02")},
        [
            f"-  - {{date: 2026-03-01, kind: renewed, amount: 500, {EVIDENCE}",
            f"+  - {{date: 2026-03-02, kind: renewed, amount: 500, {EVIDENCE}",
        ],
        ["revenue 2025: 1,000 EUR, equal", "revenue 2026: 520 EUR, equal"],
    ),
    "a case is moved": (
        {"cases": CASES.replace("S1,A1", "S1,A2")},
        [f"-    - {{id: S1, opened: 2026-05-01, severity: 2, {EVIDENCE}"],
        ["revenue 2025: 1,000 EUR, equal", "revenue 2026: 520 EUR, equal"],
    ),
    "a case is deleted": (
        {"cases": CASES.replace("S2,A1,2026-05-02,\n", "")},
        [f"-    - {{id: S2, opened: 2026-05-02, {EVIDENCE}"],
        ["revenue 2025: 1,000 EUR, equal", "revenue 2026: 520 EUR, equal"],
    ),
    "a value is empty now": (
        {"cases": CASES.replace(",high", ",")},
        [
            f"-    - {{id: S1, opened: 2026-05-01, severity: 2, {EVIDENCE}",
            f"+    - {{id: S1, opened: 2026-05-01, {EVIDENCE}",
        ],
        ["revenue 2025: 1,000 EUR, equal", "revenue 2026: 520 EUR, equal"],
    ),
    "the currency of a deal is another": (
        {"deals": DEALS.replace("1000,EUR", "1000,USD").replace("70,EUR", "70,USD")},
        [
            f"-    - {{year: 2025, amount: 1000, {EVIDENCE}",
            "-opportunities:",
            "-  - {id: D3, offering: crane, amount: 70, stage: open, close_on: 2026-09-01, crm: D3, grade: estimate, as_of: 2026-06-30, source: CRM}",
            "+opportunities: []",
            "-    potential: 1570",
            "-    revenue: 1500",
            "+    potential: 500",
            "+    revenue: 500",
        ],
        ["revenue 2026: 520 EUR, equal"],
    ),
    "an open deal is deleted": (
        {"deals": "".join(line for line in DEALS.splitlines(keepends=True) if "D3" not in line)},
        [
            "-opportunities:",
            "-  - {id: D3, offering: crane, amount: 70, stage: open, close_on: 2026-09-01, crm: D3, grade: estimate, as_of: 2026-06-30, source: CRM}",
            "+opportunities: []",
            "-    potential: 1570",
            "+    potential: 1500",
        ],
        ["revenue 2025: 1,000 EUR, equal", "revenue 2026: 520 EUR, equal"],
    ),
    "a contact is deleted": (
        {"contacts": CONTACTS.replace("C1,A1,Birgit,Holt,Head,\n", "")},
        [
            "-    - {id: birgit-holt, name: Birgit Holt, title: Head, public_official: unknown, source: CRM}",
            "-    - {id: ana-ruiz, name: Ana Ruiz, title: Buyer, reports_to: birgit-holt, public_official: unknown, source: CRM}",
            "+    - {id: ana-ruiz, name: Ana Ruiz, title: Buyer, public_official: unknown, source: CRM}",
        ],
        ["revenue 2025: 1,000 EUR, equal", "revenue 2026: 520 EUR, equal"],
    ),
    "the account's industry is corrected": (
        {"accounts": ACCOUNTS.replace("Shipping", "Food")},
        ["-  industry: shipping", "+  industry: food"],
        ["revenue 2025: 1,000 EUR, equal", "revenue 2026: 520 EUR, equal"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", MOVES)
def test_the_next_export_moves_changes_and_takes_out(firm: Firm, kind: str) -> None:
    tables, lines, revenue = MOVES[kind]
    firm.bring()
    plan = firm.bring(**tables)
    assert difference(HARBOR, firm.text()) == lines
    table = totals(plan)
    assert [line.strip() for line in table if "revenue" in line] == revenue
    assert all(line.endswith(("export:", "equal")) for line in table)
    assert [words for words in said(plan) if "[crm-row]" not in words] == []


WITHDRAWN = "this came from rows D1 of CRM, which says it no more on 2026-06-30; {}. Delete it when you need it no more [crm-withdrawn]"
GONE = {
    "deals": DEALS.replace("D1,A1", "D1,A2").replace("open,70", "lost,70"),
    "contacts": CONTACTS.replace("C2,A1,Ana,Ruiz,Buyer,C1\n", ""),
    "cases": CASES.replace("S2,A1,2026-05-02,\n", ""),
}


@pytest.mark.parametrize(
    ("old", "new", "kept", "finding", "row"),
    [
        (
            f"amount: 1000, {EVIDENCE}",
            f"amount: 1000, {EVIDENCE}  # the big crane",
            f"    - {{year: 2025, amount: 0, {EVIDENCE}  # the big crane",
            WITHDRAWN.format("a comment stands there, so its amount is 0 and the rest stays"),
            None,
        ),
        (
            f"amount: 1000, {EVIDENCE}",
            f"amount: 990, {EVIDENCE}",
            f"    - {{year: 2025, amount: 990, {EVIDENCE}",
            WITHDRAWN.format("'amount' was changed by hand, so it stays"),
            "harbor: revenue of 2025 is 990 EUR in the playbook, not there in the export (rows D1)",
        ),
        (
            "stage: open, close_on",
            "stage: open, origin: referral, close_on",
            "  - {id: D3, offering: crane, amount: 70, stage: open, origin: referral, close_on: 2026-09-01, crm: D3, grade: estimate, as_of: 2026-06-30, source: CRM}",
            "deal 'D3' is lost in CRM of 2026-06-30; 'origin' was written by hand; delete it here [crm-deal-closed]",
            "harbor: open deal 'D3' is 70 EUR in the playbook, not there in the export",
        ),
        (
            "title: Buyer, reports_to: birgit-holt, public_official: unknown",
            "title: Buyer, reports_to: birgit-holt, public_official: none",
            "    - {id: ana-ruiz, name: Ana Ruiz, title: Buyer, reports_to: birgit-holt, public_official: none, source: CRM}",
            "contact 'ana-ruiz' is not in CRM of 2026-06-30; write left_on, or delete it [crm-contact-gone]",
            None,
        ),
        (
            "opportunities:",
            "  interactions:\n    - {date: 2026-06-01, contacts: [ana-ruiz], note: Lunch}\nopportunities:",
            "    - {date: 2026-06-01, contacts: [ana-ruiz], note: Lunch}",
            "contact 'ana-ruiz' is not in CRM of 2026-06-30; write left_on, or delete it [crm-contact-gone]",
            None,
        ),
        (
            "{id: S2, opened: 2026-05-02,",
            "{id: S2, opened: 2026-05-02, closed: 2026-05-03,",
            f"    - {{id: S2, opened: 2026-05-02, closed: 2026-05-03, {EVIDENCE}",
            "this came from rows S2 of CRM, which says it no more on 2026-06-30; 'closed' was written by hand, so it stays. Delete it when you need it no more [crm-withdrawn]",
            "harbor: case 'S2' is there in the playbook, not there in the export",
        ),
    ],
    ids=["comment", "amount", "key of a deal", "key of a contact", "talk with a contact", "case"],
)  # fmt: skip
def test_what_a_person_built_on_stays_and_is_told(
    firm: Firm, old: str, new: str, kept: str, finding: str, row: str | None
) -> None:
    firm.bring()
    firm.write(old, new)
    plan = firm.bring(**GONE)
    assert kept in firm.text().splitlines()
    assert finding in said(plan)
    # told again as long as it stands there
    assert finding in said(firm.plan(**GONE))
    rows = [line.strip() for line in totals(plan) if line.startswith("  harbor: ")]
    assert rows == ([row] if row else [])


def test_words_of_people_and_their_own_entries_are_left_alone(firm: Firm) -> None:
    firm.bring()
    firm.write(
        "  revenue:\n", "  price: 600  # as offered\n  revenue:\n    - {year: 2020, amount: 5}\n"
    )
    firm.write("opportunities:\n", "opportunities:\n  - {id: ours, amount: 9, stage: a talk}\n")
    before = firm.write("  name: Harbor\n", "  name: Harbor Lines\n")
    plan = firm.bring(**GONE)
    after = firm.text()
    own = (
        "price: 600  # as offered",
        "{year: 2020, amount: 5}",
        "{id: ours, amount: 9",
        "name: Harbor Lines",
    )
    assert all(words in before and words in after for words in own)
    assert "D3" not in after
    assert [words.rpartition("[")[2] for words in said(plan)] == ["crm-differs]"]
    assert all(line.endswith(("export:", "equal")) for line in totals(plan))


def test_a_renewal_that_moves_keeps_what_a_person_wrote_about_it(firm: Firm) -> None:
    firm.bring()
    firm.write("kind: renewed, amount: 500,", "kind: renewed, amount: 500, reason: They trust us,")
    firm.bring(deals=DEALS.replace("2026-03-01", "2026-03-02"))
    moved = f"  - {{date: 2026-03-02, kind: renewed, amount: 500, reason: They trust us, {EVIDENCE}"
    assert moved in firm.text().splitlines()
    firm.bring(deals=DEALS.replace("won,500", "lost,0"))
    assert "kind: lost, reason: They trust us" in firm.text()


def test_every_currency_moves_where_all_amounts_are_of_the_crm(firm: Firm) -> None:
    firm.bring()
    firm.mapping.write_text(MAPPING.replace("EUR", "USD"), encoding="utf-8")
    dollars = DEALS.replace("EUR", "USD").replace("1000", "1100")
    plan = firm.bring(deals=dollars)
    assert "  currency: USD\n" in firm.text()
    assert f"{{year: 2025, amount: 1100, {EVIDENCE}" in firm.text()
    assert totals(plan)[1:3] == [
        "  revenue 2025: 1,100 USD, equal",
        "  revenue 2026: 520 USD, equal",
    ]


def test_no_currency_moves_under_a_persons_amount(firm: Firm) -> None:
    firm.bring()
    before = firm.write("  revenue:\n", "  price: 600\n  revenue:\n")
    firm.mapping.write_text(MAPPING.replace("EUR", "USD"), encoding="utf-8")
    plan = firm.plan(deals=DEALS.replace("EUR", "USD").replace("1000", "1100"))
    assert not [file for file in plan.changed if file.path.endswith("harbor.yaml")]
    assert said(plan) == [
        "the CRM's amounts are in USD, this playbook's in EUR; no amount was taken over. Write the playbook in the CRM's currency [crm-currency]"
    ]
    assert firm.text() == before
    assert (
        "  harbor: revenue of 2025 is not there in the playbook, 1,100 USD in the export (rows D1)"
        in totals(plan)
    )


def test_an_account_that_is_gone_or_merged_counts_no_more(firm: Firm) -> None:
    firm.bring()
    merged = MAPPING + "merged: {A1: A2}\n"
    firm.mapping.write_text(merged, encoding="utf-8")
    plan = firm.bring()
    assert [words.rpartition("[")[2] for words in said(plan)] == ["crm-merged]"]
    assert "revenue: []" in firm.text()
    assert "name: Harbor\n" in firm.text()
    assert "{year: 2025, amount: 1000" in firm.text("prairie")
    assert totals(plan)[1] == "  revenue 2025: 1,000 EUR, equal"


def test_an_account_whose_row_cannot_be_used_is_not_gone(firm: Firm) -> None:
    firm.bring()
    plan = firm.bring(accounts=ACCOUNTS.replace("A1,Harbor,Shipping", "A1,Harbor,Shipping,x"))
    assert firm.text() == HARBOR
    assert {words.rpartition("[")[2] for words in said(plan)} == {"crm-row]"}


def test_a_table_that_is_not_exported_takes_nothing_out(firm: Firm) -> None:
    firm.bring()
    firm.plan()
    for name in ("contacts.csv", "cases.csv"):
        (firm.export / name).unlink()
    plan = planned(firm.root, firm.export, firm.mapping)
    assert (plan.changed, said(plan)) == ((), [])


def test_cases_that_are_too_old_to_be_asked_for_stay(firm: Firm) -> None:
    closed = CASES.replace("severity", "severity,closed").replace(",high", ",high,2026-05-09")
    firm.mapping.write_text(
        MAPPING.replace("opened: opened", "opened: opened, closed: closed"), encoding="utf-8"
    )
    closed = closed.replace("05-02,", "05-02,,")
    firm.bring(cases=closed)
    firm.mapping.write_text(
        firm.mapping.read_text().replace("2026-06-30", "2027-06-30"), encoding="utf-8"
    )
    plan = firm.bring(cases=closed)
    assert "{id: S1, opened: 2026-05-01, closed: 2026-05-09" in firm.text()
    assert totals(plan)[-2:] == ["  cases: 1, equal", "  outcomes: 1, equal"]


def test_a_workspace_of_before_says_what_cannot_be_known(firm: Firm) -> None:
    firm.bring()
    (firm.root / "site_config" / "mappings" / "crm.memory.json").unlink()
    plan = firm.bring(**GONE, accounts=ACCOUNTS.replace("Harbor,Shipping", "Harbor,Food"))
    unknown = "this came from CRM, which has no row for it on 2026-06-30; from which rows it came was not kept then, so it stays. Delete it if the CRM is right [crm-withdrawn]"
    assert sorted(said(plan)) == sorted(
        [
            "the CRM says 'food' (CRM, 2026-06-30), the playbook 'shipping' (undated); the playbook's stays. Correct one of them, or write 'account.industry: crm' under wins in the mapping [crm-differs]",
            "contact 'ana-ruiz' is not in CRM of 2026-06-30; write left_on, or delete it [crm-contact-gone]",
            unknown,
            unknown,
        ]
    )
    assert (
        "  harbor: revenue of 2025 is 1,000 EUR in the playbook, not there in the export"
        in totals(plan)
    )
    assert plan.remark.startswith("nothing is remembered of earlier imports by this mapping: ")
    # what it says as the CRM does is remembered from now on
    firm.bring(**{**GONE, "deals": DEALS.replace("D2,A1", "D2,A2")})
    assert "year: 2026" not in firm.text()


def test_a_later_day_alone_changes_what_the_day_changes(firm: Firm) -> None:
    firm.bring()
    before = firm.text()
    firm.mapping.write_text(MAPPING.replace("2026-06-30", "2026-07-31"), encoding="utf-8")
    plan = firm.bring()
    assert [Path(file.path).stem for file in plan.changed] == ["harbor", "prairie"]
    assert difference(before, firm.text()) == [
        f"-    - {{year: 2026, amount: 500, to: 2026-06-30, {EVIDENCE}",
        f"+    - {{year: 2026, amount: 500, to: 2026-07-31, {EVIDENCE.replace('06-30', '07-31')}",
    ]
    # the year is over, and its amount is that of the whole year
    firm.mapping.write_text(MAPPING.replace("2026-06-30", "2027-01-31"), encoding="utf-8")
    firm.bring()
    whole = f"    - {{year: 2026, amount: 500, {EVIDENCE.replace('2026-06-30', '2027-01-31')}"
    assert whole in firm.text().splitlines()
    # past its shelf life of 365 days a fact that the CRM still says is of today
    firm.mapping.write_text(MAPPING.replace("2026-06-30", "2027-07-01"), encoding="utf-8")
    firm.bring()
    assert (
        f"{{year: 2025, amount: 1000, {EVIDENCE.replace('2026-06-30', '2027-07-01')}" in firm.text()
    )


def test_check_fails_on_a_difference(firm: Firm) -> None:
    firm.bring()
    words = ("check", "--output-format", "json-lines", "--today", "2026-06-30", "--exit-zero")
    crm = ("--crm", str(firm.export), "--mapping", str(firm.mapping))

    def errors() -> list[str]:
        lines = run(firm.root, *words, *crm).stdout.splitlines()
        rows = [json.loads(line) for line in lines]
        return [
            f"{r['path']}:{r['line']}: {r['message']}" for r in rows if r["rule"] == "crm-total"
        ]

    assert errors() == []
    firm.plan(
        deals=DEALS.replace("2025-12-30", "2026-01-04")
        + "D5,A3,Crane,Kim Larsen,won,7,EUR,2026-02-01,new\n",
        accounts=ACCOUNTS + "A3,Quarry,Food\n",
    )
    cure = "run: playbook import, or correct the one that is wrong"
    assert errors() == [
        f"accounts.csv:4: account 'quarry': revenue of 2026 is 7 EUR in the export (rows D5), and no playbook has it; {cure}",
        f"playbooks/harbor.yaml:23: revenue of 2025 is 1,000 EUR in the playbook, not there in the export (rows D1); {cure}",
        f"playbooks/harbor.yaml:24: revenue of 2026 is 500 EUR in the playbook, 1,500 EUR in the export (rows D1, D2); {cure}",
    ]


def test_what_is_remembered(firm: Firm) -> None:
    firm.bring()
    path = firm.root / "site_config" / "mappings" / "crm.memory.json"
    text = path.read_text(encoding="utf-8")
    assert (
        '      "economics.revenue 2026": {"rows": ["D2"], "values": {"amount": "500", "to": "2026-06-30"}},'
        in text.splitlines()
    )
    assert "Birgit" not in text
    path.write_text(text.replace('"accounts"', "<<<<<<<"), encoding="utf-8")
    with pytest.raises(WorkspaceError) as caught:
        firm.plan()
    assert str(caught.value) == (
        "site_config/mappings/crm.memory.json cannot be read as what imports remember; take it from git again, or"
        " delete it: then what earlier imports wrote is known by its evidence alone"
    )


def remembered(firm: Firm) -> dict[str, object]:
    """By file, the mapping whose memory it is."""
    folder = firm.root / "site_config" / "mappings"
    return {
        path.name: json.loads(path.read_text(encoding="utf-8")).get("mapping")
        for path in sorted(folder.glob("*.json"))
    }


def test_mappings_of_one_name_have_a_memory_each(firm: Firm, tmp_path: Path) -> None:
    """One of each currency, in folders of their own; each takes back what it wrote alone."""
    euros, dollars = (tmp_path / name / "crm.yaml" for name in ("eur", "usd"))
    for path, currency in ((euros, "EUR"), (dollars, "USD")):
        path.parent.mkdir()
        text = MAPPING.replace("system: crm", f"system: {path.parent.name}")
        path.write_text(text.replace("currency: EUR", f"currency: {currency}"), encoding="utf-8")
    only = {"contacts": CONTACTS[: CONTACTS.index("C1")], "cases": CASES[: CASES.index("S1")]}
    in_dollars = {
        **only,
        "accounts": "id,name,industry\nA1,Delta,Food\n",
        "deals": DEALS.replace("EUR", "USD").replace("A2", "A1"),
    }
    firm.mapping = euros
    firm.bring(**only)
    firm.mapping = dollars
    firm.bring(**in_dollars)
    assert remembered(firm) == {
        "crm-2.memory.json": "../usd/crm.yaml",
        "crm.memory.json": "../eur/crm.yaml",
    }
    firm.mapping = euros
    firm.bring(**only, deals=DEALS.replace("D1,A1", "D1,A2"))
    assert "year: 2025" not in firm.text("harbor")
    assert "{year: 2025, amount: 1000" in firm.text("delta")
    firm.mapping = dollars
    firm.bring(**{**in_dollars, "deals": DEALS[: DEALS.index("D1")]})
    assert "year: 2025" not in firm.text("delta")
    assert "{year: 2025, amount: 1000" in firm.text("prairie")


def test_a_memory_that_is_nobodys_is_found(firm: Firm, tmp_path: Path) -> None:
    """One of before names no mapping; one whose mapping was moved is its new place's, and told."""
    firm.bring()
    path = firm.root / "site_config" / "mappings" / "crm.memory.json"
    text = path.read_text(encoding="utf-8")
    assert remembered(firm) == {"crm.memory.json": "../crm.yaml"}
    path.write_text(text.replace('  "mapping": "../crm.yaml",\n', ""), encoding="utf-8")
    plan = firm.bring(**GONE)
    assert (plan.remark, "D3" in firm.text()) == ("", False)
    assert remembered(firm) == {"crm.memory.json": "../crm.yaml"}
    firm.mapping = firm.mapping.rename(path.with_name("crm.yaml"))
    plan = firm.bring()
    assert plan.remark == (
        "what is remembered of imports by ../crm.yaml, which is not there any more, is this mapping's now"
    )
    assert remembered(firm) == {"crm.memory.json": "crm"}
    # the name that it lies ready by is the same mapping; another one of its name is not
    assert memory_of(Path("crm"), Workspace.at(firm.root)).path.endswith("/crm.memory.json")
    other = tmp_path / "crm.yaml"
    other.write_text(MAPPING, encoding="utf-8")
    assert memory_of(other, Workspace.at(firm.root)).path.endswith("/crm-2.memory.json")


def test_what_the_mapping_gives_to_the_playbook_stays(firm: Firm) -> None:
    wins = MAPPING + "wins: {economics.revenue: playbook, account.industry: playbook}\n"
    firm.mapping.write_text(wins, encoding="utf-8")
    firm.bring()
    plan = firm.bring(**GONE, accounts=ACCOUNTS.replace(",Shipping", ","))
    assert f"    - {{year: 2025, amount: 1000, {EVIDENCE}" in firm.text().splitlines()
    assert "industry: shipping" in firm.text()
    why = "the mapping says that the playbook wins, so it stays"
    assert WITHDRAWN.format(why) in said(plan)


def test_who_left_is_not_asked_about_again(firm: Firm) -> None:
    firm.bring()
    firm.write("name: Ana Ruiz,", "name: Ana Ruiz, left_on: 2026-06-01,")
    plan = firm.bring(**GONE)
    assert "left_on: 2026-06-01" in firm.text()
    assert said(plan) == []


def test_a_person_is_taken_out_of_what_imports_remember(firm: Firm) -> None:
    firm.bring()
    memory = firm.root / "site_config" / "mappings" / "crm.memory.json"
    shown = run(firm.root, "person", "export", "harbor/birgit-holt").stdout
    assert 'remembered by imports: "relationship.contacts birgit-holt": {"rows": ["C1"]' in shown
    assert run(firm.root, "person", "erase", "harbor/birgit-holt").returncode == 0
    assert run(firm.root, "person", "erase", "/kim-larsen").returncode == 0
    text = memory.read_text(encoding="utf-8")
    assert [name for name in ("birgit", "kim-larsen", "Kim Larsen") if name in text] == []
    assert '"owner": "former-1"' in text
    assert remembered(firm) == {"crm.memory.json": "../crm.yaml"}


@pytest.mark.parametrize(
    ("deals", "left", "gone"),
    [(11, 6, None), (11, 5, "10 of the 17"), (16, 9, None), (16, 8, "12 of the 22")],
    ids=["nine", "ten", "half", "more than half"],
)
def test_a_part_of_an_export_is_told(firm: Firm, deals: int, left: int, gone: str | None) -> None:
    """Beside the deals four contacts and cases are gone; fewer than ten rows are no sign."""
    head, *_ = DEALS.splitlines(keepends=True)
    rows = [f"D{n},A1,Crane,Kim Larsen,won,10,EUR,2026-01-0{1 + n % 9},new\n" for n in range(deals)]
    firm.bring(deals=head + "".join(rows))
    tables = {"contacts": CONTACTS[: CONTACTS.index("C1")], "cases": CASES[: CASES.index("S1")]}
    plan = firm.bring(deals=head + "".join(rows[:left]), **tables)
    ending = "rows that earlier imports brought are not in this export; if it is only a part, take the playbooks back from git and import all of it; with --strict nothing is written [crm-much-gone]"
    assert said(plan) == ([f"{gone} {ending}"] if gone else [])


def test_the_status_follows_the_crm_where_nobody_wrote_otherwise(firm: Firm) -> None:
    lost = DEALS.replace("won", "lost")
    firm.bring(deals=lost)
    assert "status: prospect" in firm.text()
    firm.write("status: prospect", "status: former")
    assert "status: prospect" in firm.text("prairie")
    plan = firm.bring()
    assert "status: former" in firm.text()
    assert "status: customer" in firm.text("prairie")
    assert [words.rpartition("[")[2] for words in said(plan)] == ["crm-differs]"]


def test_line_ends_of_windows_in_what_is_remembered_are_no_change(firm: Firm) -> None:
    firm.bring()
    path = firm.root / "site_config" / "mappings" / "crm.memory.json"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert firm.plan().record is None


def test_a_playbook_that_changed_meanwhile_leaves_the_memory_as_it_was(firm: Firm) -> None:
    firm.bring()
    path = firm.root / "site_config" / "mappings" / "crm.memory.json"
    before = path.read_bytes()
    plan = firm.plan(**GONE)
    firm.write("schema: 1", "schema: 1  # ours")
    (problem,) = write_files(Workspace.at(firm.root), plan)
    assert (problem.rule, path.read_bytes()) == ("changed-meanwhile", before)
    firm.bring(**GONE)
    assert "D3" not in firm.text()
    assert path.read_bytes() != before


def test_years_are_those_of_the_firm(firm: Firm, repository: Path) -> None:
    site = firm.root / "site_config" / "site.yaml"
    site.parent.mkdir()
    text = (repository / "generator" / "defaults" / "site.yaml").read_text(encoding="utf-8")
    site.write_text(text.replace("year_starts: 1\n", "year_starts: 4\n"), encoding="utf-8")
    plan = firm.bring()
    # from April to March: all that was won from 2025-12-30 to 2026-03-01
    assert totals(plan)[1:3] == [
        "  revenue 2025: 1,520 EUR, equal",
        "  open deals: 1 worth 70 EUR, equal",
    ]
    plan = firm.bring(deals=DEALS.replace("2025-12-30", "2026-04-01"))
    assert totals(plan)[1:3] == [
        "  revenue 2025: 520 EUR, equal",
        "  revenue 2026: 1,000 EUR, equal",
    ]
    site.write_text(text, encoding="utf-8")
    plan = firm.bring()
    assert totals(plan)[1:3] == [
        "  revenue 2025: 1,000 EUR, equal",
        "  revenue 2026: 520 EUR, equal",
    ]


def test_a_deal_in_a_currency_of_its_own_is_no_amount_of_the_crm(firm: Firm) -> None:
    firm.bring()
    firm.write("amount: 70, stage", "amount: 70, currency: USD, stage")
    plan = firm.plan()
    assert "  harbor: open deal 'D3' is not there in the playbook, 70 EUR in the export" in totals(
        plan
    )


def test_a_finding_is_at_the_line_that_it_has_when_others_are_gone(firm: Firm) -> None:
    firm.bring()
    firm.write("amount: 500, to:", "amount: 501, to:")
    plan = firm.bring(deals=DEALS.replace("D1,A1", "D1,A2").replace("D2,A1", "D2,A2"))
    lines = firm.text().splitlines()
    told = [problem for problem in plan.problems if problem.rule == "crm-withdrawn"]
    assert [lines[problem.line - 1].strip()[:12] for problem in told] == ["- {year: 202"]
    assert "year: 2026, amount: 501" in lines[told[0].line - 1]
    assert not any("year: 2025" in line for line in lines)


def test_what_is_newer_than_the_export_stays_whole(firm: Firm) -> None:
    firm.bring()
    firm.write(f"amount: 1000, {FACT}", f"amount: 1000, {FACT.replace('06-30', '07-31')}")
    plan = firm.plan(**GONE)
    assert WITHDRAWN.format("it is newer than the export, so it stays") in said(plan)
    (change,) = (file for file in plan.changed if file.path.endswith("harbor.yaml"))
    assert "{year: 2025, amount: 1000" in change.text
