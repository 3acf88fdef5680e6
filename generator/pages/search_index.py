"""What the search at the top of each page knows: the names, headings and text of this site's pages.

It is a script, as is the library that searches it: a page that was opened from a folder, without a
server, can load nothing else. A reader's browser loads both with the first search. It is made of
the pages themselves, so that it holds nothing that an audience may not see.
"""

from __future__ import annotations

import enum
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.language import say
from generator.pages.links import page_href
from generator.pages.site import Site
from generator.pages.tree import FramedPage, Page, Piece, StaticFile

INDEX = "assets/search_index.js"
LIBRARY = "assets/minisearch.js"
MOST = 1_000_000
"""Bytes up to which the index has the whole text of the pages."""

_ACCOUNT = re.compile(r"accounts/([a-z0-9-]+)\.md")
_OF_ACCOUNTS = re.compile(r"accounts/[a-z0-9-]+/")
_REFERENCE = ("api/", "method/", "rules/", "fields/", "settings/")
_SETTINGS = re.compile(r"settings/[a-z0-9_-]+\.html")


def search_files(site: Site, made: Iterable[Piece]) -> Iterator[StaticFile]:
    """The library and the index of all that was made.

    Words that mean the same are the firm's own, which may name what an audience shall not know.
    """
    synonyms = () if site.is_edition else site.settings.site.words_alike
    engine = site.engine
    licence = engine.vendored("minisearch/LICENSE.txt")
    library = engine.vendored("minisearch/index.js")
    yield StaticFile(path=LIBRARY, content=f"/*! MiniSearch\n{licence}*/\n{library}".encode())
    yield StaticFile(path=INDEX, content=_index(_findable(site, made), synonyms))


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
            "Try fewer words, the beginning of a name, or the same word in the plans' language."
        ),
        "names_only": say(
            "With this many accounts, names, people, risks and headings are searched."
        ),
        "every_word": say("Search every word of the plans"),
        "directory": say("All accounts"),
        "also": say("Also in:"),
    }


class Kind(enum.StrEnum):
    """What a page is about, in the order in which they are found."""

    ACCOUNT = "account"
    PORTFOLIO = "portfolio"
    """Over all accounts."""
    GUIDE = "guide"
    REFERENCE = "reference"
    """How plans are written and figures made."""


class Depth(enum.IntEnum):
    """How much of a page is known."""

    SENTENCES = 1
    """The headings of its skeleton, and the sentence under each."""
    HEADINGS = 2
    """Also the headings further down."""
    WHOLE = 3


OF_MANY = {
    Kind.ACCOUNT: Depth.SENTENCES,
    Kind.PORTFOLIO: Depth.HEADINGS,
    Kind.GUIDE: Depth.WHOLE,
    Kind.REFERENCE: Depth.WHOLE,
}
"""What is known of pages where all their text would be too much; the last two do not grow."""


class _Findable(NamedTuple):
    """A page that can be found, and what is known of it."""

    href: str
    name: str
    names: str
    """Other words for it: an account's id and aliases, a page's address."""
    kind: Kind
    passages: Callable[[Depth], Iterable[Passage]]


@dataclass(slots=True, kw_only=True)
class Passage:
    """Text under a heading, where a link can lead to."""

    anchor: str
    heading: str
    text: str


def _findable(site: Site, made: Iterable[Piece]) -> Iterator[_Findable]:
    """Accounts in the order of the portfolio's pages, then the other pages; none below accounts."""
    aliases = {
        account.id: account.playbook.account.aliases if account.playbook else None
        for account in site.portfolio.accounts
    }
    found = []
    for page in made:
        account = _ACCOUNT.fullmatch(page.path)
        if isinstance(page, FramedPage):
            if _SETTINGS.fullmatch(page.path):
                found.append(_settings(page))
        elif isinstance(page, StaticFile):
            continue
        elif account and account[1] in aliases:
            names = (account[1], *(aliases[account[1]] or ()))
            found.append(_page(page, names, Kind.ACCOUNT))
        elif not _OF_ACCOUNTS.match(page.path):
            found.append(_page(page, (_words_of(page.path),), _kind_of(page.path)))
    yield from sorted(found, key=lambda each: (list(Kind).index(each.kind), each.href))


def _kind_of(path: str) -> Kind:
    if path.startswith(_REFERENCE):
        return Kind.REFERENCE
    return Kind.GUIDE if path.startswith("guide/") else Kind.PORTFOLIO


def _words_of(path: str) -> str:
    return path.rpartition(".")[0].removesuffix("index").strip("/")


def _page(page: Page, names: Iterable[str], kind: Kind) -> _Findable:
    title = _HEADING.search(page.markdown)
    return _Findable(
        href=page_href(page.path),
        name=_line(title["text"]) if title else "",
        names=" ".join(names),
        kind=kind,
        passages=lambda depth: prose(page) if kind is Kind.GUIDE else passages(page, depth),
    )


