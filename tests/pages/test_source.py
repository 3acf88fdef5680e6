"""YAML as pages with a line to point at."""

from __future__ import annotations

import re
from pathlib import Path

from generator.pages.source import marked_lines, settings_pages, source_pages
from generator.problems import Problem
from generator.settings.load import FILES
from tests.bench.generated import write_portfolio
from tests.pages.sites import site_of, static
from tests.workspace import make_workspace


def problem(line: int, message: str = "wrong") -> Problem:
    return Problem(
        path="x.yaml", line=line, column=1, level="error", rule="some-rule", message=message
    )


def test_each_line_has_its_number_as_id() -> None:
    assert marked_lines("a: 1\r\n\n  b: <x> & y\n", ()) == (
        "<li id=L1>a: 1\n<li id=L2>\n<li id=L3>  b: &lt;x&gt; &amp; y\n"
    )


def test_findings_stand_at_their_lines_escaped() -> None:
    assert marked_lines("a: 1\nb: 2\n", [problem(1, "<i>"), problem(2)]) == (
        "<li id=L1>a: 1<b class=error>error: &lt;i&gt; [some-rule]</b>"
        "<li id=L2>b: 2<b class=error>error: wrong [some-rule]</b>"
    )


def test_a_finding_at_the_very_end_has_a_line_to_stand_at() -> None:
    assert marked_lines("a: {\n", [problem(2)]) == (
        "<li id=L1>a: {\n<li id=L2><b class=error>error: wrong [some-rule]</b>"
    )
    assert marked_lines("a: {", [problem(9)]) == (
        "<li id=L1>a: {<b class=error>error: wrong [some-rule]</b>"
    )


def test_every_account_and_every_setting_has_a_page(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    assert sorted(file.path for file in (*source_pages(site), *settings_pages(site))) == [
        "accounts/broken/source.html",
        "accounts/harbor/source.html",
        "accounts/hostile/source.html",
        "accounts/huayuan/source.html",
        "assets/source.css",
        "settings/catalogue.html",
        "settings/currencies.html",
        *(f"settings/shipped/{name}.html" for name in sorted(FILES)),
        "settings/team.html",
    ]


def test_text_is_escaped_and_links_lead_back(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    made = [*source_pages(site), *settings_pages(site)]
    hostile = static(made, "accounts/hostile/source.html")
    assert "<script" not in hostile
    assert "<img" not in hostile
    assert '<a href="../hostile.html">' in hostile
    assert 'href="../../assets/source.css"' in hostile
    assert "华远精密制造有限公司" in static(made, "accounts/huayuan/source.html")
    assert '<a href="../method/index.html">Method</a>' in static(made, "settings/team.html")
    shipped = static(made, "settings/shipped/tiers.html")
    assert '<a href="../../method/index.html">Method</a>' in shipped
    assert "<code>account-playbooks/tiers.yaml</code>" in shipped


def test_a_file_that_is_no_text_says_so(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"playbooks/bad.yaml": b"\xff\xfe\x00x"})
    page = static(list(source_pages(site)), "accounts/bad/source.html")
    assert "The file cannot be shown" in page
    assert "[not-utf-8]" in page


def test_a_page_is_less_than_twice_its_file(tmp_path: Path) -> None:
    root = make_workspace(tmp_path)
    write_portfolio(root, 5)
    site = site_of(tmp_path, {})
    made = {file.path: len(file.html.encode()) for file in source_pages(site)}
    for account in site.portfolio.accounts:
        size = len(account.document.text.encode())
        assert made[f"accounts/{account.id}/source.html"] < 2 * size + 1000


def test_the_page_on_the_git_host_is_linked(tmp_path: Path) -> None:
    settings = (
        "name: Plans\ndescription: Ours.\nlanguage: en\nattention: 8\n"
        "source_url: https://git.example.com/plans/blob/main/{path}#L{line}\n"
    )
    site = site_of(
        tmp_path,
        {
            "site_config/site.yaml": settings,
            "playbooks/a.yaml": "schema: 1\naccount: {name: A, status: former}\nsummary: x\n",
        },
    )
    page = static(list(source_pages(site)), "accounts/a/source.html")
    assert re.findall(r'href="(https:[^"]+)"', page) == [
        "https://git.example.com/plans/blob/main/playbooks/a.yaml#L1"
    ]
