"""The stages read, validate, enrich and gate in one call: a workspace becomes a portfolio."""

from __future__ import annotations

import datetime

from generator.enrich import Portfolio, enrich
from generator.errors import SettingsError
from generator.gate import judge
from generator.gate.figure_keys import unknown_figures
from generator.read import Source, read_playbooks
from generator.settings import load_settings
from generator.validate import validate


def assess(source: Source, today: datetime.date) -> Portfolio:
    """Every account of a workspace on one day, with figures and findings.

    Raises SettingsError when site_config has findings, WorkspaceError without playbooks/.
    """
    settings = load_settings(source)
    if unknown := unknown_figures(settings):
        raise SettingsError(unknown)
    plans = validate(read_playbooks(source), settings, today)
    return judge(enrich(plans, settings, today))
