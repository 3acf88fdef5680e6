"""Settings: all of site_config in one frozen value, and where each of its numbers stands."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.audience.classes import Audiences
from generator.model.years import Years
from generator.problems import Problem
from generator.read.document import DataPath, Document
from generator.rules.rulebook import Rules
from generator.settings.site_config import (
    Catalogue,
    ComplianceSettings,
    Currencies,
    Label,
    Labels,
    Scoring,
    SiteSettings,
    Team,
    Thresholds,
    Tiers,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One number or word of site_config, with its place."""

    name: str
    value: Any
    where: str
    """file:line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All of site_config."""

    scoring: Scoring
    thresholds: Thresholds
    tiers: Tiers
    catalogue: Catalogue
    team: Team
    currencies: Currencies
    labels: Labels
    rules: Rules
    site: SiteSettings
    audiences: Audiences
    compliance: ComplianceSettings
    documents: Mapping[str, Document]
    warnings: tuple[Problem, ...] = ()
    """What of them is refused from the next version on."""
    _found: dict[tuple[str, DataPath], Setting] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """Settings looked up before: every account asks for the same ones."""

    @property
    def years(self) -> Years:
        """The firm's years and quarters."""
        return Years(self.site.year_starts or 1)

    def where(self, file: str, *path: str | int) -> str:
        """file:line of a setting: 'site_config/thresholds.yaml:3', or where it is shipped.

        That is 'account-playbooks/thresholds.yaml:12'.
        """
        document = self.documents[file]
        return f"{document.file_of(path)}:{document.key_place(path).line}"

    def setting(self, file: str, *path: str | int) -> Setting:
        """A setting's value and place; the path must be one of the model's."""
        known = self._found.get((file, path))
        if known is None:
            known = self._found[file, path] = self._find(file, path)
        return known

    def _find(self, file: str, path: DataPath) -> Setting:
        value: Any = getattr(self, file)
        for step in path:
            if isinstance(value, Mapping) or isinstance(step, int):
                value = value[step]
            else:
                value = getattr(value, step)
        return Setting(name=_name(path), value=value, where=self.where(file, *path))

    def rate(self, currency: str, today: datetime.date) -> float | None:
        """What one unit of a currency is worth in the reporting currency today; None: no rate."""
        if currency == self.currencies.reporting_currency:
            return 1.0
        in_force = self.rate_in_force(currency, today)
        return in_force.value.rate if in_force else None

    def rate_in_force(self, currency: str, today: datetime.date) -> Setting | None:
        """The newest line of a currency that is not after a day; None: no rate."""
        rates = enumerate(self.currencies.rates.get(currency, ()))
        index = max(
            ((rate.from_, index) for index, rate in rates if rate.from_ <= today), default=None
        )
        return self.setting("currencies", "rates", currency, index[1]) if index else None

    def label(self, group: str, word: str) -> str:
        """A word as readers see it, in the site's language; the word itself where none is given."""
        label: Label | None = self.labels.get(group, {}).get(word)
        return label.in_language(self.site.language) if label else word.replace("_", " ")

    def named(self, group: str, word: str) -> str:
        """A word with its English name, as messages say it: 'K3 (Risk calculation)'."""
        label: Label | None = self.labels.get(group, {}).get(word)
        return f"{word} ({label.en})" if label else word


def _name(path: DataPath) -> str:
    return ".".join(str(step) for step in path)
