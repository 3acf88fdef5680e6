"""`build --copy DIR`: the site as plain files, for hosts that do not follow links."""

from __future__ import annotations

from pathlib import Path

from generator.errors import BuildError
from generator.site.disk import copy_files, discard, files_below, flush, write_file

MARKER = ".account-playbooks"
_SAYS = b"Written by playbook build --copy. The next one replaces this folder.\n"


def refuse_foreign_copy(target: Path, root: Path) -> Path:
    """The folder to copy to, absolute; BuildError when something would be lost there."""
    _refuse_foreign(target)
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
        _refuse_foreign(folder)
    discard(new)
    new.mkdir(parents=True)
    write_file(new / MARKER, _SAYS)
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


def _refuse_foreign(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise BuildError(f"{folder} is not a folder; name another")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise BuildError(f"{folder} holds files that are not ours; name an empty folder")
