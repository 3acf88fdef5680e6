"""Releases: finished folders below build/releases, and the link `site` to the current one."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from generator.errors import BuildError
from generator.publish.disk import clear_leftovers, discard, files_below, flush

RELEASES = "releases"
RELEASES_KEPT = 2
_LINK, _NEW_LINK = "site", ".site-new"


def refuse_foreign_site(root: Path) -> None:
    """Stop when `site` is not a link that this program made: it would be lost."""
    site = root / _LINK
    if site.is_symlink():
        target = site.readlink()
        if target.parts[:2] == ("build", RELEASES):
            return
        kind = f"a link to {target}, which this program did not make"
    elif site.exists():
        kind = f"a real {'folder' if site.is_dir() else 'file'}, not the link this program makes"
    else:
        return
    raise BuildError(f"{site} is {kind}; move it away and build again")


def clear_staging(root: Path) -> None:
    """Delete what a build that was killed left behind."""
    clear_leftovers(root / "build" / RELEASES)
    (root / _NEW_LINK).unlink(missing_ok=True)


def adopt(staged: Path, build: Path) -> Path:
    """The staged folder as a release named by its content; the same content is the same release."""
    name = _digest(staged)
    release = build / RELEASES / name
    if not (release.is_dir() and _digest(release) == name):
        discard(release)
        flush()
        staged.rename(release)
    os.utime(release)
    return release


def point_site_to(release: Path, root: Path) -> None:
    """Replace the link `site` at once: readers see the old site whole, then the new one whole."""
    target = Path("build", RELEASES, release.name)
    site, new = root / _LINK, root / _NEW_LINK
    if site.is_symlink() and site.readlink() == target:
        return
    new.symlink_to(target, target_is_directory=True)
    new.replace(site)
    flush()


def prune(build: Path, current: Path) -> None:
    """Keep the current release and the one before it, which readers may still be looking at."""
    releases = sorted(
        (build / RELEASES).iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True
    )
    before = [path for path in releases if path.name != current.name]
    for path in before[RELEASES_KEPT - 1 :]:
        discard(path)


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in files_below(folder):
        digest.update(f"{name}\0".encode("utf-8", "surrogateescape"))
        digest.update(hashlib.sha256((folder / name).read_bytes()).digest())
    return digest.hexdigest()[:16]
