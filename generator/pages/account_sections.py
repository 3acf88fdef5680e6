"""The sections of an account's page, each with what its template needs beside the view."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures import Reason
from generator.figures.called import risk_name
from generator.figures.economics import is_full
from generator.figures.figure import ReasonKind
from generator.figures.name import words_of_id
from generator.figures.service import activity_costs, costs_by_object
from generator.figures.sides import Side
from generator.figures.value import spread_years
from generator.form.account import QUESTIONS
from generator.form.economics import SALES_STEPS
from generator.form.relationship import RUNGS, Contact, Gate
from generator.form.risk import CustomerRisk, OwnRisk
from generator.form.service import ServiceCase, ServiceObject
from generator.form.value import COSTS, VALUES, Alternative, ValueLine
from generator.language import phrase, said, say
from generator.model.scalars import PARTS
from generator.pages import formats
from generator.pages.account_head import (
    QUADRANTS,
    open_actions,
    progress_of,
    weakest_parts,
)
from generator.pages.conclusion import deal_evenness
from generator.pages.drawings.amounts import (
    Balance,
    Window,
    balance,
    columns,
    points,
    spark,
    window,
)
from generator.pages.drawings.grids import MapRisk, heat_map
from generator.pages.drawings.people import PlacedPerson, are_apart, dots, seats
from generator.pages.page import named
from generator.pages.portfolio.groups import TITLES as GROUP_TITLES
from generator.pages.review import topics_of
from generator.pages.rich_text import rich_text
from generator.pages.view import AccountView
from generator.portfolio.contacts import conversations, last_talks
from generator.portfolio.groups import group_below
from generator.portfolio.review import review_of
from generator.portfolio.risks import RiskSide, remaining_risk


def summary(view: AccountView) -> dict[str, Any]:
    """The text, what both sides want, the ten questions, revenue by year."""
    playbook = view.playbook
    answers = [
        (name, answer)
        for name in QUESTIONS
        if playbook.qualification and (answer := getattr(playbook.qualification, name)) is not None
    ]
    billed = (playbook.economics.revenue if playbook.economics else None) or ()
    revenue = sorted(billed, key=lambda entry: entry.year)
    years = view.site.settings.years
    known = [
        (years.label(entry.year), entry.amount, not is_full(entry, years))
        for entry in revenue
        if entry.amount is not None
    ]
    return {
        "text": rich_text(playbook.summary) if playbook.summary else "",
        "answers": answers,
        "revenue": revenue,
        "columns": columns(known),
        "year_name": years.label,
        "part": next((entry for entry in reversed(revenue) if not is_full(entry, years)), None),
    }


NAMED = 6
"""Subsidiaries that are named where several need a person alike."""


def group(view: AccountView) -> dict[str, Any]:
    """What the account and all below it amount to, and which of them need a person."""
    portfolio = view.site.portfolio
    totals = group_below(portfolio, view.account)
    if totals is None:
        return {"totals": None}
    known = [name for name in GROUP_TITLES if totals.sums[name]]
    return {
        "totals": totals,
        "currency": view.site.settings.currencies.reporting_currency,
        "count": sum(totals.by_status.values()),
        "rows": [(name, said(GROUP_TITLES[name]), totals.sums[name]) for name in known],
        "has_prospects": any(Side.PROSPECTS in totals.sums[name] for name in known),
        "nowhere": [said(GROUP_TITLES[name]) for name in GROUP_TITLES if name not in known],
        "lacking": [
            (said(GROUP_TITLES[name]), named(totals.lacking[name]))
            for name in known
            if totals.lacking[name]
        ],
        "most": NAMED,
    }


SEVERAL = 2
MOST_TRUST = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderStep:
    """A rung of the ladder."""

    rung: str
    state: str
    """here, passed, next, aim or above."""
    gate: Gate | None


def relationship(view: AccountView) -> dict[str, Any]:
    """The ladder with its evidence, people as a tree, talks and promises."""
    section = view.playbook.relationship
    contacts = {contact.id: contact for contact in (section.contacts if section else None) or ()}
    present = [contact for contact in contacts.values() if not contact.has_left(view.today)]
    talks = sorted(
        (section.interactions if section else None) or (), key=lambda talk: talk.date, reverse=True
    )
    last = last_talks(view.playbook, view.today)
    people = dots([_placed_person(view, contact, last.get(contact.id)) for contact in present])
    talked = conversations(view.playbook, present, view.today)
    trust = sorted((section.trust if section else None) or (), key=lambda entry: entry.date)
    grid = communication_grid(view)
    rungs = ladder(view)
    around = circle(view)
    promises = (section.promises if section else None) or ()
    return {
        "section": section,
        "ladder": rungs,
        "contacts": contacts,
        "tree": seats([(contact.id, contact.reports_to) for contact in present]),
        "is_tree": any(contact.reports_to in contacts for contact in present),
        "gone": [contact for contact in contacts.values() if contact.has_left(view.today)],
        "talks": talks,
        "here": next((step for step in rungs if step.state == "here"), None),
        "next_rung": None if view.is_ruled_out else _next_rung(rungs),
        "promises": [promise for promise in promises if promise.kept_on is None],
        "kept": [promise for promise in promises if promise.kept_on is not None],
        "around": {state: len(found) for state, found in around},
        "reached": sum(any(counts) for _, counts in talked.rows),
        "last_talk": last,
        "dots": people,
        "is_named": are_apart(people),
        "grid": grid,
        "most_talked": _most_talked(grid),
        "pairs": talked if present and len(talked.ours) >= SEVERAL else None,
        "circle": around,
        "trust": trust,
        "trust_spark": spark([entry.trust for entry in trust if entry.trust is not None]),
        "trust_line": points(
            [(entry.date, entry.trust) for entry in trust if entry.trust is not None], MOST_TRUST
        ),
    }


def _placed_person(view: AccountView, contact: Contact, last: datetime.date | None) -> PlacedPerson:
    window = view.site.settings.scoring.relationship.window_days
    return PlacedPerson(
        name=contact.name or words_of_id(contact.id),
        influence=contact.influence,
        sentiment=contact.sentiment,
        is_cold=last is None or (view.today - last).days > window,
    )


def communication_grid(view: AccountView) -> list[tuple[str, list[tuple[str, float]]]]:
    """By dimension the elements, each with how much it was talked about lately."""
    figure = view.figure("relationship.communication")
    rows: dict[str, list[tuple[str, float]]] = {}
    for reason in figure.reasons if figure and figure.value is not None else ():
        dimension, _, element = reason.name.partition(".")
        if element and reason.line is None and isinstance(reason.value, (int, float)):
            rows.setdefault(dimension, []).append((element, float(reason.value)))
    return list(rows.items())


def _most_talked(
    grid: Sequence[tuple[str, Sequence[tuple[str, float]]]],
) -> tuple[str, str] | None:
    """The dimension and element that was talked about most; None where nothing was."""
    cells = [(count, dimension, element) for dimension, row in grid for element, count in row]
    most = max(cells, key=lambda cell: cell[0], default=None)
    return None if most is None or not most[0] else (most[1], most[2])


def circle(view: AccountView) -> list[tuple[str, list[tuple[str, str]]]]:
    """The organisations around the account by how we reach them, each with who leads there."""
    figure = view.figure("relationship.circle")
    organisations = [
        (str(reason.value), reason.name, _detour(reason))
        for reason in (figure.reasons if figure and figure.value is not None else ())
        if isinstance(reason.value, str)
    ]
    states = dict.fromkeys(state for state, _, _ in organisations)
    return [
        (state, [(name, detour) for reached, name, detour in organisations if reached == state])
        for state in states
    ]


def _detour(reason: Reason) -> str:
    """Who leads to an organisation; empty where it is the account's own neighbour."""
    return said(reason.note or "") if reason.kind is ReasonKind.DETOUR else ""


