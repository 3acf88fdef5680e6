"""The pages that a team adds to the guide: Markdown files in site_config/guide."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.errors import SettingsError, WorkspaceError
from generator.language import ENGLISH
from generator.problems import Problem, in_order
from generator.read import Workspace, plain_bytes

FOLDER = "guide"
_NAME = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)(?:\.(zh))?\.md")
_TITLE = re.compile(r"#[ \t]+(\S.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnText:
    """Such a page in one language: its title, and its Markdown below it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPage:
    """A page, or what is added to a page of ours that has its name."""

    name: str
    texts: Mapping[str, OwnText]
    """By code of the language."""

    def in_language(self, code: str) -> OwnText:
        """Its text in a language, else in the one that it has."""
        return self.texts.get(code) or next(iter(self.texts.values()))


def own_guide(workspace: Workspace) -> tuple[OwnPage, ...]:
    """The pages in site_config/guide, by name; a SettingsError carries what is wrong with them."""
    texts: dict[str, dict[str, OwnText]] = {}
    problems: list[Problem] = []
    for path in _files(workspace.site_config / FOLDER, workspace):
        shown = workspace.shown(path)
        read = _read(path, shown)
        if isinstance(read, Problem):
            problems.append(read)
        else:
            name, language, text = read
            texts.setdefault(name, {})[language] = text
    if problems:
        raise SettingsError(in_order(problems))
    return tuple(OwnPage(name=name, texts=of_page) for name, of_page in sorted(texts.items()))


def _files(folder: Path, workspace: Workspace) -> Iterator[Path]:
    """What lies in the folder, sorted; names that begin with '.' or '_' are left out."""
    try:
        names = sorted(entry.name for entry in os.scandir(folder))
    except FileNotFoundError:
        return
    except OSError as error:
        shown = workspace.shown(folder)
        raise WorkspaceError(f"cannot read the folder {shown}: {error.strerror}") from error
    yield from (folder / name for name in names if not name.startswith((".", "_")))


def _read(path: Path, shown: str) -> Problem | tuple[str, str, OwnText]:
    """The page's name, its language and its text, or what is wrong with the file."""
    match = _NAME.fullmatch(path.name)
    if match is None:
        return _wrong(shown, "a page of the guide is named like our-prices.md or our-prices.zh.md")
    try:
        text = plain_bytes(path, shown).decode("utf-8-sig")
    except UnicodeDecodeError:
        return _wrong(shown, "the file is not in UTF-8; save it as UTF-8")
    first, _, rest = text.lstrip().partition("\n")
    title = _TITLE.fullmatch(first.strip())
    if title is None:
        return _wrong(shown, "the page has no title; begin it with a line such as '# Our prices'")
    return match[1], match[2] or ENGLISH.code, OwnText(title=title[1].strip(" #"), text=rest)


def _wrong(shown: str, message: str) -> Problem:
    return Problem(path=shown, rule="wrong-setting", message=message)
