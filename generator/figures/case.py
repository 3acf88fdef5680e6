"""One account while it is being computed, and the others as it sees them."""

from __future__ import annotations

import contextlib
import datetime
import statistics
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

from generator.figures.definition import Definition, Gives, Maker
from generator.figures.earlier import as_known
from generator.figures.figure import Reason
from generator.figures.figures import Figures
from generator.figures.organisations import Organisations, Standing
from generator.figures.place import Place
from generator.form import FORM, Playbook
from generator.form.economics import Economics
from generator.form.relationship import Relationship
from generator.form.risk import Risk
from generator.form.service import Service
from generator.form.value import Value
from generator.language import phrase
from generator.model.base import Fact
from generator.model.watched import Watched
from generator.model.years import Years
from generator.read.document import DataPath
from generator.rules.validate import Plan
from generator.settings import Settings
from generator.settings.site_config import EvidenceScoring

# Which shelf life the evidence of a section has.
_SHELVES = {
    "economics": "economics",
    "offerings": "economics",
    "opportunities": "economics",
    "outcomes": "economics",
    "risk": "risk",
    "value": "value",
    "service": "service",
    "relationship": "contacts",
    "environment": "environment",
    "competition": "environment",
    "positioning": "environment",
    "mix": "environment",
}


def shelf_life(section: str, settings: Settings) -> int:
    """For how many days a fact of a section holds."""
    lives = settings.scoring.evidence.shelf_life_days
    days: int = getattr(lives, _SHELVES.get(section, "review"))
    return days


EXCHANGE_RATE = phrase("exchange rate")
RATES = "currencies.rates."
"""Begins the name of a rate that the settings lack, before its currency."""


class Exchange(NamedTuple):
    """How an amount becomes one in the account's currency."""

    factor: float | None
    """What one unit is worth; None where a rate is not known."""
    rates: tuple[Reason, ...] = ()
    """The rates that make it, among them those that are not known."""


MEDIAN = phrase("portfolio median of expected profit")
_Answer = TypeVar("_Answer")


def sureness_of(evidence: EvidenceScoring) -> dict[tuple[str, bool], float]:
    """What each grade counts, fresh and past its shelf life."""
    grades = evidence.grades.model_dump()
    return {
        (grade, stale): counts * (evidence.stale_factor if stale else 1.0)
        for grade, counts in grades.items()
        for stale in (False, True)
    }


_NO_RELATIONSHIP, _NO_SERVICE = Relationship(), Service()
_NO_VALUE, _NO_RISK, _NO_ECONOMICS = Value(), Risk(), Economics()

_OF_A_LINE = ("amount", "score")
"""What they gain or give is named by its line alone: value.values.product."""


