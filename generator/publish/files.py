"""The site tree on disk: docs and fragments, written only where bytes differ, nothing left over."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from generator.errors import BuildError
from generator.render.tree import SiteTree

DOCS, FRAGMENTS = "docs", "fragments"


def write_tree(tree: SiteTree, build: Path) -> None:
    """Pages and static files below build/docs, fragments below build/fragments.

    Files that are no longer in the tree are deleted. Raises BuildError naming the path when the
    disk does not do as told, when a path leaves the folder, or when two paths are one to some
    file systems.
    """
    refuse_links(build)
    wanted = dict(_contents(tree))
    _refuse_collisions(wanted)
    for folder in (DOCS, FRAGMENTS):
        _delete_others(
            build / folder, {path for path in wanted if path.startswith(f"{folder}/")}, build
        )
    for path, content in wanted.items():
        write_if_changed(build / path, content)


def refuse_links(build: Path) -> None:
    """Stop when the build folder is not a folder of ours but a link to somewhere else."""
    if build.is_symlink() or (build.exists() and not build.is_dir()):
        raise BuildError(f"{build} is not a plain folder; delete it and build again")


def write_if_changed(path: Path, content: bytes) -> bool:
    """Write a file unless it holds these bytes already; whether it was written."""
    try:
        if not path.is_symlink() and path.is_file() and path.read_bytes() == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink():
            path.unlink()
        path.write_bytes(content)
    except OSError as error:
        raise BuildError(f"cannot write {path}: {error.strerror}") from error
    return True


def _contents(tree: SiteTree) -> Iterator[tuple[str, bytes]]:
    for page in tree.pages:
        yield f"{DOCS}/{_inside(page.path)}", page.markdown.encode()
        stored = json.dumps(dict(page.fragments), ensure_ascii=False, separators=(",", ":"))
        yield f"{FRAGMENTS}/{_inside(page.path)}.json", stored.encode()
    for file in tree.files:
        yield f"{DOCS}/{_inside(file.path)}", file.content


def _inside(path: str) -> str:
    """The path, if it stays below the folder it is written to."""
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts or "\\" in path or "\x00" in path:
        raise BuildError(f"the page path {path!r} leaves the site's folder")
    return path


def _refuse_collisions(wanted: dict[str, bytes]) -> None:
    seen: dict[str, str] = {}
    for path in wanted:
        folded = unicodedata.normalize("NFKC", path).casefold()
        first = seen.setdefault(folded, path)
        if first != path:
            raise BuildError(f"{first} and {path} are one file to some file systems; rename one")


def _delete_others(folder: Path, wanted: set[str], build: Path) -> None:
    """Delete what the tree does not have, folders that become empty too."""
    for parent, folders, files in os.walk(folder, topdown=False):
        here = Path(parent)
        for name in files:
            if (here / name).relative_to(build).as_posix() not in wanted:
                (here / name).unlink()
        for name in folders:
            inner = here / name
            if inner.is_symlink():
                inner.unlink()
            elif not any(inner.iterdir()):
                inner.rmdir()


def read_fragments(build: Path, page: str) -> dict[str, str]:
    """The fragments of a page of build/docs, as they were written."""
    try:
        stored = (build / FRAGMENTS / f"{page}.json").read_bytes()
    except FileNotFoundError:
        return {}
    loaded: dict[str, str] = json.loads(stored)
    return loaded
