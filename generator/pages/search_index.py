"""What the search at the top of each page knows: the names, headings and text of this site's pages.

It is a script, as is the library that searches it: a page that was opened from a folder, without a
server, can load nothing else. A reader's browser loads both with the first search. Made of the pages
themselves, it holds nothing that an audience may not see.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any, NamedTuple

from generator.language import say
from generator.pages.links import page_href
from generator.pages.site import Site
from generator.pages.tree import Page, StaticFile

INDEX = "assets/search_index.js"
LIBRARY = "assets/minisearch.js"
MOST = 1_000_000
"""Bytes up to which the index has the whole text of the pages."""

_ACCOUNT = re.compile(r"accounts/([a-z0-9-]+)\.md")
_SETTINGS = re.compile(r"settings/[a-z0-9_-]+\.html")
_TITLE = re.compile(r"<title>([^<]*)</title>")


def search_files(site: Site, made: Iterable[Page | StaticFile]) -> Iterator[StaticFile]:
    """The library and the index of all that was made."""
    engine = site.engine
    licence = engine.vendored("minisearch/LICENSE.txt")
    library = engine.vendored("minisearch/index.js")
    yield StaticFile(path=LIBRARY, content=f"/*! MiniSearch\n{licence}*/\n{library}".encode())
    yield StaticFile(path=INDEX, content=_index(list(_findable(site, made))))


def said_by_search() -> dict[str, str]:
    """What the script says; `{n}` and `{text}` are places that it fills."""
    return {
        "search": say("Search"),
        "close": say("Close"),
        "begin": say("Type a name, a person, a risk or any other words."),
        "loading": say("The search is being loaded."),
        "broken": say("The search could not be loaded. Reload the page."),
        "one": say("1 page found."),
        "many": say("{n} pages found."),
        "first": say("{n} pages found, the first {shown} are shown."),
        "alike": say("Nothing has exactly these words. Similar ones are:"),
        "some": say("No page has all of these words. Some have a part of them:"),
        "none": say("Nothing found for “{text}”."),
        "none_hint": say(
            "Try fewer words, the beginning of a name, or the same word in the language of the plans."
        ),
        "names_only": say("With this many accounts, names, people, risks and headings are searched."),
        "every_word": say("Search every word of the plans"),
        "directory": say("All accounts"),
        "also": say("Also in:"),
    }


class _Findable(NamedTuple):
    """A page that can be found, and what is known of it."""

    href: str
    name: str
    names: str
    """Other words for it: an account's id and aliases, a page's address."""
    is_account: bool
    sections: Callable[[bool], Iterable[Passage]]
    """Its passages, with all their text or with their sentences alone."""


@dataclass(slots=True, kw_only=True)
class Passage:
    """Text under a heading, where a link can lead to."""

    anchor: str
    heading: str
    text: str


def _findable(site: Site, made: Iterable[Page | StaticFile]) -> Iterator[_Findable]:
    """Accounts in the order of the portfolio's pages, then the other pages; none below accounts."""
    aliases = {
        account.id: account.playbook.account.aliases
        for account in site.portfolio.accounts
        if account.playbook
    }
    found = []
    for page in made:
        account = _ACCOUNT.fullmatch(page.path)
        is_account = bool(account) and page.path != "accounts/index.md"
        if isinstance(page, Page) and (is_account or page.path.count("/") < 2):
            id = account[1] if account and is_account else ""
            names = (id, *(aliases.get(id) or ())) if id else (_words_of(page.path),)
            found.append(_page(page, names, is_account=is_account))
        elif isinstance(page, StaticFile) and _SETTINGS.fullmatch(page.path):
            found.append(_settings(page))
    yield from sorted(found, key=lambda each: (not each.is_account, each.href))


def _words_of(path: str) -> str:
    return path.rpartition(".")[0].removesuffix("index").strip("/")


def _page(page: Page, names: Iterable[str], *, is_account: bool) -> _Findable:
    title = _HEADING.search(page.markdown)
    return _Findable(
        href=page_href(page.path),
        name=_line(title["text"]) if title else "",
        names=" ".join(names),
        is_account=is_account,
        sections=lambda is_whole: passages(page, is_whole=is_whole),
    )


def _settings(file: StaticFile) -> _Findable:
    """A file of site_config by its name; what it says stands on the pages of method and rules."""
    title = _TITLE.search(file.content.decode())
    return _Findable(
        href=file.path,
        name=_line(title[1]).partition(":")[0] if title else "",
        names=_words_of(file.path),
        is_account=False,
        sections=lambda _: (),
    )


def _index(pages: list[_Findable]) -> bytes:
    """All text if that is not too much, else that of other pages than accounts, else headings."""
    choices: tuple[Callable[[_Findable], bool], ...] = (
        lambda _: True,
        lambda page: not page.is_account,
        lambda _: False,
    )
    for has_text in choices:
        written = _written(pages, has_text, limit=None if has_text is choices[-1] else MOST)
        if written is not None:
            break
    else:
        raise AssertionError("the last choice has no limit")
    is_whole = has_text is choices[0]
    head = f'window.SEARCH_INDEX={{"whole":{json.dumps(is_whole)},"pages":[\n'
    return "".join((head, ",\n".join(written), "\n]};\n")).encode()


