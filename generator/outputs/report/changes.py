"""What changed, in the words of a salesperson: one sentence for each verdict, with its because."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from generator.compare import AccountChange, Comparison, Effect, SumMove, moved_sums
from generator.compare.compare import SettingEdit
from generator.compare.edits import MISSING, Edit
from generator.compare.effects import Cause, Crossing, is_same
from generator.compare.sums import ACCOUNTS, HOURS, Total
from generator.figures import Figure
from generator.figures.sides import Side
from generator.pages import formats
from generator.pages.portfolio import groups, money
from generator.pages.words import amount_of, input_name, is_money, title_of, value_of
from generator.settings import Settings

# Edits of playbooks and settings: 'attainable share 0.15 to 0.2'

VALUE_SHOWN = 60
_THOUSANDS = 5
_EVIDENCE = frozenset({"grade", "as_of", "source"})


def edits_in_words(edits: Sequence[Edit]) -> list[str]:
    """The edits in words, the evidence of a whole section as one and behind the others."""
    sentences = [
        f"evidence of {edit.name.split('.')[0]}" if _is_evidence(edit) else edit_words(edit)
        for edit in sorted(edits, key=_only_says_how_we_know)
    ]
    return list(dict.fromkeys(sentences))


def _only_says_how_we_know(edit: Edit) -> bool:
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
    return isinstance(value, list) and any(isinstance(entry, dict) for entry in value)


def _core(value: Any) -> Any:
    """A fact's value, 'unknown' where it says so, without its evidence."""
    if not isinstance(value, dict):
        return value
    return "unknown" if "unknown" in value else value.get("value", value)


def _evidence(edit: Edit) -> str:
    """Which parts of a fact differ beside its value."""
    old, new = (side if isinstance(side, dict) else {} for side in (edit.before, edit.after))
    keys = [key for key in (*new, *(key for key in old if key not in new)) if key != "value"]
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
        return ", ".join(f"{key} {_shown(inner)}" for key, inner in value.items())[:VALUE_SHOWN]
    if isinstance(value, list):
        return (", ".join(map(_shown, value)) or "none")[:VALUE_SHOWN]
    text = " ".join(str(value).split())
    if text.removeprefix("-").isdecimal() and _THOUSANDS <= len(text) <= VALUE_SHOWN:
        return f"{int(text):,}"
    return text if len(text) <= VALUE_SHOWN else f"{text[: VALUE_SHOWN - 1]}…"


# Changes of accounts

FIRST = ("tier", "qualification.verdict", "deal.verdict", "selection.row", "selection.column")
"""Verdicts in the order a reader asks for them; the others follow in the order of the method."""
NUMBERS_SHOWN = 6
EDITS_SHOWN = 8
SETTINGS_SHOWN = 20
FIRST_SHOWN = 8
CAUSES_SHOWN = 4
CARRIED = "Not edited; only numbers moved along"
"""Above the accounts that others, or a setting, carried along."""
UNMOVED = "Edited, and no number or verdict moved"
"""Above the accounts of which nothing that is computed moved."""
_PLAIN = ("selection.row", "selection.column")
"""Whose labels repeat the title: 'Low expected profit'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSummary:
    """A change of one account in sentences, without any markup."""

    change: AccountChange
    verdicts: tuple[str, ...]
    numbers: tuple[str, ...]
    edits: tuple[str, ...]
    first: tuple[str, ...] = ()
    """What is known now and was not before, verdicts first."""
    gone: tuple[str, ...] = ()
    """Findings that are there no more, those alike as one."""

    @property
    def name(self) -> str:
        """The account's name."""
        return self.change.account.name

    @property
    def path(self) -> str:
        """Its file."""
        return self.change.account.document.path


