"""The plan section: sixteen parts, how they buy, objectives, actions by rhythm, decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.figures.figure import ReasonKind
from generator.figures.name import steps_of
from generator.language import phrase, said, say
from generator.model.playbook import SALES_STEPS
from generator.model.scalars import PARTS
from generator.pages.head import QUADRANTS, open_actions, weakest_parts
from generator.pages.view import AccountView

RHYTHMS = (
    ("day", phrase("Every day")),
    ("month", phrase("Every month")),
    ("year", phrase("Every year")),
    (None, phrase("Once")),
)
CADENCE = (
    (phrase("Forward"), ("day_arrange", "month_plan", "year_strategy")),
    (phrase("Backward"), ("day_review", "month_record", "year_history")),
)
DONE_SHOWN = 6
"""Actions done lately that stand open; earlier ones are in a fold."""
IN_TIME, BEHIND = phrase("in time"), phrase("behind")
KNOWING = ("known", "felt", "noticed", "able", "done")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartCell:
    """One of the sixteen parts."""

    part: str
    steps: int
    """0 to 4 of 4."""
    note: str
    weakest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an objective is, and how much of its time is over."""

    done: float
    elapsed: float | None
    is_behind: bool = False

    @property
    def word(self) -> str:
        """In time or behind, a phrase; empty where nobody can tell."""
        if self.elapsed is None:
            return ""
        return BEHIND if self.is_behind else IN_TIME


def context(view: AccountView) -> dict[str, Any]:
    """What the template needs beside the view."""
    plan = view.plan
    done = sorted(
        (action for action in plan.actions or () if action.done_on is not None),
        key=lambda action: action.done_on or view.today,
        reverse=True,
    )
    return {
        "quadrants": [(one, part_cells(view, one)) for one in QUADRANTS],
        "is_marked": bool(weakest_parts(view)),
        "actions": _by_rhythm(view),
        "done": done[:DONE_SHOWN],
        "done_earlier": done[DONE_SHOWN:],
        "ways": _progress(view),
        "cadence": _cadence(view),
        "phases": view.value("plan.phases") or {},
        "buying": plan.buying,
        "reasons": buying_reasons(view),
        "deals": [
            (one, sum(getattr(one.steps, step) is not None for step in SALES_STEPS))
            if one.steps
            else (one, None)
            for one in plan.opportunities or ()
        ],
        "steps": SALES_STEPS,
        "knowing": KNOWING,
        "decisions": sorted(plan.decisions or (), key=lambda one: one.date, reverse=True),
        "outcomes": sorted(plan.outcomes or (), key=lambda one: one.date, reverse=True),
        "notes": sorted(plan.account.notes or (), key=lambda one: one.date, reverse=True),
    }


def part_cells(view: AccountView, quadrant: str) -> tuple[PartCell, ...]:
    """The four parts of a quadrant."""
    figure = view.figure("rsvr.parts")
    if figure is None or figure.value is None:
        return ()
    weakest = weakest_parts(view)
    notes = {reason.name.removeprefix("rsvr."): reason.note or "" for reason in figure.reasons}
    return tuple(
        PartCell(
            part=part,
            steps=round(figure.value[part] * 4),
            note=said(notes.get(part, "")),
            weakest=part in weakest,
        )
        for part in PARTS
        if part[0] == quadrant
    )


def _by_rhythm(view: AccountView) -> list[tuple[str, list[Any]]]:
    """Open actions by how often they come back; without headings where none says so."""
    still_open = open_actions(view)
    if not any(one.cadence for one in still_open):
        return [("", still_open)] if still_open else []
    groups = [
        (said(title), [one for one in still_open if one.cadence == rhythm])
        for rhythm, title in RHYTHMS
    ]
    return [(title, found) for title, found in groups if found]


def _progress(view: AccountView) -> Mapping[str, Progress]:
    """By objective how far it is."""
    figure = view.figure("plan.progress")
    if figure is None or not isinstance(figure.value, Mapping):
        return {}
    timed = {steps_of(one.name)[-1]: one for one in figure.reasons if one.threshold is not None}
    return {
        name: Progress(
            done=done,
            elapsed=timed[name].threshold if name in timed else None,
            is_behind=name in timed and timed[name].kind is ReasonKind.BEHIND,
        )
        for name, done in figure.value.items()
        if done is not None
    }


def _cadence(view: AccountView) -> list[tuple[str, list[tuple[str, float | None]]]]:
    """The six cells of the rhythm; nothing where none is known."""
    cells = view.value("plan.cadence")
    if not isinstance(cells, Mapping) or not cells:
        return []
    return [
        (said(title), [(say(name.replace("_", " ")), cells.get(name)) for name in names])
        for title, names in CADENCE
    ]


def buying_reasons(view: AccountView) -> list[Any]:
    """Why they would buy and why not, the strongest first."""
    found = (view.plan.buying.reasons if view.plan.buying else None) or ()
    return sorted(found, key=lambda one: -abs(one.strength or 0))
