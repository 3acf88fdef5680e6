"""The plan section: sixteen parts, objectives, actions, decisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.model.scalars import PARTS
from generator.render.head import QUADRANTS, open_actions
from generator.render.view import AccountView


@dataclass(frozen=True, slots=True, kw_only=True)
class PartCell:
    """One of the sixteen parts."""

    part: str
    steps: int
    """0 to 4 of 4."""
    note: str
    weakest: bool


def context(view: AccountView) -> dict[str, Any]:
    """What the template needs beside the view."""
    plan = view.plan
    done = [one for one in plan.actions or () if one.done_on is not None]
    return {
        "quadrants": [(one, part_cells(view, one)) for one in QUADRANTS],
        "open": open_actions(view),
        "done": sorted(done, key=lambda one: one.done_on or view.today, reverse=True),
        "decisions": sorted(plan.decisions or (), key=lambda one: one.date, reverse=True),
        "notes": sorted(plan.account.notes or (), key=lambda one: one.date, reverse=True),
    }


def part_cells(view: AccountView, quadrant: str) -> tuple[PartCell, ...]:
    """The four parts of a quadrant."""
    figure = view.figure("rsvr.parts")
    if figure is None or figure.value is None:
        return ()
    weakest = view.value("rsvr.weakest") or ()
    notes = {reason.name.removeprefix("rsvr."): reason.note or "" for reason in figure.reasons}
    return tuple(
        PartCell(
            part=part,
            steps=round(figure.value[part] * 4),
            note=notes.get(part, ""),
            weakest=part in weakest,
        )
        for part in PARTS
        if part[0] == quadrant
    )
