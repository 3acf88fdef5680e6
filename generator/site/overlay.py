"""A firm's own look for the frame around the pages: site.yaml's, and a short mkdocs.yml of its own.

Both are laid over our configuration of the site builder. What the pages rest on cannot be changed:
a line that tries to is a finding at its place, before anything is built.
"""

from __future__ import annotations

import html
import importlib.util
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import yaml
from mkdocs.utils.yaml import yaml_load

from generator.errors import BuildError, SettingsError
from generator.model.shape import did_you_mean
from generator.pages.brand import Brand, brand_of
from generator.pages.tree import StaticFile
from generator.problems import Problem, in_order
from generator.read import Document, read_file
from generator.read.document import DataPath, said_at
from generator.read.text import shown
from generator.settings import Settings
from generator.share import mkdocs_file

NAME = "mkdocs.yml"
OWN = "assets/own"
"""Where the site has the files that an own mkdocs.yml names."""
_LONGEST_CHAIN = 8
_IN_SITE_YAML = "it stands in site_config/site.yaml"
_PROGRAM = "the program sees to it"
_NOT_HERE: Mapping[str, str] = {
    "nav": "the pages say where they stand in the navigation",
    "plugins": "the search is made for these pages, and nothing else may change them",
    "hooks": "no other program may change the pages",
    "markdown_extensions": "the pages are written for those that there are",
    "extra_javascript": "a script could break the pages",
    "edit_uri": f"edit_url does that; {_IN_SITE_YAML}",
    "docs_dir": _PROGRAM,
    "site_dir": _PROGRAM,
    "use_directory_urls": "pages link to files",
    "repo_url": "the theme would ask the host for stars; link to it under extra.social",
    "repo_name": "it goes with repo_url, which the pages do without",
    "theme.name": "the pages are made for this theme",
    "theme.custom_dir": "templates of the theme could break the pages",
    "theme.language": f"the language: {_IN_SITE_YAML}",
    "theme.font": "pages load nothing from outside, fonts neither",
    "extra.alternate": f"second_language does that; {_IN_SITE_YAML}",
    "extra.analytics": "pages load nothing from outside",
}
"""What an own mkdocs.yml may not say otherwise than ours, and why."""
_TEXTS = ("site_name", "site_description", "site_author", "copyright")
_ADDRESSES = ("site_url",)
_IN_THEME = ("palette", "logo", "favicon", "icon", "features")
_IN_EXTRA = ("homepage", "social", "generator")
_TOP = (*_TEXTS, *_ADDRESSES, "extra_css", "theme", "extra", "INHERIT")
_IN_PALETTE = ("primary", "accent", "scheme", "media", "toggle")
_BREAKING = "navigation.instant"
"""Features that load pages without their scripts."""
_OUTSIDE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|[\\?#]")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9._~:/%@-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """What is laid over our configuration, and the firm's files that it names."""

    words: Mapping[str, Any]
    """Only what differs; lists are whole, because the builder replaces them."""
    files: tuple[StaticFile, ...] = ()


OURS = Overlay(words={})
"""Nothing laid over."""


@cache
def our_configuration() -> Mapping[str, Any]:
    """The builder's configuration as it travels with the program."""

    class AnyTag(yaml.SafeLoader):
        """Reads plain YAML; what a tag stands for is the builder's business."""

    AnyTag.add_constructor(None, lambda *_: None)
    with mkdocs_file().open("rb") as file:
        loaded: Mapping[str, Any] = yaml_load(file, AnyTag)  # type: ignore[arg-type]
    return loaded


def overlay_of(root: Path, brand: Brand | None) -> Overlay:
    """What a firm has laid over our configuration.

    SettingsError carries a finding for each line of its mkdocs.yml that could break the pages,
    BuildError names a picture that is not there.
    """
    words: dict[str, Any] = {}
    files: dict[str, StaticFile] = {}
    if brand is not None:
        words = _brand_words(brand)
        for picture in brand.files:
            files[picture.path] = _carried(root, picture.source, picture.path, picture.where)
    problems: list[Problem] = []
    for document in _own_documents(root, problems):
        own = _Own(root, document)
        problems += own.problems()
        if not problems:
            words = laid_over(words, own.words)
            files |= {file.path: file for file in own.files()}
    if problems:
        raise SettingsError(in_order(problems), NAME)
    ours = our_configuration()
    return Overlay(
        words={key: value for key, value in words.items() if _differs(value, ours.get(key))},
        files=tuple(files.values()),
    )


def look_of(root: Path, settings: Settings) -> Overlay:
    """What a firm's settings and its mkdocs.yml lay over our configuration; raises as above."""
    return overlay_of(root, brand_of(settings))


def laid_over(ground: Mapping[str, Any], words: Mapping[str, Any]) -> dict[str, Any]:
    """Words over others: mappings key by key, all else replaced."""
    whole = dict(ground)
    for key, value in words.items():
        below = whole.get(key)
        if isinstance(value, Mapping) and isinstance(below, Mapping):
            whole[key] = laid_over(below, value)
        else:
            whole[key] = value
    return whole


def _differs(value: Any, ours: Any) -> bool:
    if isinstance(value, Mapping) and isinstance(ours, Mapping):
        return any(_differs(inner, ours.get(key)) for key, inner in value.items())
    return bool(value != ours)


def _brand_words(brand: Brand) -> dict[str, Any]:
    # the theme puts texts into its pages as they are
    words: dict[str, Any] = {"site_name": html.escape(brand.name)}
    if brand.site_url:
        about = html.escape(brand.description)
        words |= {"site_url": f"{brand.site_url}/", "site_description": about}
    pictures = {"logo": brand.logo, "favicon": brand.favicon}
    if theme := {key: picture.path for key, picture in pictures.items() if picture}:
        words["theme"] = theme
    return words


def _carried(root: Path, source: str, path: str, where: str) -> StaticFile:
    """A file of the firm's own as the site carries it."""
    file = root / source
    try:
        if not file.resolve().is_relative_to(root.resolve()):
            raise BuildError(f"{where}: {source} lies outside of the workspace")
        return StaticFile(path=path, content=file.read_bytes())
    except OSError as error:
        raise BuildError(f"{where}: cannot read {source}: {error.strerror}") from error


def _own_documents(root: Path, problems: list[Problem]) -> tuple[Document, ...]:
    """The workspace's own mkdocs.yml after those that it inherits from; none where it is ours."""
    path, chain = root / NAME, list[Document]()
    seen: set[Path] = set()
    while (path.exists() or chain) and path.resolve() != mkdocs_file().resolve():
        document = read_file(path, _shown(root, path))
        if document.is_empty:
            break
        problems += (problem.of_no_account for problem in document.problems)
        if document.data is None and document.problems:
            break
        chain.append(document)
        seen.add(path)
        inherits = (document.data or {}).get("INHERIT")
        if not isinstance(inherits, str):
            break
        path = (path.parent / inherits).resolve()
        if path in seen or len(seen) > _LONGEST_CHAIN:
            message = "this inherits from itself; delete the line"
            problems.append(document.problem(("INHERIT",), "site-builder", message).of_no_account)
            break
    return tuple(reversed(chain))


def _shown(root: Path, path: Path) -> str:
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return str(path)


class _Own:
    """One mkdocs.yml of a firm."""

    def __init__(self, root: Path, document: Document) -> None:
        self._root, self._document = root, document
        self._data: Mapping[str, Any] = document.data or {}
        self._ours = our_configuration()

    @property
    def words(self) -> dict[str, Any]:
        """What it says, as the builder is told it."""
        words = {key: _plain(value) for key, value in self._data.items() if key in _TOP}
        words.pop("INHERIT", None)
        if "extra_css" in words:
            own = [self._path(name) for name in words["extra_css"] if name not in self._our_files]
            words["extra_css"] = [*self._ours["extra_css"], *own]
        theme = words.get("theme")
        if isinstance(theme, str):
            del words["theme"]
        elif theme is not None:
            words["theme"] = self._theme(theme)
        if isinstance(url := words.get("site_url"), str):
            words["site_url"] = f"{url.rstrip('/')}/"
        return words

    def _theme(self, given: Mapping[str, Any]) -> dict[str, Any]:
        theme = {key: value for key, value in given.items() if key in _IN_THEME}
        for key in ("logo", "favicon"):
            if key in theme and theme[key] not in self._our_files:
                theme[key] = self._path(theme[key])
        if "features" in theme:
            theme["features"] = list(
                dict.fromkeys((*self._ours["theme"]["features"], *theme["features"]))
            )
        palette = theme.get("palette")
        if isinstance(palette, Mapping):  # colours alone: for each of our schemes
            theme["palette"] = [{**scheme, **palette} for scheme in self._ours["theme"]["palette"]]
        return theme

    def files(self) -> Iterator[StaticFile]:
        """The files that it names."""
        for path, source in self._named_files():
            document = self._document
            line = document.value_place(path).line
            yield _carried(self._root, source, self._path(source), f"{document.path}:{line}")

    def problems(self) -> Iterator[Problem]:
        """What it may not say, at its place."""
        for path, message in self._faults():
            is_key = self._document.nearest(path)[0].children is not None
            yield self._document.problem(path, "site-builder", message, at_key=is_key).of_no_account

    def _faults(self) -> Iterator[tuple[DataPath, str]]:
        yield from self._strangers((), _TOP)
        checks = ((_TEXTS, _text_fault), (_ADDRESSES, _address_fault))
        for keys, fault_of in checks:
            for key in keys:
                if key in self._data and (fault := fault_of(self._data[key])):
                    yield (key,), fault
        yield from self._list_faults(("extra_css",), _file_fault)
        yield from self._theme_faults()
        if self._group("extra"):
            yield from self._strangers(("extra",), _IN_EXTRA)
            yield from self._icon_faults(("extra", "social"))
        elif "extra" in self._data:
            yield ("extra",), "keys and values are wanted here"

    def _theme_faults(self) -> Iterator[tuple[DataPath, str]]:
        theme = self._data.get("theme")
        if isinstance(theme, str) and theme != self._ours["theme"]["name"]:
            yield ("theme",), _refusal("theme.name", self._ours["theme"]["name"])
        if theme is None or isinstance(theme, str):
            return
        if not self._group("theme"):
            yield ("theme",), "keys and values are wanted here"
            return
        yield from self._strangers(("theme",), ("name", *_IN_THEME))
        name = theme.get("name")
        if name is not None and name != self._ours["theme"]["name"]:
            yield ("theme", "name"), _refusal("theme.name", self._ours["theme"]["name"])
        for key in ("logo", "favicon"):
            if key in theme and (fault := _file_fault(theme[key])):
                yield ("theme", key), fault
        yield from self._list_faults(("theme", "features"), _feature_fault)
        yield from self._icon_faults(("theme", "icon"))
        yield from self._palette_faults(theme.get("palette"))

    def _palette_faults(self, palette: Any) -> Iterator[tuple[DataPath, str]]:
        path: DataPath = ("theme", "palette")
        if isinstance(palette, Mapping):
            yield from self._strangers(path, ("primary", "accent"))
        elif isinstance(palette, list):
            for index, scheme in enumerate(palette):
                if isinstance(scheme, Mapping):
                    yield from self._strangers((*path, index), _IN_PALETTE)
                    yield from self._icon_faults((*path, index, "toggle"))
                else:
                    yield (*path, index), "keys and values are wanted here"
        elif palette is not None:
            yield path, "colours are wanted, such as {primary: teal, accent: orange}"

    def _group(self, key: str) -> bool:
        return isinstance(self._data.get(key), Mapping)

    def _strangers(self, path: DataPath, known: tuple[str, ...]) -> Iterator[tuple[DataPath, str]]:
        """Keys that may not differ from ours, and keys that there are none of."""
        for key, value in (said_at(self._data, path) or {}).items():
            if key in known:
                continue
            ours = said_at(self._ours, (*path, key))
            if ours is not None and _plain(value) == _as_text(ours):
                continue
            name = ".".join(map(str, (*(step for step in path if isinstance(step, str)), key)))
            if name in _NOT_HERE or ours is not None:
                yield (*path, key), _refusal(name, None)
            else:
                cure = did_you_mean(str(key), known) or "; delete the line"
                yield (*path, key), f"{shown(str(key))} cannot be set here{cure}"

    def _list_faults(
        self, path: DataPath, fault_of: Callable[[Any], str | None]
    ) -> Iterator[tuple[DataPath, str]]:
        listed = said_at(self._data, path)
        if listed is None:
            return
        if not isinstance(listed, list):
            yield path, "a list is wanted here"
            return
        for index, entry in enumerate(listed):
            if entry not in self._our_files and (fault := fault_of(entry)):
                yield (*path, index), fault

    def _icon_faults(self, path: DataPath) -> Iterator[tuple[DataPath, str]]:
        """Icons that the theme does not have: its templates would stop at them."""
        node = said_at(self._data, path)
        for step, value in _entries(node):
            if isinstance(value, (Mapping, list)):
                yield from self._icon_faults((*path, step))
            elif (step == "icon" or "icon" in path) and value not in _icons():
                cure = did_you_mean(str(value), sorted(_icons()))
                yield (*path, step), f"the theme has no icon {shown(str(value))}{cure}"

    def _named_files(self) -> Iterator[tuple[DataPath, str]]:
        for index, name in enumerate(self._data.get("extra_css") or ()):
            if name not in self._our_files:
                yield ("extra_css", index), name
        for key in ("logo", "favicon"):
            name = said_at(self._data, ("theme", key))
            if isinstance(name, str) and name not in self._our_files:
                yield ("theme", key), name

    @property
    def _our_files(self) -> frozenset[str]:
        """What our configuration names, which the pages carry themselves."""
        theme = self._ours["theme"]
        return frozenset((*self._ours["extra_css"], theme["logo"], theme["favicon"]))

    @staticmethod
    def _path(source: str) -> str:
        return f"{OWN}/{PurePosixPath(source)}"


def _entries(node: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(node, Mapping):
        yield from node.items()
    elif isinstance(node, list):
        yield from enumerate(node)


def _plain(value: Any) -> Any:
    """A value as the builder is told it: what reading keeps as text gets its type again."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return {"true": True, "false": False}.get(value, str(value)) if value is not None else None


def _as_text(ours: Any) -> Any:
    """Our value in the form in which one that was read is compared."""
    if isinstance(ours, Mapping):
        return {key: _as_text(inner) for key, inner in ours.items()}
    if isinstance(ours, list):
        return [_as_text(inner) for inner in ours]
    return ours if isinstance(ours, bool) or ours is None else str(ours)


def _refusal(name: str, ours: str | None) -> str:
    why = _NOT_HERE.get(name, _PROGRAM)
    cure = f"write {ours}, or delete the line" if ours else "delete the line"
    return f"'{name}' cannot be changed here: {why}; {cure}"


def _text_fault(value: Any) -> str | None:
    return None if isinstance(value, str) and value.strip() else "a text is wanted here"


def _address_fault(value: Any) -> str | None:
    is_address = isinstance(value, str) and _ADDRESS.fullmatch(value)
    return None if is_address else "an address is wanted, such as https://plans.example.com"


def _file_fault(value: Any) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return "a file is wanted, from the workspace's root"
    if _OUTSIDE.search(value):
        return "pages load nothing from outside; put the file into the workspace and name it here"
    path = PurePosixPath(value)
    if path.is_absolute() or ".." in path.parts:
        return "a file of the workspace is wanted, from its root, such as brand/logo.svg"
    return None


def _feature_fault(value: Any) -> str | None:
    if not isinstance(value, str):
        return "a feature of the theme is wanted"
    if value.startswith(_BREAKING):
        return f"{shown(value)} would load pages without their scripts; delete it"
    return None


@cache
def _icons() -> frozenset[str]:
    """The icons of the theme by their names."""
    found = importlib.util.find_spec("material")
    folders = [Path(place) / "templates" / ".icons" for place in _locations(found)]
    return frozenset(
        path.relative_to(folder).with_suffix("").as_posix()
        for folder in folders
        for path in folder.rglob("*.svg")
    )


def _locations(found: Any) -> tuple[str, ...]:
    return tuple(found.submodule_search_locations or ()) if found else ()
