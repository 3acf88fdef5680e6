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

from generator.language import ENGLISH, say, speaking
from generator.pages.tree import SiteTree
from generator.share import mkdocs_file
from generator.site import hook
from generator.site.disk import write_if_changed
from generator.site.files import DOCS
from generator.site.release import Home
from generator.site.switch import Switch

_INHERIT = re.compile(rb"""^INHERIT:[ \t]*["']?([^"'#\r\n]+)""", re.MULTILINE)


class _AnyTag(yaml.SafeLoader):
    """Reads plain YAML; what a tag stands for is the builder's business."""


_AnyTag.add_constructor(None, lambda *_: None)


def config_for(home: Home, site_dir: str, frame: str) -> Path:
    """The configuration of one run of the builder, which writes to `site_dir` below build.

    Folders are relative, because Zensical takes no others; our own lines come last and win.
    Hooks are left out: ours has nothing to do here, and Zensical would not run any.
    """
    build = home.build
    config = (
        f"INHERIT: {_base(home.root, build)}\n"
        f"docs_dir: {DOCS}\n"
        f"site_dir: {site_dir}\n"
        "hooks: []\n"
        "strict: true\n"
        f"{frame}"
    )
    write_if_changed(build / "mkdocs.yml", config.encode())
    return build / "mkdocs.yml"


def frame_of(home: Home, tree: SiteTree, switch: Switch) -> str:
    """Lines about the frame around the pages: its navigation, its language, those to switch to.

    Empty where the configuration that is inherited says it all.
    """
    with speaking(tree.language):
        words = _words(home, tree, switch)
    return "".join(
        f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in words.items()
    )


def _words(home: Home, tree: SiteTree, switch: Switch) -> dict[str, Any]:
    words: dict[str, Any] = {}
    is_told = tree.language is not ENGLISH
    inherited = _inherited(home) if is_told or tree.nav_also else {}
    # without a navigation of its own the builder lists every page
    if nav := [{title: page} for title, page in tree.nav] or list(inherited.get("nav") or ()):
        words["nav"] = _nav([*nav, *({title: page} for title, page in tree.nav_also)])
    if alternates := switch.alternates(tree.language.code):
        # the theme keeps a reader's choice of colours by this: one choice in both languages
        words["extra"] = {"alternate": alternates, "scope": "/"}
    if is_told:
        words["theme"] = {"language": tree.language.code}
        if isinstance(name := inherited.get("site_name"), str):
            words["site_name"] = say(name)
        if palette := (inherited.get("theme") or {}).get("palette"):
            words["theme"]["palette"] = _palette(palette)
    return words


def _inherited(home: Home) -> dict[str, Any]:
    """The configuration that ours inherits from; lists in it cannot be added to, only replaced."""
    try:
        with (home.build / _base(home.root, home.build)).open("rb") as file:
            return yaml_load(file, _AnyTag)  # type: ignore[arg-type]
    except ConfigurationError:
        return {}  # the builder says what is wrong with it


def _nav(entries: Sequence[Any]) -> list[Any]:
    """The navigation with its titles in the language that is spoken."""
    return [
        {
            say(title): _nav(below) if isinstance(below, list) else below
            for title, below in entry.items()
        }
        if isinstance(entry, dict)
        else entry
        for entry in entries
    ]


def _palette(schemes: Any) -> Any:
    """Colour schemes with the names of their switches in the language that is spoken."""
    if not isinstance(schemes, list):
        return schemes
    return [
        {**one, "toggle": {**one["toggle"], "name": say(one["toggle"]["name"])}}
        if "name" in one.get("toggle", {})
        else one
        for one in schemes
    ]


def config_by_hand(root: Path, frame: str) -> Path:
    """The configuration for `mkdocs build -f` by hand.

    The workspace's own, if it finds the hook from there and the frame needs no other words, else
    one that adds what lacks.
    """
    own, build = root / "mkdocs.yml", root / "build"
    if not frame and own.is_file() and (root / "generator" / "publish" / "hook.py").is_file():
        return own
    config = (
        f"INHERIT: {_base(root, build)}\n"
        f"docs_dir: {DOCS}\n"
        "site_dir: mkdocs\n"
        f"hooks: [{json.dumps(hook.__file__)}]\n"
        f"{frame}"
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


def _base(root: Path, build: Path) -> str:
    """The configuration to inherit from, relative to the build folder."""
    if (root / "mkdocs.yml").is_file():
        return Path(os.path.relpath(root / "mkdocs.yml", build)).as_posix()
    write_if_changed(build / "base.yml", mkdocs_file().read_bytes())
    return "base.yml"
