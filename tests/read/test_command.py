"""Broken files through the command line: one clear line each, exit 1 or 2, never a traceback."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import playbook
from generator.read import read_text
from tests.program import call
from tests.read.test_files import NAMES, SPECIAL
from tests.read.test_parse import BROKEN, HOSTILE
from tests.workspace import SMALL_PLAYBOOK, make_workspace

REPOSITORY = Path(__file__).resolve().parents[2]
LINE = re.compile(r"playbooks/\S+:[0-9]+:[0-9]+: error: [^\n]+ \[[a-z0-9-]+(?:, [a-z0-9-]+)*\]")

# those of which nothing can be used: of the others the completeness rules have more to say
UNREADABLE = {name: raw for name, raw, _ in BROKEN if read_text(raw, "x.yaml").data is None} | {
    name: raw for name, raw, _ in HOSTILE
}


def check(root: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """`python -m generator check`, in at most 1 GB."""
    words = ["check", "--root", str(root), "--today", "2026-11-23", *more]
    done = call(Path("/"), words, memory=2**30)
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def test_there_are_many_kinds() -> None:
    assert len(UNREADABLE) + len(SPECIAL) + len(NAMES) > 100


@pytest.mark.sampled(12)
@pytest.mark.parametrize("raw", UNREADABLE.values(), ids=UNREADABLE)
def test_one_line_for_each_kind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], raw: bytes
) -> None:
    root = make_workspace(tmp_path, {"playbooks/x.yaml": raw})
    arguments = [
        "check",
        "--root",
        str(root),
        "--today",
        "2026-11-23",
        "--output-format",
        "concise",
    ]
    assert playbook.main(arguments, standalone_mode=False) == 1
    document = read_text(raw, "playbooks/x.yaml")
    assert document.data is None
    expected = [str(problem) for problem in document.problems]
    assert sorted(capsys.readouterr().out.splitlines()) == sorted(expected)
    assert len(expected) <= 2
    assert all(LINE.fullmatch(line) for line in expected)


def test_all_kinds_at_once(tmp_path: Path) -> None:
    files = {f"playbooks/k{number}.yaml": raw for number, raw in enumerate(UNREADABLE.values())}
    root = make_workspace(tmp_path, files)
    for number, (_, make, _) in enumerate(SPECIAL):
        inner = root / f"playbooks/s{number}"
        inner.mkdir()
        make(inner / f"s{number}.yaml")
    done = check(root, "--output-format", "concise")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    lines = done.stdout.splitlines()
    assert all(LINE.fullmatch(line) for line in lines)
    special = {f"playbooks/s{number}/s{number}.yaml" for number in range(len(SPECIAL))}
    others = {"playbooks/outside.yaml"}  # what a link points to
    assert {line.split(":")[0] for line in lines} - others == {*files, *special}


@pytest.mark.parametrize("output_format", ["full", "concise", "json", "github"])
def test_every_format_takes_every_broken_file(tmp_path: Path, output_format: str) -> None:
    root = make_workspace(
        tmp_path, {f"playbooks/k{n}.yaml": raw for n, (_, raw, _) in enumerate(BROKEN)}
    )
    (root / os.fsdecode(b"playbooks/\xff.yaml")).write_text(SMALL_PLAYBOOK)
    (root / "playbooks/new\nline\x1b[31m.yaml").write_text(SMALL_PLAYBOOK)
    done = check(root, "--output-format", output_format)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stdout


def no_playbooks(root: Path) -> None:
    (root / "playbooks").rmdir()


def a_file(root: Path) -> None:
    no_playbooks(root)
    (root / "playbooks").touch()


def a_link(root: Path) -> None:
    no_playbooks(root)
    (root / "playbooks").symlink_to("/usr")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            no_playbooks,
            "error: there is no folder playbooks; make it, or name the workspace with --root",
        ),
        (a_file, "error: there is no folder playbooks; make it, or name the workspace with --root"),
        (a_link, "error: playbooks is a symbolic link; make it a plain folder"),
    ],
    ids=["none", "a file", "a link"],
)
def test_a_workspace_that_cannot_be_used(
    tmp_path: Path, make: Callable[[Path], None], message: str
) -> None:
    make(make_workspace(tmp_path))
    done = check(tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{message}\n")
