"""The site builder as a subprocess: MkDocs with Material, or Zensical, over build/docs."""

from __future__ import annotations

import datetime
import hashlib
import importlib.metadata
import json
import os
from pathlib import Path

from generator.errors import BuildError
from generator.pages.tree import SiteTree
from generator.site.builder_config import config_bytes, config_for, frame_of
from generator.site.disk import clear_leftovers, discard, staging_folder
from generator.site.process import require, run_module
from generator.site.release import Home
from generator.site.switch import Switch

BUILDERS = ("mkdocs", "zensical")
BUILT = "built"
BUILDS_KEPT = 2
_PACKAGES = {
    "mkdocs": ("mkdocs", "mkdocs-material", "Markdown", "pymdown-extensions", "jieba"),
    "zensical": ("zensical", "Markdown", "pymdown-extensions"),
}


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
    require(builder, extra="zensical" if builder == "zensical" else "")
    # Not --quiet: it would keep MkDocs from counting warnings, and strict would let them pass.
    arguments = ("build", "--config-file", config.name)
    run_module(builder, arguments, folder=config.parent, today=today)


def _keep_newest(folder: Path) -> None:
    builds = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in builds[BUILDS_KEPT:]:
        discard(path)
