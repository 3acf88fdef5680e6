"""A changed export and playbooks with a person's words: the CRM's facts move, the words stay."""

from __future__ import annotations

import difflib
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.crm import write_files
from generator.read import Workspace
from tests.cli.test_commands import run
from tests.crm.test_import import HEAD, MAPPING, PRODUCTS, TEAMS, planned

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
    return [one for one in lines if one[:3] not in {"---", "+++", "@@ "}]


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
        "-      as_of: 2017-12-31",
        "+      as_of: 2018-12-31",
        "-    - {id: fair, crm: O3, amount: 55, stage: Engaging, grade: estimate, as_of: 2017-12-31, source: Maven CRM export (list price)}",
        "+    - {id: O4, offering: gtx-pro, amount: 4821, stage: Prospecting, crm: O4, grade: estimate, as_of: 2018-12-31, source: Maven CRM export (list price)}",
        "+    mg-special:",
    ]
    assert [str(one) for one in plan.problems] == []
    again = planned(root, tmp_path / "export", mapping)
    assert (again.new, again.changed, again.same) == ((), (), 1)
    assert again.problems == plan.problems
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
