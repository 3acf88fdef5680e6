"""What those who decide think of us, and when we last talked with one of them (item R3)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.figures.called import contact_called
from generator.figures.case import Case
from generator.figures.contacts import talks_so_far, who_is_there
from generator.figures.definition import Gives, Rank, figure
from generator.figures.figure import Figure, Reason, figure_of, missing_among, null
from generator.figures.signals import DECIDING
from generator.figures.varied import total
from generator.language import phrase

NO_DECISION_MAKER = phrase("no decision maker is known")
NO_TALK = phrase("no two-way talk with a decision maker")


def _decision_makers(case: Case) -> Iterator[tuple[str, int]]:
    """Contacts who decide or sponsor and have not left: id and place in the list."""
    for name, (index, contact) in who_is_there(case).items():
        if set(contact.roles or ()) & set(DECIDING):
            yield name, index


def _nobody() -> Figure:
    return null(("relationship.contacts.roles",), note=NO_DECISION_MAKER)


@figure(
    "relationship.decision_mood",
    title="Mood of decision makers",
    formula="sentiment of deciders and sponsors, weighted by influence",
    gives=Gives.NUMBER,
    unit="-2 to 2",
    item="R3",
    section="relationship",
    rank=Rank.HEADLINE,
    needs=("relationship.contacts",),
)
def decision_mood(case: Case) -> Figure:
    """Whether those who decide are for us or against us; who has no influence counts nothing."""
    rows: list[tuple[Reason, Reason]] = []
    lacking: list[str] = []
    for _, index in _decision_makers(case):
        base = ("relationship", "contacts", index)
        row = (case.fact(*base, "sentiment"), case.fact(*base, "influence"))
        if row[1].value == 0:
            continue
        if missing := missing_among(row):
            lacking.extend(missing)
        else:
            rows.append(row)
    if not rows:
        return null(lacking) if lacking else _nobody()
    weights = [influence.value for _, influence in rows]
    mean = total(feels.value * counts.value for feels, counts in rows) / total(weights)
    inputs = [
        fact.with_(weight=weight) for row, weight in zip(rows, weights, strict=True) for fact in row
    ]
    return figure_of(mean, inputs, missing=tuple(lacking))


@figure(
    "relationship.decision_talk",
    title="Last talk with a decision maker",
    formula="today - day of the last two-way talk with a decider or sponsor",
    unit="days",
    item="R3",
    under="relationship.decision_mood",
    rank=Rank.HEADLINE,
    needs=("relationship.contacts", "relationship.interactions"),
)
def decision_talk(case: Case) -> Figure:
    """How long ago one of those who decide last answered us."""
    makers = dict(_decision_makers(case))
    if not makers:
        return _nobody()
    last = _last_talks(case, set(makers))
    if not last:
        return null(note=NO_TALK)
    newest, *others = sorted(last.values(), key=lambda day: day.value, reverse=True)
    return figure_of((case.today - newest.value).days, (newest,), more=others)


def _last_talks(case: Case, wanted: set[str]) -> dict[str, Reason]:
    """By contact the day of the last talk in which they answered."""
    last: dict[str, Reason] = {}
    for talk in talks_so_far(case):
        for name in wanted.intersection(talk.present) if talk.entry.two_way else ():
            day = case.fact("relationship", "interactions", talk.index, "date")
            if name not in last or day.value > last[name].value:
                last[name] = day.with_(
                    note=phrase("with {names}", names=contact_called(case, name))
                )
    return last
