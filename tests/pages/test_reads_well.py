"""Every page of every account: no heading without content, no word that only a program says."""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.assess import assess
from generator.cli import playbook
from generator.pages import SiteTree, render
from generator.read import Workspace

TODAY = datetime.date(2026, 11, 23)
PROGRAM_WORDS = re.compile(r"(?<![\w.])(None(?! \w)|nan|NaN|null|undefined|True|False|inf)(?!\w)")


def text_of(html: str) -> str:
    """What a reader sees, less code and what drawings say to those who listen."""
    seen = re.sub(r"<(code|pre|script|style|title)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", seen)


def pages_of(tree: SiteTree) -> Iterator[tuple[str, str]]:
    """Each page's name and HTML, in the order a reader meets its fragments."""
    for page in tree.pages:
        yield page.path, "".join(page.fragments.values())
    for file in tree.files:
        if file.path.endswith("numbers.html"):
            yield file.path, file.content.decode()


@pytest.fixture(
    scope="module", params=["examples", pytest.param("import", marks=pytest.mark.practice_data)]
)
def tree(request: pytest.FixtureRequest, example_site: SiteTree) -> SiteTree:
    if request.param == "examples":
        return example_site
    return request.getfixturevalue("imported_tree")  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def imported_tree(
    repository: Path, practice_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> SiteTree:
    """The accounts of a CRM export, of which most inputs are missing."""
    folder = tmp_path_factory.mktemp("imported")
    shutil.copytree(repository / "templates", folder / "templates")
    shutil.copy(repository / "mkdocs.yml", folder)
    (folder / "playbooks").mkdir()
    files = sorted(practice_data.glob("*.csv"))
    arguments = ["--root", str(folder), "import", *map(str, files), "--mapping", "maven"]
    result = CliRunner().invoke(playbook, arguments)
    assert result.exit_code == 0, result.output
    return render(assess(Workspace.at(folder), TODAY), allow_incomplete=True)


def test_no_page_speaks_like_a_program(tree: SiteTree) -> None:
    for name, html in pages_of(tree):
        match = PROGRAM_WORDS.search(text_of(html))
        assert not match, (name, text_of(html)[max(0, match.start() - 60) : match.end() + 20])


def test_no_heading_is_without_content(tree: SiteTree) -> None:
    """Nothing but another heading of the same or a higher rank, or the end, below a heading."""
    for name, html in pages_of(tree):
        assert empty_headings(html) == [], name


def empty_headings(html: str) -> list[str]:
    """Headings with nothing below them."""
    parts = re.split(
        r"(<h[1-6]\b[^>]*>.*?</h[1-6]>|<p class=\"?h\"?>.*?(?=<(?!/?(?:b|small|i|span|a)\b)))",
        html,
        flags=re.DOTALL,
    )
    empty = []
    for place in range(1, len(parts), 2):
        heading, below = parts[place], parts[place + 1]
        following = parts[place + 2] if place + 2 < len(parts) else ""
        if not (has_content(below) or rank(following) > rank(heading)):
            empty.append(re.sub("<[^>]+>", "", heading))
    return empty


def rank(heading: str) -> int:
    """1 to 6; a line that stands for a heading is below them all; nothing is above."""
    match = re.match(r"<h([1-6])", heading)
    return int(match[1]) if match else 7 if heading else 0


def has_content(html: str) -> bool:
    """Whether a reader sees anything."""
    return bool(re.sub("<[^>]+>", "", html).strip()) or "<svg" in html


def test_the_reader_of_this_test_finds_what_is_empty() -> None:
    assert empty_headings("<h2>Full</h2><p>x</p><h2>Empty</h2><h2>Full</h2>x") == ["Empty"]
    assert empty_headings("<h2>Holds</h2><h3>Another</h3>x<p class=h>Nothing</p>") == ["Nothing"]
    assert empty_headings("<p class=h>Drawn</p><svg></svg>") == []
    assert PROGRAM_WORDS.search(text_of("<p>worth <b>None</b></p>"))
    assert not PROGRAM_WORDS.search(text_of("<p>None of it, <code>null</code></p>"))