def ladder(view: AccountView) -> tuple[LadderStep, ...]:
    """The rungs from the highest down."""
    rung, target = view.value("relationship.rung"), view.value("relationship.target_rung")
    section = view.playbook.relationship
    gates = section.gates if section else None
    if rung is None:
        return ()
    at = RUNGS.index(rung)
    aims = range(RUNGS.index(target[0]), RUNGS.index(target[-1]) + 1) if target else range(0)

    def state(index: int) -> str:
        if index == at:
            return "here"
        if index < at:
            return "passed"
        return "aim" if index in aims else "above"

    steps = [
        LadderStep(
            rung=name, state=state(index), gate=getattr(gates, name, None) if gates else None
        )
        for index, name in enumerate(RUNGS)
    ]
    return tuple(reversed(steps))


def _next_rung(rungs: Sequence[LadderStep]) -> LadderStep | None:
    """The rung above the one on which they stand."""
    above: LadderStep | None = None
    for step in rungs:
        if step.state == "here":
            return above
        above = step
    return None


DEPARTMENTS = {
    "sales": phrase("sales"),
    "service": phrase("service"),
    "engineering": phrase("engineering"),
    "finance": phrase("finance"),
}
"""Who of us owns an activity of the catalogue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedRow:
    """One object with its weight, tier and money."""

    entry: ServiceObject
    index: int
    weight: float | None
    tier: str | None
    cost: float | None
    cost_share: float | None
    weight_width: float
    cost_width: float
    activities: tuple[str, ...]
    """What we do for it, each with how often a year."""

    @property
    def name(self) -> str:
        """What it is called."""
        return formats.opening(self.entry.name or words_of_id(self.entry.id))


def service(view: AccountView) -> dict[str, Any]:
    """Whom we serve, how much each matters, and where the money goes."""
    section = view.playbook.service
    cases = (section.cases if section else None) or ()
    scores = [score for score in (section.satisfaction if section else None) or () if score.scale]
    scale = scores[-1].scale if scores else None
    # scores of another scale are another question
    alike = [
        (score.date, score.score)
        for score in scores
        if score.scale == scale and score.score is not None
    ]
    return {
        "section": section,
        "rows": served_rows(view),
        "satisfaction": points(alike, scale) if scale else (),
        "scale": scale,
        "satisfaction_spark": spark([score for _, score in alike]),
        "cases": {
            "open": sum(case.closed is None for case in cases),
            "overdue": sum(is_overdue(case, view.today) for case in cases),
            "late": sum(
                case.closed is not None and case.due is not None and case.closed > case.due
                for case in cases
            ),
        },
        "delivered": view.value("service.attainment"),
        "quarter": view.site.settings.years.last_full_quarter(view.today),
    }


def is_overdue(case: ServiceCase, today: datetime.date) -> bool:
    """Whether a case that is still open should have been closed by now."""
    return case.closed is None and case.due is not None and case.due < today


def served_rows(view: AccountView) -> tuple[ServedRow, ...]:
    """The objects, heaviest first; bars share one scale."""
    section = view.playbook.service
    objects = (section.objects if section else None) or ()
    weights: Mapping[str, float] = view.value("service.weights") or {}
    tiers: Mapping[str, str] = view.value("service.tiers") or {}
    costs = _costs(view)
    total = math.fsum(costs.values())
    shares = {id: cost / total for id, cost in costs.items()} if total else {}
    longest = max([*weights.values(), *shares.values()], default=0.0) or 1.0
    rows = [
        ServedRow(
            entry=served,
            index=index,
            weight=weights.get(served.id),
            tier=tiers.get(served.id),
            cost=costs.get(served.id),
            cost_share=shares.get(served.id),
            activities=tuple(_activities(view, served)),
            weight_width=round(100 * weights.get(served.id, 0.0) / longest, 1),
            cost_width=round(100 * shares.get(served.id, 0.0) / longest, 1),
        )
        for index, served in enumerate(objects)
    ]
    return tuple(sorted(rows, key=lambda row: -(row.weight or 0.0)))


def _activities(view: AccountView, served: ServiceObject) -> Iterator[str]:
    """What we do for it, each with how often a year."""
    for activity in served.activities or ():
        known = view.site.settings.catalogue.activities.get(activity.activity)
        name = formats.within(view.catalogue("activities", activity.activity))
        if known:
            name = say("{what} ({who})", what=name, who=DEPARTMENTS[known.by])
        times = "" if activity.per_year is None else f"{formats.number(activity.per_year)} × "
        yield f"{times}{name}"


def _costs(view: AccountView) -> Mapping[str, float]:
    """Each object's part of the cost to serve, where that may be seen and is known."""
    case = view.account.case
    if case is None or view.value("service.cost_to_serve") is None:
        return {}
    return costs_by_object(activity_costs(case, case.service.objects or ()))


