"""How an account is doing: health by four letters, its word, what it costs, how it changed."""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from generator.figures.case import Case
from generator.figures.definition import Gives, Rank, figure
from generator.figures.figure import (
    Figure,
    Reason,
    Stand,
    figure_of,
    mean_confidence,
    null,
    reaches,
)
from generator.figures.name import joined
from generator.figures.service import CUSTOMERS_ONLY
from generator.figures.signals import (
    MEASURES,
    Event,
    Letter,
    Signal,
    alarms_of,
    events_of,
    off_by_kind,
    on_lines,
    points_off,
    scoring,
)
from generator.figures.varied import highest, pointwise, total
from generator.language import phrase

FULL = 100.0
WORDS = ("critical", "at_risk", "watch", "healthy")
"""The words, worst first."""
TOO_LITTLE = phrase("too little is known")
NO_SIGNAL = phrase("no signal is known on both days")


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What is known of an account's health on a day."""

    measures: Mapping[Signal, Figure]
    """The signals that are known, 0 to 1."""
    lacking: Mapping[Signal, Figure]
    """The others, each with what is missing."""
    events: tuple[Event, ...]
    off: float
    """Points that the events take off."""
    weights: Mapping[Letter, float]

    def letter(self, letter: Letter) -> float | None:
        """Half the mean and half the worst of a letter's known measures, 0 to 1."""
        return self._letter(letter, {})

    def _letter(self, letter: Letter, instead: Mapping[Signal, float]) -> float | None:
        values = [
            instead.get(signal, self.measures[signal].value)
            for signal in MEASURES[letter]
            if signal in self.measures
        ]
        return pointwise(_mean_and_worst, *values) if values else None

    def points(self, instead: Mapping[Signal, float] | None = None) -> float | None:
        """The points of a hundred before events, with other values for some of its measures."""
        letters = {letter: self._letter(letter, instead or {}) for letter in Letter}
        known = {letter: value for letter, value in letters.items() if value is not None}
        whole = math.fsum(self.weights[letter] for letter in known)
        if not whole:
            return None
        points: float = total(self.weights[each] * value for each, value in known.items())
        return FULL * points / whole

    @property
    def value(self) -> float | None:
        """0 to 100; None where no measure is known."""
        points = self.points()
        return None if points is None else highest(0.0, points - self.off)

    @property
    def known(self) -> float:
        """How much of the measures is known, by what their letters weigh, 0 to 1."""
        return math.fsum(
            self.weights[letter] * math.fsum(map(self._known, signals)) / len(signals)
            for letter, signals in MEASURES.items()
        )

    def _known(self, signal: Signal) -> float:
        """Whether a measure is known, 0 to 1: of one that some entries lack, their share."""
        made = self.measures.get(signal)
        if made is None:
            return 0.0
        return len(made.reasons) / (len(made.reasons) + len(made.missing)) if made.missing else 1.0

    def of_signals(self, signals: Iterable[Signal]) -> Health:
        """The same by some of its signals alone."""
        kept = {signal: self.measures[signal] for signal in signals if signal in self.measures}
        return Health(
            measures=kept, lacking={}, events=self.events, off=self.off, weights=self.weights
        )


def _mean_and_worst(*values: float) -> float:
    return (math.fsum(values) / len(values) + min(values)) / 2


def health_of(case: Case) -> Health:
    """What is known of the health of a customer on the case's day."""
    return case.once("health", partial(_measured, case))


def _measured(case: Case) -> Health:
    read = {
        signal: measure(case)
        for signals in MEASURES.values()
        for signal, measure in signals.items()
    }
    events = events_of(case)
    letters = scoring(case).letters
    return Health(
        measures={signal: made for signal, made in read.items() if made.value is not None},
        lacking={signal: made for signal, made in read.items() if made.value is None},
        events=events,
        off=points_off(case, events),
        weights={letter: getattr(letters, letter.name.lower()) for letter in Letter},
    )


def retention_at(case: Case, health: float) -> float:
    """The chance to keep a customer for a year, on straight lines between the words' middles."""
    words, kept = scoring(case).words, scoring(case).retention
    ends = (0.0, words.at_risk, words.watch, words.healthy, FULL)
    middles = [(low + high) / 2 for low, high in itertools.pairwise(ends)]
    rates = (kept.critical, kept.at_risk, kept.watch, kept.healthy)
    return on_lines(list(zip(middles, rates, strict=True)), health)


def _missing(health: Health) -> tuple[str, ...]:
    """What would make the measures known that are not."""
    every = (*health.lacking.values(), *health.measures.values())
    return tuple(dict.fromkeys(name for made in every for name in made.missing))


def _signals(health: Health) -> tuple[Reason, ...]:
    """What it is made of: its measures, and the points that its events take off."""
    measures = tuple(
        Reason(
            name=joined(("health", signal)),
            value=made.value,
            unit="share",
            confidence=made.confidence,
            note=made.note,
        )
        for signal, made in health.measures.items()
    )
    events = tuple(
        Reason(
            name=joined(("health", event.kind)),
            value=-event.points,
            unit="points",
            confidence=event.reason.confidence,
            note=event.reason.note,
        )
        for event in health.events
    )
    return measures + events


def _reasons(health: Health) -> tuple[Reason, ...]:
    """Its measures and events, and behind them what each was read from."""
    read = [reason for made in health.measures.values() for reason in made.reasons]
    read += [event.reason for event in health.events]
    return (*_signals(health), *dict.fromkeys(read))


