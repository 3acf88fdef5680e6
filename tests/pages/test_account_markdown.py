"""Accounts as Markdown and llms.txt: whole, safe, by audience, and switched off in site.yaml."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown import Markdown  # type: ignore[import-untyped]

from generator.audience.edition import edition_of
from generator.figures import Portfolio
from generator.pages import render
from generator.pages.account_markdown import account_markdown
from generator.pages.edition import render_edition
from generator.pages.encoder import as_markdown
from generator.pages.engine import Engine
from generator.pages.site import Site
from generator.pages.tree import SiteTree
from generator.pages.view import view_of
from generator.site import publish_site
from generator.site.splice import MARK
from tests.figures.edits import WHOLE
from tests.figures.small import plan, portfolio
from tests.pages.sites import TODAY, site_of

EVIL = "# x | *b* <i>y</i> [l](javascript:a) `c` &lt; __u__ \\ 1. z"


def markdown_of(whole: Portfolio, id: str) -> str:
    account = whole.account(id)
    assert account is not None
    return account_markdown(view_of(Site(portfolio=whole, engine=Engine()), account))


def texts(tree: SiteTree) -> dict[str, str]:
    return {
        file.path: file.content.decode()
        for file in tree.files
        if file.path.endswith((".md", "llms.txt"))
    }


def test_an_account_whole() -> None:
    text = markdown_of(portfolio({"acme": WHOLE}), "acme")
    headings = re.findall(r"^#+ .*", text, re.MULTILINE)
    assert headings[0] == "# Acme"
    assert text.index("gain") < text.index("## Needs attention"), "the conclusion stands first"
    order = ["Needs attention", "Do next", "Headline figures", "Summary", "People", "Risks"]
    assert [heading[3:] for heading in headings if heading[3:] in order] == [
        name for name in order if f"## {name}" in headings
    ]
    assert "| Our margin | 520,500 EUR a year | high confidence, 1.00 |" in text
    assert not re.search(r"\b(?:None|nan|null|True|False)\b", text)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Kim Larsen, 3.5 % of 2026-11-23", "Kim Larsen, 3.5 % of 2026-11-23"),
        ("a | b", r"a \| b"),
        ("*a* _b_ `c`", r"\*a\* \_b\_ \`c\`"),
        ("<b>x</b> &lt;", r"\<b\>x\</b\> \&lt;"),
        ("[x](javascript:y) ![z](w)", r"\[x\](javascript:y) \!\[z\](w)"),
        ("# head", r"\# head"),
        ("- point", r"\- point"),
        ("1. one", r"1\. one"),
        ("1.5 M", "1.5 M"),
        ("---", r"\---"),
        ("one\n\n| two |\r\n> three", r"one \| two \| \> three"),
        ("back\\slash", r"back\\slash"),
        ("left\u202eright\x00", "leftright"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_text_of_people_is_text(text: str, safe: str) -> None:
    assert as_markdown(text) == safe


def test_what_people_write_breaks_no_table_and_no_line(tmp_path: Path) -> None:
    evil = EVIL.replace("\\", "\\\\").replace('"', "")
    lines = (
        "schema: 1",
        f'account: {{name: "{evil}", status: prospect}}',
        f'summary: "{evil}\\n\\n- {evil}\\n# y"',
        "relationship:",
        "  personal_data: {source: c, collected_on: 2025-01-10, review_by: 2027-01-10}",
        f'  contacts: [{{id: ann, name: "{evil}", title: "a|b", public_official: none}}]',
        f'objectives: [{{id: up, statement: "{evil}"}}]',
        f'risk: {{customer: [{{id: late, doubt: "{evil}"}}]}}',
    )
    site = site_of(tmp_path, {"playbooks/evil.yaml": "\n".join(lines) + "\n"})
    made = texts(render(site.portfolio, allow_incomplete=True))
    assert set(made) == {"accounts/evil.md", "llms.txt"}
    for path, text in made.items():
        tables = [line for line in text.splitlines() if line.startswith("|")]
        for line in tables:
            assert len(re.findall(r"(?<!\\)\|", line)) in (4, 5, 6, 7, 8), line
        html = Markdown(extensions=["tables"]).convert(text)
        assert not re.search(r"<(?:i|b|em|strong|code|img|script)\b", html), path
        links = re.findall(r'href="([^"]*)"', html)
        assert [link for link in links if "javascript" in link] == [], path
        assert len(re.findall(r"<h1", html)) == 1, path


def test_an_edition_has_what_its_audience_may_see() -> None:
    text = plan("relationship: {contacts: [{id: ann, name: Ann, sentiment: -2, influence: 5}]}\n")
    whole = portfolio({"acme": text})
    full = texts(render(whole, allow_incomplete=True))["accounts/acme.md"]
    inside = texts(render_edition(edition_of(whole, "internal"), "internal"))["accounts/acme.md"]
    assert "| Ann | – | – | 5 of 5 | ▼ strongly against | – |" in full
    assert "| Ann | – | – | – | – | – |" in inside
    outside = render_edition(edition_of(whole, "customer", "acme"), "customer")
    assert texts(outside) == {}


def test_site_yaml_switches_it_off(tmp_path: Path) -> None:
    settings = "name: Plans\ndescription: Ours.\nmarkdown: false\n"
    site = site_of(
        tmp_path,
        {
            "site_config/site.yaml": settings,
            "playbooks/a.yaml": "schema: 1\naccount: {name: A, status: former}\nsummary: x\n",
        },
    )
    assert texts(render(site.portfolio, allow_incomplete=True)) == {}


def test_the_list_leads_to_each_file(tmp_path: Path) -> None:
    tree = render(site_of(tmp_path).portfolio, allow_incomplete=True)
    made = texts(tree)
    listed = re.findall(r"\]\((accounts/[a-z]+\.md)\)", made["llms.txt"])
    assert sorted(listed) == sorted(path for path in made if path.startswith("accounts/"))
    pages = re.findall(r"\]\(([a-z/]+\.html)\)", made["llms.txt"])
    assert set(pages) <= {page.path.replace(".md", ".html") for page in tree.pages}
    assert "portfolio/people.html" in pages


def test_the_site_has_the_files_beside_its_pages(tmp_path: Path) -> None:
    site = site_of(tmp_path / "workspace")
    release = publish_site(
        render(site.portfolio, allow_incomplete=True),
        root=tmp_path / "workspace",
        builder="mkdocs",
        today=TODAY,
    )
    text = (release.folder / "accounts/harbor.md").read_text(encoding="utf-8")
    assert text.startswith("# Harbor Logistics\n")
    assert MARK not in text
    assert "<title>Harbor Logistics" in (release.folder / "accounts/harbor.html").read_text()
    assert (release.folder / "llms.txt").is_file()


def test_the_examples_read_well(example_portfolio: Portfolio) -> None:
    whole = example_portfolio
    for account in whole.accounts:
        text = markdown_of(whole, account.id)
        assert not re.search(r"\b(?:None|nan|null|True|False)\b", text), account.id
        assert "  " not in text.replace("\n", ""), account.id
    terminals = markdown_of(whole, "skagerhavn-terminals")
    assert re.search(r"\| Our margin \| [\d,]+ \([\d,]+ to [\d,]+\) EUR a year \|", terminals)
