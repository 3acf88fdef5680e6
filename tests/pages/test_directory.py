"""The directory's page and data."""

from __future__ import annotations

import codecs
import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest

from generator.outputs.export.tables import safe_text
from generator.pages import directory
from generator.pages.directory import (
    COLUMNS,
    FACETS,
    LISTED,
    MORE_FACETS,
    directory_data,
    directory_files,
)
from generator.pages.engine import Engine
from generator.share import defaults_folder
from tests.conftest import REPOSITORY
from tests.pages.sites import TODAY, page_of, site_of, static


def rows(tmp_path: Path) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in directory_data(site_of(tmp_path))["accounts"]}


def fragment(tmp_path: Path, files: dict[str, str | bytes] | None = None) -> str:
    site = site_of(tmp_path) if files is None else site_of(tmp_path, files)
    return page_of(directory.PAGE, site).fragments["head"]


def test_a_row_has_what_the_table_shows_and_search_finds(tmp_path: Path) -> None:
    assert rows(tmp_path)["harbor"] == {
        "id": "harbor",
        "name": "Harbor Logistics",
        "aliases": ["HL", "Port & Co"],
        "status": "customer",
        "industry": "logistics",
        "region": "emea",
        "owner": "kim-larsen",
        "renewal": None,
        "plan": "thin",
        "tags": ["framework-contract"],
        "people": ["Birgit Holt", "Jan Maas"],
        "tier": None,
        "attention": "act",
        # after the file that cannot be read and one whose stake is not known
        "place": rows(tmp_path)["harbor"]["place"],
        "health": None,
        "health_word": None,
        "verdict": None,
        "next_step": None,
        "next_on": None,
        "deadline": None,
        "currency": "USD",
        "revenue": None,
        "revenue_reporting": None,
        "our_margin": None,
        "our_margin_reporting": None,
        "delivered_value": None,
        "delivered_value_reporting": None,
        "retained_profit": None,
        "retained_profit_reporting": None,
        # 50,000 x 0.02 x 0.5 ours, payment counts in the credit; 100,000 x 0.2 x 0.5 theirs
        "own_loss": 500,
        "own_loss_reporting": 450,
        "their_loss": 10_000,
        "their_loss_reporting": 9_000,
        # three facts of each that may be off by 0.15: 1 - sqrt(3 x 0.15^2)
        "confidence": {"own_loss": 0.74, "their_loss": 0.74},
        "rung": None,
        "completeness": rows(tmp_path)["harbor"]["completeness"],
        "reviewed": "2026-10-01",
        "errors": rows(tmp_path)["harbor"]["errors"],
    }


def test_a_file_that_cannot_be_read_stands_in_the_list(tmp_path: Path) -> None:
    row = rows(tmp_path)["broken"]
    assert (row["name"], row["status"], row["errors"]) == ("broken", None, 1)


def test_the_script_and_the_json_hold_the_same_data(tmp_path: Path) -> None:
    made = list(directory_files(site_of(tmp_path)))
    script = static(made, "assets/accounts.js")
    data = static(made, "accounts/accounts.json")
    assert script.startswith("window.ACCOUNTS={")
    assert script.endswith("};\n")
    assert json.loads(script.removeprefix("window.ACCOUNTS=").removesuffix(";\n")) == json.loads(
        data
    )


def test_the_script_and_the_files_take_the_same_signs_for_formulas() -> None:
    engine = Engine()
    scripts = {name: engine.asset(name) for name in engine.assets(".js")}
    guards = {
        name: re.findall(r"var FORMULA = /\^\[(.+)\]/;", script) for name, script in scripts.items()
    }
    ((signs,),) = (guard for guard in guards.values() if guard)
    guarded = {sign for sign in map(chr, range(0x10000)) if safe_text(sign) != sign}
    assert set(codecs.decode(signs.replace("\\-", "-"), "unicode_escape")) == guarded


def test_no_name_can_end_the_script(tmp_path: Path) -> None:
    assert "<" not in static(list(directory_files(site_of(tmp_path))), "assets/accounts.js")


def test_every_id_has_its_word(tmp_path: Path) -> None:
    data = directory_data(site_of(tmp_path))
    for row in data["accounts"]:
        for facet in (*FACETS, *MORE_FACETS):
            assert row[facet] is None or row[facet] in data["words"][facet]


def test_every_column_is_in_the_data(tmp_path: Path) -> None:
    row = rows(tmp_path)["harbor"]
    assert [key for key, _, _ in COLUMNS if key not in row] == []


def test_without_scripts_there_are_links_by_tier(tmp_path: Path) -> None:
    html = fragment(tmp_path)
    inside = html[html.index("<noscript>") : html.index("</noscript>")]
    assert '<li><a href="harbor.html">Harbor Logistics</a>' in inside
    assert "<h2>Tier not known</h2>" in inside
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;Sons&#34;" in inside


def test_with_many_accounts_a_sentence_stands_for_the_list(tmp_path: Path) -> None:
    playbook = "schema: 1\naccount: {name: A, status: former}\nsummary: x\n"
    html = fragment(tmp_path, {f"playbooks/a-{n}.yaml": playbook for n in range(LISTED + 1)})
    inside = html[html.index("<noscript>") : html.index("</noscript>")]
    assert f"The list of {LISTED + 1} accounts needs them too" in inside
    assert "<li>" not in inside


