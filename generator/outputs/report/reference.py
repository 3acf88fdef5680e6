"""The reference for the terminal: fields from the form, rules from the rulebook and the program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.audience.classes import Audiences
from generator.language import phrase, said, say
from generator.model.fields import ENTRY, Field
from generator.model.kinds import Kind
from generator.outputs.report.field import form_lines
from generator.pages.fields import kind_of_ids, points_at, words_of
from generator.pages.formats import listed
from generator.pages.rules import applies_words, holds_words
from generator.rules.rulebook import Rule
from generator.rules.validate.built_in import BUILT_IN, BY_APPROVAL, KINDS, STAGES, BuiltIn
from generator.rules.validate.references import KnownIds
from generator.settings import Settings

_EVIDENCE = "{value: …, grade: fact, as_of: 2026-11-30, source: …}"
_UNKNOWN = "{unknown: true, owner: …, find_by: 2026-12-31}"
_GAP = 2
Ids = Mapping[str, tuple[str, ...]]
"""The ids that there are, by kind."""
_WIDEST = 28
"""Longer names than this push what is said of them to the right alone."""


def fields_text(field: Field, settings: Settings) -> str:
    """A field with all that its form says of it, and the keys that it may have."""
    ids = KnownIds.of((), settings).ids
    lines = [] if not field.pattern else [*form_lines(field, settings), *_ids(field, ids)]
    keys = tuple(inside(field))
    if keys:
        heading = say("Its keys (* must be there):") if field.pattern else say("The sections:")
        lines += [heading, *_columns((_marked(key), _told(key, ids)) for key in keys)]
    if not field.pattern:
        lines.append(say("What is in one of them: {command}", command="playbook fields SECTION"))
    return "".join(f"{line}\n" for line in lines)


def inside(field: Field) -> Iterator[Field]:
    """The keys of a field; of a list or mapping those of its entries."""
    if field.kind in (Kind.LIST, Kind.MAPPING):
        yield from inside(field.children[ENTRY])
    elif not field.is_fact:
        yield from field.children.values()


def _ids(field: Field, ids: Ids) -> Iterator[str]:
    if named := _named(field, ids):
        yield named
    if field.is_fact:
        yield say("Or with its evidence: {example}", example=_EVIDENCE)
        yield say("Or honestly unknown: {example}", example=_UNKNOWN)


def _marked(field: Field) -> str:
    return f"{field.name}{'*' if field.is_required else ''}"


def _told(field: Field, ids: Ids) -> str:
    """What a key means, and what it takes where that is more than a text."""
    meaning = said(field.meaning) or words_of(field)
    takes = _takes(field, ids)
    return f"{meaning} {takes}" if takes and field.meaning else meaning


def _takes(field: Field, ids: Ids) -> str:
    """The words, ids, numbers or days that a key takes, where its meaning does not say them.

    '' of texts, and of what has keys of its own.
    """
    entry = field.children[ENTRY] if field.kind is Kind.LIST else field
    if entry.choices:
        if all(str(word) in field.meaning for word in entry.choices):
            return ""
        return say("One of: {place}", place=", ".join(entry.choices))
    if named := _named(field, ids):
        return named
    words = words_of(field)
    return say("({words})", words=words) if entry.kind in _SPELLED else ""


_SPELLED = (
    *(Kind.MONEY, Kind.SHARE, Kind.NUMBER, Kind.SCORE, Kind.YEAR),
    *(Kind.DAY, Kind.TRUTH, Kind.CURRENCY, Kind.WEB),
)
"""Kinds of values that are written in one way only."""
_FEW = 16
"""So many ids are listed; of more the command that lists them is named."""


def _named(field: Field, ids: Ids) -> str:
    """The ids of which a field takes one, or where they stand."""
    kind = kind_of_ids(field)
    if kind is None:
        return ""
    target, known = KINDS[kind], ids.get(kind, ())
    if target.setting is not None and len(known) != 0 and len(known) <= _FEW:
        return say("One of: {place}", place=", ".join(known))
    if target.setting is not None:
        return say("To see all: {command}", command=f"playbook settings {'.'.join(target.setting)}")
    return say("An id from {place}", place=say(target.place))


def field_data(field: Field, audiences: Audiences) -> list[dict[str, Any]]:
    """A field and all that is in it, each as plain data."""
    below = [inner for inner in field.walk() if inner.name != ENTRY] if not field.is_leaf else []
    return [_data(each, audiences) for each in ([field] if field.pattern else []) + below]


def _data(field: Field, audiences: Audiences) -> dict[str, Any]:
    steps = (step for step in field.pattern.split(".") if step != ENTRY)
    told = {
        "path": ".".join(steps),
        "pattern": field.pattern,
        "takes": words_of(field),
        "meaning": said(field.meaning),
        "required": field.is_required,
        "unit": field.unit or None,
        "words": list(field.choices) or None,
        "ids_from": points_at(field) or None,
        "seen_by": audiences.class_of(field.pattern),
        "example": str(field.example) if field.example is not None else None,
        "may_carry_evidence": field.takes_evidence or None,
        "may_be_unknown": field.may_be_unknown or None,
    }
    return {key: value for key, value in told.items() if value is not None}


# Rules


def rules_text(settings: Settings) -> str:
    """All rules: those of the team by whom they are for, then what is always checked."""
    lines = [say("What a plan must have:")]
    by_reach: dict[str, list[Rule]] = {}
    for rule in settings.rules.rules:
        by_reach.setdefault(applies_words(rule.applies), []).append(rule)
    for reach, rules in by_reach.items():
        lines += [f"  {reach}", *_columns(((rule.id, _title(rule)) for rule in rules), indent=4)]
    lines.append(say("What is always checked:"))
    for stage, title in STAGES.items():
        own = [rule for rule in BUILT_IN if rule.stage == stage]
        lines += [f"  {say(title)}", *_columns(((rule.id, said(rule.says)) for rule in own), 4)]
    lines.append(say("Why, and what lets a plan pass: {command}", command="playbook rules ID"))
    return "".join(f"{line}\n" for line in lines)


def _title(rule: Rule) -> str:
    words = say(rule.title or rule.id)
    if rule.off:
        return say("{rule} (switched off)", rule=words)
    return words if rule.level == "error" else say("{rule} (warning)", rule=words)


def one_rule_text(rule: Rule | BuiltIn, settings: Settings) -> str:
    """A rule: for whom it is, what must hold, what is said where it does not, and why."""
    data = rule_data(rule, settings)
    lines = [say("{kind}: {words}", kind=rule.id, words=f"{data['title']} ({say(rule.level)})")]
    if data.get("off"):
        lines.append(say("It is switched off."))
    for key, label in _LABELS:
        if data.get(key):
            lines.append(say("{kind}: {words}", kind=said(label), words=str(data[key])))
    return "".join(f"{line}\n" for line in lines)


_LABELS = (
    ("applies", phrase("For")),
    ("holds", phrase("What must hold")),
    ("finding", phrase("Finding")),
    ("reason", phrase("Why")),
    ("part_of", phrase("Part of")),
    ("passes_by", phrase("Let pass by")),
    ("set_in", phrase("Set in")),
)
"""What is said of a rule, and under which word."""


def rule_data(rule: Rule | BuiltIn, settings: Settings) -> dict[str, Any]:
    """A rule as plain data."""
    if isinstance(rule, BuiltIn):
        passes_by = say("nothing; it is always checked")
        if rule.id == BY_APPROVAL:
            passes_by = _waiver("reason", "by", "until", "approval")
        return {
            "id": rule.id,
            "level": rule.level,
            "title": said(rule.says),
            "always": True,
            "reason": say(rule.reason) if rule.reason else "",
            "part_of": say(STAGES[rule.stage]),
            "passes_by": passes_by,
        }
    place = next(i for i, listed in enumerate(settings.rules.rules) if listed.id == rule.id)
    return {
        "id": rule.id,
        "level": rule.level,
        "title": say(rule.title or rule.id),
        "always": False,
        "off": bool(rule.off),
        "applies": applies_words(rule.applies),
        "holds": holds_words(rule.holds),
        "finding": rule.finding,
        "reason": say(rule.reason.strip()),
        "passes_by": _waiver("rule", "reason", "by", "until"),
        "set_in": settings.where("rules", "rules", place, "id"),
    }


def _waiver(*keys: str) -> str:
    return say("a waiver with {keys}", keys=listed(keys))


def every_rule(settings: Settings) -> Sequence[Rule | BuiltIn]:
    """All rules, those of the team first."""
    return (*settings.rules.rules, *BUILT_IN)


def _columns(rows: Iterable[tuple[str, str]], indent: int = 2) -> Iterator[str]:
    """Names, and what is said of each behind, one below the other."""
    listed = tuple(rows)
    width = max((len(name) for name, _ in listed if len(name) <= _WIDEST), default=0) + _GAP
    for name, words in listed:
        yield f"{' ' * indent}{name.ljust(width)}{words}".rstrip()