_DEFAULTS = {
    "economics.price": "monetary",
    "risk.customer_residual": "risk",
    "value.opportunity_cost": "opportunity",
}
_RIVAL_COSTS = tuple(name for name in COSTS if name != "opportunity")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedLine:
    """One of the twelve lines as it counts."""

    name: str
    amount: float | None
    written: ValueLine | None
    reason: Reason | None


def value(view: AccountView) -> dict[str, Any]:
    """The deal as a balance, its window, the twelve lines, the standard."""
    section = view.playbook.value
    values = lines(view, "value.total_value", "values", VALUES)
    costs = lines(view, "value.total_cost", "costs", COSTS)
    levels = view.fields(section.levels) if section else []
    agreed = (section.standard if section else None) or ()
    economics = view.playbook.economics
    discounts = (economics.discounts if economics else None) or ()
    return {
        "section": section,
        "is_scored": section is not None and section.mode == "score",
        "value_lines": values,
        "cost_lines": costs,
        "balance": _deal_balance(view, values, costs),
        "window": _price_window(view),
        "even": deal_evenness(view),
        "levels": levels,
        "counted": sum(
            line.amount is not None or (line.written is not None and line.written.score is not None)
            for line in (*values, *costs)
        ),
        "standard": {
            "signed": sum(bool(item.agreed_by_us and item.agreed_by_customer) for item in agreed),
            "unsigned": sum(not (item.agreed_by_us or item.agreed_by_customer) for item in agreed),
        },
        "weak_levers": sum(
            lever.score is not None
            and lever.score < view.site.settings.scoring.value.win_factor_from
            for _, lever in (view.fields(section.win_factors) if section else ())
        ),
        "unnamed_discounts": sum(discount.contract is None for discount in discounts),
        "unapproved_courtesies": sum(
            courtesy.approval_id is None
            for courtesy in (section and section.return_ and section.return_.courtesies) or ()
        ),
        "behind": sum((level.us or 0) < (level.rival or 0) for _, level in levels),
    }


