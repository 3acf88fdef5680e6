"""What every page is made from: the portfolio, the engine, the words."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.compare.moved import Moves
from generator.figures import Account, Portfolio
from generator.language import ENGLISH, Language
from generator.pages.engine import Engine
from generator.pages.tree import Piece
from generator.rules.gate.baseline import Baseline
from generator.settings import OwnPage, Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The results of the stages before, and what turns them into HTML."""

    portfolio: Portfolio
    engine: Engine
    language: Language = ENGLISH
    """What its pages speak; the labels of the settings are in the same."""
    baseline: Baseline | None = None
    """The gaps that were known when the gate was switched on, where a team keeps them."""
    share: slice | None = None
    """Of the accounts, those whose own pages are made; None for all."""
    moves: Moves | None = None
    """How its sums moved, where git has earlier plans."""
    revision: str = ""
    """The commit that the plans are at, where it is known and may be told; briefs print it."""
    ways: tuple[tuple[str, str], ...] = ()
    """Titles and addresses of the pages over all accounts; each page of an account leads there."""
    offers: frozenset[str] = frozenset()
    """Files of the site for other programs, which pages link to where they are there."""
    offers_at: str = ""
    """The way from here to those files: up, for a second language, which has none of its own."""
    is_edition: bool = False
    """Whether it is for an audience, who are not told the findings of plans."""
    own_guide: tuple[OwnPage, ...] = ()
    """Pages that the team adds to the guide."""
    allow_incomplete: bool = False
    """Whether accounts with open findings are published, each with what it lacks."""

    def offered(self, path: str) -> str | None:
        """The path of such a file; None when the site does not have it."""
        return f"{self.offers_at}{path}" if path in self.offers else None

    @property
    def accounts_with_pages(self) -> tuple[Account, ...]:
        """The accounts whose own pages are made: all, or those of a share."""
        accounts = self.portfolio.accounts
        return accounts if self.share is None else accounts[self.share]

    @property
    def settings(self) -> Settings:
        """All of site_config."""
        return self.portfolio.settings

    @property
    def today(self) -> datetime.date:
        """The day the site is about."""
        return self.portfolio.today


Part = Callable[[Site], Iterable[Piece]]
"""One kind of page: what it adds to the site."""
