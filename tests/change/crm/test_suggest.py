"""A draft of a mapping from headings and cells: what it finds, and what it leaves to a person."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.read import Workspace
from generator.settings import load_settings
from tests.program import run

TODAY = "2026-11-23"

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
# A draft from headings and cells: look at every line, then try it with --dry-run.
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
  # not used: Fax: no field is known by such a heading
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


# Small exports of the kinds that firms have, what of a draft matters, and what an import then says
EXPORTS: Mapping[str, tuple[dict[str, str], list[str], list[str]]] = {
    "order lines in one table": (
        {
            "sales.csv": "Row ID,Order ID,Order Date,Customer ID,Customer Name,Country,Region,Category,Product Name,Sales,IsDeleted\n"
            "1,O1,3/1/2024,C1,Ann Gute,Austria,East,Chairs,Sit 1,22.368,false\n"
            "2,O1,3/1/2024,C1,Ann Gute,Austria,West,Tables,Eat 2,1957.5775,false\n"
            "3,O2,11/30/2024,C2,Bo Li,Japan,East,Chairs,Sit 3,7.5,false\n"
            "4,O3,12/31/2024,C2,Bo Li,Japan,East,Chairs,Sit 3,9,true\n",
        },
        [
            "as_of: 2024-12-31  # the newest day of what has happened; without it, today",
            "dates: [MM/DD/YYYY]",
            "  id: Customer ID",
            "  name: Customer Name",
            "  region: Country",
            '  where: {IsDeleted: {not: ["true"]}}',
            "  # no column says a stage: every row is won",
            "  amount: {column: Sales, thousandths: true}",
        ],
        ["revenue 2024: 1,987.45 EUR, equal", "open deals: 0 worth 0 EUR, equal"],
    ),
    "a CRM in Chinese, its deals beside churn and products": (
        {
            "客户.csv": "客户编号,公司名称,行业,省份,客户状态,负责人\nK1,海港物流,物流,浙江省,成交客户,李娜\nK2,北方重工,制造,辽宁省,潜在客户,王强\n",
            "商机.csv": "商机编号,客户编号,产品名称,商机阶段,状态,商机金额,币种,预计成交日期,成交日期\n"
            "S1,K1,起重机,合同,赢单,1200000.50,CNY,2026年3月1日,2026年2月28日\n"
            "S2,K2,起重机,报价,跟进中,300000,CNY,2026年12月31日,NULL\n",
            "流失.csv": "客户编号,流失日期,流失原因,流失金额\nK2,2025年5月4日,价格,100000\n",
            "产品.csv": "产品名称,价格\n起重机,400000\n",
            "联系人.csv": "联系人编号,客户编号,姓名,职位\nP1,K1,陈思远,经理\n",
            "跟进记录.csv": "活动编号,客户编号,联系人ID,跟进方式,跟进日期\nA1,K1,P1,电话,2026年2月1日\nA2,K1,P1,内部,2026年2月2日\n",
            "合同.csv": "合同编号,客户编号,开始日期,到期日期,月费,自动续约\nH1,K1,2026年1月1日,2026年12月31日,1000,是\n",
            "满意度.csv": "客户编号,调查日期,评分\nK1,2026年2月2日,9\n",
            "备注.csv": "编号,备注\n1,无\n",
        },
        [
            "# Left out: 备注.csv: its headings are not known.",
            "currency: CNY",
            "dates: [YYYY年MM月DD日]",
            'empty: ["NULL"]',
            "  status: {成交客户: customer, 潜在客户: prospect}",
            "  stage: 状态",
            "  closed_on: [成交日期, 预计成交日期]",
            "  stages: {won: [赢单], lost: [], open: [跟进中]}",
            "  # 内部: no talk, so it is left out",
            "  per: month  # month, quarter, year or term",
            '  scale: {constant: "10"}',
        ],
        [
            "revenue 2026: 1,200,000.50 CNY, equal",
            "open deals: 1 worth 300,000 CNY, equal",
            "contracts: 1 worth 12,000 CNY a year, equal",
            "outcomes: 1, equal",
            "talks: 1, equal",
            "satisfaction: 1 values, 9 in all, equal",
        ],
    ),
    "orders without amounts, joined by name": (
        {
            "customer.csv": "name,city,id\nFirst shop,Wien,1\nSecond shop,Graz,2\n",
            "order.csv": "id,customer_name,product,quantity,arrivalTime\n"
            "1,First shop,Phone,102,2019/1/2 0:00\n1,First shop,Phone,3,2019/1/31 0:00\n"
            "1,First shop,Laptop,1,2019/3/31 0:00\n2,Second shop,Phone,7,2019/2/28 0:00\n",
        },
        [
            "as_of: 2019-03-31  # the newest day of what has happened; without it, today",
            "  account: {column: customer_name, matches: name}",
            "  metric: product",
            "  value: quantity",
        ],
        ["usage: 4 values, 113 in all, equal"],
    ),
    "orders with numbers, and the currency in a heading": (
        {
            "orders.csv": "Order no;Customer no;Customer;City;Country;Order date;Product;Status;Sales rep;Amount CHF\n"
            "O-1;C-11;Käserei Grünwald AG;Appenzell;CH;03.02.2026;Inline analyser;Delivered;Nadia Brandt;42'500.00\n"
            "O-2;C-11;Käserei Grünwald AG;Appenzell;CH;20.11.2026;Data gateway;Offered;Nadia Brandt;145'000.00\n"
            "O-3;C-12;Brauerei Tannhof;Winterthur;CH;02.03.2026;Data gateway;Cancelled;Lea Roth;18'000.00\n",
        },
        [
            "currency: CHF  # as 'Amount CHF' says",
            "  id: Customer no",
            "  name: Customer",
            "  id: Order no",
            "  account: Customer no",
            "  person: Sales rep",
            "  amount: Amount CHF",
            "  # not used: City: no field is known by such a heading",
        ],
        ["revenue 2026: 42,500 CHF, equal", "open deals: 1 worth 145,000 CHF, equal"],
    ),
    "one of two tables with deals, and who left": (
        {
            "accounts.csv": "Account ID,Account Name\nA1,Harbor\n",
            "invoices.csv": "Invoice ID,Account ID,Amount,Invoice Date,Product,Owner,Currency\nI1,A1,5,2026-10-01,Crane,Kim,EUR\n",
            "pipeline.csv": "Deal ID,Account ID,Stage,Status,Amount,Close Date\nD1,A1,Talks,Won,5,2026-10-01\nD2,A1,Talks,Open,9,2026-12-01\n",
            "churn.csv": "Account ID,Churn Date,Reason Code,Amount\nA1,2026-09-01,price,3\n",
        },
        [
            "# Left out: invoices.csv: opportunities are read from pipeline.csv; where both hold the same sales, they would count twice.",
            "  stage: Status",
            "  stages: {won: [Won], lost: [], open: [Open]}",
            "  reason: Reason Code",
        ],
        [
            "revenue 2026: 5 EUR, equal",
            "open deals: 1 worth 9 EUR, equal",
            "outcomes: 1, equal",
        ],
    ),
    "bills whose lines two columns tell apart": (
        {
            "retail.csv": "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
            "536365,85123A,6,12/1/2010 8:26,2.55,17850,United Kingdom\n"
            "536365,71053,6,12/1/2010 8:26,3.39,17850,United Kingdom\n"
            "536366,71053,-1,12/31/2010 9:41,3.39,17850,United Kingdom\n",
        },
        ["  id: {columns: [InvoiceNo, StockCode]}", "dates: [MM/DD/YYYY]"],
        ["revenue 2010: 32.25 EUR, equal", "open deals: 0 worth 0 EUR, equal"],
    ),
    "bills that nothing tells apart": (
        {
            "bills.csv": "Customer,Amount,Date\nHarbor,5,2026-10-01\nHarbor,5,2026-10-01\n",
        },
        ["  # no column tells rows apart: each row counts"],
        ["revenue 2026: 10 EUR, equal", "open deals: 0 worth 0 EUR, equal"],
    ),
    "subscriptions, churn and tickets of a service": (
        {
            "accounts.csv": "account_id,account_name,industry,country\nA-1,Harbor,EdTech,US\nA-2,Prairie,FinTech,IN\n",
            "subscriptions.csv": "subscription_id,account_id,start_date,end_date,mrr_amount,auto_renew_flag\nS-1,A-1,2025-12-23,2026-04-12,2786,True\nS-2,A-1,2026-06-11,,833,True\n",
            "churn_events.csv": "churn_event_id,account_id,churn_date,reason_code\nC-1,A-2,2026-10-27,pricing\n",
            "support_tickets.csv": "ticket_id,account_id,submitted_at,closed_at,priority\nT-1,A-1,2026-07-27,2026-07-28 05:00:00,urgent\n",
            "feature_usage.csv": "usage_id,subscription_id,usage_date,usage_count\nU-1,S-1,2026-02-27,9\n",
        },
        [
            "# Left out: feature_usage.csv: its headings are not known.",
            "  value: mrr_amount",
            "  per: month  # month, quarter, year or term",
        ],
        ["contracts: 1 worth 9,996 EUR a year, equal", "cases: 1, equal", "outcomes: 1, equal"],
    ),
    "a row for each customer that names it twice": (
        {"telco.csv": "customerID,Contract,Churn\n7590,Month-to-month,No\n7590,One year,Yes\n"},
        ["  name: customerID", "  repeats: true  # many rows name one account"],
        [],
    ),
    "a product that the export misspells": (
        {
            "accounts.csv": "account\nHarbor\n",
            "products.csv": "product,sales_price\nGTX Pro,5\n",
            "pipeline.csv": "opportunity_id,account,product,stage,status,amount,close_date\n1,Harbor,GTXPro,Won,Active,5,2026-10-01\n",
        },
        [
            "  products: {GTXPro: GTX Pro}",
            "  product: {column: product, values: products}",
            "  stage: stage",
        ],
        ["revenue 2026: 5 EUR, equal", "open deals: 0 worth 0 EUR, equal"],
    ),
    "a list of products that is not that of the deals": (
        {
            "accounts.csv": "account\nHarbor\n",
            "products.csv": "product,sales_price\nGTX Pro,5\n",
            "pipeline.csv": "opportunity_id,account,product,stage,amount,close_date\n1,Harbor,Crane,Won,5,2026-10-01\n",
        },
        ["# Left out: products.csv: deals name products that it does not have, such as 'Crane'."],
        ["revenue 2026: 5 EUR, equal", "open deals: 0 worth 0 EUR, equal"],
    ),
    "accounts and deals that tell no amount": (
        {
            "accounts.csv": "Account Name,Colour\nHarbor,blue\n",
            "deals.csv": "Deal ID,Account Name,Deal Stage\n7,Harbor,Closed Won\n",
        },
        [
            "# Left out: deals.csv: accounts are read from accounts.csv, and no column is known as amount or day; add its heading to headings.yaml.",
            "  # not used: Colour: no field is known by such a heading",
        ],
        [],
    ),
    "a price of one times how many": (
        {
            "rows.csv": "Invoice Number,Line ID,Customer,Quantity,Unit Price,Invoice Date\n7,1,Harbor,3,1.25,2026-10-01\n7,2,Harbor,-1,1.25,2026-10-02\n",
        },
        ["  id: Line ID", "  amount: {column: Unit Price, times: Quantity}"],
        ["revenue 2026: 2.50 EUR, equal", "open deals: 0 worth 0 EUR, equal"],
    ),
}  # fmt: skip


RATES = """\
rates:
  CNY: [{from: 2020-01-01, rate: 0.13, source: a sample}]
  USD: [{from: 2020-01-01, rate: 0.9, source: a sample}]
  CHF: [{from: 2020-01-01, rate: 1.1, source: a sample}]