def _figure(health: Health, value: object) -> Figure:
    return Figure(
        value=value,
        confidence=mean_confidence(_signals(health)),
        reasons=_reasons(health),
        missing=_missing(health),
    )


def _too_little(case: Case, health: Health) -> bool:
    return health.value is None or not reaches(health.known, scoring(case).known_least)


@figure(
    "health",
    title="Health",
    formula=(
        "by letter half the mean and half the worst of its measures, by weight, x 100, less"
        " events, not below 0"
    ),
    unit="of 100",
    section="summary",
    rank=Rank.HEADLINE,
)
def health(case: Case) -> Figure:
    """How the account is doing, out of what happened and never out of how full its plan is."""
    if case.status != "customer":
        return null(note=CUSTOMERS_ONLY)
    known = health_of(case)
    least = case.setting("scoring", "health", "known_least")
    if _too_little(case, known):
        return null(_missing(known), reasons=(*_reasons(known), least), note=TOO_LITTLE)
    return _figure(known, known.value)


@figure(
    "health.known",
    title="Health known",
    is_part=True,
    formula="sum over letters of weight x known measures / measures",
    under="health",
)
def known(case: Case) -> Figure:
    """How much of what tells health is known."""
    if case.status != "customer":
        return null(note=CUSTOMERS_ONLY)
    measured = health_of(case)
    return _figure(measured, measured.known)


@figure(
    "health.word",
    title="How they are doing",
    formula="by health; one alarm is at risk at best, two are critical",
    gives=Gives.WORD,
    under="health",
    labels="health_words",
)
def word(case: Case) -> Figure:
    """Health in a word, which an alarm alone can lower."""
    if case.status != "customer":
        return null(note=CUSTOMERS_ONLY)
    measured = health_of(case)
    value = case.figure("health")
    if value.value is None:
        return null(value.lacks, note=value.note)
    limits = scoring(case).words
    begins = {"healthy": limits.healthy, "watch": limits.watch, "at_risk": limits.at_risk}
    at = next((name for name, least in begins.items() if reaches(value.value, least)), WORDS[0])
    alarms = alarms_of(case)
    best = (WORDS[3], WORDS[1], WORDS[0])[min(2, len(alarms))]
    enough = case.setting("scoring", "health", "known_healthy")
    if not reaches(measured.known, enough.value):
        best = min(best, WORDS[2], key=WORDS.index)
    lowered = min(at, best, key=WORDS.index)
    lines = [case.setting("scoring", "health", "words", name) for name in begins]
    raised = tuple(reason.with_(name=joined(("health", alarm))) for alarm, reason in alarms.items())
    figure = figure_of(lowered, (value, *raised), more=(*lines, enough), missing=value.lacks)
    # Where an alarm holds it down, a better number would not lift it
    is_held = WORDS.index(best) <= WORDS.index(lowered)
    above = [least for name, least in begins.items() if WORDS.index(name) > WORDS.index(lowered)]
    own = [begins[lowered]] if lowered in begins else []
    return replace(figure, stands=(Stand(value.value, (*own, *([] if is_held else above))),))


@figure(
    "health.letters",
    title="Health by letter",
    formula="half the mean and half the worst of a letter's measures x 100",
    unit="of 100",
    by_name=True,
    under="health",
    labels="quadrants",
)
def letters(case: Case) -> Figure:
    """Which of relationship, service, value and risk is well and which is not."""
    if case.status != "customer":
        return null(note=CUSTOMERS_ONLY)
    measured = health_of(case)
    values = {letter.value: measured.letter(letter) for letter in Letter}
    if all(value is None for value in values.values()):
        return null(_missing(measured))
    scaled = {name: None if value is None else FULL * value for name, value in values.items()}
    return _figure(measured, scaled)


@figure(
    "health.drivers",
    title="What health is lost to",
    formula="health were a measure full, less health; of an event the points it takes off",
    unit="points",
    by_name=True,
    under="health",
    labels="signals",
)
def drivers(case: Case) -> Figure:
    """What costs the account most health, worst first."""
    if case.status != "customer":
        return null(note=CUSTOMERS_ONLY)
    measured = health_of(case)
    points = measured.points()
    if points is None:
        return null(_missing(measured))
    costs: dict[str, float] = {}
    for signal in measured.measures:
        gain = (measured.points({signal: 1.0}) or 0.0) - points
        if gain > 0:
            costs[signal.value] = gain
    for kind, off in off_by_kind(case, measured.events).items():
        costs[kind.value] = off
    worst_first = dict(sorted(costs.items(), key=lambda pair: -pair[1]))
    return _figure(measured, worst_first)


@figure(
    "health.change",
    title="Change of health",
    formula="health less that of some days ago as known then, by signals known on both days",
    unit="points",
    under="health",
)
def change(case: Case) -> Figure:
    """Whether the account is doing better or worse than a quarter ago."""
    if case.status != "customer":
        return null(note=CUSTOMERS_ONLY)
    days = case.setting("scoring", "health", "change_days", unit="days")
    then = case.on(case.today - datetime.timedelta(days=days.value))
    if then.status != "customer":
        return null(note=CUSTOMERS_ONLY)
    now, before = health_of(case), health_of(then)
    both = now.measures.keys() & before.measures.keys()
    today, earlier = now.of_signals(both).value, before.of_signals(both).value
    if today is None or earlier is None:
        return null(_missing(now), reasons=(days,), note=NO_SIGNAL)
    shared = now.of_signals(signal for signal in now.measures if signal in both)
    confidence = mean_confidence(_signals(shared))
    return Figure(value=today - earlier, confidence=confidence, reasons=(*_reasons(shared), days))
