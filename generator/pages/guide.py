"""The guide: how to write a plan, keep it, pass the gate, publish.

Its text is Markdown, a template for each language: `templates/guide/en/gate.md` and
`templates/guide/zh/gate.md` are one page. What follows from the program is put into it from the
program. A team may leave the guide out, or add pages to it; those are in no edition, since nobody
has said who may see them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from generator.audience.classes import AUDIENCES
from generator.form.value import COSTS, VALUES
from generator.language import phrase
from generator.pages.encoder import meta_text
from generator.pages.engine import Engine
from generator.pages.links import anchor
from generator.pages.page import Menu, PageLayout, SitePage, heading, prose_markdown
from generator.pages.rich_text import allowed_link
from generator.pages.site import Site
from generator.pages.tree import Page
from generator.settings import OwnPage

INDEX = "index"


def has_guide(site: Site) -> bool:
    """Whether a site has the guide."""
    return site.settings.site.has_guide


def _lay_out(name: str, page: PageLayout) -> Mapping[str, Any]:
    """The text of a page, and behind it what the team adds to it."""
    site = page.site
    own = next((own for own in site.own_guide if own.name == name), None)
    page.prose(
        _own_section(site, own) if own else (),
        pages=[one for one in PAGES if one.path != PAGES[0].path],
        own_pages=added_entries(site),
        rules=site.settings.rules.rules,
        audiences=AUDIENCES,
        plan=partial(example, site.engine),
        values=VALUES,
        costs=COSTS,
        about=site.settings.site.tells_of_method,
    )
    return {}


_SECTION = re.compile(r"^(?=[a-z])", re.MULTILINE)


def example(engine: Engine, name: str, *keys: str) -> Markup:
    """Sections of one of the guide's example plans as a block of code.

    The plans are whole files in `templates/guide/plans/`, so that they can be checked as they are.
    """
    text = engine.text(f"guide/plans/{name}.yaml")
    sections = {part.partition(":")[0]: part for part in _SECTION.split(text) if part}
    yaml = "".join(sections[key] for key in keys)
    return Markup(f"```yaml\n{yaml}```")  # noqa: S704 - a file of our own, in a block of code


def _page(name: str, title: str, description: str) -> SitePage:
    return SitePage(
        path=f"guide/{name}.md",
        title=title,
        description=description,
        lay_out=partial(_lay_out, name),
        menu=Menu.GUIDE,
        has_contents=True,
        exists=has_guide,
    )


PAGES = (
    _page(INDEX, phrase("Where to start"), phrase("What the guide has, for whom.")),
    _page(
        "first-plan",
        phrase("Your first plan"),
        phrase("From nothing to a checked plan and its page, in half an hour."),
    ),
    _page(
        "writing",
        phrase("Writing well"),
        phrase("What a good plan says, and how facts, opinions and gaps are written."),
    ),
    _page(
        "monthly",
        phrase("The monthly hour"),
        phrase("How a plan is kept up to date in an hour a month."),
    ),
    _page(
        "gate",
        phrase("Gate and rules"),
        phrase("What is checked, how to read a finding, and how to switch the gate on."),
    ),
    _page(
        "settings",
        phrase("Settings"),
        phrase("Thresholds, rules, words, people and looks that your firm may change."),
    ),
    _page(
        "imports",
        phrase("Imports"),
        phrase("Plans from a CRM export, kept in step with it; many changes at once."),
    ),
    _page(
        "publishing",
        phrase("Publishing"),
        phrase("How the site gets to its readers: hosts, languages, briefs."),
    ),
    _page(
        "privacy",
        phrase("Audiences and privacy"),
        phrase("Who may see what, and what to do when a person asks for their data."),
    ),
    _page(
        "developers",
        phrase("For developers"),
        phrase("Commands, exit codes, JSON, exports and feeds for other programs."),
    ),
)
"""The guide's pages in the order of the navigation."""


# What a team adds


def added_pages(site: Site) -> Iterator[Page]:
    """The pages that a team adds to the guide."""
    for own in _pages_of_their_own(site):
        text = own.in_language(site.language.code)
        yield Page(
            path=_path(own),
            markdown=prose_markdown(text.title, text.title, safe_markdown(text.text, level=2)),
            fragments={},
        )


def added_entries(site: Site) -> tuple[tuple[str, str], ...]:
    """Their titles and paths, for the navigation."""
    return tuple(
        (meta_text(own.in_language(site.language.code).title), _path(own))
        for own in _pages_of_their_own(site)
    )


def _pages_of_their_own(site: Site) -> tuple[OwnPage, ...]:
    ours = {page.path for page in PAGES}
    own = (own for own in site.own_guide if _path(own) not in ours)
    return tuple(own) if has_guide(site) else ()


def _path(own: OwnPage) -> str:
    return f"guide/{own.name}.md"


def _own_section(site: Site, own: OwnPage) -> tuple[str, ...]:
    """What a team adds to a page of ours: a section at its end, under the title that they gave."""
    text = own.in_language(site.language.code)
    return (heading(2, text.title, "own"), *safe_markdown(text.text, level=3))


def safe_markdown(text: str, *, level: int) -> Iterator[str]:
    """A team's Markdown as blocks of ours: headings from `level` on, all else as HTML.

    HTML of their own is shown as text; links lead to the web, to mail or within the site.
    """
    tokens: list[Token] = []
    count = 0
    parsed = iter(_PARSER.parse(text))
    for token in parsed:
        if token.type != "heading_open" or token.level:
            tokens.append(token)
            continue
        yield from _as_html(tokens)
        tokens = []
        count += 1
        words = _words(next(parsed))
        next(parsed)
        depth = min(6, level + max(0, int(token.tag[1]) - 2))
        yield heading(depth, words, f"own-{anchor(words) or count}")
    yield from _as_html(tokens)


def _words(inline: Token) -> str:
    return "".join(child.content for child in inline.children or () if child.content)


def _as_html(tokens: list[Token]) -> Iterator[str]:
    if tokens:
        html = _PARSER.renderer.render(tokens, _PARSER.options, {})
        yield f'<div class="ap-own">\n{html}</div>'


def _may_link(url: str) -> bool:
    parts = urlsplit(url)
    return allowed_link(url) or not (parts.scheme or parts.netloc or url.startswith(("/", "\\")))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    parser.validateLink = _may_link  # type: ignore[method-assign]
    return parser


_PARSER = _parser()
