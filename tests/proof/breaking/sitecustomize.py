"""Breaks a program from outside: PYTHONPATH leads every Python that is started through here.

PLAYBOOK_BREAK is a JSON object: `below`, the folder whose calls count; `log`, a file that each
call is noted in; `at`, the number of the call that is broken (of its `kind`, or of all), noted in
the file `hit`, and `how`: 'kill', 'vanish' or the name of an errno; `every`, kinds of calls that
all fail so. `who` is 'program' or 'builder'.
"""

# What pathlib does is what is watched and broken here
# ruff: noqa: PTH100, PTH115, PTH118
from __future__ import annotations

import errno
import json
import os
import pathlib
import signal
import sys
from typing import Any

PLAN: dict[str, Any] = json.loads(os.environ.get("PLAYBOOK_BREAK", "{}"))
# What audit events are called here; each has its path as its first argument
KINDS = {
    "open": "open",
    "os.listdir": "scandir",
    "os.scandir": "scandir",
    "os.mkdir": "mkdir",
    "os.rmdir": "rmdir",
    "os.remove": "unlink",
    "os.rename": "rename",
    "os.symlink": "symlink",
    "os.utime": "utime",
}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
counted = 0


def concerns_us(path: object) -> bool:
    """Whether a path lies below the folder that counts, or a file that is written there."""
    if isinstance(path, bytes):
        path = os.fsdecode(path)
    return isinstance(path, str | os.PathLike) and os.path.abspath(path).startswith(PLAN["below"])


def call(kind: str, path: Any) -> None:
    """One call to the disk: note it, let it pass, or break it."""
    global counted  # noqa: PLW0603 - it is the count of this process
    counted += PLAN.get("kind", kind) == kind
    line = json.dumps([kind, os.fsdecode(os.path.abspath(path))]) + "\n"
    if "log" in PLAN:
        os.write(LOG, line.encode())
        return
    if PLAN.get("kind", kind) != kind:
        return
    if counted != PLAN.get("at") and kind not in PLAN.get("every", ()):
        return
    how = PLAN["how"]
    if "hit" in PLAN:
        os.write(LOG, line.encode())
    if how == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "vanish":
        PLAN["at"] = None
        pathlib.Path(path).unlink(missing_ok=True)
        return
    number = getattr(errno, how)
    if kind == "write":
        raise OSError(number, os.strerror(number))  # a write does not know its file's name
    raise OSError(number, os.strerror(number), os.fspath(path))


def heard(event: str, arguments: tuple[Any, ...]) -> None:
    """Every audit event of this process."""
    kind = KINDS.get(event)
    if kind is None:
        return
    path = arguments[1] if event == "os.symlink" else arguments[0]
    if kind in ("unlink", "rmdir") and arguments[1] != -1:  # relative to a folder that is open
        path = os.path.join(os.readlink(f"/proc/self/fd/{arguments[1]}"), os.fsdecode(path))
    if not concerns_us(path):
        return
    if kind == "open":
        kind = "create" if isinstance(arguments[2], int) and arguments[2] & WRITES else "open"
    call(kind, path)


def breaking_write(self: pathlib.Path, data: bytes) -> int:
    """Path.write_bytes, which may break off in the middle."""
    with open(self, "wb") as file:  # noqa: PTH123 - it is what stands in for it
        half = len(data) // 2
        file.write(data[:half])
        file.flush()
        if concerns_us(self):
            call("write", self)
        file.write(data[half:])
    return len(data)


def breaking_send(to: int, *arguments: Any, **named: Any) -> int:
    """os.sendfile, with which files are copied; it breaks off when some has been sent."""
    sent = send(to, *arguments, **named)
    if sent and concerns_us(place := os.readlink(f"/proc/self/fd/{to}")):
        call("write", place)
    return sent


def breaking_sync() -> None:
    """os.sync, at which a machine may well stop."""
    if PLAN.get("how", "kill") in ("kill", "vanish"):
        call("sync", PLAN["below"])
    sync()


if PLAN and (PLAN.get("who", "program") == "builder") == ("mkdocs" in sys.orig_argv):
    send, sync = os.sendfile, os.sync
    if noted := PLAN.get("log") or PLAN.get("hit"):
        LOG = os.open(noted, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    pathlib.Path.write_bytes = breaking_write  # type: ignore[method-assign,assignment]
    os.sendfile, os.sync = breaking_send, breaking_sync  # type: ignore[assignment]
    sys.addaudithook(heard)
