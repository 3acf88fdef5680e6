"""What each field allows but a playbook, or all of them together, do not."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from generator.form import FORM, Playbook
from generator.form.plans import Override, Waiver
from generator.model.base import Fact
from generator.model.kinds import Kind
from generator.model.years import Years
from generator.problems import CURE_AFTER, Cause, Problem
from generator.read.document import DataPath, Position, said_at
from generator.rules.validate.built_in import BY_APPROVAL
from generator.rules.validate.plan import Plan
from generator.settings import Settings


@cache
def _lists_with_ids() -> tuple[tuple[DataPath, ...], ...]:
    """Lists in which an id may stand once, together where others point to an id of either."""
    together: dict[str, tuple[DataPath, ...]] = {}
    for field in FORM.walk():
        if field.name == "id" and field.points_to is None:
            path = tuple(field.pattern.split(".")[:-2])
            kind = field.defines or field.pattern
            together[kind] = (*together.get(kind, ()), path)
    return tuple(together.values())


_ORDERED_DAYS = (
    (("account", "contract"), "start", "end"),
    (("account", "contract"), "start", "notice_by"),
    (("account", "contract"), "notice_by", "end"),
    (("buying", "tender"), "opens", "closes"),
    (("buying", "tender"), "closes", "award"),
)


def inconsistencies(
    plan: Plan, playbook: Playbook, settings: Settings, today: datetime.date
) -> Iterator[Problem]:
    """Findings about things that are right alone and wrong together."""
    yield from _double_ids(plan)
    yield from circles(plan)
    yield from _currency(plan, playbook, settings, today)
    yield from _modes(plan)
    yield from _weights(plan, playbook)
    yield from _days_in_order(plan)
    yield from _ahead(plan, today)
    yield from _entries_in_order(plan, playbook)
    yield from _scores(plan, playbook)
    yield from _revenue_years(plan, playbook, settings.years, today)
    yield from _far_unknowns(plan, settings, today)
    yield from _waivers(plan, playbook, settings, today)


def _double_ids(plan: Plan) -> Iterator[Problem]:
    for lists in _lists_with_ids():
        first: dict[str, DataPath] = {}
        for path in lists:
            for index, entry in enumerate(said_at(plan.document.data, path) or ()):
                here = (*path, index, "id")
                name = entry.get("id") if isinstance(entry, dict) else None
                if name in first:
                    place = plan.document.value_place(first[name])
                    yield plan.document.problem(
                        here,
                        "duplicate-entry",
                        f"the id '{name}' is given twice in"
                        f" {' and '.join('.'.join(map(str, path)) for path in lists)},"
                        f" first at line {place.line}; give each entry its own",
                    )
                elif name:
                    first[name] = here


def _currency(
    plan: Plan, playbook: Playbook, settings: Settings, today: datetime.date
) -> Iterator[Problem]:
    currency = playbook.economics.currency if playbook.economics else None
    is_told = plan.lost_at(("economics", "currency"))
    if currency is None and not is_told and (path := next(_money_in(playbook), None)):
        yield plan.document.problem(
            ("economics", "currency") if playbook.economics else path,
            "no-currency",
            "money without a currency; write 'currency: EUR' (or another) under economics",
            at_key=bool(playbook.economics),
        )
    for code, path in _currencies_in(playbook).items():
        if (cause := no_rate(code, settings, today)) is not None:
            message = f"{cause.fault}{CURE_AFTER}{cause.cure}"
            yield replace(plan.document.problem(path, "no-rate", message), cause=cause)


def no_rate(code: str, settings: Settings, today: datetime.date) -> Cause | None:
    """Why nothing in a currency can be added up with the rest; None where it has a rate."""
    if settings.rate(code, today) is not None:
        return None
    ours, rates = settings.currencies.reporting_currency, settings.currencies.rates
    document = settings.documents["currencies"]
    stands_in: DataPath = ("rates",) if rates else ("reporting_currency",)
    place = Position(1, 1)
    if document.file_of(stands_in) == document.path:
        place = document.key_place(stands_in) if rates else document.value_place(stands_in)
    line = f"{{from: {today}, rate: N}}"
    if code in rates:
        cure = f"add '{line}' to rates.{code} in {document.path}"
    elif rates:
        cure = f"add '{code}: [{line}]' under rates in {document.path}"
    else:
        cure = (
            f"if your sums are in {code}, write 'reporting_currency: {code}' in"
            f" {document.path}, else add 'rates: {{{code}: [{line}]}}' there"
        )
    first = min((rate.from_ for rate in rates.get(code, ())), default=None)
    return Cause(
        path=document.path,
        line=place.line,
        column=place.column,
        fault=f"no rate from {code} to {ours} on {today}"
        f"{f', the first is from {first}' if first else ''}",
        cure=f"{cure}, N being what 1 {code} is worth in {ours}",
    )


def _currencies_in(playbook: Playbook) -> dict[str, DataPath]:
    """The currencies that figures rest on, each where it is first named.

    What is spent on persons is in no figure; compliance looks after its currency.
    """
    places: list[tuple[DataPath, Any]] = [
        (("economics",), playbook.economics),
        (("account", "contract"), playbook.account.contract),
        *((("opportunities", i), deal) for i, deal in enumerate(playbook.opportunities or ())),
    ]
    currencies: dict[str, DataPath] = {}
    for path, entry in places:
        if entry is not None and entry.currency is not None:
            currencies.setdefault(entry.currency, (*path, "currency"))
    return currencies


def _money_in(playbook: Playbook) -> Iterator[DataPath]:
    """The path of each known amount of money that is in the account's currency."""
    own_currency = {
        path[:-1] for path, field, _ in FORM.filled(playbook) if field.kind is Kind.CURRENCY
    }
    for path, field, value in FORM.filled(playbook):
        is_known = not (isinstance(value, Fact) and value.is_unknown)
        if field.kind is Kind.MONEY and is_known and path[:-1] not in own_currency:
            yield path


