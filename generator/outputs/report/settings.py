"""The settings in force as lines for people, each with its place, and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from generator.settings.listing import SettingInForce


def settings_text(settings: Iterable[SettingInForce]) -> str:
    """A line for each: file:line, key, value; of the firm's own also what is shipped."""
    return "".join(f"{each.path}:{each.line}: {each.key}: {_said(each)}\n" for each in settings)


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
