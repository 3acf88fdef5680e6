"""The index of every word: of the accounts' pages alone, sign by sign, the same bytes each time."""

from __future__ import annotations

import gzip
import importlib.util
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from generator.errors import BuildError
from generator.pages.tree import SiteTree
from generator.site import Release, publish_site
from generator.site.builder import Switch, frame_of
from generator.site.full_text import words_apart
from tests.site.trees import TODAY, contents, page, tree

SEARCH = (("Search", "search/index.md"),)


def searched(body: str = "<p>Retrofits of 宝山特钢</p>", accounts: int = 3) -> SiteTree:
    made = tree(accounts, body)
    return replace(
        made,
        pages=(*made.pages, page("search/index.md", "Search", "")),
        nav_also=SEARCH,
        full_text=tuple(f"accounts/account-{i}.md" for i in range(accounts)),
    )


def publish(root: Path, site: SiteTree, builder: str = "mkdocs") -> Release:
    return publish_site(site, root=root, builder=builder, today=TODAY)


def fragments(root: Path) -> dict[str, str]:
    """The words of each page as the index holds them, by page."""
    texts = {}
    for file in (root / "site/pagefind/fragment").iterdir():
        text = gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd")
        fragment = json.loads(text)
        texts[fragment["url"]] = fragment["content"]
    return texts


@pytest.mark.parametrize(
    ("html", "apart"),
    [
        ("<p>plain words", " <p> plain words"),
        ("特钢", " 特  钢 "),
        ("B2B销售", "B2B 销  售 "),
        ("<b>Har</b>bor", "<b>Har</b>bor"),
        ("<td>one<td>two", " <td> one <td> two"),
        ('<a title="特钢">x</a>', '<a title="特钢">x</a>'),
        ("タタ 𠮷", " タ  タ   𠮷 "),
        ("한국 &amp; é", "한국 &amp; é"),
    ],
)
def test_words_are_told_apart(html: str, apart: str) -> None:
    assert words_apart(html) == apart


@pytest.mark.parametrize("builder", ["mkdocs", "zensical"])
def test_the_index_holds_the_accounts_and_nothing_else(tmp_path: Path, builder: str) -> None:
    publish(tmp_path, searched(), builder)
    by_page = fragments(tmp_path)
    assert sorted(by_page) == [f"/accounts/account-{i}.html" for i in range(3)]
    for number, text in enumerate(by_page[address] for address in sorted(by_page)):
        assert " ".join(text.split()) == f"Account {number} Retrofits of 宝 山 特 钢 Last The end."
    pages = json.loads((tmp_path / "site/pagefind/pages.json").read_text())
    assert sorted(pages.values()) == [f"accounts/account-{i}.html" for i in range(3)]
    files = {re.sub(r"[0-9a-f]{6,}", "#", path.name) for path in (tmp_path / "site/pagefind").iterdir() if path.is_file()}  # fmt: skip
    assert files == {
        "pages.json",
        "pagefind-entry.json",
        "pagefind-worker.js",
        "pagefind.en_#.pf_meta",
        "pagefind.js",
        "wasm.en.pagefind",
        "wasm.unknown.pagefind",
    }
    assert not list((tmp_path / "build/releases").glob(".*"))


def test_the_same_pages_are_the_same_release(tmp_path: Path) -> None:
    many = searched(accounts=30)
    first = publish(tmp_path / "one", many)
    for name in ("two", "three"):
        again = publish(tmp_path / name, many)
        assert contents(again.folder) == contents(first.folder)
        assert again.folder.name == first.folder.name
    changed = publish(tmp_path / "one", searched("<p>another</p>", accounts=30))
    assert changed.folder.name != first.folder.name


def test_without_it_there_is_none(tmp_path: Path) -> None:
    publish(tmp_path, tree())
    assert not (tmp_path / "site" / "pagefind").exists()


def test_it_stands_last_in_the_navigation() -> None:
    def nav(given: tuple[tuple[str, str], ...] = (), also: tuple[tuple[str, str], ...] = ()) -> str:
        site = SiteTree(pages=(), files=(), nav=given, nav_also=also)
        frame = frame_of(site, Switch(languages=(site.language,)))
        match = re.search("^nav: (.*)$", frame, re.MULTILINE)
        return match[1] if match else ""

    ours = nav(also=SEARCH)
    assert ours.startswith('[{"Home": "index.md"}, ')
    assert ours.endswith(', {"Search": "search/index.md"}]')
    assert nav((("Start", "index.md"),), SEARCH) == (
        '[{"Start": "index.md"}, {"Search": "search/index.md"}]'
    )
    assert nav() == ""


def test_a_missing_package_is_one_line_with_the_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, searched())
    before = (tmp_path / "site").readlink()
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if "pagefind" in name else find_spec(name)
    )
    with pytest.raises(BuildError) as caught:
        publish(tmp_path, searched("<p>new</p>"))
    assert str(caught.value) == (
        "pagefind is not installed; pip install 'account-playbooks[fulltext]'"
    )
    assert (tmp_path / "site").readlink() == before
    publish(tmp_path, tree())  # nobody else needs it
