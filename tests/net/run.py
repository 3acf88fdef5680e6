"""Has a program run the calls of the net, shared out to a few processes, and sees which failed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Self

HERE = Path(__file__).resolve().parent
TODAY = "2026-11-23"
PROCESSES = 2


@dataclass(frozen=True, kw_only=True)
class Call:
    """A command in a workspace, the files or folders it leaves there, its exit code."""

    name: str
    workspace: str
    words: tuple[str, ...]
    leaves: tuple[str, ...] = ()
    code: int = 0


class Program:
    """A program in processes that have it imported; what a call writes goes to its own folder.

    Whichever process is free takes the next call, so that the longest should come first.
    """

    def __init__(self, program: Path, work: Path, folder: Path) -> None:
        self._work, self._folder = work, folder
        self._all = [started(program) for _ in range(PROCESSES)]
        self._free: SimpleQueue[subprocess.Popen[str]] = SimpleQueue()
        for process in self._all:
            self._free.put(process)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._all:
            process.communicate()

    def run(self, calls: Sequence[Call]) -> None:
        """Run the calls, then move what they left out of their workspaces."""
        for call in calls:
            (self._folder / call.name).mkdir()
        with ThreadPoolExecutor(PROCESSES) as threads:
            list(threads.map(self._ask, calls))
        for call in calls:
            for left in call.leaves:
                _move(self._work / call.workspace / left, self._folder / call.name / left)

    def _ask(self, call: Call) -> None:
        process = self._free.get()
        asked = {
            "folder": str(self._work / call.workspace),
            "words": ["--today", TODAY, *call.words],
            "output": str(printed_by(self._folder / call.name)),
        }
        assert process.stdin
        assert process.stdout
        print(json.dumps(asked), file=process.stdin, flush=True)
        if not process.stdout.readline():
            sys.exit("the program could not be started")
        self._free.put(process)


def _move(source: Path, target: Path) -> None:
    if source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(source, target)


def started(program: Path) -> subprocess.Popen[str]:
    """A process that has a program imported and runs what it is asked for."""
    return subprocess.Popen(
        [sys.executable, str(HERE / "call.py")],
        env=environment(program),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def environment(program: Path) -> Mapping[str, str]:
    """Nothing of a desk, a git hook or a CI service, and the program first on the path."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") and name not in {"CI", "GITHUB_ACTIONS", "FORCE_COLOR"}
    }
    # workspaces lie within this repository, whose revision is not theirs
    alone = {"GIT_CEILING_DIRECTORIES": str(HERE.parent.parent)}
    return {**kept, **alone, "PYTHONPATH": str(program), "PYTHONHASHSEED": "0", "COLUMNS": "100"}


def failures(calls: Sequence[Call], folder: Path) -> Iterator[str]:
    """Which calls did not do what they are in the net for, and how they ended.

    A command that fails in both programs alike writes nothing in either, and nothing differs.
    """
    for call in calls:
        printed, _, code = (
            printed_by(folder / call.name).read_text(encoding="utf-8").rpartition("exit code ")
        )
        missing = [left for left in call.leaves if not (folder / call.name / left).exists()]
        if "Traceback (most recent call last)" in printed:
            yield f"{call.name}: a traceback"
        elif int(code) != call.code:
            yield f"{call.name}: exit code {int(code)}, not {call.code}"
        elif missing:
            yield f"{call.name}: has not written {', '.join(missing)}"


def text_of(folder: Path) -> str:
    """What the command printed whose folder this is, less the line with its exit code."""
    return printed_by(folder).read_text(encoding="utf-8").rpartition("exit code ")[0]


def printed_by(folder: Path) -> Path:
    """The file with what a command printed."""
    return folder / "printed.txt"
