"""What an account brings, what winning and keeping it is worth, what was billed (R1, E9)."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import replace

from generator.figures.case import Case
from generator.figures.definition import Gives, figure
from generator.figures.figure import (
    LOOKED_NONE,
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    computed,
    exceeds,
    figure_of,
    null,
)
from generator.figures.health import retention_at
from generator.figures.service import CUSTOMERS_ONLY
from generator.figures.value import horizon
from generator.figures.varied import total
from generator.form.economics import YearRevenue
from generator.language import phrase, phrases
from generator.model.years import Years, is_a_year_apart

PROGRAMME = ("monthly_cost", "months", "win_probability", "monthly_contribution")
NO_PROGRAMME = phrase("no growth programme")


NEVER = phrase("never")
TOO_FEW = phrase("too few points to compare")
CONTRIBUTION_TODAY, BILLED = phrase("contribution today"), phrase("billed over a year")


def profit_kept(yearly: float, retention: float, years: int, discount: float) -> float:
    """Σ over k = 1..years of retention^(k-1)·yearly profit/(1+discount)^k (R1)."""
    return sum(
        retention ** (year - 1) * yearly / (1 + discount) ** year for year in range(1, years + 1)
    )


def profit_a_year(contribution: float, *costs: float) -> float:
    """What is left of a contribution after all that the account costs us (R1)."""
    return contribution - math.fsum(costs)


def contribution_today(price: float, production: float, *billed: float) -> float | None:
    """What is billed, never more than the price, less what it costs to make (R1)."""
    return min((price, *billed)) * (1 - production / price) if price else None


def months_to_payback(
    months: float, chance: float, monthly_contribution: float, cost: float, never_after: float
) -> float | str:
    """Months + cost / (chance · monthly contribution), or the word never (R1)."""
    divisor = chance * monthly_contribution
    if not divisor:
        return NEVER
    paid_back = months + cost / divisor
    return NEVER if exceeds(paid_back, never_after) else paid_back


@figure(
    "selection.yearly_profit",
    title="Attainable profit",
    formula="contribution - marketing - cost to serve - our expected loss - cost of measures",
    gives=Gives.MONEY,
    item="R1",
    under="selection.retained_profit",
)
def yearly_profit(case: Case) -> Figure:
    """What the account would bring a year with all that we can attain."""
    inputs = (case.figure("economics.contribution"), *_yearly_costs(case))
    return computed(profit_a_year, inputs)


@figure(
    "selection.yearly_profit_today",
    title="Profit today",
    formula=(
        "lower of price and what was billed over a year, x (1 - production / price), less"
        " marketing, cost to serve, our expected loss and cost of measures"
    ),
    gives=Gives.MONEY,
    item="R1",
    under="selection.retained_profit",
)
def yearly_profit_today(case: Case) -> Figure:
    """What the account brings us a year as it is."""
    price, made = case.fact("economics", "price"), case.fact("economics", "production_cost")
    billed, parts = billed_over_a_year(case)
    known = () if billed is None else (billed,)
    contribution = computed(contribution_today, (price, made, *known))
    earned = Reason(
        name=CONTRIBUTION_TODAY,
        value=contribution.value,
        unit=case.yearly,
        confidence=contribution.confidence,
        lacks=contribution.missing,
    )
    inputs = (earned, *_yearly_costs(case))
    more = (*contribution.reasons, *parts)
    if contribution.value is None and not contribution.missing:
        return null(reasons=more, note=NOTHING_TO_DIVIDE)
    return computed(profit_a_year, inputs, more=more)


def billed_over_a_year(case: Case) -> tuple[Reason | None, tuple[Reason, ...]]:
    """What was billed over the last year that is known, and what it was made of.

    The last full year; with a comparable part of this one plus it, less the same days before.
    """
    entries = _entries(case)
    whole = _of_year(case, entries, case.years.last_full(case.today))
    if whole.value is None:
        return None, ()
    part = _comparable_part(case)
    if part is None:
        return whole, ()
    index, until = part
    now = case.fact("economics", "revenue", index, "amount")
    then = _same_days(case, entries, until)
    if now.value is None or then.value is None:
        return whole, ()
    rolling = figure_of(whole.value + now.value - then.value, (whole, now, then))
    billed = Reason(
        name=BILLED,
        value=rolling.value,
        unit=case.money,
        confidence=rolling.confidence,
    )
    return billed, rolling.reasons


def _yearly_costs(case: Case) -> tuple[Reason, ...]:
    """What an account takes of its contribution a year."""
    return (
        case.fact("economics", "marketing_cost"),
        case.figure("service.cost_to_serve"),
        case.figure("risk.own_expected_loss"),
        case.figure("risk.measure_cost"),
    )


@figure(
    "selection.retained_profit",
    title="Expected profit",
    formula="sum over years k of retention^(k-1) x attainable profit a year / (1 + discount)^k",
    unit="money",
    gives=Gives.MONEY,
    item="R1",
    section="summary",
)
def retained_profit(case: Case) -> Figure:
    """What the account brings us over the horizon, by the chance that we still have it."""
    return _retained(case, "selection.yearly_profit")


def _retained(case: Case, yearly: str) -> Figure:
    """Σ over the years of retention^(k-1)·yearly profit/(1+discount)^k."""
    inputs = (case.figure(yearly), case.fact("economics", "retention"), *_horizon(case))
    return computed(profit_kept, inputs)


def _horizon(case: Case) -> tuple[Reason, Reason]:
    """Over how many years, and at which rate of discount."""
    own_rate = case.fact("economics", "discount_rate")
    rate = own_rate if own_rate.value is not None else case.setting("thresholds", "discount_rate")
    return (horizon(case), rate)


@figure(
    "selection.retained_profit_today",
    title="Expected profit as it is",
    formula="sum over years k of retention^(k-1) x profit a year today / (1 + discount)^k",
    unit="money",
    gives=Gives.MONEY,
    item="R1",
    under="selection.retained_profit",
)
def retained_profit_today(case: Case) -> Figure:
    """The same with what the account brings today instead of what could be attained."""
    return _retained(case, "selection.yearly_profit_today")


@figure(
    "selection.retained_profit_at_risk",
    title="Expected profit at risk",
    formula=(
        "expected profit as it is with the retention of a healthy customer, less that with the"
        " retention that health suggests; 0 without a profit today"
    ),
    unit="money",
    gives=Gives.MONEY,
    item="R1",
    under="selection.retained_profit",
)
def retained_profit_at_risk(case: Case) -> Figure:
    """What we stand to lose because the account is not as well as it could be."""
    if case.status != "customer":
        return null(note=CUSTOMERS_ONLY)
    best = case.setting("scoring", "health", "retention", "healthy")

    def at_risk(health: float, yearly: float, years: int, rate: float) -> float:
        kept = (best.value, retention_at(case, health))
        well, now = (profit_kept(yearly, share, years, rate) for share in kept)
        return max(0.0, well - now)

    inputs = (
        case.figure("health"),
        case.figure("selection.yearly_profit_today"),
        *_horizon(case),
    )
    return computed(at_risk, inputs, more=(best,))


@figure(
    "economics.contribution",
    title="Attainable contribution",
    formula="addressable spend x attainable share x contribution margin",
    gives=Gives.MONEY,
    item="R1",
    section="summary",
)
def contribution(case: Case) -> Figure:
    """What the account can bring a year before service and marketing."""
    return computed(
        lambda spend, share, margin: spend * share * margin,
        (
            case.fact("economics", "addressable_spend"),
            case.fact("economics", "attainable_share"),
            case.fact("economics", "contribution_margin"),
        ),
    )


def development(case: Case, *fields: str) -> tuple[Reason, ...]:
    """What winning or growing the account takes and brings, as inputs; all four without names."""
    return tuple(case.fact("economics", "development", field) for field in fields or PROGRAMME)


def has_no_programme(case: Case) -> bool:
    """Whether it is a customer whom we do not mean to grow."""
    programme = case.economics.development
    return case.status == "customer" and (programme is None or programme.is_none)


def _nothing_planned(case: Case) -> Reason | None:
    """That somebody looked and nothing is to be spent, where the plan says so."""
    programme = case.economics.development
    if programme is None or not programme.is_none:
        return None
    return case.given(("economics", "development"), 0.0, unit=case.money, note=LOOKED_NONE)


def _nothing() -> Figure:
    return null(note=NO_PROGRAMME)


@figure(
    "selection.payback_months",
    title="Payback",
    formula="months + development cost / (win probability x monthly contribution)",
    unit="months",
    item="R1",
    section="summary",
)
def payback(case: Case) -> Figure:
    """When the money spent on winning or growing it is back."""
    if has_no_programme(case):
        return _nothing()
    if looked := _nothing_planned(case):
        return computed(lambda _: 0.0, (looked,))
    limit = case.setting("thresholds", "development", "never_after_months")

    inputs = (
        *development(case, "months", "win_probability", "monthly_contribution"),
        case.figure("selection.development_cost"),
    )
    return computed(
        lambda months, chance, monthly, cost: months_to_payback(
            months, chance, monthly, cost, limit.value
        ),
        inputs,
        more=(limit,),
    )


@figure(
    "selection.development_cost",
    title="Development cost",
    formula="monthly cost x months",
    unit="money",
    gives=Gives.MONEY,
    item="R1",
    under="selection.payback_months",
)
def development_cost(case: Case) -> Figure:
    """What winning or growing the account costs."""
    if has_no_programme(case):
        return _nothing()
    if looked := _nothing_planned(case):
        return computed(lambda _: 0.0, (looked,))
    return computed(lambda cost, months: cost * months, development(case, "monthly_cost", "months"))


@figure(
    "revenue.last_year",
    title="Revenue last year",
    formula="what was billed last year",
    unit="money",
    gives=Gives.MONEY,
    item="E9",
    section="summary",
    needs=("economics.revenue",),
)
def last_year(case: Case) -> Figure:
    """What was billed in our last full year."""
    entries = _entries(case)
    if not entries:
        looked = case.given(("economics", "revenue"), 0.0, unit=case.money, note=LOOKED_NONE)
        return computed(lambda _: 0.0, (looked,))
    billed = _of_year(case, entries, case.years.last_full(case.today))
    return computed(lambda amount: amount, (billed,))


@figure(
    "revenue.latest",
    title="Latest revenue",
    formula="what was billed in the newest whole year",
    unit="money",
    gives=Gives.MONEY,
    item="E9",
    under="revenue.last_year",
    needs=("economics.revenue",),
)
def latest(case: Case) -> Figure:
    """What was billed in the newest year that is known, which may be older than the last one."""
    entries = _entries(case)
    whole = [entry.year for entry in entries if is_full(entry, case.years)]
    if not whole:
        return replace(case.figures["revenue.last_year"], key="")
    billed = _of_year(case, entries, max(whole))
    return computed(lambda amount: amount, (billed,))


@figure(
    "revenue.growth",
    title="Revenue growth",
    formula="(last year - year before) / year before",
    item="E9",
    under="revenue.last_year",
    needs=("economics.revenue",),
)
def growth(case: Case) -> Figure:
    """The last full year against the year before."""
    entries = _entries(case)
    if not entries:
        looked = case.given(("economics", "revenue"), 0.0, unit=case.money, note=LOOKED_NONE)
        return null(reasons=(looked,), note=NOTHING_TO_DIVIDE)
    year = case.years.last_full(case.today)
    return computed(
        _change_since,
        (_of_year(case, entries, year), _of_year(case, entries, year - 1)),
    )


@figure(
    "revenue.change",
    title="Change of revenue",
    formula="(this year so far - the same days of last year) / those; else as revenue growth",
    item="E9",
    under="revenue.last_year",
    needs=("economics.revenue",),
)
def change(case: Case) -> Figure:
    """What they buy now against a year ago, by the newest year that is known in part."""
    least = case.setting("scoring", "health", "part_year_days", unit="days")
    if (part := _comparable_part(case)) is not None:
        index, until = part
        now = case.fact("economics", "revenue", index, "amount")
        then = _same_days(case, _entries(case), until)
        return computed(_change_since, (now, then), more=(least,))
    figure = case.figures["revenue.growth"]
    return replace(figure, key="", reasons=tuple(dict.fromkeys((*figure.reasons, least))))


def _change_since(now: float, then: float) -> float | None:
    """A change as a share; from nothing, or from a year in which more was credited, it has none."""
    return (now - then) / then if then > 0 else None


def _comparable_part(case: Case) -> tuple[int, datetime.date] | None:
    """The place and last day of this year's entry, where it is long enough to be compared."""
    this_year = case.years.of(case.today)
    for index, entry in enumerate(_entries(case)):
        if entry.year == this_year and entry.to:
            days = case.years.days_until(entry.to)
            enough = days >= case.settings.scoring.health.part_year_days
            return (index, entry.to) if enough else None
    return None