def lines(view: AccountView, key: str, pan: str, names: tuple[str, ...]) -> tuple[CountedLine, ...]:
    """Six lines of value or cost: what is written, and what counts where nothing is."""
    section = view.playbook.value
    written = getattr(section, pan) if section else None
    figure = view.figure(key)
    counted: dict[str, Reason] = {}
    for reason in figure.reasons if figure else ():
        # a one-off is followed by what it is spread by: its first mention is what counts
        last = reason.name.rsplit(".", maxsplit=1)[-1]
        counted.setdefault(_DEFAULTS.get(reason.name, last), reason)
    return tuple(
        CountedLine(
            name=name,
            amount=counted[name].value if name in counted else None,
            written=getattr(written, name) if written else None,
            reason=counted.get(name),
        )
        for name in names
    )


def _deal_balance(
    view: AccountView, values: tuple[CountedLine, ...], costs: tuple[CountedLine, ...]
) -> Balance | None:
    case = view.account.case
    if case is None or view.value("value.delivered_value") is None:
        return None
    section = view.playbook.value
    rivals = [
        (alternative.name, *sums)
        for alternative in (section.alternatives if section else None) or ()
        if (sums := _sums(alternative, spread_years(case))) is not None
    ]
    return balance(
        [(view.label("values", line.name), line.amount or 0.0) for line in values],
        [(view.label("costs", line.name), line.amount or 0.0) for line in costs],
        rivals,
    )


def _sums(alternative: Alternative, years: float) -> tuple[float, float] | None:
    """What an alternative gives and takes a year; None when a line is missing."""
    sums = []
    for pan, names in (("values", VALUES), ("costs", _RIVAL_COSTS)):
        written = getattr(alternative, pan)
        lines_of_pan = [getattr(written, name) if written else None for name in names]
        amounts = [
            line.amount / years if line.once else line.amount
            for line in lines_of_pan
            if line is not None and line.amount is not None
        ]
        if len(amounts) < len(names):
            return None
        sums.append(math.fsum(amounts))
    return sums[0], sums[1]


def _price_window(view: AccountView) -> Window | None:
    economics = view.playbook.economics
    price = view.known(economics.price) if economics else None
    cost, highest = view.value("deal.seller_cost"), view.value("deal.price_max")
    if price is None or cost is None or highest is None:
        return None
    return window(cost, view.value("deal.floor_price"), price, highest)


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


