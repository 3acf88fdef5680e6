"""A language of the site, with the translations that the workspace or the program has for it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from generator.errors import WorkspaceError
from generator.language import ENGLISH, Language, language_from
from generator.language.language import Code
from generator.read import Workspace, plain_bytes
from generator.settings.settings import Settings
from generator.share import site_config_folder


def language_of(workspace: Workspace, code: Code) -> Language:
    """A language as the program speaks it, the workspace's own `site_config/CODE.po` before ours.

    Raises WorkspaceError for a file that cannot be read.
    """
    if code == ENGLISH.code:
        return ENGLISH
    own, ours = workspace.site_config / f"{code}.po", site_config_folder() / f"{code}.po"
    shipped = _read(code, ours, f"(shipped) site_config/{ours.name}")
    if not os.path.lexists(own) or own.absolute() == ours:
        return shipped
    language = _read(code, own, workspace.shown(own))
    language.translations.add_fallback(shipped.translations)  # for all that it leaves out
    return language


def _read(code: Code, path: Path, shown: str) -> Language:
    try:
        return language_from(code, plain_bytes(path, shown))
    except ValueError as error:
        raise WorkspaceError(f"{shown}: {error}") from error


def in_language(settings: Settings, code: Code) -> Settings:
    """The same settings with labels in another language."""
    if settings.site.language == code:
        return settings
    return replace(settings, site=settings.site.model_copy(update={"language": code}))
