"""The same playbooks make the same bytes: whatever the machine, its clock, its order of files."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.bench.generated import write_portfolio
from tests.history import git
from tests.pages.sites import CHINESE, HARBOR
from tests.proof.conftest import Proof
from tests.site.trees import contents
from tests.workspace import FULL_TEXT, make_workspace

REPOSITORY = Path(__file__).parents[2]
FILES = {
    "playbooks/harbor.yaml": HARBOR,
    "playbooks/asia/huayuan.yaml": CHINESE,
    **FULL_TEXT,  # with the index of words that another program makes
}
YEAR = 31_536_000


class Surroundings(NamedTuple):
    """What differs from machine to machine and from day to day."""

    seed: str
    zone: str
    locale: str
    otherwise: str
    folder: str


MATRIX = (
    Surroundings("0", "UTC", "C.UTF-8", "", "plain"),
    Surroundings("1", "Asia/Shanghai", "C", "backwards", "a longer way/风险"),
    Surroundings("2", "America/New_York", "de_DE.UTF-8", f"7+{3 * YEAR}", "x"),
    Surroundings("3", "Pacific/Kiritimati", "zh_CN.UTF-8", "8", "deep/er/and/deeper"),
    Surroundings("4", "Pacific/Pago_Pago", "tr_TR.UTF-8", f"9+{YEAR}", "with space"),
    Surroundings("5", "Asia/Kathmandu", "POSIX", f"+{9 * YEAR}", "ünïcode"),
    Surroundings("random", "Europe/Berlin", "C", "10", "dots.in.it"),
    Surroundings("random", "UTC", "fr_FR.UTF-8", f"11+{40_000}", "(brackets)"),
    Surroundings("4294967295", "Australia/Lord_Howe", "C.UTF-8", "12", "[square]"),
    Surroundings("42", "Africa/Casablanca", "ja_JP.UTF-8", f"13+{2 * YEAR}", "dash-"),
    Surroundings("77", "America/St_Johns", "en_US.UTF-8", "backwards", "'quote"),
    Surroundings("99", "Etc/GMT+12", "ar_EG.UTF-8", f"14+{YEAR // 2}", "#hash%41"),
)


def built(root: Path, where: Surroundings, accounts: int) -> dict[str, bytes]:
    """The site of the same playbooks in these surroundings."""
    make_workspace(root, dict(reversed(FILES.items())) if where.otherwise else FILES)
    write_portfolio(root, accounts)
    for number, path in enumerate(sorted(root.rglob("*.yaml"))):
        os.utime(path, (1_000_000_000 + number, 1_000_000_000 + len(where.folder)))
    with_history(root)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "generator", "--root", str(root), "--today", "2026-11-23"),
            *("build", "--allow-incomplete", "--copy", str(root / "public")),
        ],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(
                (str(Path(__file__).parent / "otherwise"), str(REPOSITORY))
            ),
            "PYTHONHASHSEED": where.seed,
            "TZ": where.zone,
            "LC_ALL": where.locale,
            "PLAYBOOK_OTHERWISE": where.otherwise,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    site = contents(root / "site")
    copy = contents(root / "public")
    assert {name: copy[name] for name in site} == site
    return site


def with_history(root: Path) -> None:
    """A commit and one that changes a plan's meaning, so that the feed has something to tell."""
    git(root, "init", "--quiet", "--initial-branch", "main")
    harbor = root / "playbooks/harbor.yaml"
    harbor.unlink()
    for _ in range(2):
        git(root, "add", "playbooks", "site_config")
        git(root, "commit", "--quiet", "--message", "sample")
        harbor.write_text(HARBOR, encoding="utf-8")


def digest(site: dict[str, bytes]) -> str:
    """One hash of the whole site, names and all."""
    whole = hashlib.sha256()
    for name, content in sorted(site.items()):
        whole.update(f"{name}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()


@pytest.mark.full
def test_one_hash_in_all_surroundings(tmp_path: Path, proof: Proof) -> None:
    accounts = 45  # from 40 on, the work is shared between processes
    first: dict[str, bytes] = {}
    hashes = set()
    for number, where in enumerate(MATRIX):
        site = built(tmp_path / str(number) / where.folder, where, accounts)
        first = first or site
        assert b"new account" in site["feed.xml"]
        assert [name for name in {*site, *first} if site.get(name) != first.get(name)] == []
        hashes.add(digest(site))
    assert len(hashes) == 1
    proof.tell(ways=len(MATRIX), accounts=accounts + 2, files=len(first), hash=hashes.pop())


def test_the_surroundings_are_other_ones(tmp_path: Path) -> None:
    """What changes the order and the clock does so; else the proof would prove nothing."""
    for name in "abcdef":
        (tmp_path / name).touch()
    asks = "import os, time; print(''.join(os.listdir('.')), ''.join(e.name for e in os.scandir('.')), time.time())"
    clocks = {}
    for otherwise in ("backwards", "8", f"7+{YEAR}"):
        done = subprocess.run(
            [sys.executable, "-c", asks],
            cwd=tmp_path,
            env={
                **os.environ,
                "PYTHONPATH": str(Path(__file__).parent / "otherwise"),
                "PLAYBOOK_OTHERWISE": otherwise,
            },
            capture_output=True,
            text=True,
            check=True,
        )
        listed, scanned, clock = done.stdout.split()
        assert listed == scanned
        clocks[listed] = float(clock)
    assert len(clocks) == 3
    assert "fedcba" in clocks
    assert max(clocks.values()) - min(clocks.values()) > YEAR - 60
