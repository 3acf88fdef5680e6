"""The index of every word: Pagefind over the accounts' pages, and which result is which page.

Two things are not left to Pagefind. Its facets: the files for them come in another order each time;
without them the same pages give the same bytes, so a small map takes their place, from a result's
id to its page, whose facts the directory's data holds. And Chinese: cut into words by a dictionary,
a third of what stands in a text is not found, so each sign is a word and the search page asks for
signs side by side; English words keep their forms beside it.
"""

from __future__ import annotations

import datetime
import gzip
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.errors import BuildError
from generator.pages.tree import SiteTree
from generator.site.builder import require, run_module
from generator.site.disk import (
    copy_files,
    files_below,
    make_folders,
    staging_folder,
    write_file,
)
from generator.site.files import html_path
from generator.site.release import RELEASES

INDEX = "pagefind"
PAGES = f"{INDEX}/pages.json"
_ARTICLE = re.compile(r"<article[ >].*</article>", re.DOTALL)
_TAG = re.compile(r"(<[^<>]*>)")
# Tags that end a word: all but these. Pagefind knows it only where an end tag says so
_BLOCK = re.compile(r"<(?!/?(?:a|b|code|em|i|mark|s|strong|sub|sup|u|wbr)\b)[^<>]*>")
# Signs of scripts that are written without spaces; templates/assets/search.js has the same
_SIGN = re.compile(r"([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")
# Links to headings and to the YAML say nothing about an account
_OVERLOOKED = ".headerlink, .src"
# Boxes and styles of Pagefind's own, which we do not use: two thirds of a small index
_UNUSED = re.compile(r"pagefind-(?!worker\.js$|entry\.json$)[a-z-]+\.(?:js|css)$")
_FRAGMENT = re.compile(r"fragment/(?P<id>[^/]+)\.pf_fragment$")
# In front of what Pagefind has packed
_PACKED = b"pagefind_dcd"


def require_full_text() -> None:
    """Stop with the cure when Pagefind is not installed."""
    require(INDEX, "pagefind_bin", extra="fulltext")


def index_full_text(site: Path, build: Path, tree: SiteTree, today: datetime.date) -> None:
    """Put Pagefind's index of the pages that the tree names into the site."""
    with staging_folder(build / RELEASES) as made:
        _copy_to_read(site, made / "read", tree.full_text)
        arguments = ("--site", "read", "--output-path", "index", "--quiet")
        more = ("--exclude-selectors", _OVERLOOKED, "--force-language", "en")
        run_module(INDEX, (*arguments, *more), folder=made, today=today)
        index = made / "index"
        kept = [name for name in files_below(index) if not _UNUSED.search(name)]
        copy_files(index, site / INDEX, kept)
        pages = dict(_pages(index, kept))
    if len(pages) != len(tree.full_text):
        raise BuildError(f"pagefind read {len(pages)} of {len(tree.full_text)} pages")
    text = json.dumps(pages, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    write_file(site / PAGES, text.encode())


def _copy_to_read(site: Path, to: Path, pages: Iterable[str]) -> None:
    """What Pagefind reads of each page: its article alone, as we would have it cut into words."""
    names = [html_path(page) for page in pages]
    make_folders(to, names)
    for name in names:
        article = _ARTICLE.search((site / name).read_text(encoding="utf-8"))
        if article is None:
            raise BuildError(f"{name} has no article for pagefind to read")
        text = (
            f"<!doctype html><html><body data-pagefind-body>{words_apart(article[0])}</body></html>"
        )
        write_file(to / name, text.encode())


def words_apart(html: str) -> str:
    """The page with space where words end: around signs of a script without it, around blocks."""
    apart = _BLOCK.sub(r" \g<0> ", html)
    if not _SIGN.search(apart):
        return apart
    parts = _TAG.split(apart)
    parts[::2] = [_SIGN.sub(r" \1 ", text) for text in parts[::2]]
    return "".join(parts)


def _pages(index: Path, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The id of each result, and its page from the site's root."""
    for name in names:
        if fragment := _FRAGMENT.search(name):
            try:
                text = gzip.decompress((index / name).read_bytes()).removeprefix(_PACKED)
                yield fragment["id"], json.loads(text)["url"].lstrip("/")
            except (EOFError, KeyError, ValueError, gzip.BadGzipFile, zlib.error) as error:
                raise BuildError(f"pagefind wrote a fragment of another form: {name}") from error
