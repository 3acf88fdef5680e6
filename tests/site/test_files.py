"""The site tree on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import BuildError
from generator.pages.tree import SiteTree, StaticFile
from generator.site.files import read_fragments, write_tree
from tests.site.trees import contents, page, tree


def test_pages_fragments_and_files_are_written(tmp_path: Path) -> None:
    write_tree(
        SiteTree(
            pages=(page("accounts/a.md", "A", "<b>Ü</b>"),),
            files=(StaticFile(path="assets/x.bin", content=b"\0\1"),),
        ),
        tmp_path / "build",
    )
    assert contents(tmp_path / "build") == {
        "docs/accounts/a.md": (
            b'---\ntitle: "A"\n---\n\n# A {#top}\n\n'
            b'<div data-fragment="body"></div>\n\n## Last {#last}\n\nThe end.\n'
        ),
        "docs/assets/x.bin": b"\0\1",
        "fragments/accounts/a.md.json": '{"body":"<b>Ü</b>"}'.encode(),
    }
    assert read_fragments(tmp_path / "build", "accounts/a.md") == {"body": "<b>Ü</b>"}
    assert read_fragments(tmp_path / "build", "nobody.md") == {}


def test_what_left_the_tree_leaves_the_disk_and_what_stayed_is_not_touched(tmp_path: Path) -> None:
    write_tree(tree(accounts=3), tmp_path)
    kept = tmp_path / "docs/accounts/account-0.md"
    before = kept.stat().st_mtime_ns
    write_tree(tree(accounts=1), tmp_path)
    assert sorted(path.name for path in (tmp_path / "docs/accounts").iterdir()) == [
        "account-0.md",
        "index.md",
    ]
    assert sorted(path.name for path in (tmp_path / "fragments/accounts").iterdir()) == [
        "account-0.md.json",
        "index.md.json",
    ]
    assert kept.stat().st_mtime_ns == before


def test_what_differs_is_written_anew_however_it_came_about(tmp_path: Path) -> None:
    write_tree(tree(), tmp_path)
    whole = contents(tmp_path)
    (tmp_path / "docs/index.md").write_bytes(b"half writ")
    (tmp_path / "docs/method").rename(tmp_path / "docs/other")
    (tmp_path / "docs/method").write_text("a file where a folder should be")
    (tmp_path / "docs/rules/index.md").unlink()
    (tmp_path / "docs/rules/index.md").mkdir()
    write_tree(tree(), tmp_path)
    assert contents(tmp_path) == whole


def test_folders_that_become_empty_go_too(tmp_path: Path) -> None:
    deep = page("groups/north/a.md", "A", "")
    home = page("index.md", "Home", "")
    write_tree(SiteTree(pages=(home, deep), files=()), tmp_path)
    write_tree(SiteTree(pages=(home,), files=()), tmp_path)
    assert sorted(path.name for path in (tmp_path / "docs").iterdir()) == ["index.md"]
    assert sorted(path.name for path in (tmp_path / "fragments").iterdir()) == ["index.md.json"]


@pytest.mark.parametrize(
    "path",
    [
        "../a.md",
        "/a.md",
        "a/../../b.md",
        "a\\b.md",
        "",
        ".",
        "./a.md",
        "a//b.md",
        "c:a.md",
        "a\0.md",
    ],
)
@pytest.mark.parametrize("kind", ["page", "file"])
def test_a_path_that_leaves_the_folder_is_refused(tmp_path: Path, path: str, kind: str) -> None:
    pages = (page(path, "A", ""),) if kind == "page" else ()
    files = (StaticFile(path=path, content=b""),) if kind == "file" else ()
    with pytest.raises(BuildError) as caught:
        write_tree(SiteTree(pages=pages, files=files), tmp_path / "build")
    assert str(caught.value) == f"the page path {path!r} leaves the site's folder"
    assert not (tmp_path / "build").exists()


@pytest.mark.parametrize(
    ("pages", "file", "named"),
    [
        (("a/x.md", "A/\uff58.md"), "y.js", "a/x.md and A/\uff58.md"),
        (("a/x.md", "a/x.md"), "y.js", "a/x.md and a/x.md"),
        (("a/x.md",), "a/X.html", "a/x.md and a/X.html"),
        (("stra\u00dfe.md", "strasse.md"), "y.js", "stra\u00dfe.md and strasse.md"),
    ],
    ids=["width and case", "the same", "a page's html", "sharp s"],
)
def test_paths_that_are_one_to_some_file_systems_are_refused(
    tmp_path: Path, pages: tuple[str, ...], file: str, named: str
) -> None:
    site = SiteTree(
        pages=tuple(page(path, "A", "") for path in pages),
        files=(StaticFile(path=file, content=b""),),
    )
    with pytest.raises(BuildError) as caught:
        write_tree(site, tmp_path / "build")
    assert str(caught.value) == f"{named} are one file to some file systems; rename one"
    assert not (tmp_path / "build").exists()


def test_links_among_the_pages_are_replaced_and_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "index.md").write_text("precious")
    build = tmp_path / "build"
    (build / "docs").mkdir(parents=True)
    (build / "docs" / "index.md").symlink_to(outside / "index.md")
    (build / "docs" / "accounts").symlink_to(outside)
    (build / "docs" / "broken").symlink_to("nowhere")
    write_tree(tree(), build)
    assert contents(outside) == {"index.md": b"precious"}
    assert not [path for path in build.rglob("*") if path.is_symlink()]


@pytest.mark.parametrize("name", ["", "docs", "fragments", "built", "releases"])
def test_folders_that_lead_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "letter.txt").write_text("precious")
    linked = tmp_path / "build" / name
    linked.parent.mkdir(exist_ok=True)
    linked.symlink_to(outside)
    with pytest.raises(BuildError) as caught:
        write_tree(tree(), tmp_path / "build")
    assert str(caught.value) == f"{linked} is not a plain folder; delete it and build again"
    assert contents(outside) == {"letter.txt": b"precious"}
