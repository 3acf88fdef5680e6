"""Other programs that publishing runs: the site builder, and what makes the full-text index."""

from __future__ import annotations

import datetime
import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from generator.errors import BuildError
from generator.site.hook import HANDS_OFF

LINES_SHOWN = 6
SIGNS_SHOWN = 300
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_NOTES = ("INFO ", "DEBUG ", "Build started")
_TRACEBACK = "Traceback (most recent call last):"
# Zensical frames the place of a mistake in a drawing of lines
_FRAME = "─│╭╰╯┬ []"


def require(module: str, *parts: str, extra: str = "") -> None:
    """Stop with the cure when a program, or a part of it, is not installed."""
    if any(importlib.util.find_spec(one) is None for one in (module, *parts)):
        cure = f"; pip install 'account-playbooks[{extra}]'" if extra else ""
        raise BuildError(f"{module} is not installed{cure}")


def run_module(
    module: str, arguments: Sequence[str], *, folder: Path, today: datetime.date
) -> None:
    """Run a program of this Python in a folder; BuildError in its own words when it fails."""
    # -P keeps the working folder out of what can be imported
    command = [sys.executable, "-P", "-m", module, *arguments]
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=_environment(today),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    except OSError as error:
        raise BuildError(f"{module} could not be started: {error.strerror}") from error
    if done.returncode:
        raise BuildError(f"{module} failed: {complaint(done.stdout.decode('utf-8', 'replace'))}")


def _environment(today: datetime.date) -> dict[str, str]:
    """The program's surroundings, the same on every machine and day."""
    noon = datetime.datetime.combine(today, datetime.time(12), datetime.UTC)
    return {
        **{name: os.environ[name] for name in os.environ if not name.startswith("PAGEFIND_")},
        HANDS_OFF: "1",
        "NO_COLOR": "1",
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "SOURCE_DATE_EPOCH": str(int(noon.timestamp())),
        "TZ": "UTC",
    }


def complaint(output: str) -> str:
    """The program's own words on one line, shortened to what helps.

    Notes, drawings and the inside of a traceback go; the first mistakes and the number of the
    others stay.
    """
    before, _, traceback = _COLOURS.sub("", output).partition(_TRACEBACK)
    lines = [*before.splitlines(), *traceback.splitlines()[-1:]]
    plain = [" ".join(line.strip(_FRAME).split()) for line in lines if "│" not in line]
    telling = [line for line in plain if line and not line.startswith(_NOTES)]
    shown = [_shortened(line) for line in telling[:LINES_SHOWN]]
    if len(telling) > LINES_SHOWN:
        shown.append(f"and {len(telling) - LINES_SHOWN} more lines")
    return " | ".join(shown) or "it said nothing"


def _shortened(line: str) -> str:
    return line if len(line) <= SIGNS_SHOWN else f"{line[:SIGNS_SHOWN]}…"