def _modes(plan: Plan) -> Iterator[Problem]:
    value = said_at(plan.document.data, ("value",))
    if not isinstance(value, dict):
        return
    score_mode = value.get("mode") == "score"
    wrong, right = ("amount", "score") if score_mode else ("score", "amount")
    sides: list[tuple[DataPath, Any]] = [(("value",), value)]
    for index, entry in enumerate(value.get("alternatives") or ()):
        sides.append((("value", "alternatives", index), entry))
    for path, side in sides:
        for pan in ("values", "costs"):
            for line, given in (side.get(pan) or {}).items():
                yield from _mode_of_line(plan, (*path, pan, line), given, wrong, right)


def _mode_of_line(
    plan: Plan, path: DataPath, given: Any, wrong: str, right: str
) -> Iterator[Problem]:
    plain_amount = isinstance(given, str) and wrong == "amount"
    if plain_amount or (isinstance(given, dict) and wrong in given):
        mode = "score" if wrong == "amount" else "money"
        problem = plan.document.problem(
            path if plain_amount else (*path, wrong),
            "mixed-modes",
            f"'{wrong}' in {mode} mode; give '{right}', or change value.mode for all lines",
            at_key=not plain_amount,
        )
        yield replace(problem, at=path)


def _weights(plan: Plan, playbook: Playbook) -> Iterator[Problem]:
    objects = (playbook.service.objects if playbook.service else None) or ()
    given = [
        (index, served.weight.value)
        for index, served in enumerate(objects)
        if served.weight is not None and served.weight.value is not None
    ]
    total = sum(value for _, value in given)
    if total > 1 + 1e-9:
        yield plan.document.problem(
            ("service", "objects", given[-1][0], "weight"),
            "weights-over-one",
            f"the weights set by hand add up to {total:g}; together they are at most 1",
            at_key=True,
        )


