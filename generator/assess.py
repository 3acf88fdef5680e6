"""The stages read, validate, enrich and gate in one call: a workspace becomes a portfolio."""

from __future__ import annotations

import datetime

from generator.errors import SettingsError
from generator.figures import Portfolio, enrich
from generator.figures.ranges import with_ranges
from generator.read import Source, read_playbooks
from generator.rules.gate import judge
from generator.rules.gate.judge import unknown_names
from generator.rules.validate import validate
from generator.settings import Settings, load_settings


def assess(source: Source, today: datetime.date) -> Portfolio:
    """Every account of a workspace on one day, with figures and findings.

    Raises SettingsError when site_config has findings, WorkspaceError without playbooks/.
    """
    return with_ranges(judge(_enriched(source, today)))


def computed(source: Source, today: datetime.date) -> Portfolio:
    """The same without what the gate's rules find, for those who ask for figures alone."""
    return with_ranges(_enriched(source, today))


def _enriched(source: Source, today: datetime.date) -> Portfolio:
    settings = settings_of(source)
    return enrich(validate(read_playbooks(source), settings, today), settings, today)


def settings_of(source: Source) -> Settings:
    """The settings of a source, their rules held against the figures; may raise SettingsError."""
    return figures_known(load_settings(source))


def figures_known(settings: Settings) -> Settings:
    """The same settings, when every figure that they name exists; else raises SettingsError."""
    if unknown := unknown_names(settings):
        raise SettingsError(unknown)
    return settings
