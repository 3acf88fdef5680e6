"""What moved on the first page: customers of both days, by the plans that git has."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from generator.assess import assess
from generator.compare.moved import Move, moves
from generator.read import Workspace
from tests.history import History

TODAY = datetime.date(2026, 11, 23)
PLAN = """\
schema: 1
account: {name: %s, status: customer}
economics: {currency: %s, price: %d, production_cost: 100000, marketing_cost: 0}
service: {objects: []}
risk: {customer: [], own: [{id: a, class: legal, probability: 0.1, loss: %d}], credit: {receivable: 0, days_late: 0, default_probability: 0, loss_given_default: 0, cost_of_capital: 0}}
"""
BEFORE = {
    "playbooks/acme.yaml": PLAN % ("Acme", "EUR", 150_000, 5_000),
    "playbooks/dollar.yaml": PLAN % ("Dollar", "USD", 150_000, 5_000),
    "playbooks/mute.yaml": "schema: 1\naccount: {name: Mute, status: customer}\n",
}
AFTER = {
    # earns 10,000 more, and 1,000 less may be lost
    "playbooks/acme.yaml": PLAN % ("Acme", "EUR", 160_000, 4_000),
    # a customer of now, who was not there then
    "playbooks/new.yaml": PLAN % ("New", "EUR", 900_000, 90_000),
    # known only now
    "playbooks/mute.yaml": PLAN % ("Mute", "EUR", 900_000, 90_000),
}


def history(folder: Path, first: str = "2026-08-25", second: str = "2026-11-22") -> Workspace:
    repository = History(folder)
    repository.commit(dict(BEFORE), on=first)
    repository.commit(dict(AFTER), on=second)
    return Workspace.at(repository.folder)


def told(move: Move | None) -> tuple[float, ...]:
    return (move.before, move.after, move.customers) if move else ()


def test_customers_known_on_both_days_are_compared(tmp_path: Path) -> None:
    workspace = history(tmp_path)
    made = moves(workspace, assess(workspace, TODAY))
    assert made is not None
    assert made.since == datetime.date(2026, 8, 25)
    # 50,000 less the expected loss of 500; of the dollar at 0.90 on both days
    assert told(made.profit_today) == pytest.approx((49_500 + 44_550, 59_600 + 44_550, 2))
    assert told(made.own_loss) == pytest.approx((500 + 450, 400 + 450, 2))
    assert made.own_loss is not None
    assert made.own_loss.change == pytest.approx(-100)
    assert made.pipeline is None
    assert made.passing == 0


@pytest.mark.parametrize(
    ("first", "since"),
    [
        ("2026-08-24", "2026-08-25"),
        ("2026-08-26", "2026-08-26"),
        ("2026-11-16", "2026-11-16"),
        ("2026-11-17", None),
    ],
)
def test_a_younger_history_is_told_from_its_first_day_if_that_is_a_week_ago(
    tmp_path: Path, first: str, since: str | None
) -> None:
    workspace = history(tmp_path, first=first)
    made = moves(workspace, assess(workspace, TODAY))
    assert (made.since.isoformat() if made else None) == since


def test_without_git_nothing_is_said(tmp_path: Path) -> None:
    repository = History(tmp_path / "w")
    repository.write(dict(BEFORE))
    workspace = Workspace.at(repository.folder)
    assert moves(workspace, assess(workspace, TODAY)) is None