def risk(view: AccountView) -> dict[str, Any]:
    """The map of both sides' risks, and a table by the money that is left."""
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
        "section": view.playbook.risk,
        "rows": rows,
        "map": heat_map(placed, rate) if placed and rate else None,
        "unplaced": len(rows) - len(placed),
        "gaps": view.value("risk.clause_gaps") or (),
    }


def risk_rows(view: AccountView) -> tuple[RiskRow, ...]:
    """Both sides, most money left first, unknown amounts last. T marks theirs, O ours."""
    section = view.playbook.risk
    if section is None:
        return ()
    sides: tuple[tuple[str, Sequence[CustomerRisk | OwnRisk]], ...] = (
        ("customer", section.customer or ()),
        ("own", section.own or ()),
    )
    rows = [
        _risk_row(view, side, index, entry)
        for side, entries in sides
        for index, entry in enumerate(entries)
    ]
    return tuple(sorted(rows, key=lambda row: 1.0 if row.residual is None else -row.residual))


def _risk_row(view: AccountView, side: str, index: int, entry: CustomerRisk | OwnRisk) -> RiskRow:
    case = view.account.case
    whose = RiskSide.THEIRS if side == "customer" else RiskSide.OURS
    return RiskRow(
        mark=f"{'T' if side == 'customer' else 'O'}{index + 1}",
        side=side,
        index=index,
        name=risk_name(entry),
        entry=entry,
        probability=view.known(entry.probability),
        loss=view.known(entry.loss),
        residual=remaining_risk(case, whose, index) if case else None,
    )


