"""What must hold, tried on one account: the small language of rules.yaml."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from generator.figures.case import RATES
from generator.figures.dated import dated_evidence
from generator.figures.definitions import DEFINITIONS
from generator.figures.figure import Figure, NullCause
from generator.figures.sales import is_signed
from generator.figures.signals import contract_turned, is_decided
from generator.form import FORM
from generator.language import phrase
from generator.model.fields import ENTRY
from generator.read.document import DataPath, Position
from generator.rules.gate.query import (
    Entry,
    Inquiry,
    is_there,
    unknown_in_time,
    written,
)
from generator.rules.rulebook import Covers, Each, FigureTest, Holds, NoEntry, Some


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One place where a rule does not hold, and the words its message may use."""

    path: DataPath = ()
    place: Position | None = None
    """Where the path does not tell: a place in the file."""
    entry: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    """What a figure lacks."""
    lacks: tuple[str, ...] = ()
    """The paths under which something is to be added; none where something has run out."""
    is_any_enough: bool = False
    """Whether what is to be added may stand under one of these paths alone."""
    alike: str = ""
    """What it has in common with others, which people are told together."""
    is_other_mode: bool = False
    """Whether the figure is null because the plan weighs value the other way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A rule on an account: no gaps, it passes; leaning on an unknown, it does not yet hold."""

    gaps: tuple[Gap, ...] = ()
    leans_on_unknown: bool = False
    asks: bool = True
    """Whether it asks anything of this plan: the entries of an empty list it asks nothing."""
    waits_on: tuple[str, ...] = ()
    """What could not be read, or was taken out: without gaps it is then not judged."""

    @property
    def is_judged(self) -> bool:
        """Whether anybody can say today that it holds or does not."""
        return bool(self.gaps) or not self.waits_on

    def and_(self, other: Verdict) -> Verdict:
        """Both must hold."""
        return Verdict(
            gaps=(*self.gaps, *other.gaps),
            leans_on_unknown=self.leans_on_unknown or other.leans_on_unknown,
            asks=self.asks or other.asks,
            waits_on=tuple(dict.fromkeys((*self.waits_on, *other.waits_on))),
        )

    def naming(self, **words: str) -> Verdict:
        """The same, with more words for the message."""
        return replace(
            self,
            gaps=tuple(replace(gap, words={**gap.words, **words}) for gap in self.gaps),
        )


HELD = Verdict()
NOTHING_ASKED = Verdict(asks=False)


