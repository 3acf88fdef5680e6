"""What else exports hold: contracts, churn, satisfaction, usage, talks, orders; filters, constants."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.change.crm.mapping import load_mapping
from generator.change.crm.signals import period_end
from generator.errors import SettingsError, WorkspaceError
from generator.model.years import Years
from generator.read import Workspace
from tests.change.crm.test_import import planned
from tests.change.crm.test_sync import difference
from tests.change.crm.test_withdraw import Firm, said, totals
from tests.program import run

MAPPING = """\
source: CRM
as_of: 2026-06-30
system: crm
currency: EUR
customer_months: 12
summary: "{won} won worth {amount} by {as_of}."
empty: ["NULL", "#N/A", "-"]
tables:
  accounts: {file: accounts.csv}
  orders: {file: orders.csv}
  subs: {file: subs.csv}
  left: {file: left.csv}
  nps: {file: nps.csv}
  logins: {file: logins.csv}
  people: {file: people.csv}
  calls: {file: calls.csv}
accounts: {table: accounts, where: {deleted: "false"}, id: no, name: name, industry: industry}
opportunities:
  - table: orders
    where: {kind: [quote, order]}
    id: {columns: [order, line]}
    account: {column: customer, matches: name}
    amount: {column: price, times: pieces}
    closed_on: [paid, due]
    stage: state
    stages: {won: [paid], open: [due]}
  - table: orders
    where: {kind: {not: [quote, order]}}
    id: {columns: [order, line], prefix: "B-"}
    account: {column: customer, matches: name}
    amount: price
    closed_on: paid
contracts: {table: subs, id: id, account: no, start: from, end: to, value: fee, per: month, renews: auto, notice_days: 30}
outcomes: {table: left, id: id, account: no, date: day, kind: what, kinds: {gone: lost, less: shrunk}, amount: worth, reason: why}
satisfaction: {table: nps, id: id, account: no, date: day, score: score, scale: {constant: 10}}
usage: {table: logins, account: no, metric: {constant: Active users}, date: day, value: users}
contacts: {table: people, id: id, account: no, name: name, lawful_basis: contract}
interactions:
  table: calls
  id: id
  account: no
  date: day
  contact: who
  by: by
  channel: how
  channels: {phone: call}
  initiated_by: from
  initiators: {in: them, out: us}
  note: note
