"""The site builder's configuration: the workspace's mkdocs.yml or ours, with our folders.

Nothing that a playbook says gets here.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import yaml_load

from generator.publish import hook
from generator.publish.disk import write_if_changed
from generator.publish.files import DOCS
from generator.share import mkdocs_file

_INHERIT = re.compile(rb"""^INHERIT:[ \t]*["']?([^"'#\r\n]+)""", re.MULTILINE)


class _AnyTag(yaml.SafeLoader):
    """Reads plain YAML; what a tag stands for is the builder's business."""


_AnyTag.add_constructor(None, lambda *_: None)


def config_for(
    root: Path,
    build: Path,
    site_dir: str,
    nav: Sequence[tuple[str, str]] = (),
    nav_also: Sequence[tuple[str, str]] = (),
) -> Path:
    """The configuration of one run of the builder, which writes to `site_dir` below build.

    `nav` takes the place of the navigation, by title and page; `nav_also` comes after it.

    Folders are relative, because Zensical takes no others; our own lines come last and win.
    Hooks are left out: ours has nothing to do here, and Zensical would not run any.
    """
    config = (
        f"INHERIT: {_base(root, build)}\n"
        f"docs_dir: {DOCS}\n"
        f"site_dir: {site_dir}\n"
        "hooks: []\n"
        "strict: true\n"
    )
    items: list[Any] = [{title: page} for title, page in nav]
    if nav_also:
        # without a navigation of its own the builder lists every page, these too
        items = items or _nav_of(build / _base(root, build))
        items += [{title: page} for title, page in nav_also] if items else []
    if items:
        config += f"nav: {json.dumps(items)}\n"
    write_if_changed(build / "mkdocs.yml", config.encode())
    return build / "mkdocs.yml"


def config_by_hand(root: Path) -> Path:
    """The configuration for `mkdocs build -f` by hand.

    The workspace's own, if it finds the hook from there, else one that adds it.
    """
    own, build = root / "mkdocs.yml", root / "build"
    if own.is_file() and (root / "generator" / "publish" / "hook.py").is_file():
        return own
    config = (
        f"INHERIT: {_base(root, build)}\n"
        f"docs_dir: {DOCS}\n"
        "site_dir: mkdocs\n"
        f"hooks: [{json.dumps(hook.__file__)}]\n"
    )
    write_if_changed(build / "by-hand.yml", config.encode())
    return build / "by-hand.yml"


def config_bytes(root: Path, build: Path) -> Iterator[bytes]:
    """The bytes of the configuration inherited from, and of what that inherits from in turn."""
    seen: set[Path] = set()
    path = build / _base(root, build)
    while path not in seen and path.is_file():
        seen.add(path)
        content = path.read_bytes()
        yield content
        if inherited := _INHERIT.search(content):
            path = (path.parent / inherited[1].decode("utf-8", "replace").strip()).resolve()


def _nav_of(config: Path) -> list[Any]:
    """The navigation of a configuration; a list cannot be added to by one that inherits it."""
    try:
        with config.open("rb") as file:
            found = yaml_load(file, _AnyTag).get("nav")  # type: ignore[arg-type]
    except ConfigurationError:
        return []  # the builder says what is wrong with it
    return list(found or ())


def _base(root: Path, build: Path) -> str:
    """The configuration to inherit from, relative to the build folder."""
    if (root / "mkdocs.yml").is_file():
        return Path(os.path.relpath(root / "mkdocs.yml", build)).as_posix()
    write_if_changed(build / "base.yml", mkdocs_file().read_bytes())
    return "base.yml"
