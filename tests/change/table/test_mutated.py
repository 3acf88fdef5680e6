"""Five hundred files that are broken in twenty ways: none ends in a traceback, each in one clear line."""

from __future__ import annotations

import hashlib
import io
import re
from collections import Counter
from itertools import islice
from pathlib import Path

import openpyxl
import pytest

from tests.change.table.mutations import (
    ACCOUNTS,
    KINDS,
    MAPPING,
    TEXT,
    delimited,
    exported_for_changing,
    mutated,
    spreadsheet,
)
from tests.program import call
from tests.workspace import SMALL_PLAYBOOK, make_workspace

EACH = 25
"""Files of each of twenty kinds: five hundred."""
MEMORY = 1_500_000_000
FINDING = re.compile(r"\S.*:\d+:\d+: (?:warning|error): .* \[[a-z-]+\]")
ACCOUNTED = re.compile(
    r"\S+( \(.*\))?: [\d,]+ rows, [\d,]+ used|  [\d,]+ .*: .*|[\d,]+ \w.*|won value: .*"
    r"|what is written is remembered in .*|playbooks against the export:"
    r"|  (?:revenue \d+|open deals|cases): .*"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "ws", {"playbooks/harbor.yaml": SMALL_PLAYBOOK})


def export_of(tmp_path: Path, raw: bytes, *, is_text: bool) -> tuple[Path, Path]:
    """The folder of an export with these bytes as its deals, and the mapping for it."""
    folder = tmp_path / "export"
    folder.mkdir()
    name = "deals.csv" if is_text else "crm.xlsx"
    (folder / name).write_bytes(raw)
    mapping = MAPPING.replace("FILE", name)
    if is_text:
        mapping = mapping.replace("deals.csv, sheet: accounts", "accounts.csv")
        mapping = mapping.replace("deals.csv, sheet: deals", name)
        rows = "".join(f"{','.join(row)}\n" for row in ACCOUNTS)
        (folder / "accounts.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "mapping.yaml").write_text(mapping, encoding="utf-8")
    return folder, tmp_path / "mapping.yaml"


def outcome(root: Path, *words: str | Path) -> int:
    """The exit code of a call that said what it must in lines that people can read."""
    done = call(root, words, memory=MEMORY)
    lines = done.stderr.decode().splitlines()
    assert not any("Traceback" in line for line in lines), lines
    if done.returncode == 2:
        assert len(lines) == 1 or lines[-1].startswith("Error: say which columns mean what"), lines
        assert lines[-1].lower().startswith("error: "), lines
        assert 20 < len(lines[-1]) < 400
        assert lines[-1].isprintable()
    else:
        assert done.returncode in (0, 1), lines
        unlike = [
            line for line in lines if not (FINDING.fullmatch(line) or ACCOUNTED.fullmatch(line))
        ]
        assert unlike == []
    return done.returncode


@pytest.mark.sampled(20, kinds=("kind",))
@pytest.mark.parametrize("number", range(EACH))
@pytest.mark.parametrize("kind", KINDS)
def test_a_broken_file_ends_in_one_clear_line(
    tmp_path: Path, root: Path, kind: str, number: int
) -> None:
    raw = mutated(kind, number)
    folder, mapping = export_of(tmp_path, raw, is_text=kind in TEXT)
    outcome(root, "import", folder, "--mapping", mapping, "--dry-run")
    outcome(root, "import", "--suggest", folder)
    if kind not in TEXT:
        outcome(root, "import", folder / "crm.xlsx", "--dry-run")


def test_what_is_not_broken_is_read(tmp_path: Path, root: Path) -> None:
    """The same files as they were: three exit codes that the test above does not ask for."""
    folder, mapping = export_of(tmp_path, spreadsheet(), is_text=False)
    assert outcome(root, "import", folder, "--mapping", mapping, "--dry-run") == 0
    (folder / "crm.xlsx").write_bytes(exported_for_changing())
    assert outcome(root, "import", folder / "crm.xlsx", "--dry-run") == 0
    (folder / "crm.xlsx").unlink()
    folder.rmdir()
    folder, mapping = export_of(tmp_path, delimited(), is_text=True)
    assert outcome(root, "import", folder, "--mapping", mapping, "--dry-run") == 0


def test_the_control_fails() -> None:
    """A reader without such care stops at many of them with an exception of some kind."""
    kinds: Counter[str] = Counter()
    for kind in ("swapped", "cut part", "nasty", "flipped part"):
        for number in range(EACH):
            try:
                book = openpyxl.load_workbook(io.BytesIO(mutated(kind, number)), read_only=True)
                for sheet in book.worksheets:
                    list(islice(sheet.iter_rows(values_only=True), 100))
            except Exception as error:  # noqa: BLE001 - which they are is what is counted
                kinds[type(error).__name__] += 1
    assert len(kinds) > 3
    assert kinds.total() > 40


def test_there_are_five_hundred_and_they_are_the_same_each_time() -> None:
    assert len(KINDS) * EACH == 500
    all_of_them = [hashlib.sha256(mutated(kind, 3)).hexdigest() for kind in KINDS]
    assert all_of_them == [hashlib.sha256(mutated(kind, 3)).hexdigest() for kind in KINDS]
