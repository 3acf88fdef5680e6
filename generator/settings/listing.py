"""Every setting in force: its key, its value, its file and line, and what is shipped."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.model.fields import ENTRY, Field, form_of
from generator.model.kinds import NUMBERS, Kind
from generator.read.document import DataPath, Document, said_at
from generator.settings.load import FILES
from generator.settings.overlay import LaidOver, is_shipped
from generator.settings.settings import Settings
from generator.settings.site_config import Label, Named, TeamPerson

_NEAREST = 3
_NEAR = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingInForce:
    """One number, word or list of words of the settings."""

    key: str
    """The file and the way to it, with the ids of entries: 'rules.rules.threads.level'."""
    value: Any
    """None where the firm has taken out what is shipped."""
    language: str = ""
    """Of which language it is a label; '' of all others."""
    path: str
    line: int
    shipped: Any = None
    """What is shipped in its place; None where nothing is."""

    @property
    def is_own(self) -> bool:
        """Whether the firm says it."""
        return not is_shipped(self.path)

    @property
    def is_taken_out(self) -> bool:
        """Whether the firm has taken out what is shipped."""
        return self.value is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedId:
    """What plans may name, as a list of the settings has it."""

    id: str
    name: str
    """What readers see, in the language of the site."""
    more: Mapping[str, SettingInForce]
    """What else is said of it, by key."""
    setting: SettingInForce
    """The first that says anything of it, the firm's own before what is shipped."""


def lists_of_ids(
    settings: Settings, chosen: Sequence[SettingInForce]
) -> Mapping[str, tuple[ListedId, ...]]:
    """By their key, the lists among the chosen settings whose entries have an id and a name."""
    rows: dict[str, dict[str, list[SettingInForce]]] = {}
    keys = _keys_of_lists(settings)
    for each in chosen:
        steps = each.key.split(".")
        key = ".".join(steps[:_TO_LIST])
        if key in keys and not (each.is_taken_out and each.key == key):
            entries = rows.setdefault(key, {})
            if steps[_TO_LIST:]:
                entries.setdefault(steps[_TO_LIST], []).append(each)
    return {
        key: tuple(_listed(id_, said, settings.site.language) for id_, said in entries.items())
        for key, entries in rows.items()
    }


_TO_LIST = 2
"""So many steps lead to a list of ids: its file and its key."""


def _keys_of_lists(settings: Settings) -> frozenset[str]:
    forms = {name: form_of(FILES[name]) for name in settings.documents}
    return frozenset(
        f"{name}.{key}"
        for name, document in settings.documents.items()
        for key in document.data or ()
        if _has_names(forms[name].step(key))
    )


def _has_names(form: Field | None) -> bool:
    """Whether a list is of what readers see by a name."""
    is_list = form is not None and form.kind in (Kind.MAPPING, Kind.LIST)
    model = form.children[ENTRY].model if form is not None and is_list else None
    return model is not None and issubclass(model, (Label, Named, TeamPerson))


def _listed(id_: str, said: Sequence[SettingInForce], language: str) -> ListedId:
    """One entry of a list, from all that is said of it."""
    more = {
        ".".join(each.key.split(".")[_TO_LIST + 1 :]): each for each in said if not each.language
    }
    labels = {each.language: str(each.value) for each in said if each.language}
    name = labels.get(language) or labels.get("en") or ""
    if named := more.pop("name", None):
        name = str(named.value)
    more.pop("", None)  # it is taken out
    first = next((each for each in said if each.is_own), said[0])
    return ListedId(id=id_, name=name, more=more, setting=first)


def in_force(settings: Settings) -> Iterator[SettingInForce]:
    """All settings, by file; what the firm has taken out of a file comes behind the rest of it."""
    for name, document in settings.documents.items():
        form = form_of(FILES[name])
        shipped = _shipped(document, name, form)
        for key, path, value in _leaves(document.data, form, (), (name,)):
            around = form.at(path[:-1])
            is_label = around is not None and around.model is Label and around.kind is Kind.GROUP
            setting = _one(document, key, path, value, shipped.get(key))
            yield replace(setting, language=str(path[-1])) if is_label else setting
        for path in document.taken_out if isinstance(document, LaidOver) else ():
            yield _one(document, _key_of(document, path, name), path, None, None)


