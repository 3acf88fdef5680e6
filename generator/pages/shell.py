"""The links above each page of an account: to the pages over all accounts, and to its others."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import NamedTuple

from generator.figures import Account
from generator.language import phrase, said
from generator.pages.links import Links, account_href, brief_href, numbers_href, source_href
from generator.pages.site import Site


class Way(NamedTuple):
    """A link with its title."""

    title: str
    href: str
    is_here: bool


class Shell(NamedTuple):
    """The links above a page of an account."""

    account: str
    """Its name."""
    portfolio: tuple[Way, ...]
    """To the pages over all accounts."""
    pages: tuple[Way, ...]
    """To the pages of the account."""
    today: datetime.date


class _AccountPage(NamedTuple):
    title: str
    """A phrase."""
    href: Callable[[str], str]
    """Its address by the account's id."""
    exists: Callable[[Account], bool]


def _is_read(account: Account) -> bool:
    return account.playbook is not None


_PAGES = (
    _AccountPage(phrase("Overview"), account_href, lambda _: True),
    _AccountPage(phrase("Numbers"), numbers_href, _is_read),
    _AccountPage(phrase("Brief"), brief_href, _is_read),
    _AccountPage(phrase("Source"), source_href, lambda _: True),
)
"""All pages of an account, in the order of its navigation."""


def shell_of(site: Site, account: Account, links: Links) -> Shell:
    """The links above a page of an account, as seen from there."""
    return Shell(
        account=account.name,
        portfolio=tuple(
            Way(title=said(title), href=links.to(href), is_here=False) for title, href in site.ways
        ),
        pages=tuple(
            Way(title=said(page.title), href=links.to(href), is_here=href == links.here)
            for page in _PAGES
            if page.exists(account)
            for href in (page.href(account.id),)
        ),
        today=site.today,
    )
