"""The index of every word: Pagefind over the finished pages, and which result is which page.

Facets are not Pagefind's: its files for them come in another order each time. Without them the same
pages give the same bytes, so a small map takes their place, from a result's id to its page, whose
facts the directory's data holds.
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
from generator.publish.disk import copy_files, files_below, staging_folder, write_file
from generator.publish.files import html_path
from generator.publish.process import require, run_module
from generator.publish.release import RELEASES
from generator.render.tree import SiteTree

INDEX = "pagefind"
PAGES = f"{INDEX}/pages.json"
_ARTICLE = "<article "
# Links to headings are a sign and no word
_OVERLOOKED = ".headerlink"
# Boxes and styles of Pagefind's own, which we do not use: two thirds of a small index
_UNUSED = re.compile(r"pagefind-(?!worker\.js$|entry\.json$)[a-z-]+\.(?:js|css)$")
_FRAGMENT = re.compile(r"fragment/(?P<id>[^/]+)\.pf_fragment$")
# In front of what Pagefind has packed
_SIGN = b"pagefind_dcd"
_CHINESE = re.compile(r"[\u3400-\u9fff]")


def require_full_text() -> None:
    """Stop with the cure when Pagefind is not installed, or its build that knows Chinese is not."""
    require(INDEX, "pagefind_bin_extended", extra="fulltext")


def marked_for_index(html: str, page: str) -> str:
    """The page with its article marked as what Pagefind reads; it reads no page without a mark."""
    before, article, after = html.partition(_ARTICLE)
    if not article:
        raise BuildError(f"{page} has no article for Pagefind to read")
    return f"{before}{article}data-pagefind-body {after}"


def index_full_text(site: Path, build: Path, tree: SiteTree, today: datetime.date) -> None:
    """Put Pagefind's index of the marked pages into the site."""
    arguments = (
        *("--site", str(site), "--glob", "accounts/*.html", "--quiet"),
        *("--exclude-selectors", _OVERLOOKED, "--force-language", _language(site, tree)),
    )
    with staging_folder(build / RELEASES) as made:
        run_module(INDEX, (*arguments, "--output-path", str(made)), folder=build, today=today)
        kept = [name for name in files_below(made) if not _UNUSED.search(name)]
        copy_files(made, site / INDEX, kept)
        pages = dict(_pages(made, kept))
    if len(pages) != len(tree.full_text):
        raise BuildError(f"pagefind read {len(pages)} of {len(tree.full_text)} pages")
    text = json.dumps(pages, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    write_file(site / PAGES, text.encode())


def _language(site: Path, tree: SiteTree) -> str:
    """The one language that all pages are cut into words as.

    Pagefind asks one index at a time. As Chinese, English words are found too, from their beginning
    on; as English, also in their other forms, but no word within a Chinese sentence.
    """
    texts = ((site / html_path(path)).read_text(encoding="utf-8") for path in tree.full_text)
    return "zh" if any(_CHINESE.search(text) for text in texts) else "en"


def _pages(made: Path, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The id of each result, and its page from the site's root."""
    for name in names:
        if fragment := _FRAGMENT.search(name):
            try:
                text = gzip.decompress((made / name).read_bytes()).removeprefix(_SIGN)
                yield fragment["id"], json.loads(text)["url"].lstrip("/")
            except (EOFError, KeyError, ValueError, gzip.BadGzipFile, zlib.error) as error:
                raise BuildError(f"pagefind wrote a fragment of another form: {name}") from error
