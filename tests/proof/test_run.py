"""The report of `make proof`: what passed, what failed, with its numbers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.proof.run import PARTS, ROOT, Row, noticed, report, rows_of

RESULTS = """\
<testsuites><testsuite>
<testcase name="test_fine" time="1.6"><properties><property name="kills" value="100"/></properties></testcase>
<testcase name="test_bad" time="0.2"><failure message="x">x</failure></testcase>
<testcase name="test_odd" time="0.2"><error message="x">x</error></testcase>
<testcase name="test_left[a|b]" time="0"><skipped message="x"/></testcase>
</testsuite></testsuites>
"""


def test_a_report_names_each_test_with_its_numbers(tmp_path: Path) -> None:
    (tmp_path / "x.xml").write_text(RESULTS, encoding="utf-8")
    rows = list(rows_of(tmp_path / "x.xml"))
    assert [row.is_passed for row in rows] == [True, False, False, True]
    assert report({"faults": rows}, 7) == (
        "# Proofs\n"
        "\n"
        "Seed 7. Again: `python -m tests.proof.run --seed 7`.\n"
        "\n"
        "## Killed, refused or at once: the last good site stands\n"
        "\n"
        "| test | result | seconds | numbers |\n"
        "|---|---|---:|---|\n"
        "| test fine | passed | 2 | kills 100 |\n"
        "| test bad (failure) | **failed** | 0 |  |\n"
        "| test odd (error) | **failed** | 0 |  |\n"
        "| test left[a\\|b] (skipped) | passed | 0 |  |\n"
    )


@pytest.mark.parametrize(
    ("reports", "is_passed", "share"),
    [
        (["90 of 100 mutants died (90.0 %), seed 1", "91 of 100 mutants died"], True, "90.5 %"),
        (["generator.figures.x:1: lost\n89 of 100 mutants died", "90 of 100 mutants died"], False, "89.5 %"),
        (["100 of 100 mutants died"], False, "100.0 %"),
        (["", ""], False, "0.0 %"),
    ],
)  # fmt: skip
def test_ninety_of_a_hundred_mutants_must_be_noticed(
    reports: list[str], is_passed: bool, share: str
) -> None:
    row = noticed(reports, 2, 3600)
    assert isinstance(row, Row)
    assert (row.is_passed, row.numbers["share"]) == (is_passed, share)


def test_each_part_has_its_tests() -> None:
    there = {path.stem.removeprefix("test_") for path in (ROOT / "tests/proof").glob("test_*.py")}
    assert there - {"run"} == PARTS.keys() - {"mutants", "samples"}


def test_an_unknown_part_is_told() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.proof.run", "fault"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.endswith("error: there is no part fault\n")
