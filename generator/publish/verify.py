"""The staged site before anyone sees it: every page there, no dead link, nothing from outside."""

from __future__ import annotations

import html
import os
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from generator.errors import BuildError
from generator.render.tree import SiteTree

# Linear: a tag's name, then its attributes up to the next angle bracket. Text from playbooks has
# its angle brackets escaped, so that whatever looks like a tag is one.
_TAG_WITH_ADDRESS = re.compile(
    r"<([a-zA-Z][a-zA-Z0-9]*)\b([^<>]*?\s(?:href|src|srcset|data|action|poster)\s*=[^<>]*)>"
)
_VALUE = r"""("[^"]*"|'[^']*'|[^\s"'>]+)"""
# Attribute by attribute, so that what a description says is never taken for an attribute.
_ATTRIBUTE = re.compile(rf"([a-zA-Z:-]+)\s*=\s*{_VALUE}")
_ADDRESSES = frozenset({"href", "src", "srcset", "data", "action", "poster"})
_TAG_WITH_ID = re.compile(rf"<[a-zA-Z][^<>]*?\s(?:id|name)\s*=\s*{_VALUE}")
_REL = re.compile(r"""\brel\s*=\s*["']?([^"'>]*)""")
_PLACEHOLDER = re.compile(r"<[^<>]*\bdata-fragment=")
_LOADING = frozenset({"script", "img", "iframe", "source", "embed", "object", "video", "audio"})
# Links of the head that tell where something is without loading it.
_TELLING = frozenset({"canonical", "prev", "next", "alternate", "edit", "author", "license"})
_LINKED_SCHEMES = frozenset({"http", "https", "mailto", "data", ""})
# Its addresses begin at the host's root, which is not known here.
_NOT_FOUND_PAGE = "404.html"
SHOWN = 10


def verify(site: Path, tree: SiteTree) -> None:
    """Raise BuildError with the first faults and their number if the site cannot be published."""
    staged = _Staged(site)
    faults = [*_missing(staged, tree), *staged.faults()]
    if faults:
        more = f"; and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
        raise BuildError(f"the site is not fit to publish: {'; '.join(faults[:SHOWN])}{more}")


def _missing(staged: _Staged, tree: SiteTree) -> Iterator[str]:
    wanted = [page.path.removesuffix(".md") + ".html" for page in tree.pages]
    wanted += [file.path for file in tree.files]
    yield from (f"{name} is missing" for name in wanted if name not in staged.files)


class _Staged:
    """The staged site: its files, and the ids of its pages as they are asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = {
            Path(parent, name).relative_to(folder).as_posix()
            for parent, _, names in os.walk(folder)
            for name in names
        }
        self._ids: dict[str, frozenset[str]] = {}

    def faults(self) -> Iterator[str]:
        """What is wrong with any page, page by page."""
        for page in sorted(name for name in self.files if name.endswith(".html")):
            text = (self.folder / page).read_text(encoding="utf-8")
            if "data-fragment" in text and _PLACEHOLDER.search(text):
                yield f"{page}: a placeholder is left"
            if page != _NOT_FOUND_PAGE:
                yield from (f"{page}: {fault}" for fault in self._link_faults(page, text))

    def _link_faults(self, page: str, text: str) -> Iterator[str]:
        for loads, address in sorted(_addresses(text)):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                yield from _outward_fault(parts, address, loads=loads)
            else:
                yield from self._inward_fault(page, parts, address)

    def _inward_fault(self, page: str, parts: SplitResult, address: str) -> Iterator[str]:
        target = _target(page, parts.path)
        if target not in self.files:
            yield f"the link {address} leads nowhere"
        elif parts.fragment and target.endswith(".html") and not self._has(target, parts.fragment):
            yield f"the link {address} leads to a place that {target} does not have"

    def _has(self, page: str, fragment: str) -> bool:
        if page not in self._ids:
            text = (self.folder / page).read_text(encoding="utf-8")
            self._ids[page] = frozenset(_bare(found[1]) for found in _TAG_WITH_ID.finditer(text))
        return unquote(fragment) in self._ids[page]


def _addresses(text: str) -> set[tuple[bool, str]]:
    """Every address of a page, and whether it is loaded or only linked to."""
    found = set()
    for tag in _TAG_WITH_ADDRESS.finditer(text):
        name = tag[1].lower()
        loads = name in _LOADING or (name == "link" and not _only_tells(tag[2]))
        found |= {
            (loads, _bare(one[2]))
            for one in _ATTRIBUTE.finditer(tag[2])
            if one[1].lower() in _ADDRESSES
        }
    return found


def _only_tells(attributes: str) -> bool:
    rel = _REL.search(attributes)
    return rel is not None and bool(_TELLING & set(rel[1].lower().split()))


def _bare(value: str) -> str:
    return html.unescape(value.strip("\"'"))


def _outward_fault(parts: SplitResult, address: str, *, loads: bool) -> Iterator[str]:
    if loads and parts.scheme != "data":
        yield f"loads {address} from outside"
    elif parts.scheme not in _LINKED_SCHEMES:
        yield f"links to {address}, a scheme that is not allowed"


def _target(page: str, path: str) -> str:
    """The file that a relative address leads to."""
    if not path:
        return page
    folder = "" if path.startswith("/") else posixpath.dirname(page)
    target = posixpath.normpath(posixpath.join(folder, unquote(path).lstrip("/")))
    if path.endswith("/") or target == ".":
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    return target
