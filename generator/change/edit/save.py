"""The edge: a changed text over the file it was read from, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from generator.errors import WorkspaceError

_BEFORE, _BEHIND = ".import-", ".new"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def write_over(path: Path, before: str, text: str) -> bool:
    """Put a text in the place of the one that was read; False when the file says another by now.

    The file is there at every moment, with the old text or the new one; its rights stay.
    """
    raw = path.read_bytes()
    mark = _BYTE_ORDER_MARK if raw.startswith(_BYTE_ORDER_MARK) else b""
    if raw.removeprefix(mark) != before.encode():
        return False
    put_whole(path, mark + text.encode(), path.stat().st_mode & 0o7777)
    return True


def put_whole(path: Path, content: bytes, mode: int) -> None:
    """A file with this content; a reader sees the old one or the new one, never a part."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_BEFORE, suffix=_BEHIND)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def clear_leftovers(folder: Path) -> None:
    """Delete what an import that was killed left half written."""
    for left in sorted(folder.rglob(f"{_BEFORE}*{_BEHIND}")):
        try:
            left.unlink()
        except OSError as error:
            raise WorkspaceError(f"cannot delete {left}: {error.strerror}") from error


def flush_folders(folders: Iterable[Path]) -> None:
    """Have the disk hold the new names, where folders can be asked for that."""
    for folder in sorted(set(folders)):
        if hasattr(os, "O_DIRECTORY"):
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
