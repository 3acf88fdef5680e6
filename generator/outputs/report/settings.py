"""The settings in force as lines for people, each with its place, and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.form import FORM
from generator.rules.validate.built_in import KINDS
from generator.rules.validate.references import references
from generator.settings.listing import ListedId, SettingInForce
from generator.terminal import columns


def settings_text(settings: Iterable[SettingInForce]) -> str:
    """A line for each: file:line, key, value; of the firm's own also what is shipped."""
    return "".join(f"{each.path}:{each.line}: {each.key}: {_said(each)}\n" for each in settings)


def ids_text(lists: Mapping[str, Sequence[ListedId]]) -> str:
    """Lists of ids: where in a plan they are typed, then each with its name and its place."""
    return "\n".join(map(_list_text, lists, lists.values()))


def _list_text(key: str, ids: Sequence[ListedId]) -> str:
    typed = tuple(typed_at(key, tuple(each.id for each in ids)))
    more = f" and {len(typed) - _PLACES} places more" if len(typed) > _PLACES else ""
    for_plans = f", typed in a plan under {', '.join(typed[:_PLACES])}{more}" if typed else ""
    rows = [(each.id, _of_id(each), f"{each.setting.path}:{each.setting.line}") for each in ids]
    widths = [max((columns(row[n]) for row in rows), default=0) for n in (0, 1)]
    lines = (
        "  ".join(
            (
                *(
                    cell + " " * (width - columns(cell))
                    for cell, width in zip(row, widths, strict=False)
                ),
                row[-1],
            )
        )
        for row in rows
    )
    heading = f"{key}{for_plans}:" if ids else f"{key}{for_plans}: none yet"
    return "".join(f"{line}\n" for line in (heading, *(f"  {line}" for line in lines)))


def _beside(setting: SettingInForce) -> str:
    """A value, and what is shipped in its place."""
    is_other = setting.is_own and setting.shipped not in (None, setting.value)
    return _said(setting) if is_other else _plain(setting.value)


def _of_id(listed: ListedId) -> str:
    if listed.setting.is_taken_out:
        return "taken out"
    more = ", ".join(f"{key}: {_beside(each)}" for key, each in listed.more.items())
    return f"{listed.name} ({more})" if more else listed.name


_PLACES = 3
"""So many fields are named: `playbook fields` says of each which ids it takes."""


def typed_at(key: str, ids: tuple[str, ...]) -> Iterator[str]:
    """The fields of a plan in which the ids of a list of the settings are typed."""
    kinds = {kind for kind, target in KINDS.items() if ".".join(target.setting or ()) == key}
    of_kind = (pattern for pattern, kind in references() if kind in kinds)
    by_words = (
        field.pattern
        for field in FORM.walk()
        if f"labels.{field.word_names}" == key
        or (ids and field.choices == ids and "labels." not in key)
    )
    plain = (
        ".".join(step for step in pattern.split(".") if step not in ("*", "#"))
        for pattern in (*of_kind, *by_words)
    )
    yield from dict.fromkeys(plain)


def _said(setting: SettingInForce) -> str:
    if setting.is_taken_out:
        return "what is shipped is taken out"
    value = _plain(setting.value)
    if not setting.is_own:
        return value
    if setting.shipped is None:
        return f"{value} (your own)"
    if setting.shipped == setting.value:
        return f"{value} (the same is shipped)"
    return f"{value} (shipped: {_plain(setting.shipped)})"


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_plain, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(str(value).split())


def settings_json(settings: Iterable[SettingInForce]) -> str:
    """A list of `{key, value, path, line, own, shipped}`; value null: it is taken out."""
    rows = [
        {
            "key": each.key,
            "value": each.value,
            "path": each.path,
            "line": each.line,
            "own": each.is_own,
            "shipped": each.shipped,
        }
        for each in settings
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
