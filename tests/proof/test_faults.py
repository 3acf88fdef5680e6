"""Builds that are killed, refused by the disk or run at once leave a whole site, and one sentence."""

from __future__ import annotations

import functools
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from generator.site.release import MARKER, _digest
from tests.processes import HANGS, group_is_gone, wait_until
from tests.program import run
from tests.proof.conftest import Proof
from tests.proof.test_same_bytes import digest
from tests.site.trees import contents
from tests.workspace import SMALL_PLAYBOOK, make_workspace

# What each workspace has published: a copy may be older than the releases that are kept
KNOWN: dict[Path, set[str]] = {}
REPOSITORY = Path(__file__).parents[2]
BREAKING = Path(__file__).parent / "breaking"
ERRORS = ("ENOSPC", "EROFS", "EIO", "EACCES")
KINDS = (
    "open",
    "create",
    "write",
    "mkdir",
    "rename",
    "unlink",
    "rmdir",
    "symlink",
    "scandir",
    "utime",
)
Made = list[tuple[str, Path]]
"""Calls to the disk in their order: what kind, and the path within the workspace."""
# These look, or delete what nobody reads any more: they may be passed over without a word
MAY_PASS = {"rmdir", "unlink", "scandir", "open", "utime", "mkdir"}


WORDS = ("--today", "2026-11-23", "build", "--allow-incomplete")


def start(root: Path, **how: Any) -> subprocess.Popen[str]:
    """A build as a process of its own, with its output or without."""
    words = ("--root", str(root), *WORDS, "--copy", str(root / "public"))
    return subprocess.Popen(
        [sys.executable, "-m", "generator", *words],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        text=True,
        **how,
    )


def build(root: Path, **plan: Any) -> subprocess.CompletedProcess[str]:
    """The real command, broken as planned."""
    path = os.pathsep.join((str(BREAKING), str(REPOSITORY)))
    broken = json.dumps({"below": str(root), **plan}) if plan else "{}"
    words = (*WORDS, "--copy", root / "public")
    return run(root, "--root", root, *words, PYTHONPATH=path, PLAYBOOK_BREAK=broken)


def newest(root: Path) -> int:
    """When something was last written into the folder in which sites are made."""
    return max(path.stat().st_mtime_ns for path in (root / "build").glob("*"))


def writes(root: Path, begun: int, worker: subprocess.Popen[str]) -> bool:
    """Whether a build has written something, or has ended."""
    return newest(root) != begun or worker.poll() is not None


def write(root: Path, text: str) -> None:
    (root / "playbooks" / "harbor.yaml").write_text(SMALL_PLAYBOOK + f"# round {text}\n")


def round_of(root: Path) -> str:
    """Which round the site shows."""
    page = (root / "site" / "accounts" / "harbor" / "source.html").read_text(encoding="utf-8")
    return page.partition("# round ")[2].split("\n")[0]


def assert_clean(root: Path) -> None:
    """The next run needs no cleaning, and leaves only what belongs there."""
    write(root, "clean")
    done = build(root)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert round_of(root) == "clean"
    names = {path.name for path in root.iterdir()}
    assert names == {"build", "playbooks", "public", "site", "site_config"}
    assert [path for path in root.rglob(".*") if path.name != MARKER] == []
    assert_whole(root)