"""
TABLES = {
    "accounts.csv": "no,name,industry,deleted\n1,Harbor,-,FALSE\n2,Prairie,NULL,false\n3,Quarry,,true\n",
    "orders.csv": (
        "order,line,customer,kind,price,pieces,state,paid,due\n"
        "7,1,Harbor,order,12.50,4,paid,2026-01-10,2026-01-01\n"
        "7,2,Harbor,order,0.10,3,paid,2026-01-10,2026-01-01\n"
        "8,1,Harbor,quote,100,2,due,#N/A,2026-09-01\n"
        "7,1,Harbor,bill,9.99,1,,2026-02-01,\n"
        "9,1,Quarry,order,5,1,paid,2026-02-01,\n"
    ),
    "subs.csv": (
        "id,no,from,to,fee,auto\n"
        "S1,1,2025-01-01,2026-12-31,100.50,yes\n"
        "S2,1,2026-02-01,,20,no\n"
        "S3,1,2024-01-01,2024-12-31,999,no\n"
        "S4,2,2024-01-01,2026-05-31,10,no\n"
    ),
    "left.csv": "id,no,day,what,worth,why\nL1,2,2026-06-01,gone,120,Price\nL2,1,2026-03-01,less,NULL,-\n",
    "nps.csv": "id,no,day,score\nN1,1,2026-04-01,8\nN2,1,2026-04-01,9\nN3,1,2026-05-01,10\n",
    "logins.csv": (
        "no,day,users\n1,2026-02-03,4\n1,2026-02-20,5\n1,2026-04-30,7\n2,2026-05-31,1\n1,2026-07-01,9\n"
    ),
    "people.csv": "id,no,name\nP1,1,Birgit Holt\nP2,1,Ana Ruiz\n",
    "calls.csv": (
        "id,no,day,who,by,how,from,note\n"
        "T2,1,2026-05-04,P2,Kim Larsen,phone,in,Asked for the price\n"
        "T1,1,2026-05-04,P1,Kim Larsen,phone,in,\n"
        "T3,1,2026-05-05,,Kim Larsen,visit,out,Saw the hall\n"
        "T4,1,2026-05-05,,Kim Larsen,pigeon,out,\n"
    ),
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
  contract:
    evidence: {{{FACT}}}
    start: 2025-01-01
    end: 2026-12-31
    notice_by: 2026-12-01
    value: 1446
    auto_renews: true
    reference: S1 and 1 more
  crm: {{crm: "1"}}
  tags: [imported]
summary: |
  3 won worth 60.29 EUR by 2026-06-30.
economics:
  currency: EUR
  development:
    win_probability:
      value: 1
      grade: opinion
      as_of: 2026-06-30
      source: CRM (deals won of those decided)
  revenue:
    - {{year: 2026, amount: 60.29, to: 2026-06-30, {FACT}}}
usage:
  - {{metric: active-users, date: 2026-02-28, value: 9, {FACT}}}
  - {{metric: active-users, date: 2026-03-31, value: 0, {FACT}}}
  - {{metric: active-users, date: 2026-04-30, value: 7, {FACT}}}
  - {{metric: active-users, date: 2026-05-31, value: 0, {FACT}}}
relationship:
  contacts:
    - {{id: birgit-holt, name: Birgit Holt, public_official: unknown, source: CRM, lawful_basis: contract, collected_on: 2026-06-30}}
    - {{id: ana-ruiz, name: Ana Ruiz, public_official: unknown, source: CRM, lawful_basis: contract, collected_on: 2026-06-30}}
  interactions:
    - {{date: 2026-05-04, contacts: [birgit-holt, ana-ruiz], by: kim-larsen, initiated_by: them, channel: call, note: Asked for the price, {FACT}}}
    - {{date: 2026-05-05, by: kim-larsen, initiated_by: us, channel: visit, note: Saw the hall, {FACT}}}
opportunities:
  - {{id: "8-1", amount: 200, stage: due, close_on: 2026-09-01, crm: "8-1", grade: estimate, as_of: 2026-06-30, source: CRM}}
outcomes:
  - {{date: 2026-03-01, kind: shrunk, {FACT}}}
service:
  satisfaction:
    - {{date: 2026-04-01, score: 8.5, scale: 10, {FACT}}}
    - {{date: 2026-05-01, score: 10, scale: 10, {FACT}}}
"""


class Books(Firm):
    """A firm with all of these tables."""

    def __init__(self, tmp_path: Path, mapping: str = MAPPING) -> None:
        super().__init__(tmp_path, mapping)
        self.tables = dict(TABLES)

    def plan(self, **tables: str) -> object:  # type: ignore[override]
        """What an import would do, some tables of the export changed for good."""
        self.tables |= {f"{name}.csv": text for name, text in tables.items()}
        for name, text in self.tables.items():
            (self.export / name).write_text(text, encoding="utf-8")
        return planned(self.root, self.export, self.mapping)


@pytest.fixture
def books(tmp_path: Path) -> Books:
    return Books(tmp_path)


def test_every_kind_into_a_playbook(books: Books) -> None:
    plan = books.bring()
    assert books.text() == HARBOR
    assert "  status: former\n" in books.text("prairie")  # its contract ended, then it left
    assert "{date: 2026-06-01, kind: lost, amount: 120, reason: Price, " in books.text("prairie")
    assert not books.path("quarry").exists()
    assert said(plan) == [
        "this row is not used: unknown channel 'pigeon'; say which channel of the catalogue it is under channels: visit, meeting, workshop, call, video, message, event; or leave it out by where [crm-row]",
        "this row is not used: a day of use after the export's; correct it, or take an export of a later day (--as-of) [crm-row]",
        "this row is not used: unknown account 'Quarry'; export it too, or name the account it became under merged [crm-row]",
    ]
    assert [line for line in plan.accounting if "where" in line] == [
        "  1 skipped: left out by where 'deleted' (it is 'true')",
    ]
    assert totals(plan) == [
        "playbooks against the export:",
        "  revenue 2026: 60.29 EUR, equal",
        "  open deals: 1 worth 200 EUR, equal",
        "  contracts: 2 worth 1,566 EUR a year, equal",
        "  outcomes: 2, equal",
        "  talks: 2, equal",
        "  satisfaction: 2 values, 18.5 in all, equal",
        "  usage: 5 values, 17 in all, equal",
    ]