def _written(
    pages: list[_Findable], has_text: Callable[[_Findable], bool], limit: int | None
) -> list[str] | None:
    """An entry for each page; None as soon as they are more than the limit."""
    entries = []
    size = 0
    for page in pages:
        entry: dict[str, Any] = {"at": page.href, "name": page.name, "names": page.names}
        if page.is_account:
            entry["account"] = 1
        entry["parts"] = [
            [part.anchor, part.heading, part.text]
            for part in page.sections(has_text(page))
            if part.heading or part.text
        ]
        entries.append(json.dumps(entry, ensure_ascii=False, separators=(",", ":")))
        size += len(entries[-1].encode())
        if limit is not None and size > limit:
            return None
    return entries


# A skeleton as page_markdown writes it
_HEADING = re.compile(r"^(?P<level>#{1,2}) (?P<text>.*?)(?: \{#(?P<anchor>[a-z0-9-]+)\})?$", re.M)
_PLACE = re.compile(r'<div data-fragment="([a-z0-9-]+)"></div>')
_DESCRIPTION = re.compile(r'^description: (".*")$', re.MULTILINE)


def passages(page: Page, *, is_whole: bool) -> Iterator[Passage]:
    """What a page says, heading by heading: first what it is about, without a heading."""
    front, _, body = page.markdown.removeprefix("---\n").partition("\n---\n")
    description = _DESCRIPTION.search(front)
    about = [_line(json.loads(description[1]))] if description else []
    reader = _Reader("", "")
    shown: list[Passage] = []
    for block in body.split("\n\n"):
        if heading := _HEADING.fullmatch(block.strip()):
            if heading["level"] == "##":
                shown += reader.finished()
                reader = _Reader(heading["anchor"] or "", _line(heading["text"]))
        elif place := _PLACE.fullmatch(block.strip()):
            if is_whole:
                reader.add(page.fragments[place[1]])
        elif block.strip():
            sentence = _line(block)
            if reader.heading:
                reader.say(sentence)
            elif sentence not in about:
                about.append(sentence)
    shown += reader.finished()
    yield Passage(anchor="", heading="", text=" ".join(about))
    yield from shown


def _line(text: str) -> str:
    return " ".join(unescape(unescape(text)).split())


# Templates escape all text, in attributes too: whatever looks like a tag is one
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>")
_ID = re.compile(r"""(?:^|\s)id=["']?([^"'\s]+)""")
_PASSAGE = re.compile(r"""(?:^|\s)data-passage="([^"]*)\"""")
_WITHIN_A_WORD = frozenset("a abbr b bdi code em mark s strong sub sup u wbr".split())
_HEADINGS = frozenset({"h2", "h3", "h4"})
_NEVER = frozenset({"script", "style", "svg", "noscript", "template"})


class _Reader:
    """Reads the text of HTML, passage by passage.

    A heading with an id, or the first in an element with one, begins a passage, as does an element
    that is named with `data-passage`. Drawings are left out, for their tables say the same, and so
    is how figures come about, which is alike on all accounts' pages.
    """

    def __init__(self, anchor: str, heading: str) -> None:
        self.heading = heading
        self._anchor = anchor
        self._texts: list[str] = []
        self._done: list[Passage] = []

    def say(self, text: str) -> None:
        """Add a sentence."""
        self._texts += (text, " ")

    def finished(self) -> tuple[Passage, ...]:
        """All passages."""
        self._end()
        return tuple(self._done)

    def add(self, html: str) -> None:
        """Read a piece of HTML."""
        pieces = _TAG.split(html)
        self._texts.append(pieces[0])
        left_out, depth, offered, is_heading = "", 0, "", False
        for slash, tag, attributes, text in zip(*(pieces[n::4] for n in (1, 2, 3, 4)), strict=True):
            name = tag.lower()
            if left_out:
                if name == left_out:
                    depth += -1 if slash else 1
                if depth:
                    continue
                left_out = ""
            elif not slash and _is_left_out(name, attributes):
                left_out, depth = name, 1
                continue
            elif not slash:
                own = _ID.search(attributes)
                offered = own[1] if own else offered
                if named := _PASSAGE.search(attributes):
                    self._begin(offered, unescape(named[1]))
                elif name in _HEADINGS and offered:
                    self._begin(offered, "")
                    is_heading = True
            elif is_heading and name in _HEADINGS:
                self._head()
                is_heading, offered = False, ""
            if is_heading and name == "code" and _text(self._texts):
                self._head()  # what a program calls it stands behind its name
                is_heading, offered = False, ""
            if name not in _WITHIN_A_WORD:
                self._texts.append(" ")
            self._texts.append(text)

    def _head(self) -> None:
        self.heading = _text(self._texts)
        self._texts = []

    def _begin(self, anchor: str, heading: str) -> None:
        self._end()
        self._anchor, self.heading = anchor, heading

    def _end(self) -> None:
        text = _text(self._texts)
        if self.heading or text:
            self._done.append(Passage(anchor=self._anchor, heading=self.heading, text=text))
        self._texts = []


def _is_left_out(name: str, attributes: str) -> bool:
    """Whether nobody searches for what an element says."""
    if name == "details":
        return 'id="w-' in attributes or 'class="unknown"' in attributes
    return name in _NEVER or (name == "a" and 'class="src"' in attributes)


def _text(pieces: Iterable[str]) -> str:
    return " ".join(unescape("".join(pieces)).split())
