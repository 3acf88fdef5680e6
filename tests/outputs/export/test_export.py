"""The portfolio for other programs: whole tables, hostile text, the same bytes each time."""

from __future__ import annotations

import csv
import datetime
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import icalendar
import openpyxl
import pytest

from generator.assess import assess
from generator.language import language_from, speaking
from generator.outputs.export import FORMATS, Format
from generator.outputs.export.calendar import calendar_of
from generator.outputs.export.tables import LONGEST, TABLES, safe_text
from generator.pages.engine import Engine
from generator.pages.site import Site
from generator.read import Workspace
from tests.conftest import REPOSITORY
from tests.history import History
from tests.pages.sites import FILES
from tests.program import call, run
from tests.workspace import make_workspace

DAY = "2026-11-23"
PLAN = """\
schema: 1
account:
  name: "=cmd|' /C calc'!A0"
  status: customer
  industry: logistics
  region: emea
  owner: kim-larsen
  reviewed: 2026-10-01
  contract: {start: 2026-01-01, end: 2027-12-31, notice_by: 2027-06-30}
  next: {date: 2026-12-03, what: "Review, with; commas\\nand lines", prepared_by: ana-ruiz}
summary: A sample.
relationship:
  contacts:
    - {id: li-na, name: 李娜, roles: [decider, user], influence: 5, sentiment: -1}
actions:
  - {id: call, what: "+49 call them", owner: kim-larsen, due: 2026-12-10}
"""


def export(root: Path, *words: str) -> bytes:
    target = root / "out"
    done = run(root, "export", "--today", DAY, "--output", str(target), *words)
    assert done.returncode == 0, done.stderr
    return target.read_bytes()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path, {"playbooks/harbor.yaml": PLAN})


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        *((f"{sign}1", f"'{sign}1") for sign in "=+-@\t\r\0＝＋－＠"),
        ("", ""),
        ("a=1", "a=1"),
        ("'=1", "'=1"),
        (" =1", " =1"),
        ("李娜", "李娜"),
        ("x" * LONGEST, "x" * LONGEST),
        ("x" * (LONGEST + 1), "x" * (LONGEST - 1) + "…"),
    ],
)
def test_a_cell_is_text(text: str, cell: str) -> None:
    assert safe_text(text) == cell


def test_a_whole_csv(root: Path) -> None:
    made = export(root, "--format", "csv", "--table", "actions").decode("utf-8")
    assert made == (
        "\ufeffaccount,id,what,owner,due,done_on,objective,risk\r\n"
        "harbor,call,'+49 call them,kim-larsen,2026-12-10,,,\r\n"
    )
    contacts = export(root, "--format", "csv", "--table", "contacts").decode("utf-8")
    assert contacts.splitlines()[1] == 'harbor,li-na,李娜,,,"decider, user",5,-1,,'


def test_accounts_as_csv(root: Path) -> None:
    made = export(root, "--format", "csv").decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(made))
    assert row["account"] == "harbor"
    assert row["name"] == "'=cmd|' /C calc'!A0"
    assert (row["reviewed"], row["contract_end"], row["notice_by"]) == (
        "2026-10-01",
        "2027-12-31",
        "2027-06-30",
    )
    assert row["delivered_value"] == ""
    assert int(row["errors"]) > 0


def test_every_table_can_be_asked_for(root: Path) -> None:
    for table in TABLES:
        assert export(root, "--format", "csv", "--table", table).startswith(b"\xef\xbb\xbfaccount,")


@pytest.mark.parametrize(
    "format_",
    [format_ for format_ in FORMATS if not format_.tells_of_all],
    ids=[format_.name for format_ in FORMATS if not format_.tells_of_all],
)
def test_a_format_is_narrowed_by_what_it_says(root: Path, format_: Format) -> None:
    whole = export(root, "--format", format_.name)
    for option, word in (("table", "actions"), ("owner", "ana-ruiz")):
        narrowed = export(root, "--format", format_.name, f"--{option}", word)
        assert (option, narrowed != whole) == (option, format_.narrowed_by == option)


def test_a_workbook_holds_text_as_text(root: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export(root, "--format", "xlsx")))
    assert tuple(book.sheetnames) == TABLES
    sheet = book["accounts"]
    head = [cell.value for cell in sheet[1]]
    cells = dict(zip(head, sheet[2], strict=True))
    assert cells["name"].value == "=cmd|' /C calc'!A0"
    assert cells["name"].data_type == "s"
    assert str(cells["reviewed"].value) == "2026-10-01 00:00:00"
    assert cells["errors"].data_type == "n"
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:AG2"


