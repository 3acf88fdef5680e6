"""What must hold, tried on one account: the small language of rules.yaml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from generator.figures.figure import NullCause
from generator.read.document import DataPath
from generator.rules.gate.checks import NAMED_CHECKS
from generator.rules.gate.query import Inquiry, is_there, unknown_in_time, written
from generator.rules.gate.verdict import Gap, Verdict
from generator.settings.rules import Covers, Each, FigureTest, Holds, NoEntry, Some

HELD = Verdict()


def try_holds(inquiry: Inquiry, holds: Holds) -> Verdict:
    """Whether it holds, the gaps where it does not, and whether it leans on an honest unknown."""
    for name, attempt in _OPERATIONS.items():
        given = getattr(holds, name)
        if given is not None:
            return attempt(inquiry, given)
    return HELD


def _present(inquiry: Inquiry, place: str) -> Verdict:
    path: DataPath = tuple(place.split("."))
    return _field(inquiry, path, inquiry.value(path))


def _field(inquiry: Inquiry, path: DataPath, value: Any, entry: str = "") -> Verdict:
    if is_there(value):
        return HELD
    if unknown_in_time(value, inquiry.today):
        return Verdict(leans_on_unknown=True)
    return Verdict(gaps=(Gap(path=path, entry=entry, words={"field": str(path[-1])}),))


def _each(inquiry: Inquiry, each: Each) -> Verdict:
    listed = None
    verdict = HELD
    if each.above is not None:
        figure = inquiry.account.figures.get(each.above)
        listed = figure.value if figure and isinstance(figure.value, (tuple, Mapping)) else ()
        if figure is not None and figure.value is None and any(inquiry.entries(each.in_)):
            verdict = Verdict(leans_on_unknown=True)  # nobody can tell which they are
    for entry in inquiry.entries(each.in_):
        name = entry.name
        if not inquiry.fits(entry, each.where) or (listed is not None and name not in listed):
            continue
        name = name or inquiry.name(entry.path)
        for wanted in each.has:
            found = _field(inquiry, (*entry.path, wanted), entry.get(wanted), f"{name}.{wanted}")
            verdict = verdict.and_(found.naming(entry=name))
    return verdict


def _filled(inquiry: Inquiry, wanted: Mapping[str, tuple[str, ...]]) -> Verdict:
    verdict = HELD
    for place, fields in wanted.items():
        for entry in inquiry.begun(place):
            if unknown_in_time(entry.node, inquiry.today):
                verdict = verdict.and_(Verdict(leans_on_unknown=True))
                continue
            name = entry.name or inquiry.name(entry.path)
            for field in fields:
                found = _field(inquiry, (*entry.path, field), entry.get(field), f"{name}.{field}")
                verdict = verdict.and_(found.naming(entry=name))
    return verdict


def _some(inquiry: Inquiry, some: Some) -> Verdict:
    needed = some.at_least or 1
    count = sum(
        inquiry.fits(entry, some.where) and all(is_there(entry.get(one)) for one in some.has or ())
        for entry in inquiry.entries(some.in_)
    )
    if count >= needed:
        return HELD
    path: DataPath = tuple(some.in_.split("."))
    words = {"count": str(count), "needed": str(needed)}
    return Verdict(gaps=(Gap(path=path, entry=some.in_, words=words),))


def _none(inquiry: Inquiry, none: NoEntry) -> Verdict:
    gaps = []
    for entry in inquiry.entries(none.in_):
        if inquiry.fits(entry, none.where):
            first = next(iter(none.where))
            words = {"entry": entry.name, "value": written(entry.get(first)) or ""}
            gaps.append(Gap(path=(*entry.path, first), entry=entry.name, words=words))
    return Verdict(gaps=tuple(gaps))


def _covers(inquiry: Inquiry, covers: Covers) -> Verdict:
    there = {entry.get(covers.field) for entry in inquiry.entries(covers.in_)}
    path: DataPath = tuple(covers.in_.split("."))
    return Verdict(
        gaps=tuple(
            Gap(path=path, entry=word, words={"word": word})
            for word in covers.words
            if word not in there
        )
    )


def _figure(inquiry: Inquiry, test: FigureTest) -> Verdict:
    figure = inquiry.account.figures.get(test.key)
    value = figure.value if figure else None
    words = {"missing": "", "needed": _limits(test)}
    if value is None:
        lacks = figure.missing if figure else ()
        if lacks and not inquiry.not_even_unknown(lacks):
            return Verdict(leans_on_unknown=True)
        missing = lacks or (str((figure and figure.note) or "its inputs"),)
        words |= {"missing": ", ".join(missing), "value": "not known"}
        is_other = figure is not None and figure.cause is NullCause.OTHER_MODE
        return Verdict(gaps=(Gap(words=words, missing=missing, is_other_mode=is_other),))
    fits = (
        _within(value, test.at_least, test.at_most)
        and (test.is_ is None or value in test.is_)
        and (test.empty is None or not value)
    )
    shown = f"{value:g}" if isinstance(value, (int, float)) else str(value)
    return HELD if fits else Verdict(gaps=(Gap(words={**words, "value": shown}),))


def _limits(test: FigureTest) -> str:
    """What a figure must at least, or at most, be."""
    return " to ".join(f"{one:g}" for one in (test.at_least, test.at_most) if one is not None)


def _within(value: Any, least: float | None, most: float | None) -> bool:
    """Whether a number is within limits; a word such as 'never' is within none."""
    if least is None and most is None:
        return True
    return (
        isinstance(value, (int, float))
        and (least is None or value >= least - 1e-9)
        and (most is None or value <= most + 1e-9)
    )


def _all(inquiry: Inquiry, parts: tuple[Holds, ...]) -> Verdict:
    verdict = HELD
    for part in parts:
        verdict = verdict.and_(try_holds(inquiry, part))
    return verdict


def _any(inquiry: Inquiry, parts: tuple[Holds, ...]) -> Verdict:
    """One that holds, at best not on an unknown; else the gaps of the one the plan has begun."""
    verdicts = [try_holds(inquiry, part) for part in parts]
    passing = [one for one in verdicts if not one.gaps]
    if passing:
        return min(passing, key=lambda one: one.leans_on_unknown)
    return Verdict(gaps=(_as_one(min(verdicts, key=_not_begun).gaps),))


def _not_begun(verdict: Verdict) -> bool:
    """Whether a figure of it cannot be because the plan took the other way."""
    return any(gap.is_other_mode for gap in verdict.gaps)


def _as_one(gaps: tuple[Gap, ...]) -> Gap:
    """The first gap, naming all that is missing for any of them."""
    missing = tuple(dict.fromkeys(name for gap in gaps for name in gap.missing))
    words = {**gaps[0].words, "missing": ", ".join(missing)}
    return replace(gaps[0], words=words, missing=missing)


def _check(inquiry: Inquiry, name: str) -> Verdict:
    return NAMED_CHECKS[name](inquiry)


_OPERATIONS: dict[str, Callable[[Inquiry, Any], Verdict]] = {
    "present": _present,
    "each": _each,
    "some": _some,
    "none": _none,
    "covers": _covers,
    "figure": _figure,
    "all": _all,
    "any": _any,
    "filled": _filled,
    "check": _check,
    "agree": lambda _, __: HELD,  # tried by the judge, once completeness is known
}
