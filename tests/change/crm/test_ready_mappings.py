"""Exports of Salesforce and HubSpot with the mappings that lie ready for them."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from generator.assess import assess
from generator.change.crm.mapping import load_mapping
from generator.change.crm.memory import memory_of
from generator.change.crm.plan import ImportPlan, plan_import
from generator.change.crm.tables import read_tables
from generator.change.edit.files import write_files
from generator.read import Workspace, read_playbooks
from generator.settings import load_settings
from tests.change.crm.test_sync import difference
from tests.workspace import DOLLARS

TODAY = datetime.date(2026, 11, 23)
SALESFORCE = {
    "Account.csv": """\
Id,Name,Type,Industry,BillingCountry,NumberOfEmployees,ParentId,OwnerId,Website,Fax
0015g00000AAAAAAA1,Harbor Group,Customer - Direct,Shipping,Denmark,12000,,0055g00000USER1AAA,harbor.example,
0015g00000BBBBBAA2,Harbor Logistics,Partner,Shipping,Denmark,600,0015g00000AAAAAAA1,0055g00000USER2AAA,https://hl.example/en,
""",
    "User.csv": "Id,Name\n0055g00000USER1AAA,Kim Larsen\n0055g00000USER2AAA,Ana Ruiz\n",
    "Opportunity.csv": """\
Id,AccountId,Name,StageName,Amount,Probability,CloseDate,Type,OwnerId
0065g00000OPP01AAA,0015g00000BBBBBAA2,Frame,Closed Won,120000.5,100,2025-03-31,New Customer,0055g00000USER2AAA
0065g00000OPP02AAA,0015g00000BBBBBAA2,Cranes,Closed Won,30000,100,2026-06-30,Existing Customer - Upgrade,0055g00000USER1AAA
0065g00000OPP03AAA,0015g00000BBBBBAA2,Spares,Closed Lost,5000,0,2026-06-30,Existing Customer - Replacement,0055g00000USER1AAA
0065g00000OPP04AAA,0015g00000BBBBBAA2,Retrofit,Negotiation/Review,80000,90,2027-01-31,Existing Customer - Upgrade,0055g00000USER1AAA
0065g00000OPP05AAA,0015g00000CCCCCAA3,Nobody's,Closed Won,7.25,100,2026-01-31,,0055g00000USER1AAA
""",
    "Contact.csv": """\
Id,AccountId,FirstName,LastName,Title,ReportsToId,OwnerId,Email
0035g00000CON01AAA,0015g00000BBBBBAA2,Birgit,Holt,Head of Purchasing,,0055g00000USER1AAA,b@x.example
0035g00000CON02AAA,0015g00000BBBBBAA2,Li,Wei,Buyer,0035g00000CON01AAA,0055g00000USER1AAA,l@x.example
0035g00000CON03AAA,0015g00000BBBBBAA2,Li,Wei,Engineer,0035g00000CON01AAA,0055g00000USER1AAA,w@x.example
0035g00000CON04AAA,,No,Body,,,,
""",
    "Case.csv": """\
Id,CaseNumber,AccountId,CreatedDate,ClosedDate,Priority,Subject
500A,00001026,0015g00000BBBBBAA2,2026-10-01T08:15:00.000+0000,2026-10-05T16:00:00.000+0000,High,Late
500B,00001031,0015g00000BBBBBAA2,2026-11-20T08:15:00.000+0000,,Medium,Later
500C,00000007,0015g00000BBBBBAA2,2019-10-01T08:15:00.000+0000,2019-10-05T16:00:00.000+0000,High,Old
500D,00001040,0015g00000BBBBBAA2,2026-11-21T08:15:00.000+0000,,Unheard of,What
""",
}
FACT = "grade: fact, as_of: 2026-11-23, source: Salesforce export"
HARBOR = f"""\
# yaml-language-server: $schema=../../site_config/playbook.schema.json
# $schema: ../../site_config/playbook.schema.json
# Imported from Salesforce export as of 2026-11-23.
schema: 1
account:
  name: Harbor Logistics
  status: customer
  industry: shipping
  region: denmark
  size: large
  parent: harbor-group
  owner: ana-ruiz
  website: "https://hl.example/en"
  crm: {{salesforce: "0015g00000BBBBB"}}
  tags: [imported]