def _lacking(figure: Figure) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the plan lacks for a figure, and what the figure waits on besides.

    A rate that the settings lack is told where they need it; no plan can be asked for it.
    """
    rates = tuple(name for name in figure.missing if name.startswith(RATES))
    lacks = tuple(name for name in figure.missing if name not in rates)
    return lacks, (*figure.waits_on, *rates)


def _waiting(on: tuple[str, ...]) -> Verdict:
    """Not judged until something can be read."""
    return Verdict(asks=False, waits_on=on)


# Checks that rules.yaml names because they need more than a field or a figure


def tier_known(inquiry: Inquiry) -> Verdict:
    """A prospect or customer has a tier; the gap names every missing input."""
    figure = inquiry.account.figures.get("tier")
    playbook = inquiry.account.playbook
    status = playbook.account.status if playbook else None
    if status == "former" or figure is None:
        return NOTHING_ASKED
    if figure.value is not None:
        return HELD
    lacking, waits_on = _lacking(figure)
    if waits_on and not lacking:
        return _waiting(waits_on)
    if lacking and not inquiry.not_even_unknown(lacking):
        return Verdict(leans_on_unknown=True)
    missing = ", ".join(lacking) or figure.note or "a valid status"
    lacks = _to_type(lacking)
    return Verdict(gaps=(Gap(path=("account",), words={"missing": missing}, lacks=lacks),))


def reviewed_in_time(inquiry: Inquiry) -> Verdict:
    """The whole plan was gone through within its shelf life."""
    days = inquiry.settings.scoring.evidence.shelf_life_days.review
    playbook = inquiry.account.playbook
    reviewed = playbook.account.reviewed if playbook else None
    if reviewed is not None and (inquiry.today - reviewed).days <= days:
        return HELD
    if lost := inquiry.account.plan.lost_at(("account", "reviewed")):
        return _waiting(lost)
    words = {"value": str(reviewed or "never"), "days": str(days)}
    lacks = ("account.reviewed",)
    return Verdict(gaps=(Gap(path=("account", "reviewed"), words=words, lacks=lacks),))


def unknowns_in_time(inquiry: Inquiry) -> Verdict:
    """No honest unknown is past its day."""
    gaps = []
    for unknown in inquiry.account.plan.unknowns:
        if unknown.find_by < inquiry.today.isoformat():
            name = inquiry.name(unknown.path)
            words = {"field": name, "value": unknown.find_by, "owner": unknown.owner or "?"}
            gaps.append(Gap(path=(*unknown.path, "find_by"), entry=name, words=words))
    return Verdict(gaps=tuple(gaps), asks=bool(inquiry.account.plan.unknowns))


def contract_decided(inquiry: Inquiry) -> Verdict:
    """Before a contract ended, or its notice day passed, somebody decided what becomes of it."""
    case = inquiry.account.case
    with inquiry.listening() as asked:
        turned = contract_turned(case) if case is not None else None
        decided = case is not None and turned is not None and is_decided(case, turned.value)
    if decided:
        return HELD
    if asked:
        return _waiting(tuple(asked))
    if turned is None:
        return NOTHING_ASKED
    field = turned.name.rpartition(".")[2]
    what = "the notice day" if field == "notice_by" else "the contract's end"
    words = {"field": what, "value": str(turned.value)}
    return Verdict(gaps=(Gap(path=("account", "contract", field), entry=field, words=words),))


def deals_in_time(inquiry: Inquiry) -> Verdict:
    """No open deal is past the day on which it should close."""
    playbook = inquiry.account.playbook
    deals = (playbook and playbook.opportunities) or ()
    gaps = [
        Gap(
            path=("opportunities", index, "close_on"),
            entry=deal.id,
            words={"entry": deal.id, "value": str(deal.close_on)},
        )
        for index, deal in enumerate(deals)
        if deal.close_on is not None
        and deal.close_on < inquiry.today
        and not is_signed(deal, inquiry.today)
    ]
    return Verdict(gaps=tuple(gaps), asks=bool(deals))


def facts_fresh(inquiry: Inquiry) -> Verdict:
    """No dated evidence is past its shelf life; undated facts age with the review, another rule.

    One gap a date: a section's evidence is renewed in one place, not in each of its facts.
    """
    case = inquiry.account.case
    evidence = tuple(dated_evidence(case)) if case is not None else ()
    gaps = []
    for dated in evidence:
        if dated.days_past(inquiry.today) > 0:
            name = inquiry.name(dated.path)
            words = {"field": name, "value": str(dated.as_of)}
            alike = f"facts of {dated.as_of}"
            gaps.append(Gap(path=dated.number, entry=name, words=words, alike=alike))
    return Verdict(gaps=tuple(gaps), asks=bool(evidence))


_CHECKS: Mapping[Callable[[Inquiry], Verdict], str] = {
    tier_known: phrase("the tier of a prospect or customer can be computed"),
    reviewed_in_time: phrase("account.reviewed is no longer ago than the shelf life of a review"),
    unknowns_in_time: phrase("no honest unknown is past its find_by"),
    contract_decided: phrase("before a contract's end or notice day somebody decided"),
    deals_in_time: phrase("no open deal is past the day on which it should close"),
    facts_fresh: phrase("no fact that a figure rests on is past its shelf life"),
}
"""By check what must hold, as the page of rules says it."""
NAMED_CHECKS = {check.__name__.replace("_", "-"): check for check in _CHECKS}
"""By the word that `check` in rules.yaml takes."""
CHECKS_SAY = {name: _CHECKS[check] for name, check in NAMED_CHECKS.items()}


# What `holds` in rules.yaml takes


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
    if lost := inquiry.account.plan.lost_at(path):
        return _waiting(lost)
    holder = inquiry.name(path[:-1])
    lacks = _to_type((f"{holder}.{path[-1]}" if holder else str(path[-1]),))
    words = {"field": str(path[-1])}
    return Verdict(gaps=(Gap(path=path, entry=entry, words=words, lacks=lacks),))


def _to_type(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names of what is missing as paths to type: of one of the twelve lines its amount."""
    return tuple(
        f"{name}.{named.shorthand}"
        if (named := FORM.names.get(name)) and named.shorthand and not named.is_fact
        else name
        for name in names
    )


