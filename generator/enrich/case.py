"""One account while it is being computed: its facts with evidence, settings, figures so far."""

from __future__ import annotations

import datetime
from typing import Any

from pydantic import BaseModel

from generator.enrich.figure import Figure, Reason
from generator.enrich.figures import Figures
from generator.enrich.neighbours import Neighbours
from generator.enrich.walk import Spot
from generator.language import phrase
from generator.model import Playbook
from generator.model.base import Fact
from generator.read.document import DataPath
from generator.settings import Settings
from generator.settings.numbers import EvidenceScoring
from generator.validate import Plan

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


EXCHANGE_RATE = phrase("exchange rate")


def sureness_of(evidence: EvidenceScoring) -> dict[tuple[str, bool], float]:
    """What each grade counts, fresh and past its shelf life."""
    grades = evidence.grades.model_dump()
    return {
        (grade, stale): counts * (evidence.stale_factor if stale else 1.0)
        for grade, counts in grades.items()
        for stale in (False, True)
    }


class Case:
    """Reads one playbook for the figures: every value comes with its line and evidence."""

    def __init__(
        self,
        plan: Plan,
        playbook: Playbook,
        settings: Settings,
        today: datetime.date,
    ) -> None:
        """Its neighbours and figures are set once all accounts have been read."""
        self.plan = plan
        self.playbook = playbook
        self.settings = settings
        self.today = today
        self.changes: dict[str, Any] = {}
        """What would move a verdict, kept by figure once it is found."""
        self.neighbours = Neighbours()
        self.figures = Figures()
        self._root = Spot(playbook, plan.document.marks)
        self._spots: dict[DataPath, Spot] = {}
        self._facts: dict[DataPath, Reason] = {}
        self._shelf_lives: dict[str, int] = {}
        self._sureness = sureness_of(settings.scoring.evidence)

    @property
    def status(self) -> str | None:
        """prospect, customer, former, or None when it is not valid."""
        return self.playbook.account.status

    @property
    def currency(self) -> str | None:
        """The account's currency."""
        return self.playbook.economics.currency if self.playbook.economics else None

    @property
    def money(self) -> str:
        """The unit of the account's money."""
        return self.currency or "money"

    @property
    def yearly(self) -> str:
        """The unit of the account's money a year."""
        return f"{self.money} a year"

    def add(self, *figures: Figure) -> None:
        """Keep figures for those that build on them."""
        self.figures.add(*figures)

    def fact(self, *path: str | int, unit: str | None = None, name: str | None = None) -> Reason:
        """A number or text of the playbook as an input; value None when missing or unknown."""
        known = self._facts.get(path)
        if known is None:
            known = self._facts[path] = self._read_fact(path, unit, name)
        if (unit and unit != known.unit) or (name and name != known.name):
            return known._replace(unit=unit or known.unit, name=name or known.name)
        return known

    def _read_fact(self, path: DataPath, unit: str | None, name: str | None) -> Reason:
        spot = self._spot(path)
        found = spot.node
        name = name or spot.name
        if isinstance(found, Fact):
            bare = Reason(name, found.value, unit, grade=found.grade, as_of=found.as_of)
            return self._reason(path, spot.into("value"), bare)
        value = None if isinstance(found, BaseModel) else found
        return self._reason(path, spot, Reason(name, value, unit))

    def _spot(self, path: DataPath) -> Spot:
        """The place at a path; places around facts are kept, for the facts beside them."""
        if not path:
            return self._root
        around = self._spots.get(path[:-1])
        if around is None:
            around = self._spots[path[:-1]] = self._spot(path[:-1])
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
        spot = self._spot(path)
        bare = Reason(name or spot.name, value, unit, grade=grade, as_of=as_of, note=note)
        return self._reason(path, spot, bare)

    def _reason(self, path: DataPath, spot: Spot, bare: Reason) -> Reason:
        """The reason with its place, and the evidence that holds for it where it stands."""
        if bare.value is None:
            return Reason(bare.name, None, bare.unit)
        grade = bare.grade or spot.grade or self.settings.scoring.evidence.default_grade
        as_of = bare.as_of or spot.as_of or self.playbook.account.reviewed
        stale = as_of is not None and (self.today - as_of).days > self.shelf_life(path)
        return Reason(  # not _replace, which makes every trait anew through a mapping
            name=bare.name,
            value=bare.value,
            unit=bare.unit,
            path=self.plan.document.path,
            line=spot.line,
            column=spot.column,
            grade=grade,
            as_of=as_of,
            confidence=self._sureness[grade, stale],
            stale=stale,
            note=bare.note,
        )

    def figure(self, key: str) -> Reason:
        """A figure as the input of another: it counts with its confidence."""
        figure = self.figures[key]
        return Reason(
            name=key,
            value=figure.value,
            unit=figure.unit,
            confidence=figure.confidence,
            note=figure.note,
            lacks=figure.missing,
        )

    def setting(self, file: str, *path: str | int, unit: str | None = None) -> Reason:
        """A number of site_config as an input."""
        found = self.settings.setting(file, *path)
        return Reason(name=found.name, value=found.value, unit=unit, setting=found.where)

    def absent(self, name: str) -> Reason:
        """An input that the playbook does not have."""
        return Reason(name=name, value=None)

    def rate(self) -> float | None:
        """What the account's currency is worth in the reporting currency; None when not known."""
        return self.settings.rate(self.currency, self.today) if self.currency else None

    def exchange(self) -> Reason:
        """The exchange rate as an input; missing without a currency or a rate."""
        currency = self.currency
        if currency is None:
            return self.absent("economics.currency")
        rate = self.rate()
        if rate is None:
            return self.absent(f"currencies.rates.{currency}")
        unit = f"{self.settings.currencies.reporting_currency} per {currency}"
        line = self.settings.rate_in_force(currency, self.today)
        return Reason(
            name=EXCHANGE_RATE,
            value=rate,
            unit=unit,
            setting=line.where if line else None,
            note=line.value.source if line else None,
        )

    def name(self, path: DataPath) -> str:
        """A path in words: entries of lists by their id where they have one."""
        return self._spot(path).name

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
        lives = self.settings.scoring.evidence.shelf_life_days
        days: int = getattr(lives, _SHELVES.get(section, "review"))
        return days

    def answer_days(self) -> int:
        """Days after which an answer of the ten questions counts less."""
        scoring = self.settings.scoring.qualification
        return scoring.answer_days_customer if self.status == "customer" else scoring.answer_days