def _days_in_order(plan: Plan) -> Iterator[Problem]:
    for path, first, second in _ORDERED_DAYS:
        section = said_at(plan.document.data, path)
        if not isinstance(section, dict):
            continue
        early, late = section.get(first), section.get(second)
        if isinstance(early, str) and isinstance(late, str) and early > late:
            yield plan.document.problem(
                (*path, second),
                "days-out-of-order",
                f"'{second}' ({late}) lies before '{first}' ({early}); change one of them",
            )


_ONE_DAY = datetime.timedelta(days=1)
"""Whoever writes east of us may be a day ahead."""


def _ahead(plan: Plan, today: datetime.date) -> Iterator[Problem]:
    """Days on which something happened, or was known, that have not come yet."""
    latest = (today + _ONE_DAY).isoformat()
    for path, text in _texts(plan.document.data):
        # written as days are, so that text compares as days do
        if text > latest and _DAY.fullmatch(text):
            field = FORM.at(path)
            if field is not None and field.has_happened:
                yield plan.document.problem(
                    path,
                    "day-ahead",
                    f"'{field.name}' is {text}, a day ahead; write the day on which it was so",
                )


_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _texts(node: Any, path: DataPath = ()) -> Iterator[tuple[DataPath, str]]:
    """Every text of the file with its place."""
    steps = node.items() if isinstance(node, dict) else enumerate(node)
    for step, inner in steps:
        if isinstance(inner, str):
            yield (*path, step), inner
        elif isinstance(inner, (dict, list)):
            yield from _texts(inner, (*path, step))


def _entries_in_order(plan: Plan, playbook: Playbook) -> Iterator[Problem]:
    """Cases that were closed before they came, objectives that were due before they began."""
    for index, aim in enumerate(playbook.objectives or ()):
        if aim.start and aim.due and aim.due <= aim.start:
            yield plan.document.problem(
                ("objectives", index, "due"),
                "days-out-of-order",
                f"'due' ({aim.due}) is not after 'start' ({aim.start}); change one",
            )
    for index, case in enumerate((playbook.service and playbook.service.cases) or ()):
        if case.opened and case.closed and case.closed < case.opened:
            yield plan.document.problem(
                ("service", "cases", index, "closed"),
                "days-out-of-order",
                f"'closed' ({case.closed}) lies before 'opened' ({case.opened}); change one",
            )


def _scores(plan: Plan, playbook: Playbook) -> Iterator[Problem]:
    """Satisfaction above the top of its scale."""
    for index, said in enumerate((playbook.service and playbook.service.satisfaction) or ()):
        if said.score is not None and said.scale is not None and said.score > said.scale:
            yield plan.document.problem(
                ("service", "satisfaction", index, "score"),
                "wrong-value",
                f"the score {said.score:g} is above its scale of {said.scale:g}; change one",
            )


def _revenue_years(
    plan: Plan, playbook: Playbook, years: Years, today: datetime.date
) -> Iterator[Problem]:
    """Years given twice, days that are not in their year, years that are not over yet."""
    seen: set[int] = set()
    for index, year in enumerate((playbook.economics and playbook.economics.revenue) or ()):
        path: DataPath = ("economics", "revenue", index)
        if year.year in seen:
            yield plan.document.problem(
                (*path, "year"), "duplicate-year", f"the year {year.year} is given twice; keep one"
            )
        seen.add(year.year)
        if year.to is None and years.last_day(year.year) > today + _ONE_DAY:
            message = _not_over(year.year, years, today)
            yield plan.document.problem((*path, "year"), "year-not-over", message)
        elif year.to is not None and years.of(year.to) != year.year:
            yield plan.document.problem(
                (*path, "to"),
                "wrong-value",
                f"{year.to} is not in the year {years.label(year.year)}",
            )


