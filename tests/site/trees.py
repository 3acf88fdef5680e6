"""Small site trees for the tests of publishing."""

from __future__ import annotations

import datetime
from pathlib import Path

from generator.pages.brand import MARK
from generator.pages.navigation import PAGES
from generator.pages.page import Menu
from generator.pages.tree import Frame, FramedPage, Page, SiteTree, StaticFile

TODAY = datetime.date(2026, 11, 23)


def tree(accounts: int = 2, body: str = "<p>One page.</p>", title: str = "Home") -> SiteTree:
    """The pages of the navigation and some accounts, each with one fragment."""
    listed = [declared for declared in PAGES if declared.menu not in {Menu.LAST, Menu.NONE}]
    pages = [
        page(declared.path, title if declared.path == "index.md" else declared.path, body)
        for declared in listed
    ]
    pages += [page(f"accounts/account-{i}.md", f"Account {i}", body) for i in range(accounts)]
    files = (
        StaticFile(path="assets/playbooks.css", content=b"p { margin: 0 }\n"),
        StaticFile(path="assets/playbooks.js", content=b""),
        StaticFile(path=MARK, content=b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    )
    html = f"<h1 id=page>All</h1>{body}"
    framed = tuple(
        in_frame(f"accounts/account-{i}/numbers.html", html=html) for i in range(accounts)
    )
    return SiteTree(pages=tuple(pages), files=files, framed=framed)


def in_frame(
    path: str, frame: Frame = Frame.ACCOUNT, html: str = "<h1 id=page>All</h1>"
) -> FramedPage:
    return FramedPage(path=path, frame=frame, title="A & B: all", description='"All"', html=html)


def page(path: str, title: str, body: str) -> Page:
    return Page(
        path=path,
        markdown=(
            f'---\ntitle: "{title}"\n---\n\n# {title} {{#top}}\n\n'
            '<div data-fragment="body"></div>\n\n## Last {#last}\n\nThe end.\n'
        ),
        fragments={"body": body},
    )


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