summary: |
  Imported from the Salesforce export of 2026-11-23: 2 deals won worth 150,000.50 USD (last on 2026-06-30), 1 lost, 1 open.
  Costs, risks and the contract are still to be written.
economics:
  currency: USD
  development:
    win_probability:
      value: 0.6667
      grade: opinion
      as_of: 2026-11-23
      source: Salesforce export (deals won of those decided)
  revenue:
    - {{year: 2025, amount: 120000.5, {FACT}}}
    - {{year: 2026, amount: 30000, to: 2026-11-23, {FACT}}}
relationship:
  contacts:
    - {{id: birgit-holt, name: Birgit Holt, title: Head of Purchasing, owner: kim-larsen, public_official: unknown, source: Salesforce export, lawful_basis: legitimate interest, collected_on: 2026-11-23, review_by: 2027-11-23}}
    - {{id: li-wei, name: Li Wei, title: Buyer, reports_to: birgit-holt, owner: kim-larsen, public_official: unknown, source: Salesforce export, lawful_basis: legitimate interest, collected_on: 2026-11-23, review_by: 2027-11-23}}
    - {{id: li-wei-2, name: Li Wei, title: Engineer, reports_to: birgit-holt, owner: kim-larsen, public_official: unknown, source: Salesforce export, lawful_basis: legitimate interest, collected_on: 2026-11-23, review_by: 2027-11-23}}
opportunities:
  - {{id: "0065g00000OPP04", amount: 80000, stage: Negotiation/Review, probability: 0.9, close_on: 2027-01-31, crm: "0065g00000OPP04", grade: estimate, as_of: 2026-11-23, source: Salesforce export}}
outcomes:
  - {{date: 2025-03-31, kind: won, amount: 120000.5, {FACT}}}
  - {{date: 2026-06-30, kind: expanded, amount: 30000, {FACT}}}
  - {{date: 2026-06-30, kind: lost, amount: 5000, {FACT}}}
service:
  cases:
    - {{id: "00001026", opened: 2026-10-01, closed: 2026-10-05, severity: 2, {FACT}}}
    - {{id: "00001031", opened: 2026-11-20, severity: 3, {FACT}}}
"""


def planned(
    tmp_path: Path,
    repository: Path,
    system: str,
    files: dict[str, str],
    day: datetime.date = TODAY,
) -> ImportPlan:
    folder, root = tmp_path / "export", tmp_path / "ws"
    folder.mkdir(exist_ok=True)
    root.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    workspace = Workspace.at(root)
    mapping = repository / "generator" / "defaults" / "mappings" / f"{system}.yaml"
    how = load_mapping(mapping, workspace, today=day)
    own = [path.stem for path in (root / "site_config").glob("*.yaml")]
    documents = read_playbooks(workspace) if workspace.playbooks.is_dir() else ()
    tables = read_tables([folder], how)
    memory = memory_of(mapping, workspace)
    return plan_import(tables, how, load_settings(workspace), own, documents, memory)


def test_salesforce(tmp_path: Path, repository: Path) -> None:
    plan = planned(tmp_path, repository, "salesforce", SALESFORCE)
    assert plan.accounting == (
        "Account.csv: 2 rows, 2 used",
        "User.csv: 2 rows, 2 used",
        "Opportunity.csv: 5 rows, 4 used",
        "  1 skipped: unknown account '0015g00000CCCCC'",
        "Contact.csv: 4 rows, 3 used",
        "  1 skipped: no account",
        "Case.csv: 4 rows, 2 used",
        "  1 skipped: closed before 2025-11-23",
        "  1 skipped: unknown severity 'Unheard of'",
        "  1 field left out: unknown status 'Partner'",
        "won value: 150,007.75 USD in all, 150,000.50 placed, 7.25 not placed",
    )
    assert write_files(Workspace.at(tmp_path / "ws"), plan) == ()
    path = tmp_path / "ws" / "playbooks" / "salesforce" / "harbor-logistics.yaml"
    assert path.read_text(encoding="utf-8") == HARBOR
    group = path.with_name("harbor-group.yaml").read_text(encoding="utf-8")
    assert "  status: customer\n" in group
    assert '  website: "https://harbor.example"\n' in group
    (tmp_path / "ws/site_config/currencies.yaml").write_text(DOLLARS)
    portfolio = assess(Workspace.at(tmp_path / "ws"), TODAY)
    rules = {rule.id for rule in portfolio.settings.rules.rules}
    assert [str(finding) for finding in portfolio.findings if finding.rule not in rules] == []
    again = planned(tmp_path, repository, "salesforce", SALESFORCE)
    assert (again.new, again.changed, again.same) == ((), (), 2)


BY_HAND = """\
schema: 1
account:
  name: Harbor Logistics   # the port's
  status: customer
  size: large
  owner: ana-ruiz
  parent: harbor-group
  website: "https://hl.example/en"
  crm: {salesforce: 0015g00000BBBBBAA2}
