"""Links to the editor of a team's git host: of each section, at the right line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.assess import assess
from generator.audience.edition import edition_of
from generator.outputs.site import edition_site, whole_site
from generator.pages.tree import SiteTree
from generator.pages.view import line_to_write
from generator.read import Workspace, read_text
from tests.pages.sites import TODAY
from tests.workspace import make_workspace

GITHUB = "https://github.com/sales/plans/edit/main/{path}#L{line}"
GITLAB = "https://gitlab.example.com/sales/plans/-/edit/main/{path}#L{line}"
SITE = "name: Plans\ndescription: Ours.\nlanguage: en\nattention: 8\n"
PLAN = """\
schema: 1
account: {name: Harbor, status: customer, owner: kim-larsen}
summary: A sample.

relationship:
  contacts: []
# what may go wrong
risk: {own: []}
actions:
  - {id: call, what: Call, due: 2026-11-01}
"""
SECTIONS = {
    "summary": 3,
    "relationship": 5,
    "risk": 8,
    "plan": 9,
    # not written yet: the line before which the form wants them
    "service": 8,
    "value": 8,
    "market": 9,
    "offerings": 9,
}
"""By section of the account's page the line at which it is edited."""


def tree(folder: Path, edit_url: str, audience: str | None = None) -> SiteTree:
    files = {
        "playbooks/north east/harbor.yaml": PLAN,
        "site_config/site.yaml": f"{SITE}{edit_url}\n",
    }
    portfolio = assess(Workspace.at(make_workspace(folder, files)), TODAY)
    if audience is None:
        return whole_site(portfolio)
    return edition_site(edition_of(portfolio, "account_team"), "account_team")


def links(html: str) -> list[str]:
    return re.findall(r'href="(https://git[^"]+)"', html)


@pytest.mark.parametrize("pattern", [GITHUB, GITLAB])
def test_each_section_of_an_account_is_edited_at_its_line(tmp_path: Path, pattern: str) -> None:
    made = tree(tmp_path, f"edit_url: {pattern}")
    (page,) = (page for page in made.pages if page.path == "accounts/harbor.md")

    def at(line: int) -> str:
        return pattern.format(path="playbooks/north%20east/harbor.yaml", line=line)

    assert {name: links(page.fragments[name])[:1] for name in SECTIONS} == {
        name: [at(line)] for name, line in SECTIONS.items()
    }
    assert links(page.fragments["head"]) == links(page.fragments["source"]) == [at(1)]
    # of the review and of the findings each item at its own line: the action is late
    assert at(10) in links(page.fragments["plan"])
    assert at(10) in links(page.fragments["findings"])
    files = {framed.path: framed.html for framed in made.framed}
    assert links(files["accounts/harbor/source.html"]) == [at(1)]
    assert links(files["accounts/harbor/numbers.html"])[:1] == [at(1)]
    own = pattern.format(path="site_config/site.yaml", line=1)
    assert links(files["settings/site.html"])[0] == own
    # what came with the program is at nobody's git host
    assert links(files["settings/shipped/scoring.html"]) == []


def test_without_an_editor_and_in_editions_nothing_is_linked(tmp_path: Path) -> None:
    for folder, edit_url, audience in (
        ("without", "", None),
        ("edition", f"edit_url: {GITHUB}", "account_team"),
    ):
        made = tree(tmp_path / folder, edit_url, audience)
        fragments = [text for page in made.pages for text in page.fragments.values()]
        assert [link for text in fragments for link in links(text)] == []
        # the page of the setting itself tells it, in the whole site alone
        texts = [file.content.decode(errors="ignore") for file in made.files]
        texts += [page.html for page in made.framed if page.path != "settings/site.html"]
        assert [link for text in texts for link in links(text)] == []


def test_behind_the_last_section_is_the_end_of_the_file() -> None:
    document = read_text(b"schema: 1\nsummary: S.\n\n\n", "playbooks/a.yaml")
    assert line_to_write(document, ("summary",)) == 2
    assert line_to_write(document, ("risk",)) == 2
    assert line_to_write(read_text(b"a: {", "playbooks/a.yaml"), ("risk",)) == 1