def assert_whole(root: Path) -> None:
    """Site and copy are whole: a release's name is the hash of its bytes, the copy is a release."""
    assert _digest((root / "site").resolve()) == (root / "site").readlink().name
    assert (root / "site" / "index.html").is_file()
    copy = root / "public" if (root / "public").exists() else root / ".public.before"
    copied = contents(copy)
    del copied[MARKER]
    known = KNOWN.setdefault(root, set())
    known |= {
        digest(contents(release)) for release in (root / "build" / "releases").glob("[0-9a-f]*")
    }
    assert digest(copied) in known


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a good site, not to be changed."""
    root = make_workspace(
        tmp_path_factory.mktemp("good"), {"playbooks/harbor.yaml": SMALL_PLAYBOOK}
    )
    write(root, "good")
    assert build(root).returncode == 0
    return root


@pytest.fixture
def root(good: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(good, tmp_path / "workspace", symlinks=True)


@pytest.fixture(scope="module")
def made(good: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The calls of one build to the disk, each with its path, in their order."""
    root = shutil.copytree(good, tmp_path_factory.mktemp("logged") / "workspace", symlinks=True)
    log = root.parent / "log"
    write(root, "log")
    assert build(root, log=str(log)).returncode == 0
    lines = map(json.loads, log.read_text(encoding="utf-8").splitlines())
    return [(kind, Path(path).relative_to(root)) for kind, path in lines]


def chosen(made: Made, dice: random.Random) -> list[int]:
    """Numbers of all calls: one of each kind at each place first, then the others."""
    by_place: dict[tuple[str, ...], list[int]] = {}
    for number, (kind, path) in enumerate(made, 1):
        place = path.parts[:2]
        by_place.setdefault(
            (kind, *(re.sub(r"\w{16,}|new-\w+", "x", part) for part in place)), []
        ).append(number)
    firsts = [dice.choice(numbers) for numbers in by_place.values()]
    rest = sorted({*range(1, len(made) + 1)} - {*firsts})
    dice.shuffle(firsts)
    dice.shuffle(rest)
    return firsts + rest


def hit(
    root: Path, kind: str, number: int, error: str
) -> tuple[subprocess.CompletedProcess[str], str | None]:
    """A build whose Nth call of a kind fails, and the path of that call; None if it made fewer."""
    noted = root.parent / "hit"
    noted.unlink(missing_ok=True)
    done = build(root, kind=kind, at=number, how=error, hit=str(noted))
    line = noted.read_text(encoding="utf-8")
    return done, json.loads(line)[1] if line else None


@pytest.mark.full
def test_killed_at_calls_to_the_disk(root: Path, made: Made, proof: Proof) -> None:
    numbers = chosen(made, proof.dice())
    for done, number in enumerate(numbers):
        before = round_of(root)
        write(root, f"kill {number}")
        killed = build(root, at=number, how="kill")
        assert killed.returncode in (-signal.SIGKILL, 0), killed.stderr
        assert_whole(root)
        assert round_of(root) in (before, f"kill {number}")
        if done % 25 == 24:
            assert_clean(root)
    assert_clean(root)
    proof.tell(calls_of_a_build=len(made), kills=len(numbers))