summary: S
relationship:
  contacts:
    # met at the fair
    - id: bh
      name: birgit  holt   # sic
      title: "Purchasing"
      source: trade fair
    - {id: li-wei, name: Dr. Li Wei, title: Buyer, influence: 4}   # decides
    - {id: old, name: Old Hand, source: Salesforce export}
service:
  cases:
  - id: "00001026"   # the crane
    opened: 2026-10-01
    severity: 1
    grade: fact
    as_of: 2026-10-02
    source: Salesforce export
"""


def test_contacts_and_cases_are_brought_up_to_date(tmp_path: Path, repository: Path) -> None:
    path = tmp_path / "ws" / "playbooks" / "hl.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(BY_HAND, encoding="utf-8")
    plan = planned(tmp_path, repository, "salesforce", SALESFORCE)
    changed = next(file for file in plan.changed if file.path.endswith("hl.yaml"))
    assert difference(BY_HAND, changed.text) == [
        "+  industry: shipping",
        "+  region: denmark",
        "+economics:",
        "+  currency: USD",
        "+  development:",
        "+    win_probability:",
        "+      value: 0.6667",
        "+      grade: opinion",
        "+      as_of: 2026-11-23",
        "+      source: Salesforce export (deals won of those decided)",
        "+  revenue:",
        f"+    - {{year: 2025, amount: 120000.5, {FACT}}}",
        f"+    - {{year: 2026, amount: 30000, to: 2026-11-23, {FACT}}}",
        "+      owner: kim-larsen",
        "-    - {id: li-wei, name: Dr. Li Wei, title: Buyer, influence: 4}   # decides",
        "+    - {id: li-wei, name: Dr. Li Wei, title: Buyer, influence: 4, reports_to: bh, owner: kim-larsen}   # decides",
        "+    - {id: li-wei-2, name: Li Wei, title: Engineer, reports_to: bh, owner: kim-larsen, public_official: unknown, source: Salesforce export, lawful_basis: legitimate interest, collected_on: 2026-11-23, review_by: 2027-11-23}",
        "+opportunities:",
        '+  - {id: "0065g00000OPP04", amount: 80000, stage: Negotiation/Review, probability: 0.9, close_on: 2027-01-31, crm: "0065g00000OPP04", grade: estimate, as_of: 2026-11-23, source: Salesforce export}',
        "+outcomes:",
        f"+  - {{date: 2025-03-31, kind: won, amount: 120000.5, {FACT}}}",
        f"+  - {{date: 2026-06-30, kind: expanded, amount: 30000, {FACT}}}",
        f"+  - {{date: 2026-06-30, kind: lost, amount: 5000, {FACT}}}",
        "-    severity: 1",
        "+    closed: 2026-10-05",
        "+    severity: 2",
        "-    as_of: 2026-10-02",
        "+    as_of: 2026-11-23",
        '+  - id: "00001031"',
        "+    opened: 2026-11-20",
        "+    severity: 3",
        "+    grade: fact",
        "+    as_of: 2026-11-23",
        "+    source: Salesforce export",
    ]
    warnings = [line for line in map(str, plan.problems) if line.startswith("playbooks")]
    differs = "the playbook's stays. Correct one of them, or write 'relationship.contacts"
    crm = "(Salesforce export, 2026-11-23), the playbook"
    assert warnings == [
        f"playbooks/hl.yaml:28:13: warning: the CRM says 'Birgit Holt' {crm} 'birgit  holt' (trade fair); {differs}.name: crm' under wins in the mapping [crm-differs]",
        f"playbooks/hl.yaml:29:14: warning: the CRM says 'Head of Purchasing' {crm} 'Purchasing' (trade fair); {differs}.title: crm' under wins in the mapping [crm-differs]",
        f"playbooks/hl.yaml:32:26: warning: the CRM says 'Li Wei' {crm} 'Dr. Li Wei' (undated); {differs}.name: crm' under wins in the mapping [crm-differs]",
        "playbooks/hl.yaml:33:7: warning: contact 'old' is not in Salesforce export of 2026-11-23; write left_on, or delete it [crm-contact-gone]",
    ]


def test_what_is_over_keeps_its_day(tmp_path: Path, repository: Path) -> None:
    """A week later only the part year moves: what is said again, and what is over, stays."""
    first = planned(tmp_path, repository, "salesforce", SALESFORCE)
    assert write_files(Workspace.at(tmp_path / "ws"), first) == ()
    later = datetime.date(2026, 11, 30)
    plan = planned(tmp_path, repository, "salesforce", SALESFORCE, later)
    changed = next(file for file in plan.changed if file.path.endswith("harbor-logistics.yaml"))
    moved = [line for line in difference(HARBOR, changed.text) if line[0] == "+"]
    assert moved == [
        f"+    - {{year: 2026, amount: 30000, to: 2026-11-30, {FACT.replace('-23', '-30')}}}",
    ]


HUBSPOT = {
    "companies.csv": """\
