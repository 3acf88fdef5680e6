"""Which accounts a change since a revision reaches, for a check that looks at no others."""

from __future__ import annotations

from generator.compare.side import Side
from generator.compare.touched import touched
from generator.errors import SettingsError
from generator.figures import Portfolio
from generator.read import Revision


def reached_since(before: Revision, portfolio: Portfolio) -> set[str]:
    """The ids of all accounts for which a finding may be another than it was.

    All of them where any file of site_config says something else.
    """
    before.reuse(one.document for one in portfolio.accounts)
    every = {one.id for one in portfolio.accounts}
    try:
        old = Side.read(before, portfolio.today)
    except SettingsError:
        return every  # what was wrong then is right now: nothing is as it was
    now = portfolio.settings.documents
    if any(now[name].text != one.text for name, one in old.settings.documents.items()):
        return every
    return touched(old.portfolio, portfolio) & every
