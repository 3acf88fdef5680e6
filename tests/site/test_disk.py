"""What the disk refuses is one line with the path; folders are there whole or not at all."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.errors import BuildError
from generator.site import disk, publish_site, write_pages
from tests.site.trees import TODAY, contents, tree


def publish(root: Path, **options: str) -> Path:
    release = publish_site(tree(**options), root=root, builder="mkdocs", today=TODAY)  # type: ignore[arg-type]
    return release.folder


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    """As for a read-only folder, but root may not write there either."""
    root = tmp_path / "letter.txt"
    root.write_text("dear")
    with pytest.raises(BuildError) as caught:
        publish(root)
    assert str(caught.value) == f"cannot read or write {root}/build: Not a directory"
    with pytest.raises(BuildError) as caught:
        write_pages(tree(), root=root)
    assert str(caught.value) == f"cannot read or write {root}/build: Not a directory"


# What is imported later lies where nobody may read; so all is, before the rights go
AS_NOBODY = textwrap.dedent(
    """
    import os, sys
    from pathlib import Path
    sys.path.insert(0, sys.argv[2])
    from generator.errors import BuildError
    from generator.site import publish_site, write_pages
    from tests.site.trees import TODAY, tree
    if os.geteuid() == 0:
        os.setgroups([]); os.setgid(65534); os.setuid(65534)
    for publish in (write_pages, lambda *_, root: publish_site(tree(), root=root, builder="mkdocs", today=TODAY)):
        try:
            publish(tree(), root=Path(sys.argv[1]))
        except BuildError as error:
            print(error)
    """
)


def test_a_folder_that_may_not_be_written_to(repository: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, folder, str(repository)],
            capture_output=True,
            text=True,
            check=True,
        )
        Path(folder).chmod(0o700)
    line = f"cannot read or write {folder}/build: Permission denied\n"
    assert done.stdout == line * 2


def test_a_page_where_a_folder_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "build" / "mkdocs.yml" / "x").mkdir(parents=True)
    with pytest.raises(BuildError) as caught:
        publish(tmp_path)
    assert str(caught.value) == (
        f"cannot read or write {tmp_path}/build/mkdocs.yml: Is a directory"
    )


LIMITED = textwrap.dedent(
    """
    import resource, sys
    from pathlib import Path
    sys.path.insert(0, sys.argv[2])
    from generator.errors import BuildError
    from generator.site import publish_site
    from tests.site.trees import TODAY, tree
    limit = int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        publish_site(tree(), root=Path(sys.argv[1]), builder="mkdocs", today=TODAY)
    except BuildError as error:
        print(error)
    """
)


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        (50, r"cannot read or write {root}/build/docs/index\.md: File too large\n"),
        (20_000, r"cannot read or write {root}/build/releases/\.new-.*: File too large\n"),
    ],
    ids=["writing pages", "putting pages together"],
)
def test_a_file_that_the_disk_cannot_take(
    tmp_path: Path, repository: Path, limit: int, message: str
) -> None:
    good = publish(tmp_path)
    before = contents(tmp_path / "site")
    (tmp_path / "build" / "docs" / "index.md").unlink()
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, tmp_path, repository, str(limit)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert re.fullmatch(message.format(root=re.escape(str(tmp_path))), done.stdout)
    assert contents(tmp_path / "site") == before
    assert publish(tmp_path) == good


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """A disk of so many kB, where this machine lets us mount one."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(size: int) -> Path:
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(place)]
        try:
            done = subprocess.run(command, capture_output=True, check=False)
        except FileNotFoundError:
            pytest.skip("there is no mount here")
        if done.returncode:
            pytest.skip("no disk may be mounted here")
        return place

    yield mount
    subprocess.run(["umount", str(place)], capture_output=True, check=False)


@pytest.mark.parametrize(
    ("share", "message"),
    [
        (0.02, r"cannot read or write {root}/build/[a-z0-9./-]+: No space left on device"),
        (1.2, r"mkdocs failed: (.* \| )?OSError: \[Errno 28\] No space left on device.*"),
        (2.3, r"cannot read or write {root}/build/releases/.*: No space left on device"),
    ],
    ids=["writing pages", "in the site builder", "putting pages together"],
)
def test_a_full_disk(
    tmp_path: Path, small_disk: Callable[[int], Path], share: float, message: str
) -> None:
    site = {"body": "<p>" + "long " * 10_000 + "</p>"}
    publish(tmp_path, **site)
    built = sum(path.stat().st_blocks for path in (tmp_path / "build" / "built").rglob("*")) // 2
    root = small_disk(int(built * share))
    with pytest.raises(BuildError) as caught:
        publish(root, **site)
    assert re.fullmatch(message.format(root=re.escape(str(root))), str(caught.value))
    assert not (root / "site").exists()
    subprocess.run(["mount", "-o", "remount,size=50m", str(root)], check=True)
    assert publish(root, **site).is_dir()
    assert not list(root.rglob(".new-*"))


def test_a_file_that_vanishes_is_named(tmp_path: Path) -> None:
    with pytest.raises(BuildError) as caught, disk.disk_errors():
        disk.copy_files(tmp_path, tmp_path / "copy", ["gone/a.html"])
    assert str(caught.value) == (
        f"cannot read or write {tmp_path}/gone/a.html: No such file or directory"
    )


def test_files_below_are_sorted_and_slashed(tmp_path: Path) -> None:
    for name in ("b/c.txt", "b/a.txt", "a.txt", "b/d/e.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "link").symlink_to("b")
    (tmp_path / "dangling").symlink_to("gone")
    assert disk.files_below(tmp_path) == ["a.txt", "b/a.txt", "b/c.txt", "b/d/e.txt", "dangling"]
    assert disk.files_below(tmp_path / "nobody") == []


def test_a_folder_that_cannot_be_listed_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "b").mkdir()
    listed = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("b"):
            raise PermissionError(13, "Permission denied", path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(BuildError) as caught, disk.disk_errors():
        disk.files_below(tmp_path)
    assert str(caught.value) == f"cannot read or write {tmp_path}/b: Permission denied"


def test_what_is_being_deleted_never_passes_for_the_whole(tmp_path: Path) -> None:
    """A killed `discard` has moved the folder away first; the next one clears that too."""
    half = tmp_path / ".old-release"
    half.mkdir()
    (half / "index.html").touch()
    disk.discard(tmp_path / "release")
    assert list(tmp_path.iterdir()) == []

    (tmp_path / "release").mkdir()
    (tmp_path / "release" / "index.html").touch()
    disk.discard(tmp_path / "release")
    assert list(tmp_path.iterdir()) == []


def test_a_staging_folder_is_gone_when_what_it_was_for_fails(tmp_path: Path) -> None:
    def fail() -> None:
        with disk.staging_folder(tmp_path / "a" / "b") as staged:
            staged.mkdir()
            (staged / "x").touch()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_leftovers_of_killed_builds_are_known_by_their_names(tmp_path: Path) -> None:
    for name in (".new-x", ".old-y", ".kept", "kept"):
        (tmp_path / name).mkdir()
    disk.clear_leftovers(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".kept", "kept"]
    disk.clear_leftovers(tmp_path / "nobody")
