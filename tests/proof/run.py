"""`make proof`: every proof at full numbers, one seed for all, and a report; 1 if one fails.

python -m tests.proof.run [--seed N] [PART …]
"""

from __future__ import annotations

import argparse
import re
import secrets
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / "build" / "proof"
LEAST_DEAD = 90.0
"""Of a hundred mutants so many must be noticed."""
PARTS = {
    "guards": "Guards, encoders, paths, Unicode, git: every branch is tested",
    "hostile_text": "Hostile text in every field is text in a browser",
    "confidential": "Nothing from above an audience is in any byte",
    "faults": "Killed, refused or at once: the last good site stands",
    "same_bytes": "The same bytes wherever and however",
    "any_input": "Whatever a file holds: findings, in little time and memory",
    "samples": "All cases of what the tests take a sample of",
    "settings": "Every number and word of site_config changes what comes out",
    "supply": "No network, and packages that can be built again",
    "mutants": "A changed constant or operator is noticed",
}
_DEAD = re.compile(r"(\d+) of (\d+) mutants died")


@dataclass(kw_only=True)
class Row:
    """One test of a part: whether it passed, how long it took, its numbers."""

    name: str
    is_passed: bool
    seconds: float
    numbers: dict[str, str] = field(default_factory=dict)


def main() -> int:
    """Run the parts that are asked for, all without a word, and write the report."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    asked.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    asked.add_argument("--workers", type=int, default=2, help="processes for the mutants")
    given = asked.parse_args()
    if unknown := set(given.parts) - PARTS.keys():
        asked.error(f"there is no part {', '.join(sorted(unknown))}")
    say(f"seed {given.seed}")
    PLACE.mkdir(parents=True, exist_ok=True)
    results: dict[str, list[Row]] = {}
    for part in given.parts or PARTS:
        begin = time.monotonic()
        rows = mutants(given.seed, given.workers) if part == "mutants" else proved(part, given.seed)
        results[part] = rows
        word = "passed" if all(row.is_passed for row in rows) else "FAILED"
        say(f"{part}: {word}, {len(rows)} tests, {time.monotonic() - begin:.0f} s")
    (PLACE / "report.md").write_text(report(results, given.seed), encoding="utf-8")
    say(f"report: {(PLACE / 'report.md').relative_to(ROOT)}")
    return 0 if all(row.is_passed for rows in results.values() for row in rows) else 1


def say(text: str) -> None:
    """A line at once, also into a file or a pipe."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def proved(part: str, seed: int) -> list[Row]:
    """The tests of a part at full numbers."""
    results = PLACE / f"{part}.xml"
    results.unlink(missing_ok=True)
    words = ["-q", "-p", "no:xdist", "--full", "--proof-seed", str(seed), f"--junitxml={results}"]
    # the newer form of the report has no place for numbers; and a proof may well take ten minutes
    words += ["-o", "junit_family=xunit1", "-o", "faulthandler_timeout=0"]
    with (PLACE / f"{part}.log").open("wb") as log:
        ended = run(["-m", "pytest", *words, *tests_of(part)], log)
    rows = list(rows_of(results)) if results.is_file() else []
    if ended or not rows:
        rows.append(Row(name=f"pytest ended with {ended}", is_passed=False, seconds=0))
    return rows


def tests_of(part: str) -> tuple[str, ...]:
    """What pytest is asked to run for a part."""
    if part == "samples":
        return ("-m", "sampled or full or hypothesis", "--ignore", "tests/proof", "tests")
    return (f"tests/proof/test_{part}.py",)


def run(words: list[str], log: object) -> int:
    """A Python of this environment; its exit code."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        stdout=log,  # type: ignore[call-overload]
        stderr=subprocess.STDOUT,
        check=False,
    )
    return int(done.returncode)


def rows_of(results: Path) -> Iterator[Row]:
    """The tests of a JUnit report, which is our own."""
    for case in ET.parse(results).iter("testcase"):
        numbers = {entry.attrib["name"]: entry.attrib["value"] for entry in case.iter("property")}
        bad = [kind for kind in ("failure", "error", "skipped") if case.find(kind) is not None]
        name = case.attrib["name"] + "".join(f" ({kind})" for kind in bad)
        passed = "failure" not in bad and "error" not in bad
        seconds = float(case.attrib["time"])
        yield Row(name=name, is_passed=passed, seconds=seconds, numbers=numbers)


def mutants(seed: int, workers: int) -> list[Row]:
    """Each change of the figures' code, shared out; at least 90 of 100 must be noticed."""
    begin = time.monotonic()
    reports = [PLACE / f"mutants-{part}.txt" for part in range(1, workers + 1)]
    for old in reports:
        old.unlink(missing_ok=True)
    started = [
        subprocess.Popen(
            [
                *(
                    sys.executable,
                    "-m",
                    "pytest",
                    "-q",
                    "-p",
                    "no:xdist",
                    "-p",
                    "tests.proof.mutants",
                ),
                *("tests/figures", "--mutate", "generator/figures"),
                *("--seed", str(seed), "--share", f"{part}/{workers}", "--report", str(report)),
            ],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )
        for part, report in enumerate(reports, 1)
    ]
    for process in started:
        process.wait()
    reports_of_workers = [
        written.read_text(encoding="utf-8") for written in reports if written.is_file()
    ]
    return [noticed(reports_of_workers, workers, time.monotonic() - begin)]


def noticed(texts: list[str], workers: int, seconds: float) -> Row:
    """Whether enough mutants died, by what each worker reports; all workers must."""
    dead_counts = [counts for text in texts if (counts := _DEAD.search(text))]
    dead, of = (sum(int(counts[place]) for counts in dead_counts) for place in (1, 2))
    share = 100 * dead / of if of else 0.0
    return Row(
        name=f"at least {LEAST_DEAD:g} of 100 mutants die",
        is_passed=len(dead_counts) == workers and share >= LEAST_DEAD,
        seconds=seconds,
        numbers={"mutants": str(of), "died": str(dead), "share": f"{share:.1f} %"},
    )


def report(results: dict[str, list[Row]], seed: int) -> str:
    """All that was found, for people."""
    lines = ["# Proofs", "", f"Seed {seed}. Again: `python -m tests.proof.run --seed {seed}`.", ""]
    for part, rows in results.items():
        lines += [
            f"## {PARTS[part]}",
            "",
            "| test | result | seconds | numbers |",
            "|---|---|---:|---|",
        ]
        for row in rows:
            numbers = ", ".join(f"{name} {value}" for name, value in row.numbers.items())
            result = "passed" if row.is_passed else "**failed**"
            name = row.name.replace("_", " ").replace("|", "\\|")
            lines.append(f"| {name} | {result} | {row.seconds:.0f} | {numbers} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
