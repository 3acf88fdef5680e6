"""The site's files for other programs: they fit their schema, pages link to them, settings rule."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import icalendar
import jsonschema
import pytest

from generator.assess import assess
from generator.audience.edition import edition_of
from generator.errors import BuildError
from generator.outputs.export.values import values_of
from generator.outputs.report.account import account_json
from generator.outputs.site import edition_site, whole_site
from generator.pages.tree import SiteTree
from generator.portfolio.attention import accounts_in_need
from generator.portfolio.sums import overview
from generator.read import Workspace
from generator.site.disk import make_folders
from generator.site.verify import verify
from tests.everything import TODAY, everything_workspace
from tests.outputs.export.test_export import PLAN
from tests.workspace import make_workspace

BROKEN = "schema: 1\naccount: [\n"
SITE = "name: Plans\ndescription: Ours.\ndownloads: false\napi: false\nfeed: 0\n"


def site(root: Path) -> SiteTree:
    return whole_site(assess(Workspace.at(root), TODAY), Workspace.at(root))


def files(tree: SiteTree) -> dict[str, bytes]:
    return {file.path: file.content for file in tree.files}


def documents(tree: SiteTree) -> dict[str, Any]:
    return {
        path: json.loads(content)
        for path, content in files(tree).items()
        if path.startswith("api/v2/")
    }


def page(tree: SiteTree, path: str) -> str:
    (target,) = (candidate for candidate in tree.pages if candidate.path == path)
    return "".join(target.fragments.values())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(
        tmp_path, {"playbooks/harbor.yaml": PLAN, "playbooks/broken.yaml": BROKEN}
    )


def faults(tree: SiteTree) -> list[str]:
    by_path = documents(tree)
    schema = by_path.pop("api/v2/schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    holds = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    assert len(by_path) > 2
    return [name for name, data in by_path.items() if not holds.is_valid(data)]


def test_every_document_fits_the_schema(root: Path, tmp_path: Path) -> None:
    assert faults(site(root)) == []
    whole = everything_workspace(tmp_path / "whole")
    assert faults(site(whole)) == []
    edition = edition_of(assess(Workspace.at(whole), TODAY), "internal")
    assert faults(edition_site(edition, "internal")) == []


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("accounts/harbor.json", {"kind": "accounts"}),
        ("accounts/harbor.json", {"version": 1}),
        ("accounts/harbor.json", {"figures": {"tier": {}}}),
        ("accounts/harbor.json", {"figures": {"tier": {"value": 1, "reasons": []}}}),
        ("accounts.json", {"accounts": [{"account": "harbor"}]}),
        ("portfolio.json", {"accounts": -1}),
        ("portfolio.json", {"as_of": 3}),
        ("portfolio.json", {"more": 1}),
    ],
)
def test_the_schema_refuses(root: Path, path: str, change: dict[str, Any]) -> None:
    by_path = documents(site(root))
    holds = jsonschema.Draft202012Validator(by_path["api/v2/schema.json"])
    assert holds.is_valid(by_path[f"api/v2/{path}"])
    assert not holds.is_valid({**by_path[f"api/v2/{path}"], **change})


def test_an_account_is_what_show_tells_less_the_reasons(root: Path) -> None:
    document = documents(site(root))["api/v2/accounts/harbor.json"]
    account = assess(Workspace.at(root), TODAY).account("harbor")
    assert account is not None
    shown = json.loads(account_json(account))
    assert document["account"] == shown["account"]
    assert document["findings"] == shown["findings"]
    assert document["figures"].keys() == shown["figures"].keys()
    for key, figure in document["figures"].items():
        nothing = dict.fromkeys(("low", "high", "unit", "confidence", "note"))
        reasons = ("reasons", "find_out_first", "rests_on_opinion")
        assert {**nothing, "missing": [], "waits_on": [], **figure} == {
            name: value for name, value in shown["figures"][key].items() if name not in reasons
        }


def test_the_portfolio_counts(root: Path) -> None:
    document = documents(site(root))["api/v2/portfolio.json"]
    assert (document["kind"], document["as_of"], document["accounts"]) == (
        "portfolio",
        TODAY.isoformat(),
        2,
    )
    assert document["by"]["status"] == {"": 1, "customer": 1}
    assert document["errors"] > 0
    portfolio = assess(Workspace.at(root), TODAY)
    assert document["values"] == json.loads(json.dumps(values_of(portfolio)))
    assert (
        document["values"]["sums"]["contribution"]["customers"]["counted"]
        == overview(portfolio).contribution.customers.counted
    )
    assert [entry["account"] for entry in document["values"]["attention"]] == [
        need.account.id for need in accounts_in_need(portfolio)
    ]
    (root / "playbooks/broken.yaml").unlink()
    edition = edition_of(assess(Workspace.at(root), TODAY), "account_team")
    untold = documents(edition_site(edition, "account_team"))["api/v2/portfolio.json"]
    assert (untold["errors"], untold["warnings"], untold["values"]) == (None, None, None)


def test_downloads_are_what_export_writes(root: Path) -> None:
    by_path = files(site(root))
    rows = list(csv.DictReader(io.StringIO(by_path["downloads/accounts.csv"].decode("utf-8-sig"))))
    assert [row["name"] for row in rows] == ["broken", "'=cmd|' /C calc'!A0"]
    assert by_path["downloads/accounts.xlsx"].startswith(b"PK")
    assert by_path["downloads/portfolio.sqlite"].startswith(b"SQLite format 3\0")
    calendars = {
        path.removeprefix("downloads/"): len(icalendar.Calendar.from_ical(content).events)
        for path, content in by_path.items()
        if path.endswith(".ics")
    }
    whole = calendars["calendar.ics"]
    assert whole > calendars["people/kim-larsen.ics"] > calendars["people/ana-ruiz.ics"] == 1
    assert calendars["accounts/harbor.ics"] == whole
    # nobody gets an empty calendar, which is none
    assert calendars.keys() == {
        "calendar.ics",
        "accounts/harbor.ics",
        "people/kim-larsen.ics",
        "people/ana-ruiz.ics",
    }


LINKS = (
    ("accounts/harbor.md", "../downloads/accounts/harbor.ics"),
    ("accounts/index.md", "../downloads/accounts.csv"),
    ("accounts/index.md", "../downloads/accounts.xlsx"),
    ("accounts/index.md", "../downloads/portfolio.sqlite"),
    ("portfolio/calendar.md", "../downloads/calendar.ics"),
    ("portfolio/calendar.md", "../downloads/people/kim-larsen.ics"),
    ("portfolio/people.md", "../downloads/people/ana-ruiz.ics"),
    ("api/about.md", "v2/portfolio.json"),
    ("api/about.md", "v2/schema.json"),
    ("api/about.md", "../downloads/accounts.csv"),
    ("api/about.md", "../feed.xml"),
    ("index.md", "feed.xml"),
)
"""By page of the site what it links to, where the site has it."""


def test_pages_link_to_what_there_is(root: Path) -> None:
    whole = site(root)
    assert [link for path, link in LINKS if f'href="{link}"' not in page(whole, path)] == []
    (root / "site_config/site.yaml").write_text(SITE, encoding="utf-8")
    bare = site(root)
    assert [link for path, link in LINKS if link in page(bare, path)] == []
    assert [
        file for file in files(bare) if file.startswith(("api/v2/", "downloads/", "feed"))
    ] == []


def test_a_link_costs_an_account_page_little(root: Path) -> None:
    with_link = len(page(site(root), "accounts/harbor.md"))
    (root / "site_config/site.yaml").write_text(SITE, encoding="utf-8")
    assert 0 < with_link - len(page(site(root), "accounts/harbor.md")) <= 150


@pytest.mark.parametrize("audience", ["public", "customer"])
def test_who_is_not_of_us_gets_no_files(root: Path, audience: Any) -> None:
    edition = edition_of(assess(Workspace.at(root), TODAY), audience, "harbor")
    assert all(file.startswith("assets/") for file in files(edition_site(edition, audience)))


def test_no_edition_has_a_feed(root: Path) -> None:
    (root / "playbooks/broken.yaml").unlink()
    edition = edition_of(assess(Workspace.at(root), TODAY), "account_team")
    by_path = files(edition_site(edition, "account_team"))
    assert "downloads/accounts.csv" in by_path
    assert "feed.xml" not in by_path
    assert "feed.xml" in files(site(root))


def test_a_site_without_one_of_them_is_not_published(root: Path, tmp_path: Path) -> None:
    made = (
        file for file in site(root).files if file.path.startswith(("api/v2/", "downloads/", "feed"))
    )
    tree = SiteTree(pages=(), files=tuple(made))
    staged = tmp_path / "staged"
    by_path = files(tree)
    make_folders(staged, by_path)
    for path, content in by_path.items():
        (staged / path).write_bytes(content)
    verify(staged, tree)
    (staged / "downloads/accounts/harbor.ics").unlink()
    with pytest.raises(BuildError, match=r"downloads/accounts/harbor\.ics is missing"):
        verify(staged, tree)