def matching(settings: Sequence[SettingInForce], key: str) -> tuple[SettingInForce, ...]:
    """Those of a key: it and all below it; of a part of keys all that have it."""
    below = [each for each in settings if f"{each.key}.".startswith(f"{key}.")]
    return tuple(below or (each for each in settings if f".{key}." in f".{each.key}."))


def spoken(settings: Sequence[SettingInForce], language: str) -> tuple[SettingInForce, ...]:
    """Those that a reader of a language needs: English, the language's own, what the firm says."""
    return tuple(each for each in settings if each.language in ("", "en", language) or each.is_own)


def nearest_keys(settings: Sequence[SettingInForce], key: str) -> tuple[str, ...]:
    """The keys that a misspelt one may mean, the nearest first."""
    spellings: dict[str, str] = {}
    for each in settings:
        steps = each.key.split(".")
        for start in range(len(steps)):
            for end in (len(steps), len(steps) - 1):
                if start < end:
                    spellings.setdefault(".".join(steps[start:end]), ".".join(steps[:end]))
    nearest: list[str] = []
    for spelling in difflib.get_close_matches(key, spellings, _NEAREST, _NEAR):
        meant = spellings[spelling]
        if not any(f"{meant}.".startswith(f"{before}.") for before in nearest):
            nearest.append(meant)
    return tuple(nearest)


def _shipped(document: Document, name: str, form: Field) -> dict[str, Any]:
    data = document.shipped.data if isinstance(document, LaidOver) else None
    return {key: value for key, _, value in _leaves(data, form, (), (name,))}


def _one(document: Document, key: str, path: DataPath, value: Any, shipped: Any) -> SettingInForce:
    return SettingInForce(
        key=key,
        value=value,
        path=document.file_of(path),
        line=document.key_place(path).line,
        shipped=shipped,
    )


_Leaf = tuple[str, DataPath, Any]


def _leaves(
    node: Any, form: Field | None, path: DataPath, names: tuple[str, ...]
) -> Iterator[_Leaf]:
    """Numbers, words and lists of words, by key and path; entries are named by their ids."""
    if isinstance(node, dict) and node:
        for key, value in node.items():
            if path and key == "id" and isinstance(path[-1], int):
                continue  # it is in the key
            inner = form.step(key) if form else None
            yield from _leaves(value, inner, (*path, key), (*names, key))
    elif isinstance(node, list) and any(isinstance(entry, dict) for entry in node):
        for index, entry in enumerate(node):
            inner = form.step(index) if form else None
            yield from _leaves(entry, inner, (*path, index), (*names, _name(entry, index)))
    elif node is not None:
        yield ".".join(names), path, _typed(node, form)


def _name(entry: Any, index: int) -> str:
    """What an entry of a list is called: by its id, else by its number, from 1."""
    id_ = entry.get("id") if isinstance(entry, dict) else None
    return str(id_ or index + 1)


def _key_of(document: Document, path: DataPath, name: str) -> str:
    names = [name]
    for depth, step in enumerate(path):
        entry = said_at(document.data, path[: depth + 1])
        names.append(_name(entry, step) if isinstance(step, int) else step)
    return ".".join(names)


def _typed(value: Any, form: Field | None) -> Any:
    """The value as its kind has it: a number, yes or no, text, or a list of these."""
    if isinstance(value, list):
        return [_typed(entry, form.step(0) if form else None) for entry in value]
    if isinstance(value, str) and form is not None:
        if form.kind is Kind.TRUTH:
            return value == "true"
        if form.kind in NUMBERS:
            number = float(value)
            return int(number) if number.is_integer() and "." not in value else number
    return str(value) if isinstance(value, str) else value
