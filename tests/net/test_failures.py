"""A command of the net that fails in both programs alike is told: no file of theirs differs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.net.run import Call, Program, failures
from tests.workspace import SMALL_PLAYBOOK, make_workspace

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("Done\nexit code 0\n", []),
        ("error: no such audience\nexit code 2\n", ["call: exit code 2, not 0"]),
        ("exit code 1\nexit code 0\n", []),
        ("exit code 0\nexit code 1\n", ["call: exit code 1, not 0"]),
        ("exit code -9\n", ["call: exit code -9, not 0"]),
        (
            "Traceback (most recent call last):\n  ...\nKeyError: 'a'\nexit code 1\n",
            ["call: a traceback"],
        ),
    ],
)
def test_by_what_is_printed(tmp_path: Path, printed: str, told: list[str]) -> None:
    """The exit code is the last line; what is printed may speak of others."""
    _write(tmp_path, printed)
    call = Call(name="call", workspace="w", words=())
    assert list(failures([call], tmp_path)) == told


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("3 findings\nexit code 1\n", []),
        ("no findings\nexit code 0\n", ["call: exit code 0, not 1"]),
        ("Traceback (most recent call last):\nexit code 1\n", ["call: a traceback"]),
    ],
)
def test_where_findings_are_wanted(tmp_path: Path, printed: str, told: list[str]) -> None:
    """A broken workspace must be found fault with, and a bug has the same exit code."""
    _write(tmp_path, printed)
    call = Call(name="call", workspace="w", words=(), code=1)
    assert list(failures([call], tmp_path)) == told


def _write(folder: Path, printed: str) -> None:
    (folder / "call").mkdir()
    (folder / "call/printed.txt").write_text(printed, encoding="utf-8")


def test_of_the_program(tmp_path: Path) -> None:
    """A build that is refused, a file that is not written; what works is passed over."""
    work, folder = tmp_path / "work", tmp_path / "folder"
    folder.mkdir()
    make_workspace(work / "small", {"playbooks/harbor-logistics.yaml": SMALL_PLAYBOOK})
    make_workspace(work / "wrong", {"playbooks/harbor-logistics.yaml": "schema: 1\nacount: {}\n"})
    export = ("export", "--format", "csv", "--table", "accounts", "--output", "accounts.csv")
    calls = [
        Call(name="refused", workspace="wrong", words=("build",), leaves=("site",)),
        Call(name="written", workspace="small", words=export, leaves=("accounts.csv",)),
        Call(name="elsewhere", workspace="small", words=export, leaves=("a.csv", "b.csv")),
    ]
    with Program(ROOT, work, folder) as started:
        started.run(calls)
    assert list(failures(calls, folder)) == [
        "refused: exit code 1, not 0",
        "elsewhere: has not written a.csv, b.csv",
    ]
    assert (folder / "written/accounts.csv").is_file()