def revenue_before(case: Case) -> Reason:
    """The whole year that the change of revenue compares with, which nothing of now moves."""
    years = 2 if _comparable_part(case) is None else 1
    return _of_year(case, _entries(case), case.years.of(case.today) - years)


def _same_days(case: Case, entries: tuple[YearRevenue, ...], until: datetime.date) -> Reason:
    """What was billed a year earlier up to the same day, or the whole year's part of it."""
    year = case.years.of(until) - 1
    for index, entry in enumerate(entries):
        if entry.year == year and entry.to and is_a_year_apart(entry.to, until):
            return case.fact("economics", "revenue", index, "amount")
    whole = _of_year(case, entries, year)
    if whole.value is None:
        return whole
    days, in_year = case.years.days_until(until), case.years.days_in(year)
    note = phrase("{days} of {all} days", days=days, all=in_year)
    return whole.with_(value=whole.value * days / in_year, note=note)


@figure(
    "usage.change",
    title="Change of usage",
    formula="by metric the last days against as many before: flows summed, levels averaged",
    by_name=True,
    section="service",
    needs=("usage",),
)
def usage_change(case: Case) -> Figure:
    """Whether they use more or less of what they have from us."""
    window = case.setting("scoring", "health", "usage_days", unit="days")
    old = case.setting("scoring", "health", "usage_old_days", unit="days")
    stopped = stopped_feeds(case)
    changes: dict[str, float | None] = {}
    reasons: list[Reason] = []
    for metric, points in _by_metric(case).items():
        end = points[-1][0] if metric in stopped else case.today
        span = datetime.timedelta(days=window.value)
        last = [point for point in points if end - span < point[0] <= end]
        before = [point for point in points if end - 2 * span < point[0] <= end - span]
        changes[metric] = _against(last, before)
        reasons.extend(reason for _, reason, _ in (*before, *last))
    known = [value for value in changes.values() if value is not None]
    note = phrase("feed stopped: {what}", what=phrases(stopped, ", ")) if stopped else None
    if not known:
        return null(reasons=(*reasons, window), note=note or TOO_FEW)
    return figure_of(changes, reasons, more=(window, old), note=note)


