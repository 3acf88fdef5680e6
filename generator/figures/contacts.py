"""Who of them is still there, talks with those who are, and the network around them (R3, R4)."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.figures.called import contact_called
from generator.figures.case import Case
from generator.figures.definition import figure
from generator.figures.figure import (
    LOOKED_NONE,
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    ReasonKind,
    figure_of,
    mean_confidence,
    null,
)
from generator.figures.name import written
from generator.figures.organisations import LinkMention, Organisation, Organisations, folded
from generator.form.relationship import Contact, Interaction
from generator.language import phrase

NONE_COUNTS = phrase("none counts")
BEFORE_THE_WINDOW = phrase("before the window")


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A talk with somebody who is still there."""

    index: int
    """Its place in the list."""
    entry: Interaction
    present: tuple[str, ...]
    """Ids of those it was with who have not left, each once."""


def who_left(case: Case) -> dict[str, Reason]:
    """By id the contacts who left, with the day."""
    return {
        contact.id: case.fact("relationship", "contacts", index, "left_on")
        for index, contact in enumerate(case.relationship.contacts or ())
        if contact.has_left(case.today)
    }


def who_is_there(case: Case) -> dict[str, tuple[int, Contact]]:
    """By id the contacts who have not left, with their place in the list."""
    return {
        contact.id: (index, contact)
        for index, contact in enumerate(case.relationship.contacts or ())
        if not contact.has_left(case.today)
    }


def talks_so_far(case: Case) -> tuple[Talk, ...]:
    """Talks until today with at least one known contact who is still there, in file order."""
    there = who_is_there(case)
    talks = []
    for index, interaction in enumerate(case.relationship.interactions or ()):
        present = tuple(dict.fromkeys(name for name in interaction.contacts or () if name in there))
        if present and interaction.date <= case.today:
            talks.append(Talk(index=index, entry=interaction, present=present))
    return tuple(talks)


def recent_talks(case: Case) -> tuple[Talk, ...]:
    """Those of the talks so far that are within the window."""
    since = window_begin(case)
    return tuple(talk for talk in talks_so_far(case) if talk.entry.date >= since)


def left_out(case: Case) -> tuple[Reason, ...]:
    """The last days of contacts who left, where a talk within the window was with them."""
    left, since = who_left(case), window_begin(case)
    recent = [
        interaction
        for interaction in case.relationship.interactions or ()
        if since <= interaction.date <= case.today
    ]
    named = dict.fromkeys(
        name for interaction in recent for name in interaction.contacts or () if name in left
    )
    return tuple(
        left[name].with_(note=phrase("{who} left", who=contact_called(case, name)))
        for name in named
    )


def window(case: Case) -> Reason:
    """The days within which a talk counts, as an input."""
    return case.setting("scoring", "relationship", "window_days", unit="days")


def window_begin(case: Case) -> datetime.date:
    """The first day of the window."""
    return case.today - datetime.timedelta(days=window(case).value)


def none_counts(case: Case) -> Reason:
    """Stands for talks that were looked for and not found."""
    return case.given(("relationship", "interactions"), 0, note=NONE_COUNTS)


REACHED, WARM, COLD = phrase("reached"), phrase("warm"), phrase("cold")
BETWEEN = " > "
LINKS = ("relationship", "links")
ENDS = ("start", "goal")
"""The stops of a route that leads there at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """How one gets from an account, or from somebody we have reached, to an organisation."""

    hops: int
    """Links from the account to where it leads."""
    stops: tuple[Organisation, ...]
    """From where it starts to where it leads."""
    mentions: tuple[LinkMention, ...]
    """The links it goes along."""
    state: str
    """reached, warm or cold."""

    @property
    def order(self) -> tuple[int, str]:
        """The shortest first, then by name."""
        return self.hops, folded(self.stops[-1].name)


@figure(
    "relationship.circle",
    title="Network reached",
    is_part=True,
    formula="organisations reached / organisations within two links, over all playbooks",
    item="R4",
    section="relationship",
    needs=("relationship.links",),
)
def circle(case: Case) -> Figure:
    """How many of the organisations around them we are in touch with.

    Links of all playbooks count, in both directions, and one that says reached says it for
    everybody. Not reached is warm where the account itself, or somebody reached, is close to it,
    and cold where nobody is whom we could ask.
    """
    routes = _routes(case.plan.id, case.neighbours.organisations)
    if not routes:
        looked = case.given(("relationship", "links"), 0, note=LOOKED_NONE)
        return null(reasons=(looked,), note=NOTHING_TO_DIVIDE)
    reasons = tuple(_reason(case.neighbours.by_id, route) for route in routes)
    return figure_of(sum(route.state == REACHED for route in routes) / len(routes), reasons)


def _reason(cases: Mapping[str, Case], route: Route) -> Reason:
    """Where it leads, in which state and by which way, at the last link of it."""
    inputs = tuple(dict.fromkeys(_inputs(cases, route)))
    last = route.mentions[-1]
    return (
        cases[last.account]
        .given(
            (*LINKS, last.index),
            route.state,
            name=written(route.stops[-1].name),
            note=BETWEEN.join(stop.name for stop in route.stops),
        )
        .with_(
            confidence=mean_confidence(inputs),
            inputs=inputs,
            kind=ReasonKind.DETOUR if len(route.stops) > len(ENDS) else None,
        )
    )


def _routes(start: str, organisations: Organisations) -> tuple[Route, ...]:
    """A route to each organisation within two links."""
    first = organisations[start].near
    routes = [_route(organisations, (start, key)) for key in first]
    through: dict[str, str] = {}
    # Of two routes that are as long, the better one leads by somebody we have reached
    for between in sorted(first, key=lambda key: organisations[key].reached is None):
        for key in organisations[between].near:
            if key != start and key not in first:
                through.setdefault(key, between)
    routes += [_route(organisations, (start, between, key)) for key, between in through.items()]
    return tuple(sorted(routes, key=lambda route: route.order))


def _route(organisations: Organisations, keys: tuple[str, ...]) -> Route:
    """A route and the state of where it leads."""
    hops, goal = len(keys) - 1, organisations[keys[-1]]
    is_open = all(organisations[key].reached for key in keys[1:-1])
    if not goal.reached and not is_open:
        # Somebody reached may be close to it who is not close to the account
        helper = next((key for key in goal.near if organisations[key].reached), None)
        if helper is not None:
            keys, is_open = (helper, keys[-1]), True
    return Route(
        hops=hops,
        stops=tuple(organisations[key] for key in keys),
        mentions=tuple(organisations[here].near[there] for here, there in itertools.pairwise(keys)),
        state=REACHED if goal.reached else WARM if is_open else COLD,
    )


def _inputs(cases: Mapping[str, Case], route: Route) -> Iterator[Reason]:
    """The links along a route, and what they say of having reached whom."""
    for mention in route.mentions:
        case, path = cases[mention.account], (*LINKS, mention.index)
        yield case.fact(*path, "to")
        reached = case.fact(*path, "reached")
        if reached.value is not None:
            yield reached
    for stop in route.stops:
        if stop.reached is not None:
            yield cases[stop.reached.account].fact(*LINKS, stop.reached.index, "reached")