def _not_over(year: int, years: Years, today: datetime.date) -> str:
    """What is wrong with a whole year's revenue before the year is over."""
    first, last = years.first_day(year), years.last_day(year)
    if first > today:
        return f"the year {years.label(year)} begins on {first}; nothing was billed in it yet"
    return (
        f"the year {years.label(year)} ends on {last}; add the last day that is billed,"
        f" such as 'to: {today}'"
    )


def _far_unknowns(plan: Plan, settings: Settings, today: datetime.date) -> Iterator[Problem]:
    days = settings.scoring.evidence.unknown_days
    latest = today + datetime.timedelta(days=days)
    for unknown in plan.unknowns:
        if unknown.find_by > latest.isoformat():
            yield plan.document.problem(
                (*unknown.path, "find_by"),
                "unknown-too-far",
                f"{unknown.find_by} is more than {days} days ahead; at the latest {latest}",
            )


def _waivers(
    plan: Plan, playbook: Playbook, settings: Settings, today: datetime.date
) -> Iterator[Problem]:
    days = settings.scoring.evidence.waiver_days
    latest = today + datetime.timedelta(days=days)
    both: tuple[tuple[str, tuple[Waiver | Override, ...]], ...] = (
        ("waivers", playbook.waivers or ()),
        ("overrides", playbook.overrides or ()),
    )
    for section, entries in both:
        for index, entry in enumerate(entries):
            wanted = ["reason", "by", "until"]
            if isinstance(entry, Waiver) and entry.rule == BY_APPROVAL:
                wanted.append("approval")
            lacks = [
                key
                for key in wanted
                if getattr(entry, key) is None and not plan.lost_at((section, index, key))
            ]
            if lacks:
                yield plan.document.problem(
                    (section, index),
                    f"{section[:-1]}-incomplete",
                    f"needs {', '.join(repr(key) for key in lacks)}:"
                    " why, who answers for it, until when"
                    + (", by which approval" if "approval" in lacks else ""),
                )
            elif section == "waivers" and entry.until is not None and entry.until > latest:
                yield plan.document.problem(
                    (section, index, "until"),
                    "waiver-too-far",
                    f"{entry.until} is more than {days} days ahead; at the latest {latest}",
                )


# Chains that must end: an account's parents, a contact's superiors, an objective's own aims

_CHAINS: tuple[tuple[DataPath, str], ...] = (
    (("relationship", "contacts"), "reports_to"),
    (("objectives",), "parent"),
)


def family_problems(plan: Plan, parents: Mapping[str, str]) -> Iterator[Problem]:
    """A finding when the chain of parents leads back to the account."""
    chain = _loop(plan.id, parents)
    if chain and parents[plan.id] != plan.id:  # pointing at itself is found as a reference
        yield plan.document.problem(
            ("account", "parent"),
            "parent-cycle",
            f"the parents lead back to the account itself: {chain}",
        )


def circles(plan: Plan) -> Iterator[Problem]:
    """A finding for each entry of a list whose chain leads back to it."""
    for path, key in _CHAINS:
        entries: Any = plan.document.data
        for step in path:
            entries = entries.get(step) if isinstance(entries, dict) else None
        named = [(i, item) for i, item in enumerate(entries or ()) if isinstance(item, dict)]
        steps = {entry["id"]: entry[key] for _, entry in named if key in entry}
        for index, entry in named:
            if key in entry and (chain := _loop(entry["id"], steps)):
                message = f"'{key}' leads back to the entry itself: {chain}"
                yield plan.document.problem((*path, index, key), "circle", message)


def _loop(start: str, steps: Mapping[str, str]) -> str:
    """The chain that leads from a name back to it, '' where it ends."""
    chain = [start]
    step = steps.get(start)
    while step is not None and step not in chain:
        chain.append(step)
        step = steps.get(step)
    return " > ".join((*chain, start)) if step == start else ""
