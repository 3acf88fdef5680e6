"""What is talked about, at which level, and who begins (items R3, C5)."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.figures.case import Case
from generator.figures.contacts import (
    Talk,
    left_out,
    none_counts,
    recent_talks,
    who_is_there,
    window,
)
from generator.figures.definition import Rank, figure
from generator.figures.figure import (
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    exceeds,
    mean_confidence,
    null,
    reaches,
)
from generator.language import phrase, phrases

LEVEL_SPEAKS_FOR = {"company": "organisation", "handler": "person", "related": "person"}
"""The dimension of a talk with a contact of a level, unless the talk says otherwise."""
LACKING = {
    ("dimension",): phrase("no dimension"),
    ("element",): phrase("no element"),
    ("dimension", "element"): phrase("no dimension and no element"),
}
WINDOW, HALF_LIFE = phrase("window"), phrase("half-life")
WE_TOO_FEW, THEY_TOO_FEW = phrase("we begin too few"), phrase("they begin too few")
FULL_CELL = 1.0
HALF = 0.5

Cell = tuple[str, str]
"""A dimension and an element."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A talk with the cells it belongs to."""

    talk: Talk
    counts: float
    """1 today, half after each half-life."""
    cells: Mapping[Cell, tuple[Reason, ...]]
    """By cell what puts it there."""
    lacks: tuple[str, ...]
    """dimension, element or both, where it has no cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The cells that the team has configured, dimensions first."""

    dimensions: tuple[str, ...]
    elements: tuple[str, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All of them, row by row."""
        return tuple(itertools.product(self.dimensions, self.elements))


@figure(
    "relationship.communication",
    title="Communication",
    formula=(
        "100 x (filled x mean of min(1, cell) + balance x smallest / largest dimension +"
        " evenness x entropy of the elements / its largest); cell: talks of the last days, each"
        " counting half after each half-life"
    ),
    unit="of 100",
    item="R3",
    section="relationship",
    needs=("relationship.contacts", "relationship.interactions"),
)
def communication(case: Case) -> Figure:
    """How much we talk with them, on which levels, and whether of all that matters.

    100·(filled·Σ min(1, cell)/cells + balance·smallest/largest dimension + evenness·entropy of the
    elements/its largest). A talk counts half after each half-life. It counts once for each distinct
    dimension among its contacts, so one with leadership and with a day-to-day contact counts in
    both; a dimension of its own puts it there alone.
    """
    labels = case.settings.labels
    grid = Grid(
        dimensions=tuple(labels.get("dimensions", ())), elements=tuple(labels.get("elements", ()))
    )
    if not grid.cells:
        return null(note=NOTHING_TO_DIVIDE)
    filed = _filed(case, grid)
    astray = tuple(filing for filing in filed if filing.lacks)
    known = [filing for filing in filed if not filing.lacks]
    beside = tuple(_in_no_cell(case, filing) for filing in astray)
    if astray and not known:
        names = [
            case.name((*_path(filing.talk), field)) for filing in astray for field in filing.lacks
        ]
        return null(dict.fromkeys(names), reasons=beside)
    totals = {
        cell: math.fsum(part.counts for part in known if cell in part.cells) for cell in grid.cells
    }
    marks = _marks(case, grid, totals)
    return Figure(
        value=100 * math.fsum(mark.value * (mark.weight or 0) for mark in marks),
        confidence=_confidence(known) if known else mean_confidence([none_counts(case)]),
        reasons=(
            *_cell_reasons(known, totals),
            *(() if known else (none_counts(case),)),
            *marks,
            *beside,
            *left_out(case),
            window(case).with_(name=WINDOW),
            _half_life(case).with_(name=HALF_LIFE),
        ),
        note=_note(astray),
    )


def _path(talk: Talk) -> tuple[str, str, int]:
    return ("relationship", "interactions", talk.index)


def _half_life(case: Case) -> Reason:
    return case.setting("scoring", "relationship", "half_life_days", unit="days")


def _filed(case: Case, grid: Grid) -> tuple[Filed, ...]:
    """The recent talks, each with its cells."""
    there = who_is_there(case)
    levels = {
        name: case.fact("relationship", "contacts", index, "level")
        for name, (index, _) in there.items()
    }
    half_life = _half_life(case).value
    filed = []
    for talk in recent_talks(case):
        rows = _dimensions(case, talk, levels, grid)
        element = _element(case, talk, grid)
        fields = (("dimension", bool(rows)), ("element", bool(element)))
        day = case.fact(*_path(talk), "date")
        counts = HALF ** ((case.today - talk.entry.date).days / half_life)
        filed.append(
            Filed(
                talk=talk,
                counts=counts,
                cells={
                    (row, column): (day.with_(weight=counts), *why, *which)
                    for row, why in rows.items()
                    for column, which in element.items()
                },
                lacks=tuple(field for field, is_known in fields if not is_known),
            )
        )
    return tuple(filed)


def _dimensions(
    case: Case, talk: Talk, levels: Mapping[str, Reason], grid: Grid
) -> dict[str, tuple[Reason, ...]]:
    """By dimension of a talk why: it says so itself, or its contacts' levels do."""
    if talk.entry.dimension is not None:
        own = case.fact(*_path(talk), "dimension")
        return {own.value: (own,)} if own.value in grid.dimensions else {}
    speak: dict[str, list[str]] = {}
    for name in talk.present:
        dimension = LEVEL_SPEAKS_FOR.get(levels[name].value)
        if dimension in grid.dimensions:
            speak.setdefault(dimension, []).append(name)
    contacts = case.fact(*_path(talk), "contacts")
    return {
        dimension: (contacts.with_(value=phrases(names, ", ")), *(levels[name] for name in names))
        for dimension, names in speak.items()
    }


def _element(case: Case, talk: Talk, grid: Grid) -> dict[str, tuple[Reason, ...]]:
    """The element of a talk and why: it says so itself, or its channel does."""
    if talk.entry.element is not None:
        own = case.fact(*_path(talk), "element")
        return {own.value: (own,)} if own.value in grid.elements else {}
    channel = case.fact(*_path(talk), "channel")
    if channel.value not in case.settings.catalogue.channels:
        return {}
    served = case.setting("catalogue", "channels", channel.value, "element")
    return {served.value: (channel, served)} if served.value in grid.elements else {}


def _cell_reasons(known: Sequence[Filed], totals: Mapping[Cell, float]) -> list[Reason]:
    """One reason a cell: what its talks count today, and which they are."""
    return [
        Reason(
            name=".".join(cell),
            value=total,
            unit="talks",
            inputs=tuple(why for part in known for why in part.cells.get(cell, ())),
        )
        for cell, total in totals.items()
    ]


def _marks(case: Case, grid: Grid, totals: Mapping[Cell, float]) -> tuple[Reason, ...]:
    """The three marks, 0 to 1, each with its weight: filled cells, balance, evenness."""
    rows = [math.fsum(totals[row, element] for element in grid.elements) for row in grid.dimensions]
    columns = [
        math.fsum(totals[dimension, column] for dimension in grid.dimensions)
        for column in grid.elements
    ]
    marks = {
        "filled": math.fsum(min(FULL_CELL, cell) for cell in totals.values()) / len(totals),
        "balance": min(rows) / max(rows) if any(rows) else 0.0,
        "evenness": evenness(columns),
    }
    weights = {name: case.setting("scoring", "relationship", name) for name in marks}
    return tuple(
        Reason(
            name=name,
            value=mark,
            unit="share",
            weight=weights[name].value,
            setting=weights[name].setting,
        )
        for name, mark in marks.items()
    )


def evenness(amounts: Sequence[float]) -> float:
    """How evenly amounts are spread, 0 to 1: their entropy over the largest there could be.

    Nothing at all is 0; what has only one place to go is even.
    """
    total = math.fsum(amounts)
    if not total:
        return 0.0
    if len(amounts) == 1:
        return 1.0
    shares = [amount / total for amount in amounts if amount]
    return -math.fsum(share * math.log(share) for share in shares) / math.log(len(amounts))


def _confidence(known: Sequence[Filed]) -> float:
    """How sure the talks are, the recent ones more."""
    sure = [
        Reason(
            name="",
            value=0,
            confidence=mean_confidence([why for all_ in part.cells.values() for why in all_]),
        )
        for part in known
    ]
    return mean_confidence(sure, [part.counts for part in known])


def _in_no_cell(case: Case, filed: Filed) -> Reason:
    return case.fact(*_path(filed.talk), "date").with_(note=LACKING[filed.lacks])


def _note(astray: Sequence[Filed]) -> str | None:
    """Which talks are in no cell, and what they lack."""
    astray_talks = [
        phrase("{day} ({what})", day=filing.talk.entry.date, what=LACKING[filing.lacks])
        for filing in astray
    ]
    return (
        phrase("in no cell: {talks}", talks=phrases(astray_talks, ", ")) if astray_talks else None
    )


@figure(
    "relationship.initiative",
    title="Talks we began",
    is_part=True,
    formula="recent talks that we began / those of which it is known who began",
    item="C5",
    under="relationship.communication",
    rank=Rank.REFERENCE,
    needs=("relationship.contacts", "relationship.interactions"),
)
def initiative(case: Case) -> Figure:
    """Whether we lead the talks without leaving them no room to begin one."""
    talks = recent_talks(case)
    begun = [case.fact(*_path(talk), "initiated_by") for talk in talks]
    known = [who for who in begun if who.value is not None]
    reasons = [
        why
        for talk, who in zip(talks, begun, strict=True)
        if who.value is not None
        for why in (case.fact(*_path(talk), "date"), who)
    ]
    low = case.setting("scoring", "relationship", "initiative_from")
    high = case.setting("scoring", "relationship", "initiative_to")
    more = (low, high, window(case))
    if not known:
        lacks = tuple(dict.fromkeys(who.name for who in begun))
        looked = () if begun else (none_counts(case),)
        note = None if begun else NOTHING_TO_DIVIDE
        return null(lacks, reasons=(*looked, *more), note=note)
    ours = sum(part.value == "us" for part in known) / len(known)
    notes = []
    if not reaches(ours, low.value):
        notes.append(WE_TOO_FEW)
    if exceeds(ours, high.value):
        notes.append(THEY_TOO_FEW)
    if unknown := len(begun) - len(known):
        notes.append(phrase("without {count} of which nobody wrote who began", count=unknown))
    return Figure(
        value=ours,
        confidence=mean_confidence(known),
        reasons=(*reasons, *left_out(case), *more),
        note=phrases(notes, "; ") if notes else None,
    )
