"""Both sides of risk in money: what may go wrong, what is done about it (method items K1 to K3)."""

from __future__ import annotations

from collections.abc import Sequence

from generator.figures.called import risk_called
from generator.figures.case import Case
from generator.figures.definition import Gives, figure
from generator.figures.figure import (
    LOOKED_NONE,
    Figure,
    Reason,
    Term,
    exceeds,
    figure_of,
    missing_among,
    null,
    sum_of_money,
)
from generator.form.risk import Credit, CustomerRisk, OwnRisk
from generator.language import phrase, phrases
from generator.read.document import DataPath

DAYS_A_YEAR = 365
CLAUSES = ("preventive_clause", "liability_clause")
NO_MEASURE = phrase("no measure: 0")
WITHOUT_MEASURE = phrase("written without a measure; it wins over the default 0")
NONE_MEASURED = phrase("none has a measure")


def probability_and_loss(case: Case, side: str, index: int) -> tuple[Reason, Reason]:
    """The two inputs of a risk's size."""
    return (
        case.fact("risk", side, index, "probability"),
        case.fact("risk", side, index, "loss"),
    )


def effectiveness(case: Case, side: str, index: int, measure: str | None) -> Reason:
    """How much of a risk its measure takes away; 0 without a measure (a named exception)."""
    share = case.fact("risk", side, index, "effectiveness")
    if measure is not None:
        return share
    if share.value is None:
        return Reason(name=share.name, value=0.0, note=NO_MEASURE)
    return share.with_(note=WITHOUT_MEASURE)


@figure(
    "risk.customer_residual",
    title="Their risk after measures",
    formula="sum of probability x loss x (1 - effectiveness)",
    gives=Gives.MONEY,
    item="K3",
    section="risk",
    needs=("risk.customer",),
)
def customer_residual(case: Case) -> Figure:
    """What is left of their doubts once our measures work."""
    rows = [
        (
            *probability_and_loss(case, "customer", index),
            effectiveness(case, "customer", index, risk.measure),
        )
        for index, risk in enumerate(case.risk.customer or ())
    ]
    return _sum(case, rows)


@figure(
    "risk.customer_gross",
    title="Their risk",
    formula="sum of probability x loss",
    gives=Gives.MONEY,
    item="K3",
    under="risk.customer_residual",
    needs=("risk.customer",),
)
def customer_gross(case: Case) -> Figure:
    """What their doubts about us amount to before anything is done."""
    risks = case.risk.customer or ()
    rows = [probability_and_loss(case, "customer", index) for index in range(len(risks))]
    return _sum(case, rows)


def expected(inputs: tuple[Reason, ...]) -> float:
    """p·loss, or p·loss·(1 - effectiveness) with a third input; all must have values."""
    probability, loss, *measure = (fact.value for fact in inputs)
    result: float = probability * loss * (1 - measure[0] if measure else 1.0)
    return result


def _sum(case: Case, rows: Sequence[tuple[Reason, ...]]) -> Figure:
    """Σ over their doubts; 0 where they were asked and have none."""
    flat = [fact for row in rows for fact in row]
    if missing := missing_among(flat):
        return null(missing, reasons=flat)
    looked = (case.given(("risk", "customer"), 0, note=LOOKED_NONE),)
    terms = [Term(amount=expected(row), inputs=row) for row in rows]
    return sum_of_money(terms, empty=looked)


@figure(
    "risk.measure_benefit",
    title="Benefit of measures",
    formula="probability x loss x effectiveness - measure cost",
    gives=Gives.MONEY,
    by_name=True,
    entries=("risk.customer",),
    item="K2",
    under="risk.customer_residual",
    needs=("risk.customer",),
)
def measure_benefit(case: Case) -> Figure:
    """What each measure takes away, less what it costs us."""
    risks = case.risk.customer or ()
    benefits: dict[str, float | None] = {}
    reasons: list[Reason] = []
    missing: list[str] = []
    for index, risk in enumerate(risks):
        if risk.measure is None and risk.effectiveness is None:
            continue
        row = (
            *probability_and_loss(case, "customer", index),
            effectiveness(case, "customer", index, risk.measure),
            case.fact("risk", "customer", index, "measure_cost"),
        )
        reasons.extend(fact for fact in row if fact.value is not None)
        lacking = missing_among(row)
        missing.extend(lacking)
        benefits[risk.id] = (
            None if lacking else row[0].value * row[1].value * row[2].value - row[3].value
        )
    known = [value for value in benefits.values() if value is not None]
    if benefits and not known:
        return null(missing, reasons=reasons)
    none = case.given(("risk", "customer"), len(risks), note=NONE_MEASURED)
    inputs = reasons or [none]
    return figure_of(benefits, inputs, missing=tuple(missing))


def measured_risks(case: Case) -> list[tuple[CustomerRisk | OwnRisk, DataPath]]:
    """Each risk of either side against which something is done, and its place."""
    theirs = enumerate(case.risk.customer or ())
    ours = enumerate(case.risk.own or ())
    return [
        *((risk, ("risk", "customer", at)) for at, risk in theirs if risk.measure is not None),
        *((risk, ("risk", "own", at)) for at, risk in ours if risk.measure is not None),
    ]


