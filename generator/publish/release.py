"""Releases: finished folders below build/releases, and the link `site` to the current one."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from generator.errors import BuildError

RELEASES = "releases"
KEPT_RELEASES = 2
MARKER = ".account-playbooks"


def refuse_real_site(root: Path) -> None:
    """Stop when `site` is a real folder or file: a rename cannot replace it, and it is not ours."""
    site = root / "site"
    if not site.is_symlink() and site.exists():
        kind = "folder" if site.is_dir() else "file"
        raise BuildError(
            f"{site} is a real {kind}, not the link this program makes;"
            " move it away and build again"
        )


def clear_staging(build: Path) -> None:
    """Delete what a build that was killed left behind."""
    for left in (build / RELEASES).glob(".new-*"):
        shutil.rmtree(left, ignore_errors=True)


def staging_folder(build: Path) -> Path:
    """A new folder beside the releases, on the same file system."""
    (build / RELEASES).mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=".new-", dir=build / RELEASES))


def adopt(staged: Path, build: Path) -> Path:
    """The staged folder as a release named by its content; the same content is the same release."""
    release = build / RELEASES / _digest(staged)
    if release.is_dir():
        shutil.rmtree(staged)
    else:
        staged.chmod(0o755)
        staged.rename(release)
        _flush()
    return release


def point_site_to(release: Path, root: Path) -> None:
    """Replace the link `site` at once: readers see the old site whole, then the new one whole."""
    target = os.path.relpath(release, root)
    site = root / "site"
    if site.is_symlink() and site.readlink() == Path(target):
        return
    temporary = root / f".site-{os.getpid()}"
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(target)
    temporary.replace(site)


def prune(build: Path, current: Path) -> None:
    """Keep the current release and the one before it."""
    releases = [path for path in (build / RELEASES).iterdir() if path.is_dir()]
    others = sorted(
        (path for path in releases if path != current),
        key=lambda path: path.stat().st_mtime_ns,
        reverse=True,
    )
    for path in others[KEPT_RELEASES - 1 :]:
        shutil.rmtree(path, ignore_errors=True)


def copy_site(release: Path, target: Path) -> None:
    """The release as plain files at a folder: written beside it, then put in its place.

    A folder that is there is replaced only if it is empty or was written by this program.
    """
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise BuildError(f"{target} is not a folder; name another")
    ours = (target / MARKER).is_file()
    if target.is_dir() and any(target.iterdir()) and not ours:
        raise BuildError(f"{target} holds files that are not ours; name an empty folder")
    target.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        shutil.copytree(release, staged, dirs_exist_ok=True)
        (staged / MARKER).write_text("Written by playbook build --copy.\n", encoding="utf-8")
        staged.chmod(0o755)
        if target.exists():
            old = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
            target.rename(old / "site")
            staged.rename(target)
            shutil.rmtree(old, ignore_errors=True)
        else:
            staged.rename(target)
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _flush() -> None:
    """Ask the disk to hold the release before the link points to it, against a loss of power."""
    if hasattr(os, "sync"):
        os.sync()
