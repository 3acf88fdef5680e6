"""The site builder as a subprocess: MkDocs with Material, or Zensical, over build/docs."""

from __future__ import annotations

import datetime
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from generator.errors import BuildError
from generator.publish.files import DOCS, write_if_changed
from generator.publish.hook import HANDS_OFF
from generator.share import mkdocs_file

BUILDERS = ("mkdocs", "zensical")
BUILT = "built"
KEPT_BUILDS = 2
_PACKAGES = {
    "mkdocs": ("mkdocs", "mkdocs-material", "Markdown", "pymdown-extensions", "jieba"),
    "zensical": ("zensical",),
}
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
LINES_OF_COMPLAINT = 6


def built_site(root: Path, builder: str, today: datetime.date) -> Path:
    """A folder with what the builder makes of build/docs, placeholders not yet filled.

    It is built only when the pages, the configuration or the builder have changed: an edit that
    changes fragments alone needs no site builder.
    """
    build = root / "build"
    base = _base_config(root, build)
    key = _key(build, builder, base, today)
    folder = build / BUILT
    done = folder / key
    if not (done / "index.html").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=folder) as temporary:
            _run(build, builder, base, Path(temporary).name, today)
            made = Path(temporary) / "site"
            if not made.is_dir():
                raise BuildError(f"{builder} ended well but wrote no site")
            shutil.rmtree(done, ignore_errors=True)
            made.rename(done)
    os.utime(done)
    _keep_newest(folder)
    return done


def config_by_hand(root: Path) -> Path:
    """The configuration for `mkdocs build -f` by hand: the workspace's own, else one of ours."""
    if (root / "mkdocs.yml").is_file():
        return root / "mkdocs.yml"
    build = root / "build"
    hook = Path(__file__).with_name("hook.py")
    config = (
        f"INHERIT: {_base_config(root, build)}\ndocs_dir: {DOCS}\nsite_dir: mkdocs\n"
        f"hooks: [{json.dumps(str(hook))}]\n"
    )
    write_if_changed(build / "by-hand.yml", config.encode())
    return build / "by-hand.yml"


def _base_config(root: Path, build: Path) -> str:
    """The configuration to inherit from, as a path relative to the build folder."""
    if (root / "mkdocs.yml").is_file():
        return "../mkdocs.yml"
    write_if_changed(build / "base.yml", mkdocs_file().read_bytes())
    return "base.yml"


def _key(build: Path, builder: str, base: str, today: datetime.date) -> str:
    """A hash over all that the builder's output depends on."""
    digest = hashlib.sha256()
    versions = [f"{name}={_version(name)}" for name in _PACKAGES[builder]]
    digest.update(json.dumps([builder, *versions, today.isoformat()]).encode())
    digest.update((build / base).resolve().read_bytes())
    for path in sorted((build / DOCS).rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            name = path.relative_to(build).as_posix()
            digest.update(f"\0{name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()[:20]


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "none"


def _run(build: Path, builder: str, base: str, temporary: str, today: datetime.date) -> None:
    # Relative folders, because Zensical takes no others; our own lines come last and win.
    config = (
        f"INHERIT: {base}\n"
        f"docs_dir: {DOCS}\n"
        f"site_dir: {BUILT}/{temporary}/site\n"
        "hooks: []\n"
        "strict: true\n"
    )
    write_if_changed(build / "mkdocs.yml", config.encode())
    try:
        done = subprocess.run(
            _command(builder, build / "mkdocs.yml"),
            cwd=build,
            env=_environment(today),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise BuildError(f"{builder} could not be started: {error.strerror}") from error
    if done.returncode:
        raise BuildError(f"{builder} failed: {_complaint(done.stdout)}")


def _command(builder: str, config: Path) -> Sequence[str]:
    if builder == "mkdocs":
        # Not --quiet: it would keep warnings from being counted, and strict would let them pass
        return [sys.executable, "-m", "mkdocs", "build", "--config-file", str(config)]
    if importlib.util.find_spec("zensical") is None:
        raise BuildError("zensical is not installed; pip install 'account-playbooks[zensical]'")
    return [sys.executable, "-m", "zensical", "build", "--clean", "--config-file", str(config)]


def _environment(today: datetime.date) -> dict[str, str]:
    """The builder's surroundings, the same on every machine and day."""
    noon = datetime.datetime.combine(today, datetime.time(12), datetime.UTC)
    return {
        **os.environ,
        HANDS_OFF: "1",
        "NO_COLOR": "1",
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "SOURCE_DATE_EPOCH": str(int(noon.timestamp())),
        "TZ": "UTC",
    }


def _complaint(output: str) -> str:
    """The builder's own words, the last lines that say something."""
    lines = [_COLOURS.sub("", line).strip() for line in output.splitlines()]
    telling = [line for line in lines if line and not line.startswith("INFO")]
    return " | ".join(telling[-LINES_OF_COMPLAINT:]) or "it said nothing"


def _keep_newest(folder: Path) -> None:
    """Delete all but the newest builds, and what a killed build left."""
    builds = [path for path in folder.iterdir() if not path.name.startswith(".")]
    builds.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    left = [path for path in folder.iterdir() if path.name.startswith(".")]
    for path in (*builds[KEPT_BUILDS:], *left):
        shutil.rmtree(path, ignore_errors=True)
