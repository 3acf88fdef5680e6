"""The site tree on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import BuildError
from generator.publish.files import read_fragments, write_tree
from generator.render.tree import SiteTree, StaticFile
from tests.publish.trees import contents, page, tree


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


def test_a_folder_that_becomes_empty_goes_too(tmp_path: Path) -> None:
    write_tree(tree(), tmp_path)
    write_tree(SiteTree(pages=(page("index.md", "Home", ""),), files=()), tmp_path)
    assert sorted(path.name for path in (tmp_path / "docs").iterdir()) == ["index.md"]


@pytest.mark.parametrize("path", ["../a.md", "/a.md", "a/../../b.md", "a\\b.md", ""])
def test_a_path_that_leaves_the_folder_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(BuildError) as caught:
        write_tree(SiteTree(pages=(page(path, "A", ""),), files=()), tmp_path / "build")
    assert str(caught.value) == f"the page path {path!r} leaves the site's folder"
    assert not (tmp_path / "build").exists()


def test_two_paths_that_are_one_to_some_file_systems_are_refused(tmp_path: Path) -> None:
    pages = (page("a/x.md", "A", ""), page("A/\uff58.md", "B", ""))
    with pytest.raises(BuildError) as caught:
        write_tree(SiteTree(pages=pages, files=()), tmp_path)
    assert str(caught.value) == (
        "docs/a/x.md and docs/A/\uff58.md are one file to some file systems; rename one"
    )


def test_links_are_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "index.md").write_text("precious")
    build = tmp_path / "build"
    (build / "docs").mkdir(parents=True)
    (build / "docs" / "index.md").symlink_to(outside / "index.md")
    (build / "docs" / "folder").symlink_to(outside)
    write_tree(tree(), build)
    assert (outside / "index.md").read_text() == "precious"
    assert not (build / "docs" / "folder").exists()
    assert not (build / "docs" / "index.md").is_symlink()

    linked = tmp_path / "linked"
    linked.symlink_to(outside)
    with pytest.raises(BuildError) as caught:
        write_tree(tree(), linked)
    assert str(caught.value) == f"{linked} is not a plain folder; delete it and build again"


def test_a_disk_that_refuses_is_one_line_with_the_path(tmp_path: Path) -> None:
    (tmp_path / "docs").write_text("a file where a folder should be")
    with pytest.raises(BuildError) as caught:
        write_tree(tree(), tmp_path)
    assert str(caught.value).startswith(f"cannot write {tmp_path / 'docs'}/")