def test_a_database_adds_up_as_the_plans_do() -> None:
    words = ("--today", DAY, "export", "--format", "sqlite")
    done = call(REPOSITORY, words)
    assert done.returncode == 0, done.stderr
    base = sqlite3.connect(":memory:")
    base.deserialize(done.stdout)
    (accounts,) = base.execute("SELECT count(*) FROM accounts").fetchone()
    assert accounts == len(list((REPOSITORY / "playbooks").rglob("*.yaml")))
    joined = base.execute(
        "SELECT count(*) FROM accounts a JOIN figures f ON f.account = a.account"
        " WHERE f.figure = 'selection.retained_profit' AND f.number IS a.retained_profit"
    ).fetchone()
    assert joined == (accounts,)
    assert base.execute("SELECT as_of FROM made").fetchall() == [(DAY,)]
    assert base.execute("SELECT count(*) FROM findings").fetchone() == (0,)


def test_json_is_the_same_tables(root: Path) -> None:
    made = json.loads(export(root, "--format", "json"))
    assert list(made) == ["version", "as_of", *TABLES, "values"]
    assert made["actions"] == [
        {
            "account": "harbor",
            "id": "call",
            "what": "+49 call them",
            "owner": "kim-larsen",
            "due": "2026-12-10",
            "done_on": None,
            "objective": None,
            "risk": None,
        }
    ]
    numbers = {figure["figure"]: figure for figure in made["figures"]}
    assert numbers["completeness"]["number"] is not None
    assert numbers["selection.retained_profit"]["missing"]


def events(raw: bytes) -> dict[str, tuple[str, datetime.date, str]]:
    calendar = icalendar.Calendar.from_ical(raw)
    return {
        str(event["summary"]): (
            str(event["uid"]),
            event.decoded("dtstart"),
            str(event["description"]),
        )
        for event in calendar.walk("VEVENT")
    }


def test_a_calendar_of_the_account_and_of_one_of_us(root: Path) -> None:
    of_all = events(export(root, "--format", "ics"))
    name = "=cmd|' /C calc'!A0"
    call = f"{name}: +49 call them"
    assert of_all[call][1:] == (datetime.date(2026, 12, 10), "Action. Kim Larsen")
    assert of_all[f"{name}: Last day to give notice"][1] == datetime.date(2027, 6, 30)
    assert f"{name}: Review, with; commas\nand lines" in of_all
    of_ana = events(export(root, "--format", "ics", "--owner", "ana-ruiz"))
    assert list(of_ana) == [f"{name}: Review, with; commas\nand lines"]
    moved = PLAN.replace("2026-12-10", "2026-12-17")
    (root / "playbooks/harbor.yaml").write_text(moved, encoding="utf-8")
    again = events(export(root, "--format", "ics"))
    assert again[call][:2] == (of_all[call][0], datetime.date(2026, 12, 17))


def alarms(raw: bytes) -> dict[str, list[tuple[str, datetime.timedelta]]]:
    """By what an event is called, the words of its alarms and when they ring from its midnight."""
    return {
        str(event["summary"]): [
            (str(alarm["description"]), alarm.decoded("trigger"))
            for alarm in event.walk("VALARM")
            if str(alarm["action"]) == "DISPLAY"
        ]
        for event in icalendar.Calendar.from_ical(raw).walk("VEVENT")
    }


def test_calendars_ring_at_nine_some_days_before(root: Path) -> None:
    """Of a whole day: one day before at nine is fifteen hours before its midnight."""
    shipped = export(root, "--format", "ics")
    notice, call = (
        "=cmd|' /C calc'!A0: Last day to give notice",
        "=cmd|' /C calc'!A0: +49 call them",
    )
    nine = datetime.timedelta(hours=9)
    before = [nine - datetime.timedelta(days=days) for days in (30, 7, 1)]
    assert alarms(shipped)[notice] == [(notice, trigger) for trigger in before]
    assert alarms(shipped)[call] == [(call, -datetime.timedelta(hours=15))]
    assert b"TRIGGER:-PT15H\r\n" in shipped
    assert export(root, "--format", "ics") == shipped
    site = "name: Plans\ndescription: Ours.\nlanguage: en\nattention: 8\n"
    others = "alarms: []\ncontract_alarms: [0, 2, 2]\n"
    (root / "site_config/site.yaml").write_text(site + others, encoding="utf-8")
    other = alarms(export(root, "--format", "ics"))
    assert other[call] == []
    assert [trigger for _, trigger in other[notice]] == [nine - datetime.timedelta(days=2), nine]


