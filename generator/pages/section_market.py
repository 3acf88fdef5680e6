"""The market section: what is around, as four fields; rivals side by side; our place among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.language import say
from generator.pages import formats
from generator.pages.view import AccountView

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
class Entry:
    """Something that is said of the surroundings."""

    statement: str
    impact: float | None
    about: str
    """The factor, and how likely and how soon it is."""
    watched: bool


def context(view: AccountView) -> dict[str, Any]:
    """What the template needs beside the view."""
    plan = view.plan
    entries = _entries(view)
    listed: set[str] = set()
    fields = []
    for name in FIELDS:
        said = view.value(f"swot.{name}") or ()
        listed.update(said)
        fields.append((name, [entries[one] for one in said if one in entries]))
    return {
        "env": plan.environment,
        "comp": plan.competition,
        "fields": fields if listed else (),
        "others": [one for name, one in entries.items() if name not in listed],
        "layers": [
            (name, view.value(f"environment.{name}"))
            for name in LAYERS
            if view.value(f"environment.{name}") is not None
        ],
        "rivals": (plan.competition.rivals if plan.competition else None) or (),
        "comparisons": _comparisons(view),
        "attributes": (plan.positioning.attributes if plan.positioning else None) or (),
        "mix": _mix(view),
    }


def _entries(view: AccountView) -> Mapping[str, Entry]:
    """By statement everything that is said of country, market and front line."""
    env = view.plan.environment
    watched = set(view.value("environment.watch") or ())
    found: dict[str, Entry] = {}
    for layer in LAYERS:
        for one in (getattr(env, layer) if env else None) or ():
            chance, soon = getattr(one, "probability", None), getattr(one, "horizon_months", None)
            factor = getattr(one, "factor", None)
            about = [say(factor)] if factor else []
            if layer == "front_line":
                about.append(say("front line"))
            if chance is not None:
                about.append(say("{number} %", number=f"{chance * 100:.0f}"))
            if soon is not None:
                about.append(say("in {number} months", number=f"{soon:.0f}"))
            found[one.statement] = Entry(
                statement=one.statement,
                impact=one.impact,
                about=formats.listed(about),
                watched=one.statement in watched,
            )
    return found


def _comparisons(view: AccountView) -> list[tuple[str, list[Any]]]:
    """By comparison the pairs of us and each rival, None where one is not made."""
    competition = view.plan.competition
    rivals = (competition.rivals if competition else None) or ()
    rows = []
    for name in COMPARISONS:
        pairs = [
            getattr(one.comparisons, name, None) if one.comparisons else None for one in rivals
        ]
        if any(pair is not None for pair in pairs):
            rows.append((name, pairs))
    return rows


def _mix(view: AccountView) -> list[tuple[str, str, Any]]:
    """The four Ps that are filled in, each with the C it answers."""
    mix = view.plan.mix
    if mix is None:
        return []
    return [(p, c, element) for p, c in FOUR_P if (element := getattr(mix, p)) is not None]