@figure(
    "risk.measure_cost",
    title="Cost of measures",
    formula="sum of measure costs over risks of both sides with a measure; not written counts 0",
    gives=Gives.MONEY,
    item="K2",
    under="risk.own_expected_loss",
)
def measure_cost(case: Case) -> Figure:
    """What we spend a year on keeping what may go wrong small.

    A named exception: a list that nobody wrote holds no measure, and a measure without a cost
    counts 0; the gate asks for both.
    """
    written = [(risk, case.fact(*path, "measure_cost")) for risk, path in measured_risks(case)]
    costs = [cost for _, cost in written if cost.value is not None]
    unpriced = [risk_called(case, risk) for risk, cost in written if cost.value is None]
    note = phrase("no cost written: {names}", names=phrases(unpriced, ", ")) if unpriced else None
    note_of_none = NONE_MEASURED if not written else note
    none = [
        case.given(("risk", side), 0.0, unit=case.yearly, note=note_of_none)
        for side in ("customer", "own")
        if case.at("risk", side) is not None
    ]
    terms = [Term(amount=cost.value, inputs=(cost,)) for cost in costs]
    return sum_of_money(terms, empty=none, note=note)


@figure(
    "risk.own_expected_loss",
    title="Our expected loss",
    formula=(
        "receivable x default x loss given default + receivable x days late / 365 x cost of"
        " capital + sum of own probability x loss x (1 - effectiveness)"
    ),
    gives=Gives.MONEY,
    item="K3",
    section="risk",
)
def own_expected_loss(case: Case) -> Figure:
    """What this account may be expected to cost us by not paying, paying late or misuse."""
    risks = case.risk.own
    credit = case.risk.credit
    missing: list[str] = []
    rows: list[tuple[Reason, ...]] = []
    if risks is None:
        missing.append("risk.own")
    for index, risk in enumerate(risks or ()):
        if risk.class_ == "payment" and credit is not None:
            continue  # the credit figures say the same in better detail
        rows.append(
            (
                *probability_and_loss(case, "own", index),
                effectiveness(case, "own", index, risk.measure),
            )
        )
    owed: tuple[Reason, ...] = ()
    if credit is not None:
        owed = credit_inputs(case)
    elif case.status in (None, "customer"):
        missing.append("risk.credit" if case.status else "account.status")
    flat = [*owed, *(fact for row in rows for fact in row)]
    missing.extend(missing_among(flat))
    if missing:
        return null(missing, reasons=flat)
    terms = [
        *_credit_terms(owed),
        *(Term(amount=expected(row), inputs=row) for row in rows),
    ]
    looked = case.given(("risk", "own"), 0, note=LOOKED_NONE)
    by_status = _credit_by_status(case, credit)
    return sum_of_money(
        terms,
        empty=(looked,),
        note=by_status.note if by_status else None,
        more=(by_status,) if by_status else (),
    )


def _credit_by_status(case: Case, credit: Credit | None) -> Reason | None:
    """Who does not buy from us owes us nothing, unless the playbook says otherwise."""
    with case.aside():
        known = case.status
    if known is None or known == "customer":
        return None
    status = phrase(known)
    note = phrase("credit of a {status} is 0", status=status)
    if credit is not None:
        note = phrase("the credit written wins over the default of a {status}, 0", status=status)
    return case.given(("account", "status"), known, note=note)


def credit_inputs(case: Case) -> tuple[Reason, ...]:
    """What is known of what they owe us today, and how late they pay."""
    return (
        case.fact("risk", "credit", "receivable"),
        case.fact("risk", "credit", "default_probability"),
        case.fact("risk", "credit", "loss_given_default"),
        case.fact("risk", "credit", "days_late"),
        case.fact("risk", "credit", "cost_of_capital"),
    )


def _credit_terms(inputs: tuple[Reason, ...]) -> tuple[Term, ...]:
    if not inputs:
        return ()
    receivable, default, given_default, late, capital = inputs
    return (
        Term(
            amount=receivable.value * default.value * given_default.value,
            inputs=(receivable, default, given_default),
        ),
        Term(
            amount=receivable.value * late.value / DAYS_A_YEAR * capital.value,
            inputs=(receivable, late, capital),
        ),
    )


@figure(
    "risk.clause_gaps",
    title="Clauses missing",
    formula="probability x loss over the threshold, and a clause missing",
    unit="risks",
    gives=Gives.WORDS,
    item="K2",
    under="risk.own_expected_loss",
    needs=("risk.own",),
)
def clause_gaps(case: Case) -> Figure:
    """Own risks over the threshold that lack a preventive or a liability clause."""
    risks = case.risk.own or ()
    exchange = case.exchange()
    rows = [probability_and_loss(case, "own", index) for index in range(len(risks))]
    flat = [fact for row in rows for fact in row]
    if missing := missing_among([*flat, *((exchange,) if rows else ())]):
        return null(missing, reasons=flat)
    threshold = case.setting("thresholds", "clause_threshold")
    gaps = []
    reasons: list[Reason] = []
    for index, (row, risk) in enumerate(zip(rows, risks, strict=True)):
        reasons.extend(fact.against(threshold) for fact in row)
        clauses = [case.fact("risk", "own", index, field) for field in CLAUSES]
        reasons.extend(fact for fact in clauses if fact.value is not None)
        over = exceeds(expected(row) * exchange.value, threshold.value)
        if over and missing_among(clauses):
            gaps.append(risk.id)
    looked = (case.given(("risk", "own"), 0, note=LOOKED_NONE),)
    return figure_of(tuple(gaps), reasons or looked)
