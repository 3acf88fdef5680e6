"""What changed, in the words of a salesperson: one sentence for each verdict, with its because."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from generator.compare import AccountChange, Comparison, Effect
from generator.compare.compare import SettingEdit
from generator.compare.edits import MISSING, Edit
from generator.compare.effects import Cause, Crossing, is_same
from generator.enrich import Figure
from generator.render import formats
from generator.render.words import input_name, is_money, title_of, value_of
from generator.settings import Settings

FIRST = ("tier", "qualification.verdict", "deal.verdict", "selection.row", "selection.column")
"""Verdicts in the order a reader asks for them; the others follow in the order of the method."""
NUMBERS_SHOWN = 6
EDITS_SHOWN = 8
SETTINGS_SHOWN = 20
CAUSES_SHOWN = 4
LONGEST = 60
_THOUSANDS = 5
CARRIED = "Not edited; only numbers moved along"
"""Above the accounts that others, or a setting, carried along."""
_PLAIN = ("selection.row", "selection.column")
"""Whose labels repeat the title: 'Low retained profit'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A change of one account in sentences, without any markup."""

    change: AccountChange
    verdicts: tuple[str, ...]
    numbers: tuple[str, ...]
    edits: tuple[str, ...]

    @property
    def name(self) -> str:
        """The account's name."""
        return self.change.account.name

    @property
    def path(self) -> str:
        """Its file."""
        return self.change.account.document.path


def told(change: AccountChange, comparison: Comparison) -> Told:
    """The sentences of one account's change."""
    settings = comparison.portfolio.settings
    names = {one.id: one.name for one in comparison.portfolio.accounts}
    words = [one for one in change.effects if one.is_verdict]
    numbers = [one for one in change.effects if not one.is_verdict]
    if change.kind == "new":
        return Told(change=change, verdicts=_state(change, settings), numbers=(), edits=())
    return Told(
        change=change,
        verdicts=tuple(_verdicts(words, settings, names)),
        numbers=_some([_moved(one, settings) for one in numbers], NUMBERS_SHOWN, "number"),
        edits=_some(_edits(change.edits), EDITS_SHOWN, "edit"),
    )


def carried(changes: Sequence[AccountChange], comparison: Comparison) -> tuple[str, ...]:
    """A line for each account that nobody touched and whose numbers alone moved."""
    accounts = [told(one, comparison) for one in changes if one.is_carried]
    return tuple(f"{one.name}: {'; '.join(one.numbers)}" for one in accounts)


def headline(comparison: Comparison) -> str:
    """How much changed, in a sentence."""
    plans = comparison.by_plans
    counts = [
        (sum(one.kind == "changed" for one in plans), "changed"),
        (sum(one.kind == "new" for one in plans), "new"),
        (sum(one.kind == "gone" for one in plans), "gone"),
    ]
    said = [f"{formats.plural(count, 'account')} {word}" for count, word in counts if count]
    if comparison.settings:
        edits = formats.plural(len(comparison.settings), "setting")
        count = len(comparison.by_settings)
        moved = formats.plural(count, "account") if count else "no account"
        said.append(f"{edits} changed, which moves {moved}")
    new, gone = (
        sum(len(getattr(one, name)) for one in (*comparison.by_plans, *comparison.by_settings))
        for name in ("new", "gone")
    )
    if new or gone:
        said.append(f"{formats.plural(new, 'finding')} new, {gone} gone")
    return "; ".join(said) if said else "Nothing changed in meaning"


def setting_lines(edits: Sequence[SettingEdit]) -> tuple[str, ...]:
    """The edits of site_config with their places; words of labels.yaml are only counted."""
    lines: list[str] = []
    for file, some in groupby(edits, key=lambda one: one.file):
        rows = [f"{file}:{one.edit.line}: {_edited(one.edit, one.edit.name)}" for one in some]
        if file.endswith("/labels.yaml"):
            lines.append(f"{file}: {formats.plural(len(rows), 'label')} changed")
        else:
            lines.extend(_some(rows, SETTINGS_SHOWN, f"edit of {file}", f"edits of {file}"))
    return tuple(lines)


def _edits(edits: Sequence[Edit]) -> list[str]:
    """The edits in words, the evidence of a whole section as one."""
    said = [
        f"evidence of {one.name.split('.')[0]}" if _is_evidence(one) else edit_words(one)
        for one in edits
    ]
    return list(dict.fromkeys(said))


def _is_evidence(edit: Edit) -> bool:
    return edit.name.split(".")[1:2] == ["evidence"]


def edit_words(edit: Edit) -> str:
    """An edit of a playbook: 'attainable share 0.15 to 0.2'."""
    return _edited(edit, _edit_name(edit))


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


def _edited(edit: Edit, name: str) -> str:
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
    if text.removeprefix("-").isdecimal() and len(text) >= _THOUSANDS:
        return f"{int(text):,}"
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _state(change: AccountChange, settings: Settings) -> tuple[str, ...]:
    """What the verdicts of a new account are."""
    figures = change.account.figures
    known = [figures[key] for key in FIRST if key in figures and figures[key].value is not None]
    return tuple(f"{title_of(one.key).lower()} {_value(one, settings)}" for one in known)


