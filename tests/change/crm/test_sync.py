"""A changed export and playbooks with a person's words: the CRM's facts move, the words stay."""

from __future__ import annotations

import difflib
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.change.edit.files import write_files
from generator.read import Workspace
from tests.change.crm.test_import import HEAD, MAPPING, PRODUCTS, TEAMS, planned
from tests.workspace import make_workspace

ACCOUNTS = """\
account,sector,revenue,employees,office_location,subsidiary_of
Harbor Co,medical,1.1,60,Japan,
"""
PIPELINE = HEAD + (
    "O1,Ann Lee,GTX Pro,Harbor Co,Won,2016-10-20,2017-03-01,4500.50\n"
    "O2,Bob Ray,MG Special,Harbor Co,Lost,2016-10-20,2017-04-02,0\n"
    "O3,Ann Lee,MG Special,Harbor Co,Engaging,2017-10-20,,\n"
)
# A year on: O3 is won, O4 is new, the sector was corrected, they are more
LATER_ACCOUNTS = ACCOUNTS.replace("medical", "marine").replace(",60,", ",6000,")
LATER_PIPELINE = PIPELINE.replace(
    "O3,Ann Lee,MG Special,Harbor Co,Engaging,2017-10-20,,",
    "O3,Ann Lee,MG Special,Harbor Co,Won,2017-10-20,2018-02-01,60",
) + ("O4,Ann Lee,GTX Pro,Harbor Co,Prospecting,2018-10-20,,\n")

BY_HAND = """\
# yaml-language-server: $schema=../../site_config/playbook.schema.json
# Ours since the fair; ask Ann before you ring
schema: 1
account:
    name:   'Harbor Co'   # as on the contract
    status: customer
    industry: "medical"
    region: japan
    size: medium # 60 people

    # who sits where: see the drive
    owner: bob-ray
    crm: {maven: Harbor Co, erp: "0071"}
summary: >-
    海港公司。
    Written by hand: stays.
economics:
    evidence: {grade: estimate, as_of: 2017-06-30, source: lunch with their buyer}
    currency: USD
    retention: 0.85   # a guess, 85 %
    development: {win_probability: 0.4} # Bob's number
    revenue:
    - {year: 2015, amount: 800, source: old books}
    # below: from the CRM
    - year: 2017
      amount: 4500.50    # checked
      grade: fact
      as_of: 2017-12-31
      source: Maven CRM export
opportunities:
    - {id: fair, crm: O3, amount: 55, stage: Engaging, grade: estimate, as_of: 2017-12-31, source: Maven CRM export (list price)}
    - {id: own, amount: 700, stage: a talk} # not in the CRM
offerings:
    gtx-pro: {status: ours, potential: 6000, revenue: 4500.5}
risk: {customer: []}   # looked, none
"""


CRM = "(Maven CRM export, 2018-12-31)"


def kept(field: str, theirs: str, ours: str) -> str:
    return (
        f"the CRM says '{theirs}' {CRM}, the playbook {ours}; the playbook's stays. Correct one of"
        f" them, or write '{field}: crm' under wins in the mapping [crm-differs]"
    )


SAID = [
    kept("account.industry", "marine", "'medical' (undated)"),
    f"the CRM's 'enterprise' {CRM} took the place of 'medium' (undated) [crm-replaced]",
    kept("account.owner", "ann-lee", "'bob-ray' (undated)"),
    # 2 won, 1 lost
    kept(
        "economics.development.win_probability",
        "0.6667",
        "'0.4' (lunch with their buyer, 2017-06-30)",
    ),
    kept("offerings.status", "open", "'ours' (undated)"),
    kept("offerings.potential", "4821", "'6000' (undated)"),
    kept("offerings.revenue", "0", "'4500.5' (undated)"),
]


@pytest.fixture
def export(tmp_path: Path) -> Callable[[str, str], Path]:
    def write(accounts: str, pipeline: str) -> Path:
        folder = tmp_path / "export"
        folder.mkdir(exist_ok=True)
        for name, text in (
            ("accounts", accounts),
            ("products", PRODUCTS),
            ("sales_teams", TEAMS),
            ("sales_pipeline", pipeline),
        ):
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        return folder

    return write


def mapping_of(tmp_path: Path, repository: Path, *changes: tuple[str, str]) -> Path:
    text = (repository / MAPPING).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "mapping.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def playbook_in(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "ws" / "playbooks" / "hand.yaml"
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode())
    return path


