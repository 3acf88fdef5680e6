"""An edition of a portfolio: read, computed and told anew from what an audience may see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.audience.classes import Audience
from generator.audience.projection import projected
from generator.compare.effects import is_same
from generator.errors import AudienceError
from generator.figures import Account, Figure, Portfolio, enrich
from generator.figures.definitions import DEFINITIONS
from generator.figures.figures import Figures
from generator.figures.ranges import with_ranges
from generator.read.source import unreadable
from generator.rules.validate import Plan, plan_of
from generator.settings import Settings

NOT_SHOWN = "not shown to this audience"


def edition_of(portfolio: Portfolio, audience: Audience, only: str | None = None) -> Portfolio:
    """The portfolio as an audience may see it, of all accounts or `only` one.

    Nothing of it comes from a field above the audience, and no finding is in it. Raises
    AudienceError when there is no such account, or when a figure that audiences.yaml gives to the
    audience would be another one without the fields above it.
    """
    settings = _settings(portfolio.settings)
    plans = [
        _plan(account, audience, settings)
        for account in portfolio.accounts
        if only is None or account.id == only
    ]
    if only is not None and not plans:
        raise AudienceError(f"there is no account '{only}'")
    hidden = frozenset(
        key for key in DEFINITIONS if not settings.audiences.shows_figure(audience, key)
    )
    edition = enrich(plans, settings, portfolio.today, hidden)
    edition = with_ranges(edition)
    whole = portfolio if only is None else _alone(portfolio, only)
    for full, shown in zip(whole.accounts, edition.accounts, strict=True):
        _refuse_partial(full, shown, audience, settings)
    return replace(
        edition,
        accounts=tuple(
            replace(account, figures=_Shown(account.figures, audience, settings))
            for account in edition.accounts
        ),
    )


def _settings(settings: Settings) -> Settings:
    """The settings without the addresses of the whole site and of the whole files."""
    hidden = dict.fromkeys(("source_url", "edit_url", "site_url"))
    return replace(settings, site=settings.site.model_copy(update=hidden))


def _plan(account: Account, audience: Audience, settings: Settings) -> Plan:
    if account.playbook is None:
        # nobody can tell which of its fields an audience may see
        document = unreadable(account.document.path, "unreadable", "cannot be read")
    else:
        document = projected(account.document, audience, settings.audiences)
    return replace(plan_of(document).losing(account.plan.lost), problems=())


def _alone(portfolio: Portfolio, name: str) -> Portfolio:
    """One account computed as if there were no other."""
    plans = [account.plan for account in portfolio.accounts if account.id == name]
    return enrich(plans, portfolio.settings, portfolio.today)


def _refuse_partial(full: Account, shown: Account, audience: Audience, settings: Settings) -> None:
    for key in shown.figures:
        if settings.audiences.shows_figure(audience, key) and not is_same(
            full.figures[key].value, shown.figures[key].value
        ):
            raise AudienceError(
                f"{full.document.path}: the figure '{key}' rests on fields that the audience"
                f" '{audience}' may not see; take it out of 'figures' in"
                f" {settings.documents['audiences'].path}, or give those fields a lower class"
            )


class _Shown(Figures):
    """Figures of which those above an audience are not told."""

    __slots__ = ("_audience", "_settings", "_whole")

    def __init__(self, whole: Figures, audience: Audience, settings: Settings) -> None:
        super().__init__()
        self._whole, self._audience, self._settings = whole, audience, settings

    def __getitem__(self, key: str) -> Figure:
        figure = self._whole[key]
        if self._settings.audiences.shows_figure(self._audience, key):
            return figure
        return Figure(key=key, value=None, unit=figure.unit, note=NOT_SHOWN)

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole)

    def __len__(self) -> int:
        return len(self._whole)

    def __contains__(self, key: object) -> bool:
        return key in self._whole
