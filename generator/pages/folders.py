"""Addresses without a page of their own: whoever asks for one is led to the page they mean."""

from __future__ import annotations

import posixpath
from collections.abc import Container, Iterable, Iterator

from generator.pages.links import Links
from generator.pages.site import Site
from generator.pages.tree import FramedPage, Page, Piece, StaticFile

HOME = "index.html"
ABOUT = "about.html"


def folder_files(site: Site, made: Iterable[Piece]) -> Iterator[StaticFile]:
    """A page that leads on for each folder of pages that has none, such as accounts/ID/.

    To the page beside the folder that has its name, else to the one that says what is in it, else
    home. The address is relative, so that a site may lie below any path.
    """
    there = {_html(page.path) for page in made if isinstance(page, Page | FramedPage)}
    names = {f"accounts/{account.id}": account.name for account in site.portfolio.accounts}
    for folder in sorted({posixpath.dirname(path) for path in there} - {""}):
        if f"{folder}/{HOME}" not in there:
            leads = (f"{folder}.html", f"{folder}/{ABOUT}")
            target = next((path for path in leads if path in there), HOME)
            text = site.engine.render(
                "folder.html.j2",
                language=site.language.code,
                title=names.get(folder, site.settings.site.name),
                href=Links(here=f"{folder}/{HOME}").to(target),
            )
            yield StaticFile(path=f"{folder}/{HOME}", content=text.encode())


def not_found_page(site: Site, paths: Container[str]) -> str:
    """What the page for addresses that there are none of says, with links from the site's root."""
    return site.engine.render("not_found.html.j2", has_accounts="accounts/index.md" in paths)


def _html(path: str) -> str:
    return f"{path.removesuffix('.md')}.html" if path.endswith(".md") else path