def test_an_empty_workspace_says_how_to_begin(tmp_path: Path) -> None:
    assert fragment(tmp_path, {}) == (
        "<p>There is no account yet. <code>playbook new ID</code> begins one.</p>"
    )


@pytest.mark.parametrize(
    ("end", "quarter", "words"),
    [
        ("2027-01-01", "2027-Q1", "to Q1 2027"),
        ("2027-03-31", "2027-Q1", "to Q1 2027"),
        ("2027-04-01", "2027-Q2", "to Q2 2027"),
        ("2026-12-31", "2026-Q4", "to Q4 2026"),
    ],
)
def test_the_quarter_in_which_the_contract_ends(
    tmp_path: Path, end: str, quarter: str, words: str
) -> None:
    plan = (
        f"schema: 1\nsummary: S\naccount: {{name: A, status: customer, contract: {{end: {end}}}}}\n"
    )
    data = directory_data(site_of(tmp_path, {"playbooks/a.yaml": plan}))
    assert data["accounts"][0]["renewal"] == quarter
    assert data["words"]["renewal"] == {quarter: words}


@pytest.mark.parametrize(
    ("month", "end", "quarter", "words"),
    [
        (4, "2027-03-31", "2026-Q4", "to Q4 2026/27"),
        (4, "2027-04-01", "2027-Q1", "to Q1 2027/28"),
        (10, "2027-03-31", "2026-Q2", "to Q2 2026/27"),
        (10, "2027-10-01", "2027-Q1", "to Q1 2027/28"),
    ],
)
def test_quarters_are_those_of_the_firm(
    tmp_path: Path, month: int, end: str, quarter: str, words: str
) -> None:
    plan = (
        f"schema: 1\nsummary: S\naccount: {{name: A, status: customer, contract: {{end: {end}}}}}\n"
    )
    files = {"playbooks/a.yaml": plan, "site_config/site.yaml": site_starting(month)}
    data = directory_data(site_of(tmp_path, files))
    assert data["accounts"][0]["renewal"] == quarter
    assert data["words"]["renewal"] == {quarter: words}


def site_starting(month: int) -> str:
    """The shipped site.yaml of a firm whose years begin with a month."""
    shipped = (defaults_folder() / "site.yaml").read_text("utf-8")
    return shipped.replace("year_starts: 1\n", f"year_starts: {month}\n")


@pytest.mark.parametrize(
    ("days", "plan"), [(0, "fresh"), (90, "fresh"), (91, "stale"), (1000, "stale"), (None, None)]
)
def test_a_plan_that_nobody_went_through(tmp_path: Path, days: int | None, plan: str) -> None:
    text = (REPOSITORY / "playbooks/emea/brandner-papier.yaml").read_text("utf-8")
    reviewed = "" if days is None else f"  reviewed: {TODAY - datetime.timedelta(days=days)}\n"
    assert "  reviewed: 2026-11-11\n" in text
    text = text.replace("  reviewed: 2026-11-11\n", reviewed)
    data = directory_data(site_of(tmp_path, {"playbooks/a.yaml": text}))
    assert data["review_days"] == 90
    assert data["accounts"][0]["plan"] == plan


def test_a_plan_that_was_only_begun(tmp_path: Path) -> None:
    text = "schema: 1\nsummary: S\naccount: {name: A, status: customer, reviewed: 2026-11-20}\n"
    assert directory_data(site_of(tmp_path, {"playbooks/a.yaml": text}))["accounts"][0]["plan"] == (
        "thin"
    )


PLAN = """\
schema: 1
summary: S
account: {{name: A, status: customer, {account}}}
actions: [{actions}]
"""
LATE = "{id: late, what: Call them, due: 2026-11-20}"
DONE = "{id: done, what: Write to them, due: 2026-11-10, done_on: 2026-11-09}"
SOON = "{id: soon, due: 2026-12-05}"


@pytest.mark.parametrize(
    ("account", "actions", "step", "day"),
    [
        ("next: {date: 2026-12-01, what: Review}", (DONE, SOON), "Review", "2026-12-01"),
        # what is late is done first, an action without words has its id
        ("next: {date: 2026-12-01, what: Review}", (LATE, SOON), "Call them", "2026-11-20"),
        ("next: {date: 2026-12-09, what: Review}", (SOON,), "soon", "2026-12-05"),
        # a meeting that is over is no next step
        ("next: {date: 2026-11-01, what: Review}", (DONE,), None, None),
    ],
)
def test_the_next_step(
    tmp_path: Path, account: str, actions: tuple[str, ...], step: str | None, day: str | None
) -> None:
    text = PLAN.format(account=account, actions=", ".join(actions))
    row = directory_data(site_of(tmp_path, {"playbooks/a.yaml": text}))["accounts"][0]
    assert (row["next_step"], row["next_on"]) == (step, day)


def test_views_have_an_address_and_name_no_account(tmp_path: Path) -> None:
    """Which of them some account is in the script counts."""
    html = fragment(tmp_path, {"playbooks/b.yaml": PLAN.format(account="owner: x", actions="")})
    assert re.findall(r'<span data-view hidden><a href="#([^"]*)">([^<]*)</a>', html) == [
        ("attention=act", "Needs action"),
        ("health_word=critical,at_risk", "At risk"),
        ("renewal=2026-Q4", "Renewals this quarter"),
        ("plan=thin", "No plan yet"),
    ]
