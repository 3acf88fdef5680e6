"""Files and folders as publishing handles them, and the lock that lets one build at a time do so.

Every failure names its path, and a folder is there whole under its own name or not at all.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import BuildError

if sys.platform != "win32":
    import fcntl

# In front of the names of folders that are being made or deleted. What a killed build leaves
# behind is known by them.
STAGED, DISCARDED = ".new-", ".old-"


@contextmanager
def disk_errors() -> Iterator[None]:
    """Turn what the disk refuses (full, read-only, vanished) into one line with the path."""
    try:
        yield
    except OSError as error:
        path = error.filename2 or error.filename or "the build folder"
        raise BuildError(f"cannot read or write {path}: {error.strerror or error}") from error


def write_file(path: Path, content: bytes) -> None:
    """Write a file. An OSError carries the path, which a failing write alone would not tell."""
    try:
        path.write_bytes(content)
    except OSError as error:
        error.filename = str(path)
        raise


def write_if_changed(path: Path, content: bytes) -> bool:
    """Write a file unless it holds these bytes already; whether it was written.

    A link is replaced, never followed.
    """
    try:
        if not path.is_symlink() and path.read_bytes() == content:
            return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink():
        path.unlink()
    write_file(path, content)
    return True


def copy_file(source: Path, target: Path) -> None:
    """Copy a file's content into a new file."""
    try:
        shutil.copyfile(source, target)
    except OSError as error:
        error.filename = error.filename or str(target)
        raise


def copy_files(source: Path, target: Path, names: list[str]) -> None:
    """Copy files by their names relative to the source, making the folders they need."""
    make_folders(target, names)
    for name in names:
        copy_file(source / name, target / name)


def make_folders(target: Path, names: Iterable[str]) -> None:
    """Make the folders that files of these names, relative to the target, lie in."""
    for folder in sorted({name.rpartition("/")[0] for name in names}):
        (target / folder).mkdir(parents=True, exist_ok=True)


def files_below(folder: Path) -> list[str]:
    """All files below a folder, sorted, relative to it, with forward slashes; links too."""
    names = []
    start = len(os.fspath(folder)) + 1
    for parent, _, files in walk(folder):
        inside = parent[start:].replace(os.sep, "/")
        names += [f"{inside}/{name}" for name in files] if inside else files
    return sorted(names)


def walk(folder: Path, *, topdown: bool = True) -> Iterator[tuple[str, list[str], list[str]]]:
    """All folders from one on, with the names in them; nothing where there is no such folder.

    os.walk alone passes over a folder that it cannot read: a site would lack what is in there.
    """

    def stop(error: OSError) -> None:
        if not (isinstance(error, FileNotFoundError) and error.filename == os.fspath(folder)):
            raise error

    return os.walk(folder, topdown=topdown, onerror=stop)


@contextmanager
def staging_folder(beside: Path) -> Iterator[Path]:
    """An empty folder on the same file system as its later place; gone afterwards if still there.

    Its name is new each time: the site builder of a killed build may still be writing to its own.
    """
    beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=STAGED, dir=beside, ignore_cleanup_errors=True) as made:
        yield Path(made, "site")


def discard(folder: Path) -> None:
    """Delete a folder if it is there.

    Killed halfway, this leaves nothing that could pass for the whole; the next call clears it away.
    """
    aside = folder.with_name(f"{DISCARDED}{folder.name}")
    shutil.rmtree(aside, ignore_errors=True)
    if folder.exists():
        folder.rename(aside)
        shutil.rmtree(aside, ignore_errors=True)


def clear_leftovers(folder: Path) -> None:
    """Delete what killed builds left half made or half deleted."""
    for left in sorted(folder.glob(".*")):
        if left.name.startswith((STAGED, DISCARDED)):
            shutil.rmtree(left, ignore_errors=True)


def flush() -> None:
    """Have the disk hold all that was written, against a loss of power.

    One call for all files: to wait for each of a thousand takes twenty times as long.
    """
    if hasattr(os, "sync"):
        os.sync()


@contextmanager
def only_build(build: Path) -> Iterator[None]:
    """Hold the workspace's lock; BuildError at once when another build holds it."""
    build.mkdir(parents=True, exist_ok=True)
    hold = _until_file_is_gone if sys.platform == "win32" else _until_process_ends
    with hold(build / "lock"):
        yield


@contextmanager
def _until_process_ends(lock: Path) -> Iterator[None]:
    """The system lets go of the lock when the process ends, however it ends: nothing to clean."""
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BuildError(f"another build is running in {lock.parent}; wait for it") from error
        yield
    finally:
        os.close(handle)


@contextmanager
def _until_file_is_gone(lock: Path) -> Iterator[None]:
    """Where files cannot be locked, the one who made the file holds the lock."""
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL, 0o644))
    except FileExistsError as error:
        raise BuildError(
            f"another build is running in {lock.parent}, or one was killed;"
            f" wait for it, or delete {lock}"
        ) from error
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