def summary_of(change: AccountChange, comparison: Comparison) -> ChangeSummary:
    """The sentences of one account's change."""
    settings = comparison.portfolio.settings
    names = {account.id: account.name for account in comparison.portfolio.accounts}
    moved = [
        effect for effect in change.effects if not (_is_first(effect) or _is_another_order(effect))
    ]
    words = [effect for effect in moved if effect.is_verdict]
    numbers = [effect for effect in moved if not effect.is_verdict]
    if change.kind == "new":
        return ChangeSummary(change=change, verdicts=_state(change, settings), numbers=(), edits=())
    return ChangeSummary(
        change=change,
        verdicts=tuple(_verdicts(words, settings, names)),
        numbers=_some([_moved(effect, settings) for effect in numbers], NUMBERS_SHOWN, "number"),
        edits=_some(edits_in_words(change.edits), EDITS_SHOWN, "edit"),
        first=_some(_first(change.effects, settings), FIRST_SHOWN, "figure"),
        gone=_counted(f"{problem.message} [{problem.rule}]" for problem in change.gone),
    )


def lead(change: AccountChange, comparison: Comparison) -> str:
    """The one thing to say of an account that changed: 'tier C to A'."""
    if change.kind != "changed":
        return "new account" if change.kind == "new" else "account gone"
    settings = comparison.portfolio.settings
    moved = [
        effect for effect in change.effects if not (_is_first(effect) or _is_another_order(effect))
    ]
    if moved:
        return _moved(
            min(moved, key=lambda effect: (not effect.is_verdict, _rank(effect))), settings
        )
    if known := _first(change.effects, settings):
        return f"first known: {known[0]}"
    if change.new:
        return f"{formats.plural(len(change.new), 'finding')} new"
    return f"{formats.plural(len(change.gone), 'finding')} gone"


def most_telling(comparison: Comparison) -> list[AccountChange]:
    """The accounts that changed, those whose foremost verdict moved first."""
    every = (*comparison.by_plans, *comparison.by_settings)
    moved = [change for change in every if change.is_moved]
    return sorted(moved, key=lambda change: (change.is_carried, _foremost(change)))


def _foremost(change: AccountChange) -> int:
    verdicts = [effect for effect in change.effects if effect.is_verdict and not _is_first(effect)]
    return min(
        (_rank(verdict) for verdict in verdicts), default=len(FIRST) + (change.kind == "changed")
    )


def _is_first(effect: Effect) -> bool:
    return effect.before.value is None and effect.after.value is not None


def _is_another_order(effect: Effect) -> bool:
    """Whether a list of words holds the same ones as before."""
    old, new = effect.before.value, effect.after.value
    both = isinstance(old, tuple) and isinstance(new, tuple)
    return both and not _is_range(new) and sorted(map(str, old)) == sorted(map(str, new))


def _first(effects: Sequence[Effect], settings: Settings) -> list[str]:
    """What is known for the first time; a list with nothing in it is no news."""
    known = [
        effect
        for effect in effects
        if _is_first(effect) and effect.after.value not in ((), {}, "none")
    ]
    known.sort(key=lambda effect: (not effect.is_verdict, _rank(effect)))
    return [f"{_title(effect)} {_value(effect.after, settings)}" for effect in known]


def _rank(effect: Effect) -> int:
    return FIRST.index(effect.key) if effect.key in FIRST else len(FIRST)


def _title(effect: Effect) -> str:
    return formats.within(title_of(effect.key))


def _counted(texts: Iterable[str]) -> tuple[str, ...]:
    """Each once, with how often where it is more than once."""
    return tuple(
        f"{text} ({count} times)" if count > 1 else text for text, count in Counter(texts).items()
    )


def untouched_by(changes: Sequence[AccountChange]) -> tuple[str, ...]:
    """A line for each account that was edited and of which nothing that is computed moved."""
    edited_only = [change for change in changes if not change.is_moved]
    edits = [_some(edits_in_words(change.edits), EDITS_SHOWN, "edit") for change in edited_only]
    return tuple(
        f"{change.account.name}: {'; '.join(words)}"
        for change, words in zip(edited_only, edits, strict=True)
    )


def carried(changes: Sequence[AccountChange], comparison: Comparison) -> tuple[str, ...]:
    """A line for each account that nobody touched and whose numbers alone moved."""
    summaries = [summary_of(change, comparison) for change in changes if change.is_carried]
    return tuple(
        f"{summary.name}: {'; '.join((*summary.numbers, *summary.first))}" for summary in summaries
    )


