"""Whether an account's cell would stand if one of its inputs were otherwise (method item R1)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.figures.case import Case
from generator.figures.changes import Matrix, matrix_of
from generator.figures.definition import figure
from generator.figures.figure import Figure, Reason, mean_confidence, null
from generator.figures.limits import reaches
from generator.language import phrase, phrases

MARKET = {
    "spend": "addressable_spend",
    "share": "attainable_share",
    "margin": "contribution_margin",
    "retention": "retention",
}
PROGRAMME = {
    "monthly_cost": "monthly_cost",
    "months": "months",
    "chance": "win_probability",
    "monthly": "monthly_contribution",
}
SUMS = {"serve": "service.cost_to_serve", "loss": "risk.own_expected_loss"}
RATES = {"share", "margin", "retention", "chance"}
STABLE, UNSTABLE = phrase("stable"), phrase("unstable")


@figure(
    "selection.stability",
    title="Stability of the cell",
    formula="changes of one input by a set share up and down that keep the cell / all",
    item="R1",
    under="tier",
)
def stability(case: Case) -> Figure:
    """Whether the cell would stand if one number were otherwise.

    What is not there is left out; a figure of the cell that lacks makes it null.
    """
    row, column = case.figure("selection.row"), case.figure("selection.column")
    if row.value is None or column.value is None:
        return null((*row.lacks, *column.lacks))
    change = case.setting("scoring", "stability", "change")
    least = case.setting("scoring", "stability", "stable_from")
    base = matrix_of(case)
    cell = base.cell()
    reasons: list[Reason] = []
    kept = tried = 0
    moved_by: list[str] = []
    for name, reason in _inputs(case):
        reasons.append(reason)
        for sign in (1, -1):
            tried += 1
            stands = _changed(base, name, 1 + sign * change.value).cell() == cell
            kept += stands
            if not stands:
                moved_by.append(_moved_by(reason, sign))
    share = kept / tried
    note: str = STABLE if reaches(share, least.value) else UNSTABLE
    if moved_by:
        moved = phrase("moved by {what}", what=phrases(moved_by, ", "))
        note = phrases((note, moved), "; ")
    return Figure(
        value=share,
        confidence=mean_confidence(reasons),
        reasons=(
            *(one.against(least) for one in reasons),
            change,
        ),
        note=note,
    )


def _moved_by(reason: Reason, sign: int) -> str:
    """More or less of an input, by the last word of its name."""
    what = phrase(reason.name.rpartition(".")[2].replace("_", " "))
    return phrase("more {what}", what=what) if sign > 0 else phrase("less {what}", what=what)


def _inputs(case: Case) -> Iterator[tuple[str, Reason]]:
    """The facts and sums that are there."""
    for name, field in MARKET.items():
        reason = case.fact("economics", field)
        if reason.value is not None:
            yield name, reason
    for name, field in PROGRAMME.items():
        reason = case.fact("economics", "development", field)
        if reason.value is not None:
            yield name, reason
    for name, key in SUMS.items():
        figure = case.figure(key)
        if figure.value is not None:
            yield name, figure


def _changed(base: Matrix, name: str, factor: float) -> Matrix:
    value = getattr(base, name) * factor
    return base._replace(**{name: min(1.0, value) if name in RATES else value})