class Case:
    """Reads one playbook for the figures: every value comes with its line and evidence."""

    def __init__(  # noqa: PLR0913, PLR0917 - what its figures are made of, each once
        self,
        plan: Plan,
        playbook: Playbook,
        settings: Settings,
        today: datetime.date,
        makers: Mapping[str, Maker],
        neighbours: Neighbours,
        hidden: frozenset[str],
        known_by: datetime.date | None = None,
    ) -> None:
        """Its figures are made by `makers`; what would change those `hidden` is told nobody.

        Evidence of later than `known_by` was not known yet, and counts as missing.
        """
        self.plan = plan
        self.playbook = playbook
        self.settings = settings
        self.today = today
        self.neighbours = neighbours
        self.hidden = hidden
        self.makers = makers
        self.known_by = known_by
        self.watch = plan.watch
        self.figures = Figures(makers, self)
        self._root = Place(playbook, plan.document.marks)
        self._places: dict[DataPath, Place] = {}
        self._answers: dict[str, Any] = {}
        self._facts: dict[tuple[DataPath, str | None, str | None], Reason] = {}
        self._waits: dict[str, tuple[str, ...]] = {}
        self._shelf_lives: dict[str, int] = {}
        self._sureness = sureness_of(settings.scoring.evidence)

    @property
    def made_of(
        self,
    ) -> tuple[
        Plan,
        Playbook,
        Settings,
        datetime.date,
        Mapping[str, Maker],
        Neighbours,
        frozenset[str],
        datetime.date | None,
    ]:
        """What a case like it is made of."""
        return (
            self.plan,
            self.playbook,
            self.settings,
            self.today,
            self.makers,
            self.neighbours,
            self.hidden,
            self.known_by,
        )

    @property
    def status(self) -> str | None:
        """prospect, customer, former, or None when it is not valid."""
        return self.playbook.account.status

    @cached_property
    def years(self) -> Years:
        """The firm's years and quarters."""
        return self.settings.years

    @property
    def relationship(self) -> Relationship:
        """Its section of the relationship; this and the next are empty where there is none."""
        return self.playbook.relationship or _NO_RELATIONSHIP

    @property
    def service(self) -> Service:
        """Its section of service."""
        return self.playbook.service or _NO_SERVICE

    @property
    def value(self) -> Value:
        """Its section of value."""
        return self.playbook.value or _NO_VALUE

    @property
    def risk(self) -> Risk:
        """Its section of risk."""
        return self.playbook.risk or _NO_RISK

    @property
    def economics(self) -> Economics:
        """Its section of money."""
        return self.playbook.economics or _NO_ECONOMICS

    @property
    def currency(self) -> str | None:
        """The account's currency."""
        return self.economics.currency

    @property
    def money(self) -> str:
        """The unit of the account's money."""
        return self.currency or "money"

    @property
    def yearly(self) -> str:
        """The unit of the account's money a year."""
        return f"{self.money} a year"

    def on(self, day: datetime.date) -> Case:
        """The account on an earlier day, as it was known then; the same each time."""

        def then() -> Case:
            with self.aside():
                playbook = as_known(self.playbook, day, self.years)
            plan, settings, makers = self.plan, self.settings, self.makers
            return Case(plan, playbook, settings, day, makers, self.neighbours, self.hidden, day)

        return self.once(f"as known on {day}", then)

    def at(self, *path: str | int) -> Any:
        """What stands at a path; None where nothing does."""
        return self._place(path).node

    def lacking(self, needs: Sequence[str]) -> tuple[str, ...]:
        """Those of some sections and lists that are not there."""
        return tuple(path for path in needs if self.at(*path.split(".")) is None)

    def unit_of(self, definition: Definition) -> str | None:
        """The unit of a figure's values, with the account's currency; None where it has none."""
        if definition.gives is Gives.MONEY:
            return definition.unit.replace("money", self.money)
        return definition.unit if definition.gives is Gives.MEASURE else None

    def once(self, question: str, answer: Callable[[], _Answer]) -> _Answer:
        """The answer to a question about the account, worked out when it is first asked."""
        if question not in self._answers:
            if self.watch is None:
                self._answers[question] = answer()
            else:
                with self.watch.listen() as asked:
                    self._answers[question] = answer()
                self._waits[question] = tuple(asked)
        elif self.watch is not None:
            self.watch.note(self._waits[question])
        kept: _Answer = self._answers[question]
        return kept

    def fact(self, *path: str | int, unit: str | None = None, name: str | None = None) -> Reason:
        """A number or text of the playbook as an input; value None when missing or unknown.

        Its unit is that of the form and its name that of its path, unless whoever asks gives
        another: that is theirs alone, however often and by whom the fact is asked for.
        """
        as_asked = path, unit, name
        fact = self._facts.get(as_asked)
        if fact is None:
            fact = self._asked(path, unit, name)
            if self.watch is None:  # else each who asks is to be heard
                self._facts[as_asked] = fact
        return fact

    def _asked(self, path: DataPath, unit: str | None, name: str | None) -> Reason:
        if unit is None and name is None:
            return self._read_fact(path)
        fact = self.fact(*path)
        return fact.with_(unit=unit or fact.unit, name=name or fact.name)

    def _read_fact(self, path: DataPath) -> Reason:
        place = self._place(path)
        is_line = path[-3:-2] in (("values",), ("costs",)) and path[-1] in _OF_A_LINE
        content, name = place.node, self.name(path[:-1]) if is_line else place.name
        field = FORM.at(path)
        unit = field.unit if field and field.unit else None
        if unit and "money" in unit:
            unit = unit.replace("money", self.currency_at(path) or "money")
        if isinstance(content, Fact):
            bare = Reason(name, content.value, unit, grade=content.grade, as_of=content.as_of)
            return self._reason(path, place.into("value"), bare)
        value = None if isinstance(content, BaseModel) else content
        return self._reason(path, place, Reason(name, value, unit))

    def _place(self, path: DataPath) -> Place:
        """The place at a path; places around facts are kept, for the facts beside them."""
        if not path:
            return self._root
        around = self._places.get(path[:-1])
        if around is None:
            around = self._place(path[:-1])
            if self.watch is None:
                self._places[path[:-1]] = around
        return around.into(path[-1])

    def given(  # noqa: PLR0913 - each is one trait of an input
        self,
        path: DataPath,
        value: Any,
        *,
        grade: str | None = None,
        as_of: datetime.date | None = None,
        unit: str | None = None,
        name: str | None = None,
        note: str | None = None,
    ) -> Reason:
        """Something that stands at a path, with the evidence that holds for it there."""
        place = self._place(path)
        bare = Reason(name or place.name, value, unit, grade=grade, as_of=as_of, note=note)
        return self._reason(path, place, bare)

    def _reason(self, path: DataPath, place: Place, bare: Reason) -> Reason:
        """The reason with its place, and the evidence that holds for it where it stands."""
        if bare.value is None:
            return Reason(bare.name, None, bare.unit)
        grade = bare.grade or place.grade or self.settings.scoring.evidence.default_grade
        as_of = bare.as_of or place.as_of or self._reviewed
        if self.known_by is not None and as_of is not None and as_of > self.known_by:
            return Reason(bare.name, None, bare.unit)
        stale = as_of is not None and (self.today - as_of).days > self.shelf_life(path)
        return Reason(  # not _replace, which makes every trait anew through a mapping
            name=bare.name,
            value=bare.value,
            unit=bare.unit,
            path=self.plan.document.path,
            line=place.line,
            column=place.column,
            grade=grade,
            as_of=as_of,
            confidence=self._sureness[grade, stale],
            stale=stale,
            note=bare.note,
        )

    def aside(self) -> contextlib.AbstractContextManager[None]:
        """What is read meanwhile is only told beside a figure: the figure does not rest on it."""
        return self.watch.aside() if self.watch is not None else contextlib.nullcontext()

    @property
    def _reviewed(self) -> datetime.date | None:
        """By which evidence without a day ages; a number does not wait on it."""
        if self.watch is None:  # asked for each fact
            return self.playbook.account.reviewed
        with self.aside():
            return self.playbook.account.reviewed

    def figure(self, key: str) -> Reason:
        """A figure as the input of another: it counts with its confidence."""
        figure = self.figures[key]
        return Reason(
            name=key,
            value=figure.value,
            unit=figure.unit,
            confidence=figure.confidence,
            note=figure.note,
            lacks=figure.missing or figure.waits_on,
        )

    def setting(self, file: str, *path: str | int, unit: str | None = None) -> Reason:
        """A number of site_config as an input."""
        setting = self.settings.setting(file, *path)
        return Reason(name=setting.name, value=setting.value, unit=unit, setting=setting.where)

    def absent(self, name: str) -> Reason:
        """An input that the playbook does not have."""
        return Reason(name=name, value=None)

    def rate(self) -> float | None:
        """What the account's currency is worth in the reporting currency; None when not known."""
        return self.settings.rate(self.currency, self.today) if self.currency else None

    def currency_at(self, path: DataPath) -> str | None:
        """In which currency an amount is written: that of its entry, else the account's."""
        entry = self.at(*path[:-1])
        own = None
        if isinstance(entry, Watched):
            own = getattr(entry, "currency", None)
        elif isinstance(entry, BaseModel):
            own = entry.__dict__.get("currency")
        return own or self.currency

    def exchange_at(self, *path: str | int) -> Exchange:
        """How an amount that is written at a path becomes one in the account's currency.

        Between two others it goes through the reporting currency, by the rates of today.
        """
        currency = self.currency_at(path)
        if currency == self.currency:
            return Exchange(1.0)
        theirs, ours = self.exchange(currency), self.exchange()
        rates = tuple(rate for rate in (theirs, ours) if rate.value != 1)
        if theirs.value is None or ours.value is None:
            return Exchange(None, rates)
        return Exchange(theirs.value / ours.value, rates)

    def exchange(self, currency: str | None = None) -> Reason:
        """What a currency, else the account's, is worth in the reporting currency, as an input.

        Missing without a currency or a rate.
        """
        currency = currency or self.currency
        if currency is None:
            return self.absent("economics.currency")
        rate = self.settings.rate(currency, self.today)
        if rate is None:
            return self.absent(f"{RATES}{currency}")
        unit = f"{self.settings.currencies.reporting_currency} per {currency}"
        line = self.settings.rate_in_force(currency, self.today)
        is_own = currency == self.currency
        return Reason(
            name=EXCHANGE_RATE if is_own else phrase("exchange rate of {code}", code=currency),
            value=rate,
            unit=unit,
            setting=line.where if line else None,
            note=line.value.source if line else None,
        )

    def name(self, path: DataPath) -> str:
        """A path in words: entries of lists by their id where they have one."""
        return self._place(path).name

    def shelf_life(self, path: DataPath) -> int:
        """Days for which evidence at a path holds."""
        section = "economics" if path[:2] == ("account", "contract") else str(path[0])
        days = self._shelf_lives.get(section)
        if days is None:
            days = self._shelf_lives[section] = self._shelf_life_of(section)
        return days

    @staticmethod
    def has_shelf_life(section: str) -> bool:
        """Whether a section's evidence grows old by itself, not with the review of the plan."""
        return section in _SHELVES or section == "qualification"

    def _shelf_life_of(self, section: str) -> int:
        if section == "qualification":
            return self.answer_days()
        return shelf_life(section, self.settings)

    def answer_days(self) -> int:
        """Days after which an answer of the ten questions counts less."""
        scoring = self.settings.scoring.qualification
        return scoring.answer_days_customer if self.status == "customer" else scoring.answer_days