def headline(comparison: Comparison) -> str:
    """How much changed, in a sentence."""
    plans = comparison.by_plans
    along = sum(plan.is_carried for plan in plans)
    counts = [
        (sum(plan.kind == "changed" for plan in plans) - along, "changed"),
        (sum(plan.kind == "new" for plan in plans), "new"),
        (sum(plan.kind == "gone" for plan in plans), "gone"),
    ]
    sentences = [f"{formats.plural(count, 'account')} {word}" for count, word in counts if count]
    if along:
        sentences.append(f"{formats.plural(along, 'account')} moved along")
    if comparison.settings:
        edits = formats.plural(len(comparison.settings), "setting")
        count = len(comparison.by_settings)
        moved = formats.plural(count, "account") if count else "no account"
        sentences.append(f"{edits} changed, which moves {moved}")
    new, gone = (
        sum(
            len(getattr(change, name)) for change in (*comparison.by_plans, *comparison.by_settings)
        )
        for name in ("new", "gone")
    )
    if new or gone:
        sentences.append(f"{formats.plural(new, 'finding')} new, {gone} gone")
    return "; ".join(sentences) if sentences else "Nothing changed in meaning"


WHOLE = "The whole portfolio"
"""Above the sums of all accounts that moved."""
_SUMS: Mapping[str, str] = {
    **groups.TITLES,
    **money.TITLES,
    "no_tier": "Accounts without a tier",
    "profit_today": "Profit today a year",
    "profit_as_it_is": "Profit as it is",
    "pipeline": "Weighted pipeline",
}
_OF_A_TIER: Mapping[str, str] = {**_SUMS, "count": "Accounts"}


def sum_lines(comparison: Comparison) -> tuple[str, ...]:
    """The sums of the whole portfolio that moved: 'accounts of tier A: 4 to 6 (+2)'."""
    return tuple(_sum_line(move) for move in moved_sums(comparison))


def _sum_line(move: SumMove) -> str:
    title, before, after = _sum_title(move.name), _total(move.before), _total(move.after)
    difference = _difference(move)
    if not move.is_whole:
        return f"{title}: {difference}"
    ends = before if before == after else f"{before} to {after}"
    return f"{title}: {ends} ({difference})" if difference else f"{title}: {ends}"


_OF_A_SIDE: Mapping[str, str] = {
    Side.CUSTOMERS: "{title} of customers{tier}",
    Side.PROSPECTS: "{title} of weighted prospects{tier}",
}


def _sum_title(name: str) -> str:
    """'expected profit of customers', 'accounts of tier A'."""
    steps = name.split(".")
    tier = f" of tier {steps[1]}" if steps[0] == "tiers" else ""
    pattern = _OF_A_SIDE.get(steps[-1])
    title = formats.within(_OF_A_TIER[steps[-2] if pattern else steps[-1]])
    return (pattern or "{title}{tier}").format(title=title, tier=tier)


def _total(total: Total) -> str:
    if total.value is None:
        return "none"
    if total.unit in (ACCOUNTS, HOURS):
        return formats.number(total.value, 1)
    return f"{formats.money(total.value)} {total.unit}".replace(formats.NARROW, " ")


def _difference(move: SumMove) -> str:
    """The difference with its sign; empty between two currencies."""
    if move.difference is None:
        return ""
    sign = "+" if move.difference > 0 else ""
    return f"{sign}{_total(replace(move.after, value=move.difference))}"


def setting_lines(edits: Sequence[SettingEdit]) -> tuple[str, ...]:
    """The edits of site_config with their places; words of labels.yaml are only counted."""
    lines: list[str] = []
    for file, settings in groupby(edits, key=lambda setting: setting.file):
        rows = [
            f"{edit.file or file}:{edit.line}: {edited(edit, edit.name)}"
            for edit in (setting.edit for setting in settings)
        ]
        if file.endswith("/labels.yaml"):
            lines.append(f"{file}: {formats.plural(len(rows), 'label')} changed")
        else:
            lines.extend(_some(rows, SETTINGS_SHOWN, f"edit of {file}", f"edits of {file}"))
    return tuple(lines)


def _state(change: AccountChange, settings: Settings) -> tuple[str, ...]:
    """What the verdicts of a new account are."""
    figures = change.account.figures
    known = [figures[key] for key in FIRST if key in figures and figures[key].value is not None]
    return tuple(f"{title_of(figure.key).lower()} {_value(figure, settings)}" for figure in known)