def _verdicts(
    effects: Sequence[Effect], settings: Settings, names: dict[str, str]
) -> Iterator[str]:
    """A sentence for all verdicts that have the same cause."""
    groups: dict[object, list[Effect]] = {}
    for one in sorted(effects, key=lambda one: FIRST.index(one.key) if one.key in FIRST else 99):
        key = [(each.file, each.account, each.edit and each.edit.path) for each in one.causes]
        groups.setdefault((tuple(key), one.is_together), []).append(one)
    for some in groups.values():
        moved = ", ".join(_moved(one, settings) for one in some)
        yield f"{moved}{_because(some, settings, names)}"


def _because(effects: Sequence[Effect], settings: Settings, names: dict[str, str]) -> str:
    causes = effects[0].causes
    if not causes:
        return ""
    said = [_cause(one, names) for one in causes[:CAUSES_SHOWN]]
    if len(causes) > CAUSES_SHOWN:
        said.append(f"{len(causes) - CAUSES_SHOWN} more")
    if effects[0].is_together:
        link, alone = ", ", " together"
    else:
        link, alone = ", ", " (each needed)" if len(causes) > 1 else ""
    crossing = next((one.crossing for one in effects if one.crossing), None)
    past = _past(crossing, settings, many=len(causes) > 1) if crossing else ""
    listed = " and ".join((link.join(said[:-1]), said[-1])) if len(said) > 1 else said[0]
    return f", because {listed}{alone}{past}"


def _past(crossing: Crossing, settings: Settings, *, many: bool) -> str:
    """' lifts retained profit over 250,000 EUR'."""
    verb = ("lift" if crossing.is_over else "take") + ("" if many else "s")
    way = "over" if crossing.is_over else "below"
    name = input_name(crossing.figure)
    name = formats.within(name)
    unit = crossing.unit
    if is_money(unit) and crossing.limit:
        limit = f"{crossing.limit:,.0f} {settings.currencies.reporting_currency}"
    elif unit == "share":
        limit = formats.share(crossing.limit, 1)
    else:
        limit = formats.number(crossing.limit)
    return f" {verb} {name} {way} {limit}"


def _cause(cause: Cause, names: dict[str, str]) -> str:
    if cause.edit is None:
        return f"{names.get(cause.account, cause.account)} changed"
    return edit_words(cause.edit)


def _moved(effect: Effect, settings: Settings) -> str:
    """'tier B to A'."""
    title = formats.within(title_of(effect.key))
    if words := _came_and_went(effect, settings):
        return f"{title}: {words}"
    before, after = (_value(one, settings) for one in _only_moved(effect.before, effect.after))
    if effect.before.value is None:
        return f"{title} now {after} (not known before)"
    if effect.after.value is None:
        return f"{title} no longer known (was {before})"
    if before == after:
        return f"{title} {before}, {_slightly(effect)}"
    return f"{title} {before} to {after}"


def _came_and_went(effect: Effect, settings: Settings) -> str:
    """Of figures that are lists of words only what is new and what is gone."""
    old, new = effect.before.value, effect.after.value
    for some in (old, new):
        if not isinstance(some, tuple) or not some or _is_range(some):
            return ""
    came = tuple(one for one in new if one not in old)
    went = tuple(one for one in old if one not in new)
    told = []
    if came:
        told.append(f"new {_value(replace(effect.after, value=came), settings)}")
    if went:
        told.append(f"no longer {_value(replace(effect.before, value=went), settings)}")
    return ", ".join(told)


def _slightly(effect: Effect) -> str:
    """Where both ends are shown alike."""
    old, new = effect.before.value, effect.after.value
    if isinstance(old, (int, float)) and isinstance(new, (int, float)):
        return "up by a little" if new > old else "down by a little"
    return "moved by a little"


def _only_moved(before: Figure, after: Figure) -> tuple[Figure, Figure]:
    """Of figures that hold a number for each entry only those entries that moved."""
    old, new = before.value, after.value
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return before, after
    left = [
        {key: value for key, value in some.items() if not _stays(key, old, new)}
        for some in (old, new)
    ]
    return replace(before, value=left[0]), replace(after, value=left[1])


def _stays(key: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    return key in old and key in new and is_same(old[key], new[key])


def _value(figure: Figure, settings: Settings) -> str:
    """The value in words; its title does not stand twice ('Tier: Tier A')."""
    if figure.value is None:
        return "not known"
    if figure.key in _PLAIN:
        return str(figure.value)
    text = value_of(figure, settings).replace(formats.NARROW, " ")
    if _is_range(figure.value):
        text = text.replace(" to ", "–")
    if is_money(figure.unit):
        text = f"{text} {figure.unit}"
    title = title_of(figure.key)
    return text.removeprefix(f"{title} ") if text.startswith(f"{title} ") else text


def _is_range(value: Any) -> bool:
    """Whether it is from one to the other; words within a list keep their 'to'."""
    return (
        isinstance(value, tuple) and len(value) == 2 and not any(" " in str(one) for one in value)
    )


def _some(texts: Sequence[str], most: int, one: str, many: str = "") -> tuple[str, ...]:
    """The first few, and how many more there are."""
    if len(texts) <= most:
        return tuple(texts)
    more = formats.plural(len(texts) - most, f"more {one}", f"more {many}" if many else None)
    return (*texts[:most], more)
