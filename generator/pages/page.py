"""A page: what its module declares, how its parts are laid out, and the light Markdown it becomes.

Text from playbooks is entity-encoded to the last active character before it gets into Markdown;
what is larger than a sentence goes into fragments, which never meet Markdown.
"""

from __future__ import annotations

import enum
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from markupsafe import Markup

from generator.language import said, say
from generator.pages.encoder import encode, meta_text
from generator.pages.formats import listed, number
from generator.pages.links import Links, page_href
from generator.pages.site import Site
from generator.pages.tree import Frame, FramedPage, Page

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def front_matter(title: str, description: str, hide: Sequence[str] = ()) -> str:
    """The page's own front matter, so that no first line is ever taken for metadata."""
    lines = ["---", f"title: {_quoted(title)}", f"description: {_quoted(description)}"]
    if hide:
        lines += ["hide:", *(f"  - {part}" for part in hide)]
    return "\n".join([*lines, "---", ""])


def _quoted(text: str) -> str:
    return json.dumps(meta_text(text), ensure_ascii=False)


def heading(level: int, text: str, anchor: str | None = None) -> str:
    """A heading; its text is encoded, its id is ours."""
    mark = f" {{#{_checked(anchor)}}}" if anchor else ""
    return f"{'#' * level} {encode(text)}{mark}"


def placeholder(name: str) -> str:
    """The element that a fragment replaces."""
    return f'<div data-fragment="{_checked(name)}"></div>'


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"'{name}' is no id: small letters, digits, single hyphens")
    return name


@dataclass(frozen=True, slots=True, kw_only=True)
class SkeletonSection:
    """A heading, a sentence for readers and search, and the place of a fragment."""

    anchor: str
    title: str
    sentence: str = ""
    """Plain text; it is encoded here."""


def page_markdown(
    *,
    title: str,
    description: str,
    sections: Sequence[SkeletonSection],
    head: str | None = None,
    sentence: str = "",
    hide: Sequence[str] = (),
) -> str:
    """A whole page: front matter, the title, a sentence, the head's fragment, the sections.

    Each section's placeholder bears its anchor's name; `head` names the fragment under the title.
    """
    blocks = [front_matter(title, description, hide), heading(1, title)]
    if sentence:
        blocks.append(encode(sentence))
    if head:
        blocks.append(placeholder(head))
    for section in sections:
        blocks.append(heading(2, section.title, section.anchor))
        if section.sentence:
            blocks.append(encode(section.sentence))
        blocks.append(placeholder(section.anchor))
    return "\n\n".join(blocks) + "\n"


def page_html(
    *,
    title: str,
    sections: Sequence[SkeletonSection],
    fragments: Mapping[str, str],
    sentence: str = "",
) -> str:
    """What the site builder would make of `page_markdown`, with the fragments in it."""
    blocks = [Markup('<h1 id="page">{}{}</h1>').format(title, _permanent_link("page"))]
    if sentence:
        blocks.append(Markup("<p>{}</p>").format(sentence))
    blocks.append(Markup(fragments.get("head", "")))  # noqa: S704 - HTML of ours
    for section in sections:
        anchor = _checked(section.anchor)
        link = _permanent_link(anchor)
        blocks.append(Markup('<h2 id="{}">{}{}</h2>').format(anchor, section.title, link))
        if section.sentence:
            blocks.append(Markup("<p>{}</p>").format(section.sentence))
        blocks.append(Markup(fragments[anchor]))  # noqa: S704 - HTML of ours
    return "\n".join(blocks)


def _permanent_link(anchor: str) -> Markup:
    """The sign behind a heading, as the site builder makes it."""
    return Markup('<a class="headerlink" href="#{}" title="{}">¶</a>').format(
        anchor, say("Permanent link")
    )


def prose_markdown(title: str, description: str, blocks: Iterable[str]) -> str:
    """A page of text to read: its blocks are Markdown of our own, or made safe."""
    # the class tells the style sheet that what is below a heading is text like any other
    mark = '<div class="ap-guide"></div>'
    parts = (front_matter(title, description), heading(1, title), mark, *blocks)
    return "\n\n".join(parts) + "\n"


class Destination(NamedTuple):
    """A name, where it leads, and a word beside it."""

    name: str
    href: str
    note: str = ""


def named(names: Sequence[str], most: int = 8) -> str:
    """Names in a line: 'Acme, Harbor and 3 more'."""
    line = listed(names[:most])
    if len(names) <= most:
        return line
    return say("{names} and {count} more", names=line, count=number(len(names) - most))


class Menu(enum.Enum):
    """Where the navigation has a page."""

    TOP = enum.auto()
    PORTFOLIO = enum.auto()
    """Below the entry that gathers the pages over all accounts."""
    GUIDE = enum.auto()
    """Below the entry that gathers the pages of the guide."""
    LAST = enum.auto()
    """Behind all others, not in mkdocs.yml: not every site has it."""
    NONE = enum.auto()
    """Nowhere: another page leads to it."""


