"""What changed, as data for other programs."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from generator.compare import AccountChange, Comparison, Effect
from generator.compare.edits import MISSING, Edit
from generator.compare.effects import Cause
from generator.outputs.report.changes import headline
from generator.outputs.report.machine import as_data
from generator.terminal import json_text


def diff_json(comparison: Comparison, before: str, after: str) -> str:
    """The whole comparison, numbers unrounded; ends with a newline."""
    data = {
        "before": before,
        "after": after,
        "summary": headline(comparison),
        "accounts": comparison.accounts,
        "by_plans": [_change(one) for one in comparison.by_plans],
        "settings": [{"file": one.file, **_edit(one.edit)} for one in comparison.settings],
        "by_settings": [_change(one) for one in comparison.by_settings],
    }
    return json_text(data, indent=2) + "\n"


def _change(change: AccountChange) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "id": change.account.id,
        "name": change.account.name,
        "path": change.account.document.path,
        "edits": [_edit(one) for one in change.edits],
        "figures": [_effect(one) for one in change.effects],
        "new": [as_data(one) for one in change.new],
        "gone": [as_data(one) for one in change.gone],
    }


def _edit(edit: Edit) -> dict[str, Any]:
    """Values as the files have them, as text; null where nothing stood or stands."""
    before, after = (None if one is MISSING else one for one in (edit.before, edit.after))
    return {"field": edit.name, "line": edit.line, "before": before, "after": after}


def _effect(effect: Effect) -> dict[str, Any]:
    crossing = effect.crossing
    return {
        "key": effect.key,
        "before": _plain(effect.before.value),
        "after": _plain(effect.after.value),
        "unit": effect.after.unit or effect.before.unit,
        "because": [_cause(one) for one in effect.causes],
        "together": effect.is_together,
        "crossed": {"figure": crossing.figure, "limit": crossing.limit, "over": crossing.is_over}
        if crossing
        else None,
    }


def _cause(cause: Cause) -> dict[str, Any]:
    if cause.edit is None:
        return {"account": cause.account}
    return {"file": cause.file, **_edit(cause.edit)}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime.date) else value