"""


@pytest.mark.parametrize("kind", EXPORTS)
def test_a_draft_imports_the_files_it_was_drafted_from(tmp_path: Path, kind: str) -> None:
    files, lines, totals = EXPORTS[kind]
    folder, root, mapping = tmp_path / "export", tmp_path / "ws", tmp_path / "mine.yaml"
    folder.mkdir()
    (root / "site_config").mkdir(parents=True)
    (root / "site_config/currencies.yaml").write_text(RATES, encoding="utf-8")
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    done = run(root, "import", "--suggest", str(folder), "--today", TODAY)
    mapping.write_text(done.stdout, encoding="utf-8")
    assert [line for line in lines if line not in done.stdout.splitlines()] == []
    words = ("import", str(folder), "--mapping", str(mapping), "--today", TODAY)
    done = run(root, *words)
    assert done.returncode == 0
    said = done.stderr.splitlines()
    assert [line for line in said if "warning" in line or "error" in line] == []
    told = said[said.index("playbooks against the export:") + 1 : -1]
    assert told == [f"  {line}" for line in totals]
    again = run(root, *words)
    assert again.stderr.splitlines()[-1].startswith("0 files new, 0 playbooks changed, ")
    assert findings_but_completeness(root) == []


def drafted(tmp_path: Path, **tables: str) -> list[str]:
    """The lines of a draft for some tables."""
    (tmp_path / "export").mkdir()
    for name, text in tables.items():
        (tmp_path / "export" / f"{name}.csv").write_text(text, encoding="utf-8")
    done = run(tmp_path, "import", "--suggest", str(tmp_path / "export"), "--today", TODAY)
    assert done.returncode == 0
    return [line.strip() for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("heading", "currency"),
    [
        ("Amount CHF", "CHF"),
        ("Value (EUR)", "EUR"),
        ("Umsatz €", "EUR"),
        ("Umsatz in EUR", "EUR"),
        ("金额(元)", "CNY"),
        ("amount_usd", "USD"),
        ("Amount US$", "USD"),
        ("SEK Amount", "SEK"),
        ("Wert [zł]", "PLN"),
    ],
)
def test_the_heading_of_an_amount_may_name_its_currency(
    tmp_path: Path, heading: str, currency: str
) -> None:
    lines = drafted(tmp_path, deals=f"Deal ID,Customer,Date,{heading}\n1,Harbor,2026-10-01,5\n")
    assert f"currency: {currency}  # as '{heading}' says" in lines
    assert [line.split(":")[1].strip(' "') for line in lines if line.startswith("amount:")] == [
        heading
    ]


def test_a_currency_in_cells_counts_before_one_in_the_heading(tmp_path: Path) -> None:
    rows = "Deal ID,Customer,Date,Amount EUR\n1,Harbor,2026-10-01,5 USD\n"
    assert "currency: USD" in drafted(tmp_path, deals=rows)


def test_words_of_a_workspace_are_laid_over_those_shipped(tmp_path: Path) -> None:
    own = tmp_path / "site_config/mappings/headings.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("numbers: [zahl]\n", encoding="utf-8")
    rows = (
        "Beleg-Zahl,Ref no,Customer,Date,Amount\n7,1,Harbor,2026-10-01,5\n8,2,Harbor,2026-10-01,5\n"
    )
    lines = drafted(tmp_path, sales=rows)
    assert "id: Beleg-Zahl" in lines
    assert "amount: Amount" in lines


@pytest.mark.parametrize(
    ("headings", "id_", "account"),
    [
        ("Kunden-Nr.,Auftrag Nr,Kunde", "Auftrag Nr", "Kunden-Nr."),
        ("Customer No,Order Number,Customer", "Order Number", "Customer No"),
        ("客户号,订单号,客户", "订单号", "客户号"),
        ("customer_num,Ref no,customer", "Ref no", "customer_num"),
    ],
)
def test_what_a_heading_of_an_id_ends_in(
    tmp_path: Path, headings: str, id_: str, account: str
) -> None:
    rows = f"{headings},Date,Amount\nK1,1,Harbor,2026-10-01,5\nK1,2,Harbor,2026-10-01,5\n"
    lines = drafted(tmp_path, sales=rows)
    deals = lines[lines.index("opportunities:", lines.index("accounts:")) :]
    assert f"id: {id_}" in deals
    assert f"account: {account}" in deals
    assert f"id: {account}" in lines


@pytest.mark.parametrize(
    "rows",
    ["7,Harbor,2026-10-01,5\n7,Harbor,2026-10-01,6\n", "7,Harbor,2026-10-01,5\n8,Prairie,2026-10-01,6\n"],
    ids=["two rows share it", "it may be one of the account"],
)  # fmt: skip
def test_a_number_that_need_not_be_that_of_a_row(tmp_path: Path, rows: str) -> None:
    lines = drafted(tmp_path, sales=f"Tax no,Customer,Date,Amount\n{rows}")
    assert "# no column tells rows apart: each row counts" in lines


# The day of a deal, what stands for its stage, and the day of the export that a draft says
@pytest.mark.parametrize(
    ("heading", "days", "as_of"),
    [
        ("Order date", (("Won", "2026-06-30"), ("Open", "2026-10-20")), None),
        ("Close date", (("Won", "2026-06-30"), ("Open", "2026-10-20")), None),
        ("Close date", (("Won", "2026-06-30"), ("Open", "2027-03-01")), None),
        ("Order date", (("Won", "2020-06-30"), ("Open", "2020-10-20")), "2020-10-20"),
        ("Close date", (("Won", "2020-06-30"), ("Open", "2020-10-20")), "2020-06-30"),
    ],
)
def test_the_day_of_an_export_is_the_newest_of_what_has_happened(
    tmp_path: Path, heading: str, days: tuple[tuple[str, str], ...], as_of: str | None
) -> None:
    rows = "".join(f"{n},Harbor,{stage},5,{day}\n" for n, (stage, day) in enumerate(days))
    lines = drafted(tmp_path, deals=f"Deal ID,Customer,Stage,Amount,{heading}\n{rows}")
    said = [line.split(" ")[1] for line in lines if line.startswith("as_of: ")]
    assert said == ([] if as_of is None else [as_of])


def test_each_column_that_is_not_used_says_why(tmp_path: Path) -> None:
    rows = (
        "Deal ID,Customer,Region,Stage,Amount,Value,Close date,Probability,Note,Fax,Twice,Twice\n"
        "1,Harbor,North,Won,5,6,2026-10-01,high,,1,a,b\n"
        "2,Harbor,South,Won,5,6,2026-10-01,low,,2,a,b\n"
    )
    lines = drafted(tmp_path, deals=rows)
    assert [line for line in lines if line.startswith("# not used: ")] == [
        "# not used: Region: rows of one account say different things",
        "# not used: Value: 'Amount' is read for amount",
        "# not used: Probability: not all cells are numbers, as probability must be",
        "# not used: Note: nothing stands there",
        "# not used: Fax: no field is known by such a heading",
        "# not used: Twice: more than one column has this heading",
    ]


def test_orders_whose_amount_is_not_known_are_no_usage(tmp_path: Path) -> None:
    rows = "".join(f"{n},Harbor,Crane,2026-10-01,Delivered,5\n" for n in (1, 2))
    lines = drafted(tmp_path, orders=f"Order no,Customer,Product,Order date,Status,Worth\n{rows}")
    assert "usage:" not in lines
    assert [line for line in lines if line.startswith(("# Left out", "# not used"))] == [
        "# Left out: orders.csv: no column is known as amount; add its heading to headings.yaml.",
        "# not used: Order no, Product, Order date: it is of deals, and no column is known as amount",
        "# not used: Status: not all its words are known as a status",
        "# not used: Worth: no field is known by such a heading",
    ]


def test_an_import_fills_the_settings_that_init_left_as_comments(tmp_path: Path) -> None:
    files, _, _ = EXPORTS["a CRM in Chinese, its deals beside churn and products"]
    folder, root, mapping = tmp_path / "export", tmp_path / "ws", tmp_path / "mine.yaml"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert run(tmp_path, "init", "ws", "--today", TODAY).returncode == 0
    comments = (root / "site_config/catalogue.yaml").read_text(encoding="utf-8")
    team = (root / "site_config/team.yaml").read_text(encoding="utf-8")
    draft = run(root, "import", "--suggest", str(folder), "--today", TODAY).stdout
    mapping.write_text(draft, encoding="utf-8")
    words = ("import", str(folder), "--mapping", str(mapping), "--today", TODAY)
    assert run(root, *words).returncode == 0
    filled = (root / "site_config/catalogue.yaml").read_text(encoding="utf-8")
    assert filled.startswith(f"{comments}\n# Industries, regions and offerings of the export")
    assert "industries:\n  off: true\n" in filled
    joined = (root / "site_config/team.yaml").read_text(encoding="utf-8")
    assert joined.startswith(team.partition("  # next-person")[0])
    assert (
        run(root, *words).stderr.splitlines()[-1].startswith("0 files new, 0 playbooks changed, ")
    )


def findings_but_completeness(root: Path) -> list[str]:
    """What the gate says beside what a plan still lacks."""
    done = run(root, "check", "--today", TODAY, "--output-format", "json-lines")
    findings = [json.loads(line) for line in done.stdout.splitlines()]
    rules = {rule.id for rule in load_settings(Workspace.at(root)).rules.rules}
    assert findings
    return [str(finding) for finding in findings if finding["rule"] not in rules]


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