class PageLayout:
    """The parts of a page, in the order in which its module adds them.

    Each part is a block of the page's template, which knows the site and the values given with it.
    """

    def __init__(self, site: Site, declared: SitePage, pages: Sequence[SitePage]) -> None:
        """Empty, with the links as seen from this page."""
        self.site = site
        self.pages = pages
        """All pages, for one that tells where something is shown."""
        self.links = Links(here=declared.href)
        self.title = said(declared.title)
        self.description = said(declared.description)
        self._declared = declared
        self._fragments: dict[str, str] = {}
        self._sections: list[SkeletonSection] = []
        self._prose: tuple[str, ...] = ()

    @property
    def currency(self) -> str:
        """The reporting currency."""
        return self.site.settings.currencies.reporting_currency

    def head(self, **values: Any) -> None:
        """What stands above all sections: the block 'head'."""
        self._fragments["head"] = self._block("head", values)

    def section(
        self, anchor: str, title: str, /, *, sentence: str = "", block: str = "", **values: Any
    ) -> None:
        """A section: the block of the anchor's name, or another."""
        self._fragments[anchor] = self._block(block or anchor.replace("-", "_"), values)
        self._sections.append(SkeletonSection(anchor=anchor, title=title, sentence=sentence))

    def has(self, block: str) -> bool:
        """Whether the page's template has a block of this name."""
        return self.site.engine.has_block(self._declared.template, block)

    def prose(self, added: Iterable[str] = (), **values: Any) -> None:
        """Its text: a template of Markdown for each language, which search reads word by word.

        `added` are blocks of Markdown that stand behind it.
        """
        text = self.site.engine.render_exactly(
            self._declared.prose_template(self.site.language.code), **self._common(), **values
        )
        self._prose = (text.strip(), *added)

    def _block(self, block: str, values: Mapping[str, Any]) -> str:
        return self.site.engine.render_block(
            self._declared.template, block, **self._common(), **values
        )

    def _common(self) -> dict[str, Any]:
        settings = self.site.settings
        return {
            "site": self.site,
            "settings": settings,
            "label": settings.label,
            "offered": self.site.offered,
            "today": self.site.today,
            "currency": self.currency,
            "links": self.links,
        }

    def page(self, answer: Mapping[str, Any]) -> Page:
        """The page with all parts that were added, and the answer in the block 'sentence'."""
        if self._prose:
            markdown = prose_markdown(self.title, self.description, self._prose)
            return Page(path=self._declared.path, markdown=markdown, fragments={})
        sentence = self.site.engine.render_text(
            self._declared.template, "sentence", **self._common(), **answer
        )
        markdown = page_markdown(
            title=self.title,
            description=self.description,
            sentence=sentence,
            head="head" if "head" in self._fragments else None,
            sections=self._sections,
            hide=() if self._declared.has_contents else ("toc",),
        )
        return Page(
            path=self._declared.path,
            markdown=markdown,
            fragments=self._fragments,
            in_frame=self._framed(self._declared.frame, sentence) if self._declared.frame else None,
        )

    def _framed(self, frame: Frame, sentence: str) -> FramedPage:
        return FramedPage(
            path=self._declared.href,
            frame=frame,
            title=self.title,
            description=self.description,
            html=page_html(
                title=self.title,
                sentence=sentence,
                sections=self._sections,
                fragments=self._fragments,
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePage:
    """A page of the portfolio, as its module declares it."""

    path: str
    """Its Markdown file; its template has the same name."""
    title: str
    """A phrase: its title in the navigation, and its heading unless it is laid out with another."""
    description: str
    """A phrase: what it is about, for search engines and link previews."""
    lay_out: Callable[[PageLayout], Mapping[str, Any]]
    """Adds its parts and gives the values of the sentence under its title, which is the answer."""
    menu: Menu
    figures: tuple[str, ...] = ()
    """First words of the keys of figures that it shows for all accounts."""
    in_editions: bool = True
    """Whether editions have it; the findings of plans stay in the whole site."""
    has_contents: bool = False
    """Whether the theme lists its headings beside it."""
    exists: Callable[[Site], bool] = lambda _: True
    """Whether a site has it."""
    shared_template: str = ""
    """Its template, where several pages have one."""
    frame: Frame | None = None
    """The frame that it is put into, where several are alike; such a page has no contents."""

    @property
    def template(self) -> str:
        """Its template: 'portfolio/money.html.j2', and for 'rules/index.md' 'rules.html.j2'."""
        if self.shared_template:
            return self.shared_template
        return f"{self.path.removesuffix('.md').removesuffix('/index')}.html.j2"

    def prose_template(self, language: str) -> str:
        """The text of a page that is prose: 'guide/gate.md' has 'guide/en/gate.md'."""
        folder, _, name = self.path.rpartition("/")
        return f"{folder}/{language}/{name}"

    @property
    def href(self) -> str:
        """Its address."""
        return page_href(self.path)

    def made(self, site: Site, pages: Sequence[SitePage] = ()) -> Page:
        """The page of a site that has these pages."""
        layout = PageLayout(site, self, pages)
        return layout.page(self.lay_out(layout))
