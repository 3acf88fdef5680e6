"""Finds the files that travel with the program: templates, default settings, default mkdocs.yml.

In a wheel they lie inside the package, in a checkout at the root of the repository.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_IN_WHEEL = _PACKAGE / "_share"


def templates_folder() -> Path:
    """The folder of page templates, partials and assets."""
    return _shared("templates")


def defaults_folder() -> Path:
    """The folder of settings as shipped; a workspace's own are laid over them."""
    return _PACKAGE / "defaults"


def mkdocs_file() -> Path:
    """The default `mkdocs.yml`, for a workspace that has none."""
    return _shared("mkdocs.yml")


def _shared(name: str) -> Path:
    """The place of one shared file or folder.

    The wheel's folder decides, so that a package installed beside some other project's `templates`
    never takes those for its own.
    """
    return (_IN_WHEEL if _IN_WHEEL.is_dir() else _PACKAGE.parent) / name