def _verdicts(
    effects: Sequence[Effect], settings: Settings, names: dict[str, str]
) -> Iterator[str]:
    """A sentence for all verdicts that have the same cause."""
    groups: dict[object, list[Effect]] = {}
    for effect in sorted(effects, key=_rank):
        key = [(each.file, each.account, each.edit and each.edit.path) for each in effect.causes]
        groups.setdefault((tuple(key), effect.is_together), []).append(effect)
    for group in groups.values():
        moved = ", ".join(_moved(effect, settings) for effect in group)
        yield f"{moved}{_because(group, settings, names)}"


def _because(effects: Sequence[Effect], settings: Settings, names: dict[str, str]) -> str:
    causes = effects[0].causes
    if not causes:
        return ""
    words = _causes(causes, names)
    each = " (each needed)" if len(causes) > 1 else ""
    alone = " together" if effects[0].is_together else each
    crossing = next((effect.crossing for effect in effects if effect.crossing), None)
    past = _past(crossing, settings, many=len(causes) > 1) if crossing else ""
    listed = " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]
    return f", because {listed}{alone}{past}"


def _past(crossing: Crossing, settings: Settings, *, many: bool) -> str:
    """' lifts expected profit over 250,000 EUR'."""
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


def _causes(causes: Sequence[Cause], names: dict[str, str]) -> list[str]:
    """Each cause in words; of many only how many there are in which sections."""
    if len(causes) <= CAUSES_SHOWN:
        return [_cause(cause, names) for cause in causes]
    places = Counter(
        cause.edit.name.split(".")[0].replace("_", " ") if cause.edit else _cause(cause, names)
        for cause in causes
    )
    counts = (
        f"{formats.plural(count, 'edit')} of {place}" for place, count in places.most_common()
    )
    return list(_some(list(counts), CAUSES_SHOWN, "section"))


def _cause(cause: Cause, names: dict[str, str]) -> str:
    if cause.edit is None:
        return f"{names.get(cause.account, cause.account)} changed"
    return edit_words(cause.edit)


def _moved(effect: Effect, settings: Settings) -> str:
    """'tier B to A'."""
    title = formats.within(title_of(effect.key))
    if words := _came_and_went(effect, settings):
        return f"{title}: {words}"
    before, after = (
        _value(figure, settings) for figure in _only_moved(effect.before, effect.after)
    )
    if effect.after.value is None:
        return f"{title} no longer known (was {before})"
    if before == after:
        return f"{title} {before}, {_slightly(effect)}"
    return f"{title} {before} to {after}{_range(effect.after)}"


def _range(figure: Figure) -> str:
    """' (340 k–420 k)': where the number lies four times in five; nothing where it has no range."""
    if figure.low is None or figure.high is None:
        return ""
    low, high = (
        amount_of(end, figure.unit).replace(formats.NARROW, " ")
        for end in (figure.low, figure.high)
    )
    return f" ({low}–{high})"


def _came_and_went(effect: Effect, settings: Settings) -> str:
    """Of figures that are lists of words only what is new and what is gone."""
    old, new = effect.before.value, effect.after.value
    for words in (old, new):
        if not isinstance(words, tuple) or not words or _is_range(words):
            return ""
    before, after = set(map(str, old)), set(map(str, new))
    came = tuple(word for word in new if str(word) not in before)
    went = tuple(word for word in old if str(word) not in after)
    parts = []
    if came:
        parts.append(f"new {_value(replace(effect.after, value=came), settings)}")
    if went:
        parts.append(f"no longer {_value(replace(effect.before, value=went), settings)}")
    return ", ".join(parts)


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
        isinstance(value, tuple) and len(value) == 2 and not any(" " in str(word) for word in value)
    )


def _some(texts: Sequence[str], most: int, one: str, many: str = "") -> tuple[str, ...]:
    """The first few, and how many more there are."""
    if len(texts) <= most:
        return tuple(texts)
    more = formats.plural(len(texts) - most, f"more {one}", f"more {many}" if many else None)
    return (*texts[:most], more)
