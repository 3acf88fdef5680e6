"""Which figures use a field: by the places of their inputs, what they need, what is missing."""

from __future__ import annotations

import pytest

from generator.form import FORM
from generator.portfolio.uses import uses_of
from tests.figures.small import account, plan

# On one line: columns tell the values apart
SECTIONS = """\
economics: {currency: EUR, price: {value: 100, grade: fact}, production_cost: 60}
value: {mode: money, values: {product: 50}, costs: {monetary: {amount: 7}}}
service:
  objects: [{id: board, level: company, activities: [{activity: visit, per_year: 2}]}]
"""


@pytest.mark.parametrize(
    ("name", "used", "not_used"),
    [
        ("economics.price", "deal.verdict", "value.total_value"),
        # the amount alone in place of the keys of its line
        ("value.values.product.amount", "value.total_value", "value.total_cost"),
        ("value.values.product.score", "", "value.total_value"),
        ("value.costs.monetary.amount", "value.total_cost", "value.total_value"),
        # an entry's field, a list with all that is in it, a section
        ("service.objects.activities.per_year", "service.cost_to_serve", "service.weights"),
        ("service.objects", "service.cost_to_serve", "economics.contribution"),
        ("service", "service.cost_to_serve", "economics.contribution"),
        # not filled in, but nothing is known without it
        ("risk.own", "risk.clause_gaps", "service.weights"),
    ],
)
def test_figures_use_what_their_inputs_stand_at(name: str, used: str, not_used: str) -> None:
    field = FORM.named(name)
    assert field is not None
    uses = uses_of(field, (account(plan(SECTIONS)),))
    assert not used or used in uses.direct
    assert not_used not in uses.direct


def test_what_rests_on_them_and_what_lacks_it() -> None:
    field = FORM.find("economics.retention")
    assert field is not None
    acme = account(plan("economics: {currency: EUR, retention: 0.9}\n"))
    assert uses_of(field, (acme,)).lacking == ()
    lacking = uses_of(field, (account(plan("economics: {currency: EUR}\n")),)).lacking
    assert {"selection.retained_profit", "tier"} <= set(lacking)


def test_every_field_can_be_asked_for() -> None:
    asked = account(plan(SECTIONS))
    for name, field in FORM.names.items():
        assert FORM.named(name) is field
        uses_of(field, (asked,))
