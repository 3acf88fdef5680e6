"""Releases: folders below build/releases, the link `site` to the current one, plain copies."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from generator.errors import BuildError
from generator.site.disk import clear_leftovers, copy_files, discard, files_below, flush, write_file

RELEASES = "releases"
RELEASES_KEPT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where a site is built and published: the whole site, or the edition of a name."""

    root: Path
    edition: str = ""
    second: str = ""
    """The folder of a second language within the site; '' for the language it begins with."""

    @property
    def build(self) -> Path:
        """The folder for what is made on the way."""
        build = self.root / "build"
        build = build / "editions" / self.edition if self.edition else build
        return build / self.second if self.second else build

    @property
    def site(self) -> Path:
        """The link to the current release."""
        return self.root / (f"site-{self.edition}" if self.edition else "site")

    @property
    def releases(self) -> Path:
        """Where releases lie, from the root."""
        return self.build.relative_to(self.root) / RELEASES

    @property
    def new_link(self) -> Path:
        """The link while it is made."""
        return self.site.with_name(f".{self.site.name}-new")


def refuse_foreign_site(home: Home) -> None:
    """Stop when `site` is not a link that this program made: it would be lost."""
    site = home.site
    if site.is_symlink():
        target = site.readlink()
        if target.parent == home.releases:
            return
        kind = f"a link to {target}, which this program did not make"
    elif site.exists():
        kind = f"a real {'folder' if site.is_dir() else 'file'}, not the link this program makes"
    else:
        return
    raise BuildError(f"{site} is {kind}; move it away and build again")


def clear_staging(home: Home) -> None:
    """Delete what a build that was killed left behind."""
    clear_leftovers(home.build / RELEASES)
    home.new_link.unlink(missing_ok=True)


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


def point_site_to(release: Path, home: Home) -> None:
    """Replace the link `site` at once: readers see the old site whole, then the new one whole."""
    target = home.releases / release.name
    site, new = home.site, home.new_link
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


MARKER = ".account-playbooks"
_MARKER_TEXT = b"Written by playbook build --copy. The next one replaces this folder.\n"


def refuse_foreign_copy(target: Path, root: Path) -> Path:
    """The folder to copy to, absolute; BuildError when something would be lost there."""
    _refuse_foreign_folder(target)
    target = target.resolve()
    if target.is_relative_to(root / "build"):
        raise BuildError(f"{target} lies in the folder that builds clear; name another")
    return target


def copy_site(release: Path, target: Path) -> None:
    """Write the release beside the target, then put it in the target's place.

    A folder that is there is replaced only if it is empty or was written by this program. When
    this fails or is killed, the files of before are still there, at worst under the name
    `.DIR.before`; the next copy clears that away.
    """
    new, before = (target.with_name(f".{target.name}.{word}") for word in ("new", "before"))
    for folder in (target, new, before):
        _refuse_foreign_folder(folder)
    discard(new)
    new.mkdir(parents=True)
    write_file(new / MARKER, _MARKER_TEXT)
    copy_files(release, new, files_below(release))
    flush()
    if target.exists():
        discard(before)
        target.rename(before)
    try:
        new.rename(target)
    except OSError:
        if before.exists():
            before.rename(target)
        raise
    discard(before)


def _refuse_foreign_folder(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise BuildError(f"{folder} is not a folder; name another")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise BuildError(f"{folder} holds files that are not ours; name an empty folder")