def test_check_finds_nothing_but_what_a_plan_lacks(books: Books) -> None:
    books.bring()
    done = run(books.root, "check", "--today", "2026-06-30", "--output-format", "json-lines")
    assert "error" in done.stdout
    assert '"rule": "crm' not in done.stdout
    words = ("wrong-value", "unknown-", "missing-field", "day-ahead", "reference")
    assert [word for word in words if f'"rule": "{word}' in done.stdout] == []


# What changes in the export, and what then differs in the playbook of Harbor
MOVES: Mapping[str, tuple[dict[str, str], list[str]]] = {
    "a subscription ends and takes its value along": (
        {"subs": TABLES["subs.csv"].replace("2026-02-01,,20", "2026-02-01,2026-05-31,20")},
        ["-    value: 1446", "+    value: 1206", "-    reference: S1 and 1 more", "+    reference: S1"],
    ),
    "the contract is open-ended now": (
        {"subs": TABLES["subs.csv"].replace("2026-12-31,100.50,yes", ",100.50,")},
        ["-    end: 2026-12-31", "-    notice_by: 2026-12-01", "-    auto_renews: true"],
    ),
    "no contract is there any more": (
        {"subs": "id,no,from,to,fee,auto\n"},
        [
            "-  contract:",
            f"-    evidence: {{{FACT}}}",
            "-    start: 2025-01-01",
            "-    end: 2026-12-31",
            "-    notice_by: 2026-12-01",
            "-    value: 1446",
            "-    auto_renews: true",
            "-    reference: S1 and 1 more",
        ],
    ),
    "a churn event was a mistake": (
        {"left": "id,no,day,what,worth,why\n"},
        ["-outcomes:", f"-  - {{date: 2026-03-01, kind: shrunk, {FACT}}}", "+outcomes: []"],
    ),
    "an answer is corrected": (
        {"nps": TABLES["nps.csv"].replace("N2,1,2026-04-01,9", "N2,1,2026-04-01,2")},
        [
            f"-    - {{date: 2026-04-01, score: 8.5, scale: 10, {FACT}}}",
            f"+    - {{date: 2026-04-01, score: 5, scale: 10, {FACT}}}",
        ],
    ),
    "logins arrive late and one month has none after all": (
        {"logins": TABLES["logins.csv"].replace("1,2026-04-30,7", "1,2026-03-30,2")},
        [
            f"-  - {{metric: active-users, date: 2026-03-31, value: 0, {FACT}}}",
            f"-  - {{metric: active-users, date: 2026-04-30, value: 7, {FACT}}}",
            f"+  - {{metric: active-users, date: 2026-03-31, value: 2, {FACT}}}",
            f"+  - {{metric: active-users, date: 2026-04-30, value: 0, {FACT}}}",
        ],
    ),
    "a call is re-dated": (
        {"calls": TABLES["calls.csv"].replace("T3,1,2026-05-05", "T3,1,2026-05-06")},
        [
            f"-    - {{date: 2026-05-05, by: kim-larsen, initiated_by: us, channel: visit, note: Saw the hall, {FACT}}}",
            f"+    - {{date: 2026-05-06, by: kim-larsen, initiated_by: us, channel: visit, note: Saw the hall, {FACT}}}",
        ],
    ),
    "an order is cancelled": (
        {"orders": TABLES["orders.csv"].replace("7,2,Harbor,order", "7,2,Harbor,void")},
        [
            "-  3 won worth 60.29 EUR by 2026-06-30.",
            "+  3 won worth 60.09 EUR by 2026-06-30.",
            f"-    - {{year: 2026, amount: 60.29, to: 2026-06-30, {FACT}}}",
            f"+    - {{year: 2026, amount: 60.09, to: 2026-06-30, {FACT}}}",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", MOVES)
def test_the_next_export_moves_changes_and_takes_out(books: Books, kind: str) -> None:
    books.bring()
    before = books.text()
    tables, differs = MOVES[kind]
    plan = books.bring(**tables)
    assert difference(before, books.text()) == differs
    assert [line for line in totals(plan) if "equal" not in line] == [
        "playbooks against the export:"
    ]


def test_a_persons_contract_and_words_stay(books: Books) -> None:
    books.bring()
    books.write(
        "    value: 1446\n", "    value: 1500  # with the side letter\n    payment_days: 30\n"
    )
    books.write("  3 won", "  Ours since the fair.\n  3 won")
    orders = TABLES["orders.csv"] + "10,1,Harbor,order,1,1,paid,2026-06-01,\n"
    plan = books.bring(subs="id,no,from,to,fee,auto\n", orders=orders)
    text = books.text()
    # what a person built on stays, and is told; sentences beside a person's keep in step
    assert "    value: 1500  # with the side letter\n    payment_days: 30\n" in text
    assert "  Ours since the fair.\n  4 won worth 61.29 EUR by 2026-06-30.\n" in text
    assert [words for words in said(plan) if "withdrawn" in words] == [
        "this came from rows S1, S2 of CRM, which says it no more on 2026-06-30; a comment stands there, so it stays. Delete it when you need it no more [crm-withdrawn]"
    ]


def test_sentences_that_a_person_rewrote_are_theirs(books: Books) -> None:
    books.bring()
    books.write("3 won worth 60.29 EUR by 2026-06-30.", "Three orders so far.")
    before = books.text()
    orders = TABLES["orders.csv"] + "10,1,Harbor,order,1,1,paid,2026-06-01,\n"
    books.bring(orders=orders)
    assert "  Three orders so far.\n" in books.text()
    assert before != books.text()


def test_a_later_day_alone_changes_no_sentence(books: Books) -> None:
    books.bring()
    books.mapping.write_text(MAPPING.replace("2026-06-30", "2026-07-31"), encoding="utf-8")
    before = books.text()
    books.bring(logins=TABLES["logins.csv"].replace("1,2026-07-01,9\n", ""))
    fact = FACT.replace("06-30", "07-31")
    assert difference(before, books.text()) == [
        f"-    - {{year: 2026, amount: 60.29, to: 2026-06-30, {FACT}}}",
        f"+    - {{year: 2026, amount: 60.29, to: 2026-07-31, {fact}}}",
    ]


def test_accounts_alone_make_playbooks(tmp_path: Path) -> None:
    head = MAPPING[: MAPPING.index("tables:")]
    firm = Firm(
        tmp_path,
        head + "tables: {accounts: {file: accounts.csv}}\n"
        "accounts: {table: accounts, id: no, name: name, status: {constant: customer}}\n",
    )
    (firm.export / "accounts.csv").write_text(TABLES["accounts.csv"])
    done = run(firm.root, "import", str(firm.export), "--mapping", str(firm.mapping))
    assert done.stderr.splitlines() == [
        "accounts.csv: 3 rows, 3 used",
        "what is written is remembered in site_config/mappings/crm.memory.json; commit it, too",
        "playbooks against the export:",
        "5 files new, 0 playbooks changed, 0 as they were",
    ]
    assert "  status: customer\n" in firm.text()


def test_a_table_of_deals_that_lacks_is_no_smaller_revenue(books: Books) -> None:
    two = MAPPING.replace(
        "  - table: orders\n    where: {kind: {not", "  - table: bills\n    where: {kind: {not"
    )
    two = two.replace(
        "  subs: {file: subs.csv}",
        "  bills: {file: bills.csv, optional: true}\n  subs: {file: subs.csv}",
    )
    books.mapping.write_text(two, encoding="utf-8")
    with pytest.raises(WorkspaceError) as caught:
        books.bring()
    assert str(caught.value) == (
        "bills.csv (table 'bills') is not among the files; 'opportunities' is read from several"
        " tables and needs all of them"
    )


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("table: subs", "table: sups", "crm.yaml:33:20: error: no table is called 'sups'; did you mean 'subs'? [wrong-value]"),
        ("id: no, name: name", "id: {column: no, values: nos}, name: name", "crm.yaml:17:81: error: no value map is called 'nos'; write it under values [wrong-value]"),
        ("    stages: {won: [paid], open: [due]}\n", "", "crm.yaml:19:5: error: 'stages' is missing; stage names the column, stages says what words mean [missing-field]"),
        ("    closed_on: [paid, due]", "    closed_on: {}", "crm.yaml:24:16: error: say one of column, columns and constant: where the value stands [wrong-value]"),
        ("per: month", "per: week", "crm.yaml:33:86: error: unknown word 'week'; known: month, quarter, year, term [wrong-value]"),
        ("value: fee", "value: fees", "crm.yaml:33:76: error: subs.csv has no column 'fees'; did you mean 'fee'? [crm-column]"),
        ("matches: name}\n    amount: {", "matches: names}\n    amount: {", "crm.yaml:22:42: error: accounts.csv has no column 'names'; did you mean 'name'? [crm-column]"),
        ("where: {deleted:", "where: {gone:", "crm.yaml:17:43: error: accounts.csv has no column 'gone'; known: no, name, industry, deleted [crm-column]"),
        ('where: {deleted: "false"}', 'where: {deleted: "no"}', "crm.yaml:17:46: warning: none of the 3 rows of accounts.csv passes; 'deleted' says 'FALSE', 'false', 'true' [crm-where]"),
        ("id: {columns: [order, line]}", "id: {constant: x}", "crm.yaml:21:9: error: an id is in a column: all rows would have the same [wrong-value]"),
    ],
)  # fmt: skip
def test_a_mistake_of_the_mapping_at_its_line(
    books: Books, old: str, new: str, finding: str
) -> None:
    assert old in MAPPING
    books.mapping.write_text(MAPPING.replace(old, new, 1), encoding="utf-8")
    try:
        problems = books.plan().problems  # type: ignore[attr-defined]
    except SettingsError as error:
        problems = error.problems
    assert finding in [Path(str(problem)).name for problem in problems]


@pytest.mark.parametrize(
    ("day", "each", "starts", "end"),
    [
        ("2026-02-10", "month", 1, "2026-02-28"),
        ("2026-12-31", "month", 1, "2026-12-31"),
        ("2026-02-10", "quarter", 1, "2026-03-31"),
        ("2026-04-01", "quarter", 1, "2026-06-30"),
        ("2026-01-31", "quarter", 2, "2026-01-31"),
        ("2026-11-01", "quarter", 2, "2027-01-31"),
        ("2026-03-31", "year", 4, "2026-03-31"),
        ("2026-04-01", "year", 4, "2027-03-31"),
    ],
)
def test_the_last_day_of_a_period(day: str, each: str, starts: int, end: str) -> None:
    last = period_end(datetime.date.fromisoformat(day), each, Years(starts))  # type: ignore[arg-type]
    assert last.isoformat() == end


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("S9,1,,2026-12-31,5,", "no first day; fill it in"),
        ("S9,1,2026-05-01,2026-04-30,5,", "an end before its start; correct one of them"),
        ("S9,1,soon,,5,", "an unreadable day start; 'soon' is no day written YYYY-MM-DD; add its spelling to dates"),
        ("S9,1,2026-05-01,,1.2.3,", "an amount that cannot be read; '1.2.3' is no amount with decimal: \".\" in the mapping"),
        ("S9,1,2026-05-01,,USD 5,", "in USD, not EUR; import each currency with its own mapping"),
        ("S1,1,2026-05-01,,5,", "the same id twice; keep one of them"),
    ],
)  # fmt: skip
def test_a_contract_that_cannot_be_used(books: Books, row: str, words: str) -> None:
    plan = books.plan(subs=TABLES["subs.csv"] + row + "\n")
    assert f"this row is not used: {words} [crm-row]" in said(plan)  # type: ignore[arg-type]