def _settings(page: FramedPage) -> _Findable:
    """A file of site_config by its name; what it says stands on the pages of method and rules."""
    return _Findable(
        href=page.path,
        name=page.title.partition(":")[0],
        names=_words_of(page.path),
        kind=Kind.REFERENCE,
        passages=lambda _: (Passage(anchor="", heading="", text=page.description),),
    )


def _index(pages: Iterable[_Findable], synonyms: Iterable[Sequence[str]]) -> bytes:
    """All text if that is not too much, else what is known of many."""
    pages = tuple(pages)
    written: list[str] = []
    size = 0
    for page in pages:
        written.append(_entry(page, Depth.WHOLE))
        size += len(written[-1].encode())
        if size > MOST:
            break
    is_whole = size <= MOST
    shared: Sequence[Heading] = ()
    if not is_whole:
        shared = _of_most_accounts(pages)
        written = [_entry(page, OF_MANY[page.kind], shared) for page in pages]
    head = (
        f'{{"whole":{_json(is_whole)},"sections":{_json(shared)},'
        f'"synonyms":{_json(list(synonyms))},"pages":['
    )
    return "".join(("window.SEARCH_INDEX=", head, "\n", ",\n".join(written), "\n]};\n")).encode()


Heading = tuple[str, str]
"""An anchor and the words of its heading."""


def _of_most_accounts(pages: Iterable[_Findable]) -> Sequence[Heading]:
    """The headings that most accounts' pages have: the index of many says them once."""
    depth = OF_MANY[Kind.ACCOUNT]
    counted = Counter(
        tuple((each.anchor, each.heading) for each in page.passages(depth) if each.heading)
        for page in pages
        if page.kind is Kind.ACCOUNT
    )
    return counted.most_common(1)[0][0] if counted else ()


def _entry(page: _Findable, depth: Depth, shared: Sequence[Heading] = ()) -> str:
    """What is known of a page; of an account without the shared headings, if it has them all."""
    known = list(page.passages(depth))
    has_shared = page.kind is Kind.ACCOUNT and bool(shared)
    has_shared = has_shared and {*shared} <= {(each.anchor, each.heading) for each in known}
    told = [
        [each.anchor, each.heading, each.text]
        for each in known
        if each.text or not has_shared or (each.anchor, each.heading) not in shared
    ]
    entry = {
        "at": page.href,
        "kind": page.kind,
        "name": page.name,
        "names": page.names,
        "parts": told,
        **({"shares": True} if has_shared else {}),
    }
    return _json(entry)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


# A skeleton as page_markdown writes it
_HEADING = re.compile(
    r"^(?P<level>#{1,2}) (?P<text>.*?)(?: \{#(?P<anchor>[a-z0-9-]+)\})?$", re.MULTILINE
)
_PLACE = re.compile(r'<div data-fragment="([a-z0-9-]+)"></div>')
_DESCRIPTION = re.compile(r'^description: (".*")$', re.MULTILINE)


def passages(page: Page, depth: Depth) -> Iterator[Passage]:
    """What a page says, heading by heading: first what it is about, without a heading."""
    front, _, body = page.markdown.removeprefix("---\n").partition("\n---\n")
    description = _DESCRIPTION.search(front)
    about = [_line(json.loads(description[1]))] if description else []
    reader = _Reader("", "", depth)
    shown: list[Passage] = []
    for block in body.split("\n\n"):
        if heading := _HEADING.fullmatch(block.strip()):
            if heading["level"] == "##":
                shown += reader.finished()
                reader = _Reader(heading["anchor"] or "", _line(heading["text"]), depth)
        elif place := _PLACE.fullmatch(block.strip()):
            if depth > Depth.SENTENCES:
                reader.add(page.fragments[place[1]])
        elif block.strip():
            sentence = _line(block)
            if reader.heading:
                reader.say(sentence)
            elif sentence not in about and depth > Depth.SENTENCES:
                about = [*(told for told in about if told not in sentence), sentence]
    shown += reader.finished()
    yield Passage(anchor="", heading="", text=" ".join(about))
    yield from shown


_OF_HEADING = re.compile(r"\s*\{(?::\s*)?#([a-z0-9-]+)\}$")