def stopped_feeds(case: Case) -> dict[str, Reason]:
    """By metric the newest point, where it is so old that nobody sends any more."""
    most = case.settings.scoring.health.usage_old_days
    return {
        metric: newest.with_(value=day, unit=None)
        for metric, (*_, (day, newest, _)) in _by_metric(case).items()
        if (case.today - day).days > most
    }


_Usage = tuple[datetime.date, Reason, bool]
"""The end of a period, what was used, and whether it is a level."""


def _by_metric(case: Case) -> dict[str, list[_Usage]]:
    """By metric its points until today, the oldest first."""
    metrics: dict[str, list[_Usage]] = {}
    for index, point in enumerate(case.playbook.usage or ()):
        used = case.fact("usage", index, "value")
        if used.value is not None and point.date <= case.today:
            row = (point.date, used, point.of is not None)
            metrics.setdefault(point.metric, []).append(row)
    return {metric: sorted(points, key=lambda row: row[0]) for metric, points in metrics.items()}


_LEAST_POINTS = 2


def _against(last: Sequence[_Usage], before: Sequence[_Usage]) -> float | None:
    """The change from one window to the next: of sums, or of a level's means."""
    if min(len(last), len(before)) < _LEAST_POINTS:
        return None
    sums = [total(used.value for _, used, _ in points) for points in (last, before)]
    if last[-1][2]:
        sums = [whole / len(points) for whole, points in zip(sums, (last, before), strict=True)]
    return (sums[0] - sums[1]) / sums[1] if sums[1] else None


def _entries(case: Case) -> tuple[YearRevenue, ...]:
    return case.economics.revenue or ()


def _of_year(case: Case, entries: tuple[YearRevenue, ...], year: int) -> Reason:
    for index, entry in enumerate(entries):
        if entry.year == year and is_full(entry, case.years):
            return case.given(
                ("economics", "revenue", index, "amount"),
                entry.amount,
                unit=case.money,
                name=f"economics.revenue.{year}",
            )
    return case.absent(f"economics.revenue.{year}")


def is_full(entry: YearRevenue, years: Years) -> bool:
    """Whether an entry covers its whole year."""
    return years.is_full(entry.year, entry.to)
