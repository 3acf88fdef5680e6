"""A page over all accounts: what its module declares, and how its parts are laid out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from generator.language import said
from generator.pages.links import Links, page_href
from generator.pages.site import Site
from generator.pages.skeleton import SkeletonSection, page_markdown
from generator.pages.tree import Page


class Layout:
    """The parts of a page, in the order in which its module adds them.

    Each part is a block of the page's template, which knows the site and the values given with it.
    """

    def __init__(self, site: Site, name: str) -> None:
        """Empty, with the links as seen from this page."""
        self.site = site
        self.links = Links(here=f"portfolio/{name}.html")
        self._template = f"portfolio/{name}.html.j2"
        self._fragments: dict[str, str] = {}
        self._sections: list[SkeletonSection] = []

    @property
    def currency(self) -> str:
        """The reporting currency."""
        return self.site.settings.currencies.reporting_currency

    def head(self, **values: Any) -> None:
        """What stands above all sections: the block 'head'."""
        self._fragments["head"] = self._block("head", values)

    def section(
        self, anchor: str, title: str, *, sentence: str = "", block: str = "", **values: Any
    ) -> None:
        """A section: the block of the anchor's name, or another."""
        self._fragments[anchor] = self._block(block or anchor, values)
        self._sections.append(SkeletonSection(anchor=anchor, title=title, sentence=sentence))

    def _block(self, block: str, values: dict[str, Any]) -> str:
        return self.site.engine.render_block(
            self._template,
            block,
            **{
                "site": self.site,
                "settings": self.site.settings,
                "label": self.site.settings.label,
                "offered": self.site.offered,
                "today": self.site.today,
                "currency": self.currency,
                "links": self.links,
                **values,
            },
        )

    def page(self, path: str, title: str, description: str, sentence: str) -> Page:
        """The page with all parts that were added."""
        markdown = page_markdown(
            title=title,
            description=description,
            sentence=sentence,
            head="head" if "head" in self._fragments else None,
            sections=self._sections,
            hide=("toc",),
        )
        return Page(path=path, markdown=markdown, fragments=self._fragments)


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioPage:
    """A page over all accounts, as its module declares it."""

    name: str
    """Of its file, and of its template in templates/portfolio/."""
    title: str
    """A phrase: its heading, and its title in the navigation."""
    description: str
    """A phrase: what it is about, for search engines and link previews."""
    lay_out: Callable[[Layout], str]
    """Adds its parts and gives the sentence under its title, which is the answer."""
    figures: tuple[str, ...] = ()
    """First words of the keys of figures that it shows for all accounts."""
    in_editions: bool = True
    """Whether editions have it; the findings of plans stay in the whole site."""

    @property
    def path(self) -> str:
        """Its Markdown file."""
        return f"portfolio/{self.name}.md"

    @property
    def href(self) -> str:
        """Its address."""
        return page_href(self.path)

    def made(self, site: Site) -> Page:
        """The page of a site."""
        layout = Layout(site, self.name)
        sentence = self.lay_out(layout)
        return layout.page(self.path, said(self.title), said(self.description), sentence)
