"""The organisations around an account, which of them we have reached and who leads there (R4)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from generator.enrich.case import Case
from generator.enrich.figure import (
    LOOKED_NONE,
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    ReasonKind,
    mean_confidence,
    null,
)
from generator.enrich.organisations import Mention, Organisation, Organisations, folded
from generator.language import phrase

REACHED, WARM, COLD = phrase("reached"), phrase("warm"), phrase("cold")
BETWEEN = " > "
LINKS = ("relationship", "links")
ENDS = ("start", "goal")
"""The stops of a way that leads there at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How one gets from an account, or from somebody we have reached, to an organisation."""

    hops: int
    """Links from the account to where it leads."""
    stops: tuple[Organisation, ...]
    """From where it starts to where it leads."""
    mentions: tuple[Mention, ...]
    """The links it goes along."""
    state: str
    """reached, warm or cold."""

    @property
    def order(self) -> tuple[int, str]:
        """The shortest first, then by name."""
        return self.hops, folded(self.stops[-1].name)

    def told(self) -> Reason:
        """Where it leads, in which state and by which way, at the last link of it."""
        inputs = tuple(dict.fromkeys(_inputs(self)))
        last = self.mentions[-1]
        return last.case.given(
            (*LINKS, last.index),
            self.state,
            name=self.stops[-1].name,
            note=BETWEEN.join(one.name for one in self.stops),
        ).with_(
            confidence=mean_confidence(inputs),
            inputs=inputs,
            kind=ReasonKind.DETOUR if len(self.stops) > len(ENDS) else None,
        )


def circle_figure(case: Case) -> Figure:
    """The share of organisations within two links that we have reached (item R4).

    Links of all playbooks count, in both directions, and one that says reached says it for
    everybody. Not reached is warm where the account itself, or somebody reached, is close to it,
    and cold where nobody is whom we could ask.
    """
    key, unit = "relationship.circle", "share"
    section = case.playbook.relationship
    if section is None or section.links is None:
        return null(key, missing=("relationship.links",), unit=unit)
    ways = _ways(case.plan.id, case.neighbours.organisations)
    if not ways:
        looked = case.given(("relationship", "links"), 0, note=LOOKED_NONE)
        return null(key, reasons=(looked,), unit=unit, note=NOTHING_TO_DIVIDE)
    reasons = tuple(one.told() for one in ways)
    return Figure(
        key=key,
        value=sum(one.state == REACHED for one in ways) / len(ways),
        unit=unit,
        confidence=mean_confidence(reasons),
        reasons=reasons,
    )


def _ways(start: str, organisations: Organisations) -> tuple[Way, ...]:
    """A way to each organisation within two links."""
    first = organisations[start].near
    found = [_way(organisations, (start, key)) for key in first]
    through: dict[str, str] = {}
    # Of two ways that are as long, the better one leads by somebody we have reached
    for between in sorted(first, key=lambda key: organisations[key].reached is None):
        for key in organisations[between].near:
            if key != start and key not in first:
                through.setdefault(key, between)
    found += [_way(organisations, (start, between, key)) for key, between in through.items()]
    return tuple(sorted(found, key=lambda one: one.order))


def _way(organisations: Organisations, keys: tuple[str, ...]) -> Way:
    """A way and the state of where it leads."""
    hops, goal = len(keys) - 1, organisations[keys[-1]]
    is_open = all(organisations[key].reached for key in keys[1:-1])
    if not goal.reached and not is_open:
        # Somebody reached may be close to it who is not close to the account
        helper = next((key for key in goal.near if organisations[key].reached), None)
        if helper is not None:
            keys, is_open = (helper, keys[-1]), True
    return Way(
        hops=hops,
        stops=tuple(organisations[key] for key in keys),
        mentions=tuple(organisations[here].near[there] for here, there in itertools.pairwise(keys)),
        state=REACHED if goal.reached else WARM if is_open else COLD,
    )


def _inputs(way: Way) -> Iterator[Reason]:
    """The links along a way, and what they say of having reached whom."""
    for mention in way.mentions:
        path = (*LINKS, mention.index)
        yield mention.case.fact(*path, "to")
        said = mention.case.fact(*path, "reached")
        if said.value is not None:
            yield said
    for stop in way.stops:
        if stop.reached is not None:
            yield stop.reached.case.fact(*LINKS, stop.reached.index, "reached")
