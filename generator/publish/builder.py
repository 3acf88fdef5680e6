"""The site builder as a subprocess: MkDocs with Material, or Zensical, over build/docs."""

from __future__ import annotations

import datetime
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

from generator.errors import BuildError
from generator.publish.builder_config import config_bytes, config_for, frame_of
from generator.publish.disk import clear_leftovers, discard, staging_folder
from generator.publish.hook import HANDS_OFF
from generator.publish.release import Home
from generator.publish.switch import Switch
from generator.render.tree import SiteTree

BUILDERS = ("mkdocs", "zensical")
BUILT = "built"
BUILDS_KEPT = 2
LINES_SHOWN = 6
SIGNS_SHOWN = 300
_PACKAGES = {
    "mkdocs": ("mkdocs", "mkdocs-material", "Markdown", "pymdown-extensions", "jieba"),
    "zensical": ("zensical", "Markdown", "pymdown-extensions"),
}
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_NOTES = ("INFO ", "DEBUG ", "Build started")
_TRACEBACK = "Traceback (most recent call last):"
# Zensical frames the place of a mistake in a drawing of lines
_FRAME = "─│╭╰╯┬ []"


def built_site(
    tree: SiteTree, home: Home, builder: str, today: datetime.date, switch: Switch | None = None
) -> Path:
    """A folder with what the builder makes of the tree's pages, placeholders not yet filled.

    build/docs holds the tree already. The builder runs only when pages, configuration or builder
    have changed: an edit that changes fragments or static files alone needs none.
    """
    build = home.build
    folder = build / BUILT
    frame = frame_of(home, tree, switch or Switch(languages=(tree.language,)))
    done = folder / _key(tree, home, builder, today, frame)
    clear_leftovers(folder)
    if not done.is_dir():
        with staging_folder(folder) as made:
            config = config_for(home, made.relative_to(build).as_posix(), frame)
            _run(builder, config, today)
            if not made.is_dir():
                raise BuildError(f"{builder} ended well but wrote no site")
            made.rename(done)
    os.utime(done)
    _keep_newest(folder)
    return done


def _key(tree: SiteTree, home: Home, builder: str, today: datetime.date, frame: str) -> str:
    """A hash over all that the builder's output depends on.

    Of static files that is their names: the builder only copies them, and publishing takes them
    from the tree.
    """
    versions = [f"{name}={_version(name)}" for name in _PACKAGES[builder]]
    names = [file.path for file in tree.files]
    digest = hashlib.sha256(
        json.dumps([builder, versions, today.isoformat(), names, frame]).encode()
    )
    for content in config_bytes(home.root, home.build):
        digest.update(hashlib.sha256(content).digest())
    for page in tree.pages:
        digest.update(f"\0{page.path}\0{len(page.markdown)}\0{page.markdown}".encode())
    return digest.hexdigest()[:20]


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "none"


def _run(builder: str, config: Path, today: datetime.date) -> None:
    if importlib.util.find_spec(builder) is None:
        cure = f"; pip install 'account-playbooks[{builder}]'" if builder == "zensical" else ""
        raise BuildError(f"{builder} is not installed{cure}")
    # -P keeps the working folder out of what can be imported. Not --quiet: it would keep MkDocs
    # from counting warnings, and strict would let them pass.
    command = [sys.executable, "-P", "-m", builder, "build", "--config-file", config.name]
    try:
        done = subprocess.run(
            command,
            cwd=config.parent,
            env=_environment(today),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    except OSError as error:
        raise BuildError(f"{builder} could not be started: {error.strerror}") from error
    if done.returncode:
        raise BuildError(f"{builder} failed: {complaint(done.stdout.decode('utf-8', 'replace'))}")


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


def complaint(output: str) -> str:
    """The builder's own words on one line, shortened to what helps.

    Notes, drawings and the inside of a traceback go; the first mistakes and the number of the
    others stay.
    """
    before, _, traceback = _COLOURS.sub("", output).partition(_TRACEBACK)
    lines = [*before.splitlines(), *traceback.splitlines()[-1:]]
    plain = [" ".join(line.strip(_FRAME).split()) for line in lines if "│" not in line]
    telling = [line for line in plain if line and not line.startswith(_NOTES)]
    shown = [_shortened(line) for line in telling[:LINES_SHOWN]]
    if len(telling) > LINES_SHOWN:
        shown.append(f"and {len(telling) - LINES_SHOWN} more lines")
    return " | ".join(shown) or "it said nothing"


def _shortened(line: str) -> str:
    return line if len(line) <= SIGNS_SHOWN else f"{line[:SIGNS_SHOWN]}…"


def _keep_newest(folder: Path) -> None:
    builds = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in builds[BUILDS_KEPT:]:
        discard(path)
