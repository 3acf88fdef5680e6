"""Whatever a file holds: findings, never a traceback, none hangs, each within 300 MB.

Documents are made from a playbook with every field by edits such as people and programs make, and
from raw bytes and pieces of YAML. They go through all stages up to the gate, and some to pages.
"""

from __future__ import annotations

import functools
import os
import resource
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest
from hypothesis import HealthCheck
from hypothesis import strategies as st

from generator.figures import enrich
from generator.pages import render
from generator.problems import Problem
from generator.read import Workspace, read_text
from generator.rules.gate import judge
from generator.rules.validate import validate
from generator.settings import Settings, load_settings
from tests.everything import TODAY, Mode, everything_text
from tests.proof.conftest import Proof
from tests.proof.hostile import strings
from tests.read.test_properties import PIECES
from tests.workspace import make_workspace

# a failing example is a whole file, and is shown all the same
pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")

HANGS = 60
"""Seconds of work after which a file counts as one that hangs: no measure of speed."""
MEGABYTES = 300
BATCH = 500
REPOSITORY = Path(__file__).parents[2]
GROUP = b"schema: 1\naccount: {name: Everything Group, status: former}\nsummary: The parent.\n"

ODD = st.sampled_from(
    [
        *("0", "-0", "1e308", "-1e15", "1e999", "nan", ".inf", "0b_", "0x1F", "017", "1_000", "190:20:30"),
        *("60,000", "5 %", "2024-02-30", "2026-11-23", "1899-12-31", "9999-12-31", "2026-11-23T10:00:00Z"),
        *("true", "NO", "null", "~", "[]", "{}", "[[]]", "{a: {b: c}}", "- x", "|", ">-", "'", '"', "!!int foo"),
        *("&a b", "*a", "<<", "? x", "x: y: z", "kim-larsen", "nobody", "everything", "EUR", "XYZ", "fact"),
        "9" * 5000, "[" * 40, "a" * 30_000, "\\u202e", "港口", "😀", "%", "@", "`", "#",
    ]
)  # fmt: skip


@functools.cache
def lines_of(variant: int) -> tuple[str, ...]:
    mode: Mode = "score" if variant % 3 == 2 else "money"
    text = everything_text(mode, unknowns=variant % 2 == 1, variant=variant)
    return tuple(text.split("\n"))


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """A playbook with every field, edited in a few places."""
    lines = list(lines_of(draw(st.integers(0, 5))))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(lines) - 1))
        edit = draw(
            st.sampled_from(("value", "drop", "double", "indent", "swap", "cut", "insert", "piece"))
        )
        key = lines[at].partition(": ")[0]
        if edit == "value":
            lines[at] = f"{key.rstrip(':')}: {draw(ODD | st.sampled_from(strings().held))}"
        elif edit == "drop":
            del lines[at : at + draw(st.integers(1, 30))]
        elif edit == "double":
            lines[at:at] = lines[at : at + draw(st.integers(1, 10))]
        elif edit == "indent":
            lines[at] = " " * draw(st.integers(0, 3)) + lines[at].lstrip()
        elif edit == "swap":
            at_other = draw(st.integers(0, len(lines) - 1))
            lines[at], lines[at_other] = lines[at_other], lines[at]
        elif edit == "cut":
            lines[at] = lines[at][: draw(st.integers(0, 20))]
        elif edit == "insert":
            lines.insert(at, f"{' ' * draw(st.integers(0, 6))}{draw(ODD)}")
        else:
            lines[at] += draw(PIECES)
        lines = lines or [""]
    return "\n".join(lines).encode("utf-8", "surrogatepass")