def difference(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:3] not in {"---", "+++", "@@ "}]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "BOM"])
def test_only_mapped_values_differ(
    tmp_path: Path, export: Callable[[str, str], Path], repository: Path, line_end: str, mark: str
) -> None:
    root = tmp_path / "ws"
    path = playbook_in(tmp_path, mark + BY_HAND.replace("\n", line_end))
    path.chmod(0o640)
    mapping = mapping_of(tmp_path, repository, ("2017-12-31", "2018-12-31"))
    plan = planned(root, export(LATER_ACCOUNTS, LATER_PIPELINE), mapping)
    assert write_files(Workspace.at(root), plan) == ()
    raw = path.read_bytes().decode()
    assert raw.startswith(mark + "# yaml-language")
    assert raw.count("\n") == raw.count(line_end)
    after = raw.removeprefix(mark).replace("\r\n", "\n")
    # Won by 2018-12-31: O1 and O3, lost O2: 2 of 3. In 2018 60 of MG Special were won; of GTX Pro
    # nothing within a year, and O4 is open at its list price of 4821.
    assert difference(BY_HAND, after) == [
        "-    size: medium # 60 people",
        "+    size: enterprise # 60 people",
        "+    - year: 2018",
        "+      amount: 60",
        "+      grade: fact",
        "+      as_of: 2018-12-31",
        "+      source: Maven CRM export",
        "-    - {id: fair, crm: O3, amount: 55, stage: Engaging, grade: estimate, as_of: 2017-12-31, source: Maven CRM export (list price)}",
        "+    - {id: O4, offering: gtx-pro, amount: 4821, stage: Prospecting, crm: O4, grade: estimate, as_of: 2018-12-31, source: Maven CRM export (list price)}",
        "+    mg-special:",
        "+      status: ours",
        "+      potential: 60",
        "+      revenue: 60",
        "+      grade: estimate",
        "+      as_of: 2018-12-31",
        "+      source: Maven CRM export (won in the last 12 months and open)",
    ]
    assert [str(problem).partition(": warning: ")[2] for problem in plan.problems] == SAID
    again = planned(root, tmp_path / "export", mapping)
    assert (again.new, again.changed, again.same) == ((), (), 1)
    # what the CRM took over is the CRM's now; who keeps another value is told again
    assert [str(problem).partition(": warning: ")[2] for problem in again.problems] == [
        message for message in SAID if "crm-replaced" not in message
    ]
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.practice_data
def test_a_real_export_changed_and_brought_in_again(
    tmp_path: Path, repository: Path, practice_data: Path
) -> None:
    """The practice data: two amounts and a name in the export change, two lines of playbooks do."""
    folder = tmp_path / "export"
    shutil.copytree(practice_data, folder)
    root, mapping = tmp_path / "ws", repository / MAPPING
    first = planned(root, folder, mapping)
    assert len(first.new) == 87  # with a catalogue and a team
    assert write_files(Workspace.at(root), first) == ()
    path = root / "playbooks" / "maven" / "acme-corporation.yaml"
    by_hand = path.read_text(encoding="utf-8").replace(
        "schema: 1\n", "schema: 1   # ours\n# Ask Kim first\n"
    )
    path.write_text(by_hand, encoding="utf-8")
    before = {file: file.read_bytes() for file in (root / "playbooks").rglob("*.yaml")}
    pipeline = folder / "sales_pipeline.csv"
    rows = pipeline.read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(
        index for index, row in enumerate(rows) if ",Acme Corporation,Won," in row and "2017" in row
    )
    amount = rows[place].strip().rpartition(",")[2]
    rows[place] = rows[place].replace(f",{amount}", f",{int(amount) + 1000}")
    pipeline.write_text("".join(rows), encoding="utf-8")
    again = planned(root, folder, mapping)
    assert (again.new, len(again.changed), again.same) == ((), 1, 84)
    assert write_files(Workspace.at(root), again) == ()
    changed = [file for file, raw in before.items() if file.read_bytes() != raw]
    assert changed == [path]
    changed_lines = difference(by_hand, path.read_text(encoding="utf-8"))
    evidence = "grade: fact, as_of: 2017-12-31, source: Maven CRM export}"
    assert changed_lines == [
        f"-    - {{year: 2017, amount: 101744, {evidence}",
        f"+    - {{year: 2017, amount: 102744, {evidence}",
        "-    potential: 2818",
        "-    revenue: 2268",
        "+    potential: 3818",
        "+    revenue: 3268",
    ]
    once_more = planned(root, folder, mapping)
    assert (once_more.new, once_more.changed, once_more.same) == ((), (), 85)


def test_killed_half_way_and_finished_by_the_next_run(tmp_path: Path, repository: Path) -> None:
    """Every file is whole at any moment, with the old text or the new one."""
    root, folder = tmp_path / "ws", tmp_path / "export"
    folder.mkdir(parents=True)
    count = 12
    heads = ACCOUNTS.splitlines(keepends=True)[0]
    for name, text in (
        (
            "accounts",
            heads + "".join(f"Firm {number},medical,1.1,60,Japan,\n" for number in range(count)),
        ),
        ("products", PRODUCTS),
        ("sales_teams", TEAMS),
        ("sales_pipeline", HEAD),
    ):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    mapping = repository / MAPPING
    assert write_files(Workspace.at(make_workspace(root)), planned(root, folder, mapping)) == ()
    accounts = folder / "accounts.csv"
    accounts.write_text(accounts.read_text().replace(",60,", ",6000,"), encoding="utf-8")
    files = sorted((root / "playbooks").rglob("*.yaml"))
    small = {path: path.read_text() for path in files}
    words = [sys.executable, "-c", KILLED, str(root), str(folder), str(mapping)]
    for writes in (0, 5, 11):
        ended = subprocess.run([*words, str(writes)], cwd=repository, check=False)
        assert ended.returncode == -signal.SIGKILL
        states = [path.read_text() for path in files]
        now = sum(text != small[path] for path, text in zip(files, states, strict=True))
        assert now >= writes
        assert all(
            text in (small[path], small[path].replace("size: medium", "size: enterprise"))
            for path, text in zip(files, states, strict=True)
        )
        for path, text in small.items():
            path.write_text(text)
    subprocess.run([*words, "5"], cwd=repository, check=False)
    rest = planned(root, folder, mapping)
    assert (len(rest.changed), rest.same) == (count - 5, 5)
    assert write_files(Workspace.at(root), rest) == ()
    assert list((root / "playbooks").rglob(".*")) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from generator.change.edit.files import write_files
from generator.read import Workspace
from tests.change.crm.test_import import planned
root, folder, mapping, writes = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
left = writes
whole = Path.replace
def replace(self, target):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    return whole(self, target)
plan = planned(root, folder, mapping)
Path.replace = replace
write_files(Workspace.at(root), plan)
"""
