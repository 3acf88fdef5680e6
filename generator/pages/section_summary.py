"""The summary section: the text, what both sides want, the ten questions, revenue by year."""

from __future__ import annotations

from typing import Any

from generator.figures.economics import is_full
from generator.model.account import QUESTIONS
from generator.pages.drawings.trend import columns
from generator.pages.rich_text import rich_text
from generator.pages.view import AccountView


def context(view: AccountView) -> dict[str, Any]:
    """What the template needs beside the view."""
    plan = view.plan
    answers = [
        (name, answer)
        for name in QUESTIONS
        if plan.qualification and (answer := getattr(plan.qualification, name)) is not None
    ]
    billed = (plan.economics.revenue if plan.economics else None) or ()
    revenue = sorted(billed, key=lambda one: one.year)
    known = [
        (str(one.year), one.amount, not is_full(one)) for one in revenue if one.amount is not None
    ]
    return {
        "text": rich_text(plan.summary) if plan.summary else "",
        "answers": answers,
        "revenue": revenue,
        "columns": columns(known),
        "part": next((one for one in reversed(revenue) if not is_full(one)), None),
    }
