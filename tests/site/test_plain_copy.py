"""Plain files for hosts that follow no links; nothing foreign is deleted, nothing is lost."""

from __future__ import annotations

import resource
import signal
from pathlib import Path

import pytest

from generator.errors import BuildError
from generator.site.release import MARKER, copy_site, refuse_foreign_copy
from tests.site.trees import contents

MARK = b"Written by playbook build --copy. The next one replaces this folder.\n"


@pytest.fixture
def release(tmp_path: Path) -> Path:
    folder = tmp_path / "release"
    (folder / "sub").mkdir(parents=True)
    (folder / "index.html").write_text("new")
    (folder / "sub" / "a.html").write_text("a" * 5_000)
    return folder


def is_whole(folder: Path, release: Path) -> bool:
    return contents(folder) == {**contents(release), MARKER: MARK}


@pytest.mark.parametrize("there", ["nothing", "no parent", "empty", "ours"])
def test_a_copy_takes_the_place_of_nothing_or_of_ours(
    tmp_path: Path, release: Path, there: str
) -> None:
    target = tmp_path / ("deep/er/public" if there == "no parent" else "public")
    if there in {"empty", "ours"}:
        target.mkdir()
    if there == "ours":
        (target / MARKER).touch()
        (target / "left-over.html").touch()
    copy_site(release, target)
    assert is_whole(target, release)
    assert [path.name for path in target.parent.iterdir() if path.name.startswith(".")] == []


def test_a_foreign_folder_is_never_replaced(tmp_path: Path, release: Path) -> None:
    foreign = tmp_path / "home"
    foreign.mkdir()
    (foreign / "letter.txt").write_text("dear")
    for refuse in (
        lambda: copy_site(release, foreign),
        lambda: refuse_foreign_copy(foreign, tmp_path),
    ):
        with pytest.raises(BuildError) as caught:
            refuse()
        assert str(caught.value) == f"{foreign} holds files that are not ours; name an empty folder"
    assert contents(foreign) == {"letter.txt": b"dear"}


@pytest.mark.parametrize("name", [".public.new", ".public.before"])
def test_nor_one_that_only_has_the_name_of_ours(tmp_path: Path, release: Path, name: str) -> None:
    foreign = tmp_path / name
    foreign.mkdir()
    (foreign / "letter.txt").write_text("dear")
    with pytest.raises(BuildError) as caught:
        copy_site(release, tmp_path / "public")
    assert str(caught.value) == f"{foreign} holds files that are not ours; name an empty folder"
    assert contents(foreign) == {"letter.txt": b"dear"}


@pytest.mark.parametrize("kind", ["file", "link", "dangling"])
def test_what_is_no_folder_is_not_replaced(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "public"
    if kind == "file":
        target.touch()
    else:
        target.symlink_to(tmp_path if kind == "link" else "gone")
    with pytest.raises(BuildError) as caught:
        refuse_foreign_copy(target, tmp_path)
    assert str(caught.value) == f"{target} is not a folder; name another"


def test_a_folder_that_builds_clear_is_no_place_for_a_copy(tmp_path: Path) -> None:
    with pytest.raises(BuildError) as caught:
        refuse_foreign_copy(tmp_path / "x" / ".." / "build" / "public", tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}/build/public lies in the folder that builds clear; name another"
    )


def test_the_current_folder_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "public").mkdir()
    monkeypatch.chdir(tmp_path / "public")
    assert refuse_foreign_copy(Path(), tmp_path) == tmp_path / "public"


def test_a_copy_that_fails_leaves_the_one_before(tmp_path: Path, release: Path) -> None:
    copy_site(release, tmp_path / "public")
    before = contents(tmp_path / "public")
    (release / "index.html").write_text("newer")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    assert signal.getsignal(signal.SIGXFSZ) == signal.SIG_IGN
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            copy_site(release, tmp_path / "public")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert contents(tmp_path / "public") == before
    copy_site(release, tmp_path / "public")
    assert is_whole(tmp_path / "public", release)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["public", "release"]


@pytest.mark.parametrize("killed", ["making", "between the two renames", "deleting", "all"])
def test_after_a_kill_the_next_copy_needs_no_cleaning(
    tmp_path: Path, release: Path, killed: str
) -> None:
    """What each moment leaves on the disk, made by hand."""
    target = tmp_path / "public"
    copy_site(release, target)
    before = contents(target)
    if killed in {"making", "all"}:
        (tmp_path / ".public.new").mkdir()
    if killed in {"between the two renames", "all"}:
        target.rename(tmp_path / ".public.before")
        assert contents(tmp_path / ".public.before") == before
    if killed in {"deleting", "all"}:
        (tmp_path / ".old-.public.before" / "sub").mkdir(parents=True)
    copy_site(release, target)
    assert is_whole(target, release)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["public", "release"]
