"""The site builder: run only when it has to be, its mistakes told in its own words."""

from __future__ import annotations

import datetime
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from generator.errors import BuildError
from generator.pages.tree import Page, SiteTree, StaticFile
from generator.site.builder import built_site, complaint
from generator.site.files import write_tree
from generator.site.overlay import overlay_of
from generator.site.release import Home
from tests.site.trees import TODAY, contents, page, tree


def built(
    root: Path, site: SiteTree, builder: str = "mkdocs", today: datetime.date = TODAY
) -> Path:
    write_tree(site, root / "build")
    look = overlay_of(root, site.brand)
    return built_site(site, Home(root=root), builder, today, overlay=look)


def test_only_what_the_builder_reads_makes_it_run_again(tmp_path: Path) -> None:
    site = tree(body="<p>one</p>")
    first = built(tmp_path, site)
    html = (first / "index.html").read_text()
    assert '<div data-fragment="body"></div>' in html
    assert "<p>one</p>" not in html
    (first / "index.html").write_text("a mark that a new run would wipe away")
    style = StaticFile(path="assets/playbooks.css", content=b"p { margin: 1em }")
    two = tree(body="<p>two</p>")
    assert built(tmp_path, replace(two, files=(style, *two.files[1:]))) == first
    assert (first / "index.html").read_text() == "a mark that a new run would wipe away"

    second = built(tmp_path, tree(title="Another title"))
    assert second != first
    third = built(tmp_path, tree(title="Another title"), today=datetime.date(2026, 11, 24))
    assert third not in {first, second}
    (tmp_path / "mkdocs.yml").write_text("site_name: My own\ntheme: {name: material}\n")
    fourth = built(tmp_path, tree(title="Another title"))
    assert "<title>My own</title>" in (fourth / "404.html").read_text()
    assert {path.name for path in fourth.parent.iterdir()} == {third.name, fourth.name}


def test_a_killed_run_leaves_nothing_that_counts(tmp_path: Path) -> None:
    folder = tmp_path / "build" / "built"
    (folder / ".new-killed" / "site").mkdir(parents=True)
    (folder / ".old-killed").mkdir()
    made = built(tmp_path, tree())
    assert list(folder.iterdir()) == [made]


DEAD_LINK = {
    "mkdocs": (
        "mkdocs failed: WARNING - Doc file 'index.md' contains a link 'gone.md', but the target is"
        " not found among documentation files. | Aborted with 1 warnings in strict mode!"
    ),
    "zensical": (
        "zensical failed: Warning: page does not exist | index.md:1:5 | 1 issue found"
        " | RuntimeError: Aborted because --strict flag is set"
    ),
}


@pytest.mark.parametrize(("builder", "message"), DEAD_LINK.items())
def test_a_dead_link_in_a_page_is_told_by_the_builder(
    tmp_path: Path, builder: str, message: str
) -> None:
    broken = Page(path="index.md", markdown="[x](gone.md)\n", fragments={})
    site = tree()
    with pytest.raises(BuildError) as caught:
        built(tmp_path, SiteTree(pages=(broken, *site.pages[1:]), files=site.files), builder)
    assert str(caught.value) == message
    assert list((tmp_path / "build" / "built").iterdir()) == []


def test_a_builder_that_is_not_installed_is_told_with_the_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "zensical", None)
    with pytest.raises(BuildError) as caught:
        built(tmp_path, tree(), "zensical")
    assert str(caught.value) == (
        "zensical is not installed; pip install 'account-playbooks[zensical]'"
    )


def test_zensical_makes_the_same_pages(tmp_path: Path) -> None:
    """The same files with the same headings and placeholders; the theme around them is its own."""
    site = tree(accounts=2)
    by_mkdocs, by_zensical = built(tmp_path, site, "mkdocs"), built(tmp_path, site, "zensical")
    pages = [f"{made_page.path.removesuffix('.md')}.html" for made_page in site.pages]
    assert [name for name in pages if not (by_zensical / name).is_file()] == []
    for name in pages:
        for marked in ('<div data-fragment="body"></div>', 'id="top"', 'id="last"'):
            assert marked in (by_mkdocs / name).read_text()
            assert marked in (by_zensical / name).read_text()
    again = built(tmp_path, SiteTree(pages=site.pages[:-1], files=site.files), "zensical")
    assert not (again / "accounts" / "account-1.html").exists()


def test_text_in_a_page_never_configures_the_builder(tmp_path: Path) -> None:
    """Front matter and pages are all that a tree holds: no file of it gets beside mkdocs.yml."""
    hostile = page("accounts/mkdocs.yml.md", "hooks: [evil.py]", "")
    script = StaticFile(path="accounts/evil.py", content=b"raise SystemExit('run')")
    site = tree()
    made = built(tmp_path, SiteTree(pages=(*site.pages, hostile), files=(*site.files, script)))
    assert contents(made)["accounts/evil.py"] == b"raise SystemExit('run')"
    config = (tmp_path / "build" / "mkdocs.yml").read_text()
    assert [line for line in config.splitlines() if not line.startswith("site_dir: built/")] == [
        "INHERIT: base.yml",
        "docs_dir: docs",
        "hooks: []",
        "strict: true",
    ]


COMPLAINTS = [
    ("", "it said nothing"),
    ("INFO    -  Cleaning site directory\n", "it said nothing"),
    ("\x1b[31mERROR\x1b[0m   -  no such theme\nINFO  - x\n", "ERROR - no such theme"),
    (
        "INFO - x\nERROR - first\nTraceback (most recent call last):\n  File x\n    y\nKeyError: 'z'\n",
        "ERROR - first | KeyError: 'z'",
    ),
    (
        "\n".join(f"WARNING -  no {i}" for i in range(9)),
        " | ".join(f"WARNING - no {i}" for i in range(6)) + " | and 3 more lines",
    ),
    ("x" * 400, "x" * 300 + "…"),
]


@pytest.mark.parametrize(("output", "line"), COMPLAINTS)
def test_a_complaint_is_one_line_of_what_helps(output: str, line: str) -> None:
    assert complaint(output) == line


def test_a_complaint_leaves_out_drawings() -> None:
    output = textwrap.dedent(
        """
        Warning: page does not exist
            ╭─[ index.md:13:5 ]
            │
         13 │ [x](gone.md)
            │     ───┬───
            │        ╰───── page does not exist
        ────╯
        """
    )
    assert complaint(output) == "Warning: page does not exist | index.md:13:5"