ANYTHING = st.one_of(
    documents(),
    documents(),
    documents(),
    st.binary(max_size=400),
    st.lists(PIECES, max_size=60).map(lambda pieces: "".join(pieces).encode()),
    st.tuples(documents(), st.integers(0, 20_000), st.binary(max_size=6)).map(
        lambda made: made[0][: made[1]] + made[2] + made[0][made[1] :]
    ),
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return load_settings(Workspace.at(make_workspace(tmp_path_factory.mktemp("any"))))


def examined(
    many: int, seed: int, strategy: st.SearchStrategy[bytes], look: Callable[[bytes], None]
) -> None:
    """Look at so many examples; the first that is not as it should be is shrunk and shown."""

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=many,
        derandomize=False,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(strategy)
    def each(raw: bytes) -> None:
        look(raw)

    each()


def assessed(raw: bytes, settings: Settings, *, with_pages: bool) -> tuple[Problem, ...]:
    """All stages; with pages also what readers see."""
    documents = [
        read_text(raw, "playbooks/everything.yaml"),
        read_text(GROUP, "playbooks/everything-group.yaml"),
    ]
    portfolio = judge(enrich(validate(documents, settings, TODAY), settings, TODAY))
    if with_pages:
        render(portfolio, allow_incomplete=True)
    return portfolio.findings


def within_limits(work: Callable[[], None]) -> None:
    """Do it in a child that gets so much more memory than this process has, and no more."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            pages = int(Path("/proc/self/statm").read_text().split()[0])
            most = pages * resource.getpagesize() + MEGABYTES * 1_000_000
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
            work()
        except BaseException:  # noqa: BLE001 - it is told to the parent, whatever it is
            os.write(writer, traceback.format_exc()[-20_000:].encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8", errors="replace") as pipe:
        trace = pipe.read()
    status = os.waitpid(child, 0)[1]
    assert trace == ""
    assert status == 0, "the process did not survive it"


@pytest.mark.slow
def test_any_document_in_process(settings: Settings, proof: Proof) -> None:
    """In batches, because what makes the examples remembers them all."""
    many = proof.count(20, 10_000)
    for batch in range(-(-many // BATCH)):
        looked = 0

        def look(raw: bytes) -> None:
            nonlocal looked
            with_pages = looked % 50 == 0
            looked += 1
            begin = time.process_time()
            problems = assessed(raw, settings, with_pages=with_pages)
            took = time.process_time() - begin
            assert took < HANGS, f"{took:.1f} s"
            for problem in problems:
                assert problem.line >= 1 <= problem.column
                assert "\n" not in problem.message

        examples = functools.partial(examined, min(many, BATCH), proof.seed + batch, ANYTHING, look)
        within_limits(examples)
    proof.tell(documents=many, megabytes_more_at_most=MEGABYTES)


def spent() -> float:
    """Seconds that children have worked: a machine that is busy with others counts for nothing."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


LIMITED = (
    "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, ({0}, {0}));"
    " from generator.cli import main; main()"
).format(MEGABYTES * 1_000_000)


@pytest.mark.slow
def test_any_document_through_the_command(tmp_path: Path, proof: Proof) -> None:
    many = proof.count(3, 200)
    root = make_workspace(tmp_path, {"playbooks/everything-group.yaml": GROUP})
    place = root / "playbooks" / "everything.yaml"
    codes: dict[int, int] = {}
    longest = 0.0

    def look(raw: bytes) -> None:
        nonlocal longest
        place.write_bytes(raw)
        begin = spent()
        done = subprocess.run(
            [sys.executable, "-c", LIMITED, "--root", str(root), "--today", "2026-11-23", "check"],
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            capture_output=True,
            check=False,
        )
        took = spent() - begin
        longest = max(longest, took)
        codes[done.returncode] = codes.get(done.returncode, 0) + 1
        assert done.returncode in (0, 1), done.stderr.decode(errors="replace")[-2000:]
        assert b"Traceback" not in done.stderr
        # nothing that steers a terminal
        printed = (done.stdout + done.stderr).decode("utf-8")
        assert [
            character
            for character in printed
            if not character.isprintable() and character not in "\n\u3000"
        ] == []
        assert took < HANGS, f"{took:.1f} s"

    examined(many, proof.seed, ANYTHING, look)
    proof.tell(runs=sum(codes.values()), codes=codes, longest=f"{longest:.2f} s")


def test_a_file_as_large_as_may_be_is_told_in_time(settings: Settings) -> None:
    """A megabyte of what is dear to read, and of what is dear to tell."""
    head = "schema: 1\naccount: {name: A, status: customer}\nsummary: "
    for raw in (
        b"[" * 1_000_000,
        b"{a: " * 250_000,
        b"- " * 400_000,
        b"a: 1\n" * 190_000,
        b"? " * 400_000,
        (head + "![" * 9_000 + "\n").encode(),
        (head + "*a_" * 6_000 + "\n").encode(),
        (head + "[x](" * 4_900 + "\n").encode(),
        (head + "'" + "&#x41;" * 3_000 + "'\n").encode(),
        b"'" + b"a\n" * 400_000,
    ):
        begin = time.process_time()
        assessed(raw, settings, with_pages=len(raw) < 100_000)
        assert time.process_time() - begin < HANGS, raw[:30]
