"""Playbooks for comparing: small ones whose tier can be worked out in the head."""

from __future__ import annotations


def acme(*, share: str = "0.15", more: str = "", sections: str = "", name: str = "Acme") -> str:
    """A customer: 3 years · 1,000,000 · share · 0.5, nothing discounted, lost or spent.

    At 0.15 the expected profit is 225,000, low; at 0.2 it is 300,000, from 250,000 on high. It
    brings 100,000 - 50,000 today, so the column is short: tier C, tier A.
    """
    return f"""\
schema: 1
account: {{name: {name}, status: customer, reviewed: 2026-10-01{more}}}
summary: A sample.
economics:
  currency: EUR
  addressable_spend: 1000000
  attainable_share: {share}
  contribution_margin: 0.5
  retention: 1
  discount_rate: 0
  price: 100000
  production_cost: 50000
  marketing_cost: 0
risk:
  own: []
  credit:
    receivable: 0
    days_late: 0
    default_probability: 0
    loss_given_default: 0
    cost_of_capital: 0
service: {{objects: []}}
{sections}"""