@pytest.mark.full
def test_killed_at_any_time(root: Path, proof: Proof) -> None:
    """The program alone, or together with its site builder."""
    dice = proof.dice()
    kills = 100
    early = 0
    groups: list[int] = []
    for number in range(kills):
        before = round_of(root)
        # a new summary goes into the search, so that the site builder runs
        text = SMALL_PLAYBOOK.replace("A sample", f"Sample {number}") + f"# round {number}\n"
        (root / "playbooks" / "harbor.yaml").write_text(text)
        begun = newest(root)
        worker = start(
            root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        # once it writes; then a part of the time that it takes from there to its end
        wait_until(functools.partial(writes, root, begun, worker), "it writes")
        time.sleep(dice.random() * 1.6)
        if worker.poll() is None:
            early += 1
            kill = os.killpg if number % 2 else os.kill
            kill(worker.pid, signal.SIGKILL)
        worker.wait()
        groups.append(worker.pid)
        assert_whole(root)
        assert round_of(root) in (before, str(number))
    # a site builder that is on its own now goes on writing for a while
    wait_until(lambda: all(map(group_is_gone, groups)), "the site builders end")
    assert_clean(root)
    proof.tell(kills=kills, while_it_ran=early)


@pytest.mark.slow
@pytest.mark.parametrize("error", ERRORS)
def test_what_the_disk_refuses_is_one_sentence(
    root: Path, made: Made, proof: Proof, error: str
) -> None:
    """The Nth open, write, rename … of publishing fails: exit 2, the path, the last good site."""
    # what is read before anything is published has a test of its own
    first = next(number for number, (_, path) in enumerate(made, 1) if path == Path("build"))
    skipped = Counter(kind for kind, _ in made[: first - 1])
    counts = Counter(kind for kind, _ in made)
    dice = proof.dice()
    tried = passed = 0
    for kind in dice.sample(KINDS, proof.count(1, len(KINDS))):
        numbers = range(skipped[kind] + 1, counts[kind] + 1)
        for number in dice.sample(numbers, min(len(numbers), proof.count(1, 12))):
            before = round_of(root)
            write(root, f"{kind} {number}")
            done, path = hit(root, kind, number, error)
            tried += path is not None
            assert "Traceback" not in done.stdout + done.stderr, done.stderr
            if done.returncode == 0:
                assert path is None or kind in MAY_PASS, (kind, path)
                passed += path is not None
                assert round_of(root) == f"{kind} {number}"
            else:
                assert done.returncode == 2, (path, done)
                assert re.fullmatch(r"error: [^\n]+\n", done.stderr), done.stderr
                assert str(root) in done.stderr, (path, done.stderr)
            assert_whole(root)
            assert round_of(root) in (before, f"{kind} {number}")
    if proof.is_full:
        assert_clean(root)
    proof.tell(faults=tried, passed_over=passed)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("error", "why"), [("EROFS", "Read-only file system"), ("EACCES", "Permission denied")]
)
def test_a_target_that_nobody_may_write_to(root: Path, error: str, why: str) -> None:
    before = contents(root / "site")
    write(root, "never")
    done = build(root, every=["create", "write", "mkdir", "rename", "unlink", "symlink"], how=error)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"error: cannot read or write {root}/build/lock: {why}\n"
    assert contents(root / "site") == before


@pytest.mark.slow
@pytest.mark.parametrize("how", ["vanish", "EIO", "EACCES"])
def test_input_that_goes_while_it_is_read(root: Path, made: Made, proof: Proof, how: str) -> None:
    """Each file and folder of playbooks/ and site_config/, at each time that it is looked at."""
    kept = {path: path.read_bytes() for path in root.rglob("*.yaml") if "build" not in path.parts}
    numbers = [
        number
        for number, (kind, path) in enumerate(made, 1)
        if path.parts[:1] in (("playbooks",), ("site_config",))
        and (kind == "open" or how != "vanish")
    ]
    assert len(numbers) >= 4
    link = (root / "site").readlink()
    for number in proof.dice().sample(numbers, proof.count(1, len(numbers))):
        done = build(root, at=number, how=how)
        assert "Traceback" not in done.stdout + done.stderr, done.stderr
        assert done.returncode in (1, 2), (made[number - 1], done)
        name = made[number - 1][1].as_posix()
        assert name in done.stdout + done.stderr, (name, done)
        assert (root / "site").readlink() == link
        for path, content in kept.items():
            path.write_bytes(content)
    if proof.is_full:
        assert_clean(root)


@pytest.mark.slow
def test_of_builds_at_once_one_wins_and_the_others_say_so(root: Path, proof: Proof) -> None:
    rounds = proof.count(1, 12)
    won = lost = 0
    for number in range(rounds):
        write(root, str(number))
        workers = [
            start(root, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            for _ in range(proof.count(2, 4))
        ]
        for worker in workers:
            out, err = worker.communicate(timeout=HANGS)
            assert out == ""
            if worker.returncode == 0:
                won += 1
            else:
                lost += 1
                assert worker.returncode == 2
                assert err == f"error: another build is running in {root}/build; wait for it\n"
        assert round_of(root) == str(number)
        assert_whole(root)
    assert won >= rounds
    assert_clean(root)
    proof.tell(rounds=rounds, won=won, lost=lost)
