"""One build at a time in a workspace."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import BuildError

if sys.platform != "win32":
    import fcntl


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