class Neighbours:
    """All accounts of the portfolio that can be read, as any one of them sees them."""

    def __init__(
        self,
        plans: Sequence[Plan],
        settings: Settings,
        today: datetime.date,
        makers: Mapping[str, Maker],
        hidden: frozenset[str] = frozenset(),
    ) -> None:
        """Of plans in the order of the files; what would change `hidden` figures is told nobody."""
        self._plans = tuple(plan for plan in plans if plan.playbook is not None)
        self.cases = tuple(
            Case(plan, plan.playbook, settings, today, makers, self, hidden)
            for plan in self._plans
            if plan.playbook is not None
        )
        self._standings: dict[str, Standing | None] = {}

    @cached_property
    def by_id(self) -> Mapping[str, Case]:
        """The accounts by id."""
        return {case.plan.id: case for case in self.cases}

    def standing(self, name: str) -> Standing | None:
        """An account as a possible reference, by id; None where it cannot be read."""
        if name not in self._standings:
            case = self.by_id.get(name)
            self._standings[name] = _standing(case) if case else None
        return self._standings[name]

    @cached_property
    def children(self) -> Mapping[str, tuple[Case, ...]]:
        """By parent's id the accounts that name it."""
        by_parent: dict[str, list[Case]] = {}
        for case in self.cases:
            if parent := case.playbook.account.parent:
                by_parent.setdefault(parent, []).append(case)
        return {parent: tuple(cases) for parent, cases in by_parent.items()}

    @cached_property
    def organisations(self) -> Organisations:
        """Who is close to whom, as all playbooks' links say."""
        return Organisations(self._plans)

    @cached_property
    def order_values(self) -> tuple[float, ...]:
        """Typical orders of all accounts in the reporting currency, the smallest first."""
        orders = []
        for case in self.cases:
            amount, rate = case.fact("fit", "order_value").value, case.rate()
            if amount is not None and rate is not None:
                orders.append(amount * rate)
        return tuple(sorted(orders))

    def cut_off(self, case: Case) -> Reason:
        """Where a high expected profit begins, in the reporting currency: fixed, or the median."""
        if case.settings.thresholds.retained_profit.mode == "absolute":
            return case.setting("thresholds", "retained_profit", "cut_off")
        return Reason(
            name=MEDIAN,
            value=self._median_profit,
            setting=case.settings.where("thresholds", "retained_profit", "mode"),
        )

    @cached_property
    def _median_profit(self) -> float:
        profits = []
        for case in self.cases:
            profit, rate = case.figures["selection.retained_profit"].value, case.rate()
            if profit is not None and rate is not None:
                profits.append(profit * rate)
        return statistics.median(profits) if profits else 0.0


def _standing(case: Case) -> Standing:
    """The account as others see it when they look for a reference."""
    account = case.playbook.account
    reference = case.relationship.reference
    document = case.plan.document
    return Standing(
        id=case.plan.id,
        name=case.plan.name,
        path=document.path,
        consent_line=document.value_place(("relationship", "reference", "consent_until")).line,
        rung=case.figures["relationship.rung"].value,
        consent_until=reference.consent_until if reference else None,
        industry=account.industry,
        size=account.size,
        region=account.region,
        uses=account.uses,
    )