def _each(inquiry: Inquiry, each: Each) -> Verdict:
    listed = None
    verdict = replace(NOTHING_ASKED, waits_on=inquiry.lost(each.in_))
    if each.above is not None:
        figure = inquiry.account.figures.get(each.above)
        listed = figure.value if figure and isinstance(figure.value, (tuple, Mapping)) else ()
        if figure is not None and figure.waits_on:
            return _waiting(figure.waits_on)
        if figure is not None and figure.value is None and any(inquiry.entries(each.in_)):
            verdict = Verdict(leans_on_unknown=True)  # nobody can tell which they are
    for entry in inquiry.entries(each.in_):
        name = entry.name
        if not inquiry.fits(entry, each.where) or (listed is not None and name not in listed):
            continue
        if lost := inquiry.lost_of(entry, each.where):
            verdict = verdict.and_(_waiting(lost))
            continue
        name = name or inquiry.name(entry.path)
        for wanted in each.has:
            if entry.get(wanted) is None and wanted in entry.waits:
                verdict = verdict.and_(_waiting(entry.waits[wanted]))
                continue
            field_verdict = _field(
                inquiry, (*entry.path, wanted), entry.get(wanted), f"{name}.{wanted}"
            )
            verdict = verdict.and_(field_verdict.naming(entry=name))
    return verdict


def _filled(inquiry: Inquiry, wanted: Mapping[str, tuple[str, ...]]) -> Verdict:
    verdict = NOTHING_ASKED
    for place, fields in wanted.items():
        verdict = verdict.and_(replace(NOTHING_ASKED, waits_on=inquiry.lost(place)))
        for entry in inquiry.begun(place):
            if unknown_in_time(entry.node, inquiry.today):
                verdict = verdict.and_(Verdict(leans_on_unknown=True))
                continue
            name = entry.name or inquiry.name(entry.path)
            for key in fields:
                field_verdict = _field(inquiry, (*entry.path, key), entry.get(key), f"{name}.{key}")
                verdict = verdict.and_(field_verdict.naming(entry=name))
    return verdict


def _some(inquiry: Inquiry, some: Some) -> Verdict:
    needed = some.at_least or 1
    short = [_short_of(inquiry, some, entry) for entry in inquiry.entries(some.in_)]
    count = sum(not missing for missing in short)
    if count >= needed:
        return HELD
    fields = (*(some.where or {}), *(some.has or ()))
    if lost := (*inquiry.lost(some.in_, fields), *inquiry.unsure(some.where)):
        return _waiting(lost)
    path: DataPath = tuple(some.in_.split("."))
    words = {"count": str(count), "needed": str(needed), **_listed(inquiry, some)}
    nearest = min((missing for missing in short if missing), key=len, default=())
    lacks = tuple(missing for missing in nearest if missing) or (_said(some.in_),)
    return Verdict(gaps=(Gap(path=path, entry=some.in_, words=words, lacks=lacks),))


_LISTED = 5
"""So many words are named."""


def _listed(inquiry: Inquiry, some: Some) -> Mapping[str, str]:
    """The words that a field may have by a figure: the first, and the first few with names."""
    wanted = inquiry.words_wanted(some.where)
    if not wanted:
        return {}
    more = f" and {len(wanted) - _LISTED} more" if len(wanted) > _LISTED else ""
    named = ", ".join(name for _, name in wanted[:_LISTED])
    return {"word": wanted[0][0], "listed": f"{named}{more}"}


def _short_of(inquiry: Inquiry, some: Some, entry: Entry) -> tuple[str, ...]:
    """What an entry lacks to count, as paths to type; '' is what it should not have.

    A word that it does not have, such as a role, may as well be another entry's: no entry is named.
    """
    unfit = (
        "" if condition.present == "false" else f"{_said(some.in_)}.{field}"
        for field, condition in (some.where or {}).items()
        if not inquiry.fits(entry, {field: condition})
    )
    absent = (key for key in some.has or () if not is_there(entry.get(key)))
    return (*unfit, *(f"{inquiry.name(entry.path)}.{key}" for key in absent))


def _said(place: str) -> str:
    """A place without its stars, as people say it."""
    return ".".join(step for step in place.split(".") if step != ENTRY)