def test_a_calendar_speaks_the_language_of_the_site(root: Path) -> None:
    translations = {
        "action": "行动",
        "Last day to give notice": "发出解约通知的最后一天",
        "{account}: {what}": "{account}：{what}",
        "{kind}. {who}": "{kind}，{who}",
    }
    po = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    po += "".join(
        f'msgid "{original}"\nmsgstr "{translated}"\n\n'
        for original, translated in translations.items()
    )
    (root / "site_config/zh.po").write_text(po, encoding="utf-8")
    english = export(root, "--format", "ics")
    site = "name: Plans\ndescription: Ours.\nlanguage: zh\nattention: 8\n"
    (root / "site_config/site.yaml").write_text(site, encoding="utf-8")
    chinese = export(root, "--format", "ics")
    assert b"PRODID:-//account-playbooks//EN" in english
    assert b"PRODID:-//account-playbooks//ZH" in chinese
    name = "=cmd|' /C calc'!A0"
    assert events(english)[f"{name}: +49 call them"][2] == "Action. Kim Larsen"
    assert events(chinese)[f"{name}：+49 call them"][2] == "行动，Kim Larsen"
    assert f"{name}：发出解约通知的最后一天" in events(chinese)
    assert len(events(chinese)) == len(events(english))


def test_each_module_of_a_format_is_named() -> None:
    folder = REPOSITORY / "generator/outputs/export"
    writers = {
        path.stem for path in folder.glob("*.py") if "\ndef write(" in path.read_text("utf-8")
    }
    assert writers == {format_.module for format_ in FORMATS}


ALL_FORMATS = tuple(format_.name for format_ in FORMATS)
EXPORTS = """
import sys
from generator.cli import playbook
for name in sys.argv[2:]:
    words = ["export", "--today", "2026-11-23", "--format", name, "--output", f"{sys.argv[1]}.{name}"]
    playbook.main(words, standalone_mode=False)
"""


def test_the_same_bytes_each_time(tmp_path: Path) -> None:
    """From two processes, whose hashes and clocks differ."""
    plans = History(tmp_path / "plans")
    plans.commit(FILES)
    plans.commit({"playbooks/port.yaml": PLAN})
    made = []
    for seed, zone in (("1", "UTC"), ("77", "Asia/Shanghai")):
        subprocess.run(
            [sys.executable, "-c", EXPORTS, str(tmp_path / seed), *ALL_FORMATS],
            cwd=plans.folder,
            check=True,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONHASHSEED": seed, "TZ": zone},
        )
        made.append({name: (tmp_path / f"{seed}.{name}").read_bytes() for name in ALL_FORMATS})
    assert [name for name in ALL_FORMATS if made[0][name] != made[1][name]] == []
    assert [name for name in ALL_FORMATS if len(made[0][name]) < 500] == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--account", "harbour"], "there is no account 'harbour'; did you mean 'harbor'?"),
        (["--owner", "kim-larson"], "nobody of us has the id 'kim-larson'; did you mean"),
        (["--output", "playbooks/harbor.yaml"], "lies among your plans and settings"),
        (["--output", "nowhere/x.csv"], "cannot write nowhere/x.csv: No such file or directory"),
        (["--audience", "customer"], "needs --account"),
    ],
)
def test_what_cannot_be_is_one_sentence(root: Path, words: list[str], message: str) -> None:
    done = run(root, "export", "--today", DAY, "--format", "csv", *words)
    assert done.returncode == 2
    assert message in done.stderr
    assert (root / "playbooks/harbor.yaml").read_text(encoding="utf-8") == PLAN


def test_an_audience_gets_only_what_it_may_see(root: Path) -> None:
    made = export(root, "--format", "json", "--audience", "internal")
    assert b"li-na" not in made or b'"sentiment": -1' not in made
    tables = json.loads(made)
    assert tables["findings"] == []
    outside = export(root, "--format", "json", "--audience", "customer", "--account", "harbor")
    assert "李娜".encode() not in outside
    assert json.loads(outside)["accounts"][0]["account"] == "harbor"


def test_an_event_is_the_same_in_either_language(root: Path) -> None:
    """Its words, and those of its three alarms, are in the language that is spoken; its uid not."""
    site = Site(portfolio=assess(Workspace.at(root), datetime.date(2026, 11, 23)), engine=Engine())
    english = calendar_of(site).decode().replace("\r\n ", "")
    po = 'msgid "Last day to give notice"\nmsgstr "解约通知截止日"\n'
    with speaking(language_from("zh", po.encode())):
        chinese = calendar_of(site).decode().replace("\r\n ", "")
    assert (english.count("Last day to give notice"), english.count("解约通知截止日")) == (4, 0)
    assert (chinese.count("Last day to give notice"), chinese.count("解约通知截止日")) == (0, 4)
    uids = [re.findall("^UID:(.*?)\r?$", text, re.MULTILINE) for text in (english, chinese)]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == len(uids[0]) > 3
