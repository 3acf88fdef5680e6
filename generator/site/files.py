"""The site tree on disk: docs and fragments, written only where bytes differ, nothing left over."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import Any

from generator.errors import BuildError
from generator.pages.tree import Frame, FramedPage, Page, SiteTree
from generator.site.disk import walk, write_if_changed
from generator.site.frame import frame_pages

DOCS, FRAGMENTS, FRAMED, BESIDE = "docs", "fragments", "framed", "beside"
# All that publishing writes to
_OURS = (DOCS, FRAGMENTS, FRAMED, BESIDE, "built", "releases")


def write_tree(tree: SiteTree, build: Path) -> None:
    """Pages and static files below build/docs, fragments below build/fragments.

    What stands in frames is below build/framed, the pages of the frames themselves below docs, and
    files that the builder must not see below build/beside.

    Files that are no longer in the tree are deleted. Raises BuildError when a path leaves the
    folder or two paths are one to some file systems, OSError when the disk refuses.
    """
    refuse_links(build)
    _refuse_collisions(tree)
    wanted = dict(_contents(tree))
    for folder in (DOCS, FRAGMENTS, FRAMED, BESIDE):
        _delete_others(build, folder, wanted)
    for path, content in wanted.items():
        write_if_changed(build / path, content)


def read_fragments(build: Path, page: str) -> dict[str, str]:
    """The fragments of a page of build/docs, as they were written."""
    try:
        stored = (build / FRAGMENTS / f"{page}.json").read_bytes()
    except FileNotFoundError:
        return {}
    loaded: dict[str, str] = json.loads(stored)
    return loaded


def read_framed(build: Path) -> Iterator[FramedPage]:
    """The pages in frames, as they were written."""
    for folder, _, files in sorted(os.walk(build / FRAMED)):
        for name in sorted(files):
            stored = json.loads(Path(folder, name).read_bytes())
            yield FramedPage(**{**stored, "frame": Frame(stored["frame"])})


def html_name(page: Page) -> str:
    """The page's file in the finished site."""
    return html_path(page.path)


def html_path(path: str) -> str:
    """The file in the finished site of a page in docs."""
    return path.removesuffix(".md") + ".html"


def refuse_links(build: Path) -> None:
    """Stop when a folder to write to is not one of ours but a link to somewhere else, or a file."""
    for folder in (build, *(build / name for name in _OURS)):
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise BuildError(f"{folder} is not a plain folder; delete it and build again")


def _contents(tree: SiteTree) -> Iterator[tuple[str, bytes]]:
    for page in frame_pages(tree.framed):
        yield f"{DOCS}/{page.path}", page.markdown.encode()
    for framed in tree.framed:
        values = {**asdict(framed), "frame": framed.frame.value}
        yield f"{FRAMED}/{framed.path}.json", _json(values)
    for page in tree.pages:
        yield f"{DOCS}/{page.path}", page.markdown.encode()
        yield f"{FRAGMENTS}/{page.path}.json", _json(dict(page.fragments))
    for file in tree.files:
        yield f"{DOCS if file.is_for_builder else BESIDE}/{file.path}", file.content


def _json(values: Mapping[str, Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def _refuse_collisions(tree: SiteTree) -> None:
    """Each path stays inside, and is one file of its own here and in the site, on any system."""
    seen: dict[str, str] = {}
    named = [(page.path, html_name(page)) for page in tree.pages]
    named += [(page.path, page.path) for page in tree.framed]
    named += [(page.path, html_name(page)) for page in frame_pages(tree.framed)]
    named += [(file.path, file.path) for file in tree.files]
    for path, published in named:
        _refuse_outside(path)
        folded = unicodedata.normalize("NFKC", published).casefold()
        if first := seen.get(folded):
            raise BuildError(f"{first} and {path} are one file to some file systems; rename one")
        seen[folded] = path


def _refuse_outside(path: str) -> None:
    """Stop unless the path is plain and stays below the folder it is written to."""
    plain = PurePosixPath(path)
    odd = path in {"", "."} or plain.is_absolute() or ".." in plain.parts or str(plain) != path
    if odd or any(sign in path for sign in "\\:\0"):
        raise BuildError(f"the page path {path!r} leaves the site's folder")


def _delete_others(build: Path, folder: str, wanted: dict[str, bytes]) -> None:
    """Delete what the tree does not have, links, and folders that become empty."""
    start = len(os.fspath(build)) + 1
    for parent, folders, files in walk(build / folder, topdown=False):
        inside = parent[start:].replace(os.sep, "/")
        for name in files:
            if f"{inside}/{name}" not in wanted:
                Path(parent, name).unlink()
        for name in folders:
            inner = Path(parent, name)
            if inner.is_symlink():
                inner.unlink()
            elif not any(inner.iterdir()):
                inner.rmdir()
