"""One build at a time in a workspace."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import BuildError

try:
    import fcntl
except ImportError:  # not on Windows: there the folder's own renames have to do
    fcntl = None  # type: ignore[assignment]


@contextmanager
def only_build(build: Path) -> Iterator[None]:
    """Hold the workspace's lock; BuildError when another build holds it.

    The system lets go of it when the process ends, however it ends: nothing to clean up.
    """
    try:
        build.mkdir(parents=True, exist_ok=True)
        handle = os.open(build / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise BuildError(f"cannot write {build}: {error.strerror}") from error
    try:
        if fcntl is not None:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise BuildError(f"another build is running in {build}; wait for it") from error
        yield
    finally:
        os.close(handle)