def test_values_for_a_term_count_by_whole_months(books: Books, tmp_path: Path) -> None:
    """From 30 April to 7 May a year later is twelve whole months and eight days."""
    books.mapping.write_text(MAPPING.replace("per: month", "per: term"), encoding="utf-8")
    books.bring(
        subs="id,no,from,to,fee,auto\nS1,1,2026-04-30,2027-05-07,460000,\nS2,2,2026-01-01,2026-06-30,60,\n"
    )
    assert "    value: 460000\n" in books.text()
    assert "    value: 120\n" in books.text("prairie")


def test_several_tables_of_one_kind_have_paths_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "crm.yaml"
    path.write_text(MAPPING.replace("amount: price\n", "amonut: price\n"), encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_mapping(path, Workspace.at(tmp_path))
    assert [str(problem) for problem in caught.value.problems] == [
        "crm.yaml:31:5: error: unknown key 'amonut'; did you mean 'amount'? [unknown-key]",
    ]


def test_what_is_too_old_to_be_asked_for_stays(books: Books) -> None:
    """Half a year on, three months of each are asked for: what was imported before is no less true."""
    recent = MAPPING.replace("{constant: 10}}", "{constant: 10}, months: 3}")
    recent = recent.replace("value: users}", "value: users, months: 3}")
    recent = recent.replace("  note: note\n", "  note: note\n  months: 3\n")
    books.mapping.write_text(recent, encoding="utf-8")
    books.bring()
    before = books.text()
    later = recent.replace("2026-06-30", "2026-12-31")
    books.mapping.write_text(later, encoding="utf-8")
    nps = TABLES["nps.csv"] + "N4,1,2026-12-01,7\n"
    plan = books.bring(nps=nps)
    rows = difference(before, books.text())
    assert [row for row in rows if "2026-05" in row or "2026-04" in row] == []
    assert [row for row in rows if "score" in row] == [
        f"+    - {{date: 2026-12-01, score: 7, scale: 10, {FACT.replace('06-30', '12-31')}}}"
    ]
    assert [line for line in totals(plan) if "differ" in line] == []
    # within three months of the export an answer that is no more is taken out
    books.bring(nps=TABLES["nps.csv"])
    assert "2026-12-01, score" not in books.text()


def test_the_first_period_that_is_asked_for_is_whole(books: Books) -> None:
    """Three months before 30 June is 30 March: of March no row is counted, not two days of it."""
    books.bring(logins="no,day,users\n1,2026-03-02,4\n1,2026-03-31,5\n1,2026-04-30,7\n")
    assert "date: 2026-03-31, value: 9," in books.text()
    text = books.mapping.read_text(encoding="utf-8")
    books.mapping.write_text(text.replace("value: users}", "value: users, months: 3}"))
    plan = books.bring()
    assert "date: 2026-03-31, value: 9," in books.text()
    assert "  2 skipped: before 2026-04-01" in plan.accounting


def test_a_contract_of_a_person_is_no_contract_of_the_crm(books: Books) -> None:
    (books.root / "playbooks").mkdir()
    own = "schema: 1\naccount:\n  name: Harbor\n  status: customer\n  contract: {start: 2025-01-01, end: 2027-06-30}\nsummary: Ours.\n"
    books.path().write_text(own, encoding="utf-8")
    plan = books.plan()
    assert [words for words in said(plan) if "contract" in words] == [  # type: ignore[arg-type]
        "the CRM says '2026-12-31' (CRM, 2026-06-30), the playbook '2027-06-30' (undated); the playbook's stays. Correct one of them, or write 'account.contract.end: crm' under wins in the mapping [crm-differs]"
    ]
    books.bring()
    # what nobody had written is filled in, the value with its evidence in braces
    assert (
        f"  contract: {{start: 2025-01-01, end: 2027-06-30, notice_by: 2026-12-01, value: {{value: 1446, {FACT}}}, auto_renews: true, reference: S1 and 1 more}}\n"
        in books.text()
    )
    assert "summary: Ours.\n" in books.text()


def test_a_person_is_taken_out_of_talks_too(books: Books) -> None:
    books.bring()
    done = run(books.root, "person", "erase", "birgit-holt")
    assert done.returncode == 0, done.stderr
    assert "birgit" not in books.text().lower()
    memory = books.root / "site_config" / "mappings" / "crm.memory.json"
    assert "birgit" not in memory.read_text(encoding="utf-8").lower()
    assert "Asked for the price" not in memory.read_text(encoding="utf-8")  # fingerprints alone
