"""The project's own files agree with each other: the lock, the wheel, the make file."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from generator.site.pdf import BROWSERS

REPOSITORY = Path(__file__).resolve().parent.parent
LOCKS = {
    name: (REPOSITORY / name).read_text(encoding="utf-8")
    for name in ("requirements.lock", ".ci/site.lock", ".ci/action/requirements.lock")
}
LOCK = LOCKS["requirements.lock"]
PYPROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
SHARED = ("templates", "mkdocs.yml")

# One entry: its first line, its hashes, and the comment that names who asked for it
ENTRY = re.compile(
    r"^(?P<pin>[^\s#][^\\\n]*)(?P<hashes>(?: \\\n +--hash=\S+)*)\n(?P<via>(?: +#.*\n)*)",
    re.MULTILINE,
)


def wanted() -> dict[str, Requirement]:
    """Everything that pyproject.toml asks for itself, by name."""
    project = PYPROJECT["project"]
    groups = PYPROJECT["dependency-groups"].values()
    lines = [
        *project["dependencies"],
        *(line for extra in project["optional-dependencies"].values() for line in extra),
        *(line for group in groups for line in group if isinstance(line, str)),
        *PYPROJECT["build-system"]["requires"],
    ]
    return {canonicalize_name((asked := Requirement(line)).name): asked for line in lines}


def shared_files() -> Iterator[str]:
    """Paths of the files that travel with the program, relative to the repository."""
    for name in SHARED:
        place = REPOSITORY / name
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.is_file() and "__pycache__" not in file.parts and file.name != ".DS_Store":
                yield file.relative_to(REPOSITORY).as_posix()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as `pip wheel` would make it, built with what the lock installed."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=REPOSITORY,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


def test_the_lock_holds_what_pyproject_asks_for() -> None:
    asked_directly = {
        canonicalize_name(Requirement(entry["pin"]).name)
        for entry in ENTRY.finditer(LOCK)
        if "account-playbooks" in entry["via"]
    }
    assert asked_directly == wanted().keys(), "run 'make lock'"


def test_the_locked_versions_are_allowed() -> None:
    asked = wanted()
    wrong = [
        f"{pinned} is not {asked[pinned.name]}"
        for entry in ENTRY.finditer(LOCK)
        if (pinned := Requirement(entry["pin"])).name in asked
        and not asked[pinned.name].specifier.contains(str(pinned.specifier).removeprefix("=="))
    ]
    assert wrong == [], "run 'make lock'"


def test_every_locked_package_is_pinned_with_hashes() -> None:
    for name, lock in LOCKS.items():
        entries = list(ENTRY.finditer(lock))
        assert [entry["pin"] for entry in entries if "==" not in entry["pin"]] == [], name
        assert [entry["pin"] for entry in entries if "--hash=sha256:" not in entry["hashes"]] == []
        assert len(entries) == len(re.findall(r"^\S.*==", lock, re.MULTILINE)), name
    assert len(list(ENTRY.finditer(LOCK))) > len(wanted())


def test_the_smaller_locks_are_parts_of_the_whole_one() -> None:
    pins = {name: {entry["pin"] for entry in ENTRY.finditer(lock)} for name, lock in LOCKS.items()}
    assert pins[".ci/action/requirements.lock"] < pins[".ci/site.lock"] < pins["requirements.lock"]


def test_a_site_needs_nothing_that_only_developers_do() -> None:
    names = {Requirement(entry["pin"]).name for entry in ENTRY.finditer(LOCKS[".ci/site.lock"])}
    for_developers = {
        Requirement(line).name
        for line in PYPROJECT["dependency-groups"]["dev"]
        if isinstance(line, str)
    }
    assert names & for_developers == set()
    assert "hatchling" in names


def test_the_locks_name_no_host_and_no_folder() -> None:
    words = ("://", "--index", "--extra-index", "--find-links", "file:", "/tmp", "/home")
    assert [(name, word) for name in LOCKS for word in words if word in LOCKS[name]] == []


def test_the_wheel_carries_its_files_and_nothing_else(wheel: Path) -> None:
    inside = (REPOSITORY / "generator").rglob("*"), (REPOSITORY / "generator/defaults").rglob("*")
    package = [
        *(path for path in inside[0] if path.suffix == ".py"),
        *(path for path in inside[1] if path.is_file()),
    ]
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == {
        *(path.relative_to(REPOSITORY).as_posix() for path in package),
        *(f"generator/_share/{name}" for name in shared_files()),
    }


def test_the_wheel_brings_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert archive.read(name).decode() == "[console_scripts]\nplaybook = generator.cli:main\n"


def test_an_installed_wheel_finds_its_own_files(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    # A project that the package is installed beside, with folders of the same names
    for name in SHARED:
        (tmp_path / "installed" / name).mkdir()
    asks = "from generator import share as s; print(s.templates_folder(), s.defaults_folder(), s.mkdocs_file())"
    folders = subprocess.run(
        [sys.executable, "-c", asks],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "installed")},
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    package = tmp_path / "installed" / "generator"
    assert folders == [
        str(package / "_share/templates"),
        str(package / "defaults"),
        str(package / "_share/mkdocs.yml"),
    ]


def test_make_help_names_every_target() -> None:
    text = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    helped = subprocess.run(
        ["make", "--silent", "help"], cwd=REPOSITORY, check=True, capture_output=True, text=True
    ).stdout
    assert sorted(re.findall(r"^  make (\w+) +\S", helped, re.MULTILINE)) == sorted(phony.split())


def run_script(name: str, tools: dict[str, str], folder: Path) -> tuple[int, str, str]:
    """Exit code, output and errors of one script where only these tools are on the path."""
    for tool, body in tools.items():
        (folder / tool).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        (folder / tool).chmod(0o755)
    ended = subprocess.run(
        [REPOSITORY / ".ci" / name],
        cwd=REPOSITORY,
        env={"PATH": str(folder)},
        check=False,
        capture_output=True,
        text=True,
    )
    return ended.returncode, ended.stdout, ended.stderr


def test_the_first_python_that_runs_is_taken(tmp_path: Path) -> None:
    tools = {"python3.13": "exit 127", "python3.12": "exit 0", "python3.11": "exit 0"}
    assert run_script("python", tools, tmp_path) == (0, "python3.12\n", "")


def test_without_a_usable_python_one_line_says_so(tmp_path: Path) -> None:
    assert run_script("python", {"python3.13": "exit 127", "python3": "exit 1"}, tmp_path) == (
        1,
        "",
        (
            "No usable Python 3.11 or later (tried: python3.13 python3.12 python3.11 python3); install"
            " one with its venv module (Debian, Ubuntu: apt-get install python3 python3-venv) or name"
            " it: make PYTHON=/path/to/python3\n"
        ),
    )


@pytest.mark.parametrize("name", BROWSERS)
def test_a_browser_on_the_path_is_enough(name: str, tmp_path: Path) -> None:
    assert run_script("browser", {name: "exit 1"}, tmp_path) == (0, "", "")


def test_without_a_browser_and_the_right_to_install_one_line_says_so(tmp_path: Path) -> None:
    assert run_script("browser", {"id": "echo 1000", "sudo": "exit 1"}, tmp_path) == (
        1,
        "",
        "The tests need a browser: put chromium-headless-shell, chromium, chromium-browser or google-chrome on the path.\n",
    )
