"""site_config: every number and word a team may want to change, each with its file and line."""

from __future__ import annotations

from generator.settings.load import (
    in_language,
    language_of,
    load_settings,
    own_files,
    settings_from,
    time_zone,
)
from generator.settings.overlay import is_shipped
from generator.settings.own_guide import OwnPage, OwnText, own_guide
from generator.settings.settings import Setting, Settings

__all__ = [
    "OwnPage",
    "OwnText",
    "Setting",
    "Settings",
    "in_language",
    "is_shipped",
    "language_of",
    "load_settings",
    "own_files",
    "own_guide",
    "settings_from",
    "time_zone",
]
