"""What the search at the top of each page knows of the pages, and whose library searches it."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from generator.assess import assess
from generator.audience.edition import edition_of
from generator.pages import render, search_index
from generator.pages.edition import render_edition
from generator.pages.links import page_href
from generator.pages.page import SkeletonSection, page_markdown
from generator.pages.search_index import INDEX, LIBRARY, Depth, passages, prose
from generator.pages.tree import Page, SiteTree
from generator.read import Workspace
from generator.share import templates_folder
from tests.pages.sites import FILES, HARBOR, TODAY
from tests.workspace import make_workspace

# Version 7.2.0 of the package `minisearch` as npm has it, whose archive has the integrity
# sha512-dqT2XBYUOZOiC5t2HRnwADjhNS2cecp9u+TJRiJ1Qp/f5qjkeT5APcGPjHw+bz89Ms8Jp+cG4AlE+QZ/QnDglg==
VENDORED = {
    "minisearch/LICENSE.txt": "70d37354d6395629fb99edb28cb37a5d356ffa24a48cd02a5def5b83a300a899",
    "minisearch/index.js": "03c27931eb603af1d3358579e9885eafdb6a2f5fa9929557b3e77d7e99d06d03",
}


def test_the_library_is_the_one_that_was_looked_at() -> None:
    folder = templates_folder() / "vendor"
    assert {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    } == VENDORED


def made(folder: Path, files: dict[str, str | bytes]) -> SiteTree:
    return render(assess(Workspace.at(make_workspace(folder, files)), TODAY))


def index_of(tree: SiteTree) -> dict[str, Any]:
    (file,) = (file for file in tree.files if file.path == INDEX)
    text = file.content.decode().removeprefix("window.SEARCH_INDEX=").removesuffix(";\n")
    index: dict[str, Any] = json.loads(text)
    return index


TITLE = ("", "", "Ports of A & B. It says <all>.")
READ = (
    ("<p>One <b>wo</b>rd, an&#39;d another</p><p>line</p>", [("risk", "Risk", "One word, an'd another line")]),
    ('<h3 id="a">Heads <code>a.b</code></h3><p>below', [("risk", "Risk", ""), ("a", "Heads", "a.b below")]),
    ('<section id="b"><h4>Inner</h4>x</section>', [("risk", "Risk", ""), ("b", "Inner", "x")]),
    ("<h3>No place</h3><p>x", [("risk", "Risk", "No place x")]),
    ('<tr id="c" data-passage="Kim &amp; Co"><td>y', [("risk", "Risk", ""), ("c", "Kim & Co", "y")]),
    ("<nav><a>Home</a></nav>after", [("risk", "Risk", "after")]),
    ("<svg><title>Map</title><text>1</text></svg>after", [("risk", "Risk", "after")]),
    ('a<details id="w-tier"><p>how<details><p>so</details>x</details>z', [("risk", "Risk", "a z")]),
    ('a<details class="d"><summary>As a table</summary>b</details>', [("risk", "Risk", "a As a table b")]),
    ('<a class="src" href="x">Source</a>c &lt;b&gt;', [("risk", "Risk", "c <b>")]),
)  # fmt: skip


@pytest.mark.parametrize(("html", "shown"), READ)
def test_a_page_is_read_passage_by_passage(html: str, shown: list[tuple[str, str, str]]) -> None:
    page = Page(
        path="accounts/a.md",
        markdown=page_markdown(
            title="A & B",
            description="Ports of A & B.",
            sentence="It says <all>.",
            sections=[SkeletonSection(anchor="risk", title="Risk")],
        ),
        fragments={"risk": html},
    )
    read = [(part.anchor, part.heading, part.text) for part in passages(page, Depth.WHOLE)]
    assert read == [TITLE, *shown]


def test_an_account_is_known_by_id_names_and_text(tmp_path: Path) -> None:
    index = index_of(made(tmp_path, dict(FILES)))
    assert index["whole"] is True
    (harbor,) = (page for page in index["pages"] if page["at"] == "accounts/harbor.html")
    assert (harbor["kind"], harbor["name"]) == ("account", "Harbor Logistics")
    assert harbor["names"] == "harbor HL Port & Co"
    by_heading = {heading: text for _, heading, text in harbor["parts"] if heading}
    assert "Birgit Holt" in by_heading["Relationship"]
    kinds = [page["kind"] for page in index["pages"]]
    assert kinds == sorted(kinds, key=["account", "portfolio", "guide", "reference"].index)
    assert not [page for page in index["pages"] if re.search("accounts/.*/", page["at"])]


def test_of_many_accounts_names_and_headings_are_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "MOST", 100_000)
    index = index_of(made(tmp_path, dict(FILES)))
    assert index["whole"] is False
    pages = {page["at"]: page for page in index["pages"]}
    # what each account's page has is said once, and there only where it has a sentence
    assert ["service", "Service"] in index["sections"]
    assert not [part for part in pages["accounts/harbor.html"]["parts"] if part[0] == "service"]
    relationship = ["relationship", "Relationship", "With: Birgit Holt (COO); Jan Maas."]
    assert relationship in pages["accounts/harbor.html"]["parts"]
    assert ["p-kim-larsen", "Kim Larsen", ""] in pages["portfolio/people.html"]["parts"]
    (tier,) = (part for part in pages["method/selection.html"]["parts"] if part[0] == "tier")
    assert tier[1] == "Tier"
    assert tier[2]


def test_the_guide_is_read_without_the_signs_of_its_markdown() -> None:
    page = Page(
        path="guide/gate.md",
        markdown='---\ntitle: "Gate"\ndescription: "What is checked."\n---\n\n# Gate\n\n'
        '<div class="ap-guide"></div>\n\nThe *gate* is `check`: see [Rules](../rules/index.md).\n\n'
        "## How to read it {: #read}\n\n- one\n- two\n\n```sh\nplaybook check\n```\n\n"
        "| a | b |\n|---|---|\n| `c` | d |\n\n### Yours {#own}\n\nx\n",
        fragments={},
    )
    assert [(part.anchor, part.heading, part.text) for part in prose(page)] == [
        ("", "", "What is checked. The gate is check: see Rules."),
        ("read", "How to read it", "one two playbook check a b c d"),
        ("own", "Yours", "x"),
    ]


def test_words_that_mean_the_same_are_the_firms_and_in_no_edition(tmp_path: Path) -> None:
    synonyms = "synonyms:\n  retrofit: [Project Falcon]\n  tier: []\n"
    files = {**FILES, "playbooks/harbor.yaml": HARBOR, "site_config/site.yaml": synonyms}
    workspace = Workspace.at(make_workspace(tmp_path, files))
    whole = assess(workspace, TODAY)
    alike = index_of(render(whole))["synonyms"]
    assert ["retrofit", "Project Falcon"] in alike
    assert not [group for group in alike if group[0] == "tier"]
    for audience in ("internal", "customer"):
        account = "harbor" if audience == "customer" else None
        edition = render_edition(edition_of(whole, audience, account), audience)
        assert index_of(edition)["synonyms"] == []


def test_an_edition_knows_its_own_pages_alone(tmp_path: Path) -> None:
    files = {**FILES, "playbooks/harbor.yaml": HARBOR}
    whole = assess(Workspace.at(make_workspace(tmp_path, files)), TODAY)
    customer = index_of(render_edition(edition_of(whole, "customer", "harbor"), "customer"))
    assert [page["at"] for page in customer["pages"]] == ["index.html"]
    assert "Late go-live" not in json.dumps(customer)
    tree = render_edition(edition_of(whole, "public", None), "public")
    assert {page["at"] for page in index_of(tree)["pages"]} <= {
        page_href(page.path) for page in tree.pages
    } | {file.path for file in tree.files}


def test_the_script_has_its_words_from_the_site(tmp_path: Path) -> None:
    files = {file.path: file.content.decode() for file in made(tmp_path, dict(FILES)).files}
    says = json.loads(files["assets/playbooks.js"].partition("\n")[0].split("=", 1)[1].rstrip(";"))
    script = (templates_folder() / "assets" / "header_search.js").read_text()
    asked = set(re.findall(r"SAYS\.(\w+)", script))
    # and by what comes out of a search
    assert set(says) == asked | {"alike", "some", "every_word", "directory"}
    assert files[LIBRARY].startswith("/*! MiniSearch\nCopyright 2022 Luca Ongaro\n")
