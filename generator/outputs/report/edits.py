"""Edits of playbooks and settings in words: 'attainable share 0.15 to 0.2'."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.compare.edits import MISSING, Edit
from generator.pages import formats
from generator.pages.words import input_name

LONGEST = 60
_THOUSANDS = 5
_EVIDENCE = frozenset({"grade", "as_of", "source"})


def edits_in_words(edits: Sequence[Edit]) -> list[str]:
    """The edits in words, the evidence of a whole section as one and behind the others."""
    said = [
        f"evidence of {one.name.split('.')[0]}" if _is_evidence(one) else edit_words(one)
        for one in sorted(edits, key=_is_bookkeeping)
    ]
    return list(dict.fromkeys(said))


def _is_bookkeeping(edit: Edit) -> bool:
    """Whether it only says how we know, and since when: told last."""
    return _is_evidence(edit) or edit.name.rpartition(".")[2] in _EVIDENCE


def _is_evidence(edit: Edit) -> bool:
    return edit.name.split(".")[1:2] == ["evidence"]


def edit_words(edit: Edit) -> str:
    """An edit of a playbook: 'attainable share 0.15 to 0.2'."""
    return edited(edit, _edit_name(edit))


def _edit_name(edit: Edit) -> str:
    """What was edited, with the section or list where the name alone says too little."""
    name, steps = formats.within(input_name(edit.name)), edit.name.split(".")
    if _is_evidence(edit):
        return f"evidence of {steps[0]}: {steps[-1].replace('_', ' ')}"
    if name[:1].isdigit():  # an entry known by its day or year
        day = next(index for index, step in enumerate(steps) if step[:1].isdigit())
        return f"{steps[day - 1]} {name}" if day else name
    if steps[1:2] and steps[1] in ("values", "costs"):
        return f"{steps[1]} {name}"
    if " " not in name and steps[0] not in ("account", "economics", name):
        return f"{steps[0]} {name}"
    return name


def edited(edit: Edit, name: str) -> str:
    """An edit under a name that is given."""
    before, after = _core(edit.before), _core(edit.after)
    if edit.is_entry and (edit.before is MISSING or edit.after is MISSING):
        return f"{name} {'added' if edit.before is MISSING else 'taken out'}"
    if edit.before is MISSING:
        return f"{name} {_came(after)}"
    if edit.after is MISSING:
        return f"{name} taken out{_was(before)}"
    if before == after:
        return f"evidence of {name}: {_evidence(edit)}"
    if _holds_entries(before) and _holds_entries(after):
        count = formats.plural(len(before), "entry", "entries")
        return f"{name} edited ({count} to {len(after)})"
    return f"{name} {_shown(before)} to {_shown(after)}"


def _came(value: Any) -> str:
    """'set to 5'; of a list of entries only how many."""
    return f"added ({len(value)})" if _holds_entries(value) else f"set to {_shown(value)}"


def _was(value: Any) -> str:
    return f" ({len(value)})" if _holds_entries(value) else f" (was {_shown(value)})"


def _holds_entries(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _core(value: Any) -> Any:
    """A fact's value, 'unknown' where it says so, without its evidence."""
    if not isinstance(value, dict):
        return value
    return "unknown" if "unknown" in value else value.get("value", value)


def _evidence(edit: Edit) -> str:
    """Which parts of a fact differ beside its value."""
    old, new = (one if isinstance(one, dict) else {} for one in (edit.before, edit.after))
    keys = [key for key in (*new, *(one for one in old if one not in new)) if key != "value"]
    return ", ".join(
        f"{key.replace('_', ' ')} {_shown(old.get(key))} to {_shown(new.get(key))}"
        for key in keys
        if old.get(key) != new.get(key)
    )


def _shown(value: Any) -> str:
    """A value as it stands in the file, short."""
    if value is None or value is MISSING:
        return "nothing"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_shown(one)}" for key, one in value.items())[:LONGEST]
    if isinstance(value, list):
        return (", ".join(map(_shown, value)) or "none")[:LONGEST]
    text = " ".join(str(value).split())
    if text.removeprefix("-").isdecimal() and _THOUSANDS <= len(text) <= LONGEST:
        return f"{int(text):,}"
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
