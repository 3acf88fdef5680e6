"""What the program is made of, and what it fetches: nothing while it builds."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.site.builder import BUILDERS
from tests.pages.sites import FILES
from tests.proof.conftest import Proof
from tests.workspace import make_workspace

REPOSITORY = Path(__file__).parents[2]
OFFLINE = Path(__file__).parent / "offline"
PYPROJECT = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")


def environment(log: Path) -> dict[str, str]:
    path = os.pathsep.join((str(OFFLINE), str(REPOSITORY)))
    return {**os.environ, "PYTHONPATH": path, "PLAYBOOK_OFFLINE": str(log)}


@pytest.mark.slow
@pytest.mark.parametrize("builder", BUILDERS)
def test_a_build_asks_for_no_network(tmp_path: Path, builder: str, proof: Proof) -> None:
    """Neither the program nor, of the builder that is Python, its site builder."""
    files = {name: text for name, text in FILES.items() if "broken" not in name}
    root = make_workspace(tmp_path / "workspace", files)
    log = tmp_path / "asked"
    words = ["--root", str(root), "--today", "2026-11-23", "build", "--allow-incomplete"]
    command = [sys.executable, "-m", "generator", *words, "--builder", builder]
    done = subprocess.run(
        command, env=environment(log), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert log.read_text(encoding="utf-8") == ""
    # where this system lets us take the network away altogether, another time without any
    alone = ["unshare", "--map-root-user", "--net"]
    if (
        proof.is_full
        and shutil.which("unshare")
        and not subprocess.run([*alone, "true"], capture_output=True, check=False).returncode
    ):
        shutil.rmtree(root / "build")
        (root / "site").unlink()
        done = subprocess.run(
            [*alone, *command], env=environment(log), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "asks",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import urllib.request; urllib.request.urlopen('http://example.com/')",
        "import socket; socket.getaddrinfo('example.com', 80)",
    ],
)
def test_what_asks_for_the_network_is_noticed(tmp_path: Path, asks: str) -> None:
    log = tmp_path / "asked"
    done = subprocess.run(
        [sys.executable, "-c", asks], env=environment(log), capture_output=True, check=False
    )
    assert b"Network is unreachable" in done.stderr
    assert log.read_text(encoding="utf-8") != ""


def tracked() -> list[str]:
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=True, text=True
    ).stdout
    return [name for name in names.split("\0") if name and (REPOSITORY / name).is_file()]


def packed(folder: Path, when: int, zone: str) -> dict[str, str]:
    """Wheel and source package of a copy of this repository: the hash of each by its name."""
    for name in tracked():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / name, place)
        os.utime(place, (when, when))
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", "out"],
        cwd=folder,
        env={**os.environ, "TZ": zone, "PYTHONHASHSEED": str(when % 100)},
        check=True,
        capture_output=True,
    )
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (folder / "out").iterdir()
    }


@pytest.mark.slow
def test_packages_built_twice_are_the_same(tmp_path: Path, proof: Proof) -> None:
    first = packed(tmp_path / "one", 1_000_000_000, "UTC")
    second = packed(tmp_path / "elsewhere" / "风险", 1_700_000_000, "Asia/Shanghai")
    assert sorted(Path(name).suffix for name in first) == [".gz", ".whl"]
    assert first == second
    proof.tell(
        **{name.split("-")[0] + Path(name).suffix: value[:16] for name, value in first.items()}
    )


def test_every_floor_has_its_reason() -> None:
    """Each line that asks for a package stands below a comment, and says from when on."""
    (block,) = re.findall(r"^dependencies = \[\n(.*?)^\]", PYPROJECT, re.MULTILINE | re.DOTALL)
    lines = [line.strip() for line in block.splitlines()]
    asked = [number for number, line in enumerate(lines) if line.startswith('"')]
    assert len(asked) > 10
    for number in asked:
        assert lines[number - 1].startswith("# "), lines[number]
        assert ">=" in lines[number]
    (extras,) = re.findall(
        r"^\[project\.optional-dependencies\]\n(.*?)^\[", PYPROJECT, re.MULTILINE | re.DOTALL
    )
    given = extras.strip().splitlines()
    assert all(line.startswith("# ") for line in given[::2])
    assert all(">=" in line for line in given[1::2])


def test_what_is_promised_is_written_down() -> None:
    text = (REPOSITORY / "SECURITY.md").read_text(encoding="utf-8")
    assert re.findall(r"^## .*", text, re.MULTILINE) == [
        "## What is promised",
        "## What is not",
        "## How it is proved",
        "## Telling us",
    ]
    named = re.findall(r"`(tests/[a-z_/]+\.py)`", text)
    assert len(named) >= 6
    assert [name for name in named if not (REPOSITORY / name).is_file()] == []
