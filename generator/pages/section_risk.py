"""The risk section: the map of both sides, and one table by the money that is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.model.playbook import CustomerRisk, OwnRisk
from generator.pages.drawings.heat import MapRisk, heat_map
from generator.pages.view import AccountView
from generator.portfolio.risks import Side, name_of, remaining_risk


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRow:
    """A risk of either side as the table and the map show it."""

    mark: str
    side: str
    """customer or own: the list it stands in."""
    index: int
    name: str
    entry: CustomerRisk | OwnRisk
    probability: float | None
    loss: float | None
    residual: float | None


def context(view: AccountView) -> dict[str, Any]:
    """What the template needs beside the view."""
    rows = risk_rows(view)
    rate = view.site.settings.rate(view.currency, view.today) if view.currency else None
    placed = [
        MapRisk(
            mark=row.mark,
            name=row.name,
            side="theirs" if row.side == "customer" else "ours",
            probability=row.probability,
            loss=row.loss * rate,
        )
        for row in rows
        if row.probability is not None and row.loss is not None and rate is not None
    ]
    return {
        "section": view.plan.risk,
        "rows": rows,
        "map": heat_map(placed) if placed else None,
        "unplaced": len(rows) - len(placed),
        "reporting": view.site.settings.currencies.reporting_currency,
        "gaps": view.value("risk.clause_gaps") or (),
    }


def risk_rows(view: AccountView) -> tuple[RiskRow, ...]:
    """Both sides, most money left first; what cannot be told comes last. T is theirs, O ours."""
    section = view.plan.risk
    if section is None:
        return ()
    found = [
        _row(view, side, index, entry)
        for side, entries in (("customer", section.customer), ("own", section.own))
        for index, entry in enumerate(entries or ())
    ]
    return tuple(sorted(found, key=lambda row: 1.0 if row.residual is None else -row.residual))


def _row(view: AccountView, side: str, index: int, entry: CustomerRisk | OwnRisk) -> RiskRow:
    case = view.account.case
    whose = Side.THEIRS if side == "customer" else Side.OURS
    return RiskRow(
        mark=f"{'T' if side == 'customer' else 'O'}{index + 1}",
        side=side,
        index=index,
        name=name_of(entry),
        entry=entry,
        probability=view.known(entry.probability),
        loss=view.known(entry.loss),
        residual=remaining_risk(case, whose, index) if case else None,
    )