def _none(inquiry: Inquiry, none: NoEntry) -> Verdict:
    gaps = []
    waits_on: list[str] = []
    entries = tuple(inquiry.entries(none.in_))
    for entry in entries:
        if lost := inquiry.lost_of(entry, none.where):
            waits_on.extend(lost)
        elif inquiry.fits(entry, none.where):
            first = next(iter(none.where))
            words = {"entry": entry.name, "value": written(entry.get(first)) or ""}
            gaps.append(Gap(path=(*entry.path, first), entry=entry.name, words=words))
    return Verdict(gaps=tuple(gaps), asks=bool(entries), waits_on=tuple(waits_on))


def _covers(inquiry: Inquiry, covers: Covers) -> Verdict:
    entries = tuple(inquiry.entries(covers.in_))
    there = {entry.get(covers.field) for entry in entries}
    defaults = (entry.waits[covers.field] for entry in entries if covers.field in entry.waits)
    lost = (*inquiry.lost(covers.in_, (covers.field,)), *itertools.chain(*defaults))
    if lost and not there.issuperset(covers.words):
        return _waiting(lost)
    path: DataPath = tuple(covers.in_.split("."))
    return Verdict(
        gaps=tuple(
            Gap(path=path, entry=word, words={"word": word}, lacks=(covers.in_,))
            for word in covers.words
            if word not in there
        )
    )


def _figure(inquiry: Inquiry, test: FigureTest) -> Verdict:
    figure = inquiry.account.figures.get(test.key)
    value = figure.value if figure else None
    definition = DEFINITIONS.get(test.key)
    is_share = definition is not None and definition.unit == "share"
    words = {"missing": "", "needed": _limits(test, is_share=is_share)}
    needs = definition.needs if definition else ()
    if value is None:
        lacks, waits_on = _lacking(figure) if figure else ((), ())
        if waits_on and not lacks:
            return _waiting(waits_on)
        if lacks and not inquiry.not_even_unknown(lacks):
            return Verdict(leans_on_unknown=True)
        missing = lacks or (str((figure and figure.note) or "its inputs"),)
        words |= {"missing": ", ".join(missing), "value": "not known"}
        is_other = figure is not None and figure.cause is NullCause.OTHER_MODE
        gap = Gap(
            words=words,
            missing=missing,
            lacks=_to_type(lacks) or needs,
            is_any_enough=not lacks,
            is_other_mode=is_other,
        )
        return Verdict(gaps=(gap,))
    fits = (
        _within(value, test.at_least, test.at_most)
        and (test.is_ is None or value in test.is_)
        and (test.empty is None or not value)
    )
    shown = _number(value, is_share=is_share) if isinstance(value, (int, float)) else str(value)
    gap = Gap(words={**words, "value": shown}, lacks=needs, is_any_enough=True)
    return HELD if fits else Verdict(gaps=(gap,))


def _limits(test: FigureTest, *, is_share: bool) -> str:
    """What a figure must at least, or at most, be."""
    limits = (limit for limit in (test.at_least, test.at_most) if limit is not None)
    return " to ".join(_number(limit, is_share=is_share) for limit in limits)


def _number(value: float, *, is_share: bool) -> str:
    return f"{round(100 * value, 1):g} %" if is_share else f"{value:g}"


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
    verdict = NOTHING_ASKED
    for part in parts:
        verdict = verdict.and_(try_holds(inquiry, part))
    return verdict


def _any(inquiry: Inquiry, parts: tuple[Holds, ...]) -> Verdict:
    """One that holds, at best not on an unknown; else the gaps of the one the plan has begun."""
    verdicts = [try_holds(inquiry, part) for part in parts]
    passing = [verdict for verdict in verdicts if not verdict.gaps]
    if passing:
        return min(passing, key=lambda each: (not each.is_judged, each.leans_on_unknown))
    return Verdict(gaps=(_as_one(min(verdicts, key=_not_begun).gaps),))


def _not_begun(verdict: Verdict) -> bool:
    """Whether a figure of it cannot be because the plan took the other way."""
    return any(gap.is_other_mode for gap in verdict.gaps)


def _as_one(gaps: tuple[Gap, ...]) -> Gap:
    """The first gap, naming all that is missing for any of them."""
    missing = tuple(dict.fromkeys(name for gap in gaps for name in gap.missing))
    lacks = tuple(dict.fromkeys(path for gap in gaps for path in gap.lacks))
    words = {**gaps[0].words, "missing": ", ".join(missing)}
    return replace(gaps[0], words=words, missing=missing, lacks=lacks)


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
