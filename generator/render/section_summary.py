"""The summary section: the text, what both sides want, the ten questions, revenue by year."""

from __future__ import annotations

from typing import Any

from generator.model.account import QUESTIONS
from generator.render.rich_text import rich_text
from generator.render.view import AccountView


def context(view: AccountView) -> dict[str, Any]:
    """What the template needs beside the view."""
    plan = view.plan
    answers = [
        (name, answer)
        for name in QUESTIONS
        if plan.qualification and (answer := getattr(plan.qualification, name)) is not None
    ]
    revenue = (plan.economics.revenue if plan.economics else None) or ()
    return {
        "text": rich_text(plan.summary) if plan.summary else "",
        "answers": answers,
        "revenue": sorted(revenue, key=lambda one: one.year),
    }