FIELDS = ("strengths", "weaknesses", "opportunities", "threats")
LAYERS = ("macro", "market", "front_line")
COMPARISONS = (
    *("purpose", "leadership", "conditions", "discipline"),
    *("strength", "training", "rewards"),
)
FOUR_P = (
    ("product", "value"),
    ("price", "cost"),
    ("place", "convenience"),
    ("promotion", "communication"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surrounding:
    """A statement about country, market or front line."""

    statement: str
    impact: float | None
    about: str
    """The factor, and how likely and how soon it is."""
    watched: bool


def market(view: AccountView) -> dict[str, Any]:
    """What is around the account in four fields, rivals side by side, our place."""
    playbook = view.playbook
    entries, comparisons, mix = _entries(view), _comparisons(view), _mix(view)
    attributes = (playbook.positioning.attributes if playbook.positioning else None) or ()
    signals = (playbook.environment.signals if playbook.environment else None) or ()
    listed: set[str] = set()
    fields = []
    for name in FIELDS:
        statements = view.value(f"swot.{name}") or ()
        listed.update(statements)
        fields.append(
            (name, [entries[statement] for statement in statements if statement in entries])
        )
    return {
        "env": playbook.environment,
        "comp": playbook.competition,
        "fields": fields if listed else (),
        "others": [entry for name, entry in entries.items() if name not in listed],
        "layers": [
            (name, view.value(f"environment.{name}"))
            for name in LAYERS
            if view.value(f"environment.{name}") is not None
        ],
        "rivals": (playbook.competition.rivals if playbook.competition else None) or (),
        "comparisons": comparisons,
        "behind": sum(is_behind(pairs) for _, pairs in comparisons),
        "statements": len(entries),
        "watched": sum(entry.watched for entry in entries.values()),
        "unanswered": sum(event.answered is None for event in signals),
        "attributes": attributes,
        "seen_behind": sum(
            attribute.us is not None
            and attribute.rival is not None
            and attribute.us < attribute.rival
            for attribute in attributes
        ),
        "mix": mix,
        "short_of_wish": sum(
            element.offer is not None and element.wish is not None and element.offer < element.wish
            for _, _, element in mix
        ),
    }


def _entries(view: AccountView) -> Mapping[str, Surrounding]:
    """By statement everything that is said of country, market and front line."""
    env = view.playbook.environment
    watched = set(view.value("environment.watch") or ())
    entries: dict[str, Surrounding] = {}
    for layer in LAYERS:
        for fact in (getattr(env, layer) if env else None) or ():
            chance, soon = getattr(fact, "probability", None), getattr(fact, "horizon_months", None)
            factor = getattr(fact, "factor", None)
            about = [say(factor)] if factor else []
            if layer == "front_line":
                about.append(say("front line"))
            if chance is not None:
                about.append(say("{number} %", number=f"{chance * 100:.0f}"))
            if soon is not None:
                about.append(say("in {number} months", number=f"{soon:.0f}"))
            entries[fact.statement] = Surrounding(
                statement=fact.statement,
                impact=fact.impact,
                about=formats.listed(about),
                watched=fact.statement in watched,
            )
    return entries


def _comparisons(view: AccountView) -> list[tuple[str, list[Any]]]:
    """By comparison the pairs of us and each rival, None where one is not made."""
    competition = view.playbook.competition
    rivals = (competition.rivals if competition else None) or ()
    rows = []
    for name in COMPARISONS:
        pairs = [
            getattr(rival.comparisons, name, None) if rival.comparisons else None
            for rival in rivals
        ]
        if any(pair is not None for pair in pairs):
            rows.append((name, pairs))
    return rows


def is_behind(pairs: Iterable[Any]) -> bool:
    """Whether a rival is ahead of us in a comparison."""
    return any(pair is not None and (pair.us or 0) < (pair.them or 0) for pair in pairs)


def _mix(view: AccountView) -> list[tuple[str, str, Any]]:
    """The four Ps that are filled in, each with the C it answers."""
    mix = view.playbook.mix
    if mix is None:
        return []
    return [(p, c, element) for p, c in FOUR_P if (element := getattr(mix, p)) is not None]


RHYTHMS = (
    ("day", phrase("Day's work")),
    ("month", phrase("Month's plan")),
    ("year", phrase("Year's plan")),
    (None, phrase("Other actions")),
)
CADENCE = (
    (phrase("Forward"), ("day_arrange", "month_plan", "year_strategy")),
    (phrase("Backward"), ("day_review", "month_record", "year_history")),
)
KNOWING = ("known", "felt", "noticed", "able", "done")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartCell:
    """One of the sixteen parts."""

    part: str
    steps: int
    """0 to 4 of 4."""
    note: str
    weakest: bool


def plan(view: AccountView) -> dict[str, Any]:
    """The sixteen parts, how they buy, objectives, actions by rhythm, decisions."""
    playbook = view.playbook
    done = sorted(
        (action for action in playbook.actions or () if action.done_on is not None),
        key=lambda action: action.done_on or view.today,
        reverse=True,
    )
    cadence = _cadence(view)
    review = review_of(view.site.portfolio, view.account)
    return {
        "review": topics_of(review, view.explainer.name),
        "quadrants": [(quadrant, part_cells(view, quadrant)) for quadrant in QUADRANTS],
        "strength": view.value("rsvr.completeness"),
        "weakest": weakest_parts(view),
        "actions": _by_rhythm(view),
        "done": done,
        "practised": sum(practice.done is True for practice in playbook.practices or ()),
        "numbers": {
            objective.id: number for number, objective in enumerate(playbook.objectives or (), 1)
        },
        "ways": progress_of(view),
        "cadence": cadence,
        "least_done": min(
            ((share, name) for _, cells in cadence for name, share in cells if share is not None),
            default=None,
        ),
        "phases": view.value("plan.phases") or {},
        "buying": playbook.buying,
        "reasons": buying_reasons(view),
        "deals": [
            (deal, sum(getattr(deal.steps, step) is not None for step in SALES_STEPS))
            if deal.steps
            else (deal, None)
            for deal in playbook.opportunities or ()
        ],
        "steps": SALES_STEPS,
        "knowing": KNOWING,
        "decisions": sorted(playbook.decisions or (), key=lambda entry: entry.date, reverse=True),
        "outcomes": sorted(playbook.outcomes or (), key=lambda entry: entry.date, reverse=True),
        "notes": sorted(playbook.account.notes or (), key=lambda entry: entry.date, reverse=True),
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
    """Open actions by how often they recur; one untitled group where none recurs."""
    still_open = open_actions(view)
    if not any(action.cadence for action in still_open):
        return [("", still_open)] if still_open else []
    groups = [
        (said(title), [action for action in still_open if action.cadence == rhythm])
        for rhythm, title in RHYTHMS
    ]
    return [(title, actions) for title, actions in groups if actions]


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
    reasons = (view.playbook.buying.reasons if view.playbook.buying else None) or ()
    return sorted(reasons, key=lambda reason: -abs(reason.strength or 0))