Record ID,Company name,Industry,Country/Region,Number of Employees,Lifecycle Stage,Company owner,Website URL
101,东海港口,LOGISTICS_AND_SUPPLY_CHAIN,China,300,Customer,Kim Larsen,donghai.example
""",
    "deals.csv": """\
Record ID,Deal Name,Deal Stage,Deal Type,Amount,Close Date,Deal probability,Deal owner,Closed Lost Reason,Associated Company IDs (Primary)
9001,Renewal,Closed Lost,Renewal,"12,000",2026-09-30 16:00,0,Kim Larsen,Price,101
9002,Pilot,Contract Sent,New Business,"4,000.50",2026-12-15 09:00,0.9,Kim Larsen,,101
9003,First,Closed Won,New Business,"10,000",2025-09-30 16:00,1,Kim Larsen,,101
""",
    "contacts.csv": """\
Record ID,First Name,Last Name,Job Title,Buying Role,Contact owner,Associated Company IDs (Primary)
501,芳,王,采购经理,Decision Maker;Budget Holder;Muse,Kim Larsen,101
""",
}


def test_hubspot(tmp_path: Path, repository: Path) -> None:
    """Without tickets: what is optional may lack. A lost renewal is churn."""
    plan = planned(tmp_path, repository, "hubspot", HUBSPOT)
    assert plan.accounting == (
        "companies.csv: 1 rows, 1 used",
        "deals.csv: 3 rows, 3 used",
        "contacts.csv: 1 rows, 1 used",
        "  1 field left out: unknown role 'Muse'",
        "won value: 10,000 USD in all, 10,000 placed, 0 not placed",
    )
    text = plan.new[-1].text
    fact = FACT.replace("Salesforce", "HubSpot")
    assert (
        text[text.index("economics:") :]
        == f"""\
economics:
  currency: USD
  development:
    win_probability:
      value: 0.5
      grade: opinion
      as_of: 2026-11-23
      source: HubSpot export (deals won of those decided)
  revenue:
    - {{year: 2025, amount: 10000, {fact}}}
relationship:
  contacts:
    - {{id: fang-wang, name: 芳 王, title: 采购经理, roles: [decider, buyer], owner: kim-larsen, public_official: unknown, source: HubSpot export, lawful_basis: legitimate interest, collected_on: 2026-11-23, review_by: 2027-11-23}}
opportunities:
  - {{id: "9002", amount: 4000.5, stage: Contract Sent, probability: 0.9, close_on: 2026-12-15, crm: "9002", grade: estimate, as_of: 2026-11-23, source: HubSpot export}}
outcomes:
  - {{date: 2025-09-30, kind: won, amount: 10000, {fact}}}
  - {{date: 2026-09-30, kind: lost, amount: 12000, reason: Price, {fact}}}
"""
    )


@pytest.mark.parametrize("system", ["maven", "salesforce", "hubspot"])
def test_the_columns_that_a_mapping_reads_are_listed_in_it(repository: Path, system: str) -> None:
    path = repository / "generator" / "defaults" / "mappings" / f"{system}.yaml"
    how = load_mapping(path, Workspace.at(repository), today=TODAY)
    text = " ".join(line.lstrip("# ") for line in path.read_text(encoding="utf-8").splitlines())
    for _, column, _path in how.named_columns():
        assert text.count(column) > 1 or system == "maven"