def prose(page: Page) -> Iterator[Passage]:
    """What a page of text says, heading by heading, without the signs of its Markdown."""
    front, _, body = page.markdown.removeprefix("---\n").partition("\n---\n")
    description = _DESCRIPTION.search(front)
    texts = [_line(json.loads(description[1]))] if description else []
    anchor = heading = ""
    tokens = iter(_PROSE.parse(body))
    for token in tokens:
        if token.type == "heading_open":
            words = _words(next(tokens))
            if token.tag == "h1":
                continue
            yield Passage(anchor=anchor, heading=heading, text=_line(" ".join(texts)))
            place = _OF_HEADING.search(words)
            anchor, heading, texts = place[1] if place else "", _OF_HEADING.sub("", words), []
        elif token.type == "html_block":
            texts.append(_text(text for _, _, _, text in _tags(token.content)))
        elif token.type == "inline":
            texts.append(_words(token))
        else:
            texts.append(token.content)
    yield Passage(anchor=anchor, heading=heading, text=_line(" ".join(texts)))


def _words(inline: Token) -> str:
    shown = (each for each in inline.children or () if each.type != "html_inline")
    return "".join(each.content or " " * (each.type == "softbreak") for each in shown)


_PROSE = MarkdownIt("commonmark").enable("table")


def _line(text: str) -> str:
    return " ".join(unescape(text).split())


# Templates escape all text, in attributes too: whatever looks like a tag is one
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>")
_ID = re.compile(r"""(?:^|\s)id=["']?([^"'\s]+)""")
_PASSAGE = re.compile(r"""(?:^|\s)data-passage="([^"]*)\"""")
_WITHIN_A_WORD = frozenset(
    {"", "a", "abbr", "b", "bdi", "code", "em", "mark", "s", "strong", "sub", "sup", "u", "wbr"}
)
_HEADINGS = frozenset({"h2", "h3", "h4"})
_NEVER = frozenset({"script", "style", "svg", "noscript", "template", "nav"})


class _Reader:
    """Reads the text of HTML, passage by passage.

    A heading with an id, or the first in an element with one, begins a passage, as does an element
    that is named with `data-passage`. Drawings are left out, for their tables say the same, and so
    is how figures come about, which is alike on all accounts' pages.
    """

    def __init__(self, anchor: str, heading: str, depth: Depth) -> None:
        self.heading = heading
        self._anchor = anchor
        self._depth = depth
        self._said: list[str] = []
        self._texts: list[str] = []
        self._done: list[Passage] = []
        self._offered = ""
        self._is_heading = False

    def say(self, text: str) -> None:
        """Add a sentence."""
        self._said.append(text)

    def finished(self) -> tuple[Passage, ...]:
        """All passages."""
        self._end()
        return tuple(self._done)

    def add(self, html: str) -> None:
        """Read a piece of HTML."""
        for is_end, name, attributes, text in _tags(html):
            if is_end:
                self._ended(name)
            else:
                self._began(name, attributes)
            if name not in _WITHIN_A_WORD:
                self._texts.append(" ")
            self._texts.append(text)

    def _began(self, name: str, attributes: str) -> None:
        if own := _ID.search(attributes):
            self._offered = own[1]
        if named := _PASSAGE.search(attributes):
            self._begin(self._offered, unescape(named[1]))
        elif name in _HEADINGS and self._offered:
            self._begin(self._offered, "")
            self._is_heading = True
        elif name == "code" and _text(self._texts):
            self._head()  # what a program calls it stands behind its name

    def _ended(self, name: str) -> None:
        if name in _HEADINGS:
            self._head()

    def _head(self) -> None:
        """What was read since a heading began is that heading."""
        if self._is_heading:
            self.heading = _text(self._texts)
            self._texts = []
            self._is_heading, self._offered = False, ""

    def _begin(self, anchor: str, heading: str) -> None:
        self._end()
        self._anchor, self.heading = anchor, heading

    def _end(self) -> None:
        text = _text(self._texts) if self._depth is Depth.WHOLE else ""
        text = " ".join((*self._said, text)).strip()
        if self.heading or text:
            self._done.append(Passage(anchor=self._anchor, heading=self.heading, text=text))
        self._said, self._texts = [], []


def _tags(html: str) -> Iterator[tuple[bool, str, str, str]]:
    """Each tag, whether it ends an element, and the text after it; without what is left out."""
    pieces = _TAG.split(html)
    yield False, "", "", pieces[0]
    left_out, depth = "", 0
    for slash, tag, attributes, text in zip(*(pieces[n::4] for n in (1, 2, 3, 4)), strict=True):
        name, is_end = tag.lower(), bool(slash)
        if left_out:
            depth += (name == left_out) * (-1 if is_end else 1)
            if depth:
                continue
            left_out = ""
        elif not is_end and _is_left_out(name, attributes):
            left_out, depth = name, 1
            continue
        yield is_end, name, attributes, text


def _is_left_out(name: str, attributes: str) -> bool:
    """Whether nobody searches for what an element says."""
    if name == "details":
        return 'id="w-' in attributes or 'class="unknown"' in attributes
    return name in _NEVER or (name == "a" and 'class="src"' in attributes)


def _text(pieces: Iterable[str]) -> str:
    return " ".join(unescape("".join(pieces)).split())
