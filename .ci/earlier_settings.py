"""Packs every state of the settings that a version shipped, for `playbook migrate` to know them.

Run once when a version is out, from a clone with its whole history:

    .venv/bin/python .ci/earlier_settings.py LAST_COMMIT FOLDER FILE

FILE is generator/defaults/earlier/VERSION.json.xz.
"""

from __future__ import annotations

import json
import lzma
import subprocess
import sys
from pathlib import Path

from generator.settings.load import FILES


def git(*words: str) -> str:
    """What git says."""
    done = subprocess.run(["git", *words], capture_output=True, check=True)  # noqa: S607
    return done.stdout.decode()


def texts_of(commit: str, path: str) -> list[str]:
    """Every state of a file up to a commit, the first one first."""
    commits = git("log", "--reverse", "--diff-filter=AM", "--format=%H", commit, "--", path).split()
    return list(dict.fromkeys(git("show", f"{each}:{path}") for each in commits))


def packed(commit: str, folder: str) -> bytes:
    """All states of all files, as they were written."""
    states = {name: texts_of(commit, f"{folder}/{name}.yaml") for name in FILES}
    return lzma.compress(json.dumps(states, ensure_ascii=False, sort_keys=True).encode(), preset=9)


if __name__ == "__main__":
    last, place, target = sys.argv[1:]
    Path(target).write_bytes(packed(last, place))
