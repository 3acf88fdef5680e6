"""Releases and the link to the current one, on folders made by hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.errors import BuildError
from generator.site.release import (
    Home,
    adopt,
    clear_staging,
    point_site_to,
    prune,
    refuse_foreign_site,
)
from tests.site.trees import contents


def staged(root: Path, text: str) -> Path:
    folder = root / "build" / "releases" / ".new-x" / "site"
    (folder / "sub").mkdir(parents=True)
    (folder / "index.html").write_text(text)
    (folder / "sub" / "a.html").write_text("a")
    return folder


def release(root: Path, text: str) -> Path:
    made = adopt(staged(root, text), root / "build")
    clear_staging(Home(root=root))
    point_site_to(made, Home(root=root))
    prune(root / "build", made)
    return made


def kept(root: Path) -> set[str]:
    return {path.name for path in (root / "build" / "releases").iterdir()}


def test_the_link_is_relative_so_that_the_workspace_can_move(tmp_path: Path) -> None:
    made = release(tmp_path / "one", "hello")
    assert (tmp_path / "one" / "site").readlink() == Path("build", "releases", made.name)
    (tmp_path / "one").rename(tmp_path / "two")
    assert (tmp_path / "two" / "site" / "index.html").read_text() == "hello"


def test_a_release_is_named_by_its_content(tmp_path: Path) -> None:
    first = release(tmp_path, "hello")
    assert first.name == "80077c4d95e813c2"
    before = (tmp_path / "site").lstat()
    assert release(tmp_path, "hello") == first
    assert (tmp_path / "site").lstat() == before
    moved = staged(tmp_path, "hello")
    (moved / "sub" / "a.html").rename(moved / "sub" / "b.html")
    assert adopt(moved, tmp_path / "build") != first


def test_the_current_release_and_the_one_before_are_kept(tmp_path: Path) -> None:
    first, second, third = (release(tmp_path, text) for text in ("one", "two", "three"))
    assert kept(tmp_path) == {second.name, third.name}
    assert release(tmp_path, "two") == second
    fourth = release(tmp_path, "four")
    assert kept(tmp_path) == {second.name, fourth.name}
    assert release(tmp_path, "one") == first


def test_a_release_that_lost_a_file_is_made_whole(tmp_path: Path) -> None:
    """As after a loss of power, or a `rm` in the wrong folder."""
    made = release(tmp_path, "hello")
    (made / "sub" / "a.html").unlink()
    assert release(tmp_path, "hello") == made
    assert contents(tmp_path / "site") == {"index.html": b"hello", "sub/a.html": b"a"}


def test_readers_never_meet_a_missing_site(tmp_path: Path) -> None:
    """The link is replaced, not deleted and made again: its own folder is never without it."""
    release(tmp_path, "one")
    watched = os.open(tmp_path / "site", os.O_RDONLY | os.O_DIRECTORY)
    release(tmp_path, "two")
    assert os.read(os.open("index.html", os.O_RDONLY, dir_fd=watched), 10) == b"one"
    os.close(watched)
    assert (tmp_path / "site" / "index.html").read_text() == "two"


def test_what_a_killed_build_left_is_cleared(tmp_path: Path) -> None:
    made = release(tmp_path, "hello")
    staged(tmp_path, "half")
    (tmp_path / "build" / "releases" / ".old-x").mkdir()
    (tmp_path / ".site-new").symlink_to("build/releases/gone")
    clear_staging(Home(root=tmp_path))
    assert kept(tmp_path) == {made.name}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["build", "site"]


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("folder", "a real folder, not the link this program makes"),
        ("file", "a real file, not the link this program makes"),
        ("link", "a link to elsewhere, which this program did not make"),
        ("dangling", "a link to gone, which this program did not make"),
    ],
)
def test_a_site_that_is_not_ours_stops_with_the_cure(tmp_path: Path, kind: str, what: str) -> None:
    site = tmp_path / "site"
    (tmp_path / "elsewhere").mkdir()
    if kind == "folder":
        site.mkdir()
    elif kind == "file":
        site.touch()
    else:
        site.symlink_to("elsewhere" if kind == "link" else "gone")
    with pytest.raises(BuildError) as caught:
        refuse_foreign_site(Home(root=tmp_path))
    assert str(caught.value) == f"{site} is {what}; move it away and build again"


def test_a_link_of_ours_is_ours_also_when_it_leads_nowhere(tmp_path: Path) -> None:
    refuse_foreign_site(Home(root=tmp_path))
    (tmp_path / "site").symlink_to("build/releases/cleaned-away")
    refuse_foreign_site(Home(root=tmp_path))
    release(tmp_path, "hello")
    assert (tmp_path / "site" / "index.html").read_text() == "hello"
