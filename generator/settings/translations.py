"""A language of the site, with the translations that the workspace or the program has for it."""

from __future__ import annotations

import os
from dataclasses import replace

from generator.errors import WorkspaceError
from generator.language import ENGLISH, Language, language_from
from generator.language.language import Code
from generator.read import Workspace, plain_bytes
from generator.settings.settings import Settings
from generator.share import site_config_folder


def language_of(workspace: Workspace, code: Code) -> Language:
    """A language; its translations are the workspace's own `site_config/CODE.po`, else ours.

    Raises WorkspaceError for a file that cannot be read.
    """
    if code == ENGLISH.code:
        return ENGLISH
    own = workspace.site_config / f"{code}.po"
    is_own = os.path.lexists(own)
    path = own if is_own else site_config_folder() / own.name
    shown = workspace.shown(own) if is_own else f"(shipped) site_config/{own.name}"
    try:
        return language_from(code, plain_bytes(path, shown))
    except ValueError as error:
        raise WorkspaceError(f"{shown}: {error}") from error


def in_language(settings: Settings, code: Code) -> Settings:
    """The same settings with labels in another language."""
    if settings.site.language == code:
        return settings
    return replace(settings, site=settings.site.model_copy(update={"language": code}))
