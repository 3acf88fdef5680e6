"""Why a number is what it is: definition, inputs with their lines, confidence, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.figures import Figure, Reason
from generator.figures.case import Case
from generator.figures.definitions import DEFINITIONS
from generator.language import said, say, say_count
from generator.model.playbook import COSTS, VALUES
from generator.pages import formats
from generator.pages.change_words import change_sentence
from generator.pages.figure_places import why_anchor
from generator.pages.inputs import InputTable, Tabulator
from generator.pages.links import Links
from generator.pages.words import MEDIUM, Mark, is_money, mark, title_of, value_of
from generator.settings import Settings

_BRIEF = 24
"""Signs up to which a value stands beside its number before that is opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """A number and everything that opens below it."""

    key: str
    anchor: str
    title: str
    value: str
    full: str | None
    """The exact amount, where the value is shortened."""
    unit: str
    says: str
    formula: str
    method: str
    """Where the method page tells its formula and the source of that."""
    mark: Mark | None
    lowers: str
    table: InputTable
    missing: tuple[str, ...]
    note: str
    override: str
    change: str
    """What would make it, or a word that follows from it, another one."""
    also: tuple[Also, ...]
    """Words that follow from this number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Also:
    """A figure that is told together with another."""

    title: str
    value: str
    is_brief: bool
    """Whether the value has room beside the first before that is opened."""
    says: str
    method: str
    """Where the method page tells its formula."""
    mark: Mark | None
    override: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A figure that waits for inputs."""

    title: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explainer:
    """Tells the whys of one account's page."""

    account: str
    settings: Settings
    links: Links
    names: Mapping[str, str]
    entries: Mapping[tuple[str, ...], str]
    """What entries of the playbook's lists are called, by the steps of their paths."""
    overrides: Mapping[str, str]
    remarks: Mapping[str, str]
    case: Case | None = None
    """Tells what would move a verdict."""
    anchor_of: Callable[[str], str] = why_anchor
    """Where on the page a figure opens."""

    def table(self, reasons: Sequence[Reason]) -> InputTable:
        """Inputs as rows."""
        return self._tabulator().table(reasons)

    def whys(self, families: Sequence[Sequence[Figure]]) -> tuple[Why, ...]:
        """Families of figures, the first of each first."""
        return tuple(
            self._why(_with_inputs_of(first, following), following)
            for first, *following in families
        )

    def _why(self, figure: Figure, following: Sequence[Figure]) -> Why:
        definition = DEFINITIONS[figure.key]
        table = self.table(figure.reasons)
        exact = figure.value is not None and is_money(figure.unit)
        single = exact and isinstance(figure.value, (int, float))
        return Why(
            key=figure.key,
            anchor=why_anchor(figure.key),
            title=title_of(figure.key),
            value=value_of(figure, self.settings, self._titles),
            full=formats.money_full(figure.value) if single else None,
            unit=formats.unit_words((figure.unit or "").removesuffix(" a year"))
            if _is_odd(figure)
            else "",
            says=say(definition.meaning),
            formula=say(definition.formula),
            method=self.links.method(figure.key),
            mark=mark(figure.confidence) if figure.reasons else None,
            lowers="" if _says_it_all(table, figure) else what_lowers(figure),
            table=table,
            missing=tuple(said(one) for one in figure.missing),
            note=said(figure.note or ""),
            override=self.overrides.get(figure.key, ""),
            change=self.change((figure, *following)),
            also=tuple(self._also(one) for one in following),
        )

    def change(self, family: Sequence[Figure]) -> str:
        """The cheapest change of the first of a family that is a verdict.

        The tier's is its row's or its column's too: that is said once.
        """
        case = self.case
        keys = [one.key for one in family if one.key not in ("selection.row", "selection.column")]
        found = (change_sentence(case, key, self.settings) for key in keys if case is not None)
        return next((sentence for sentence in found if sentence), "")

    @property
    def _titles(self) -> Mapping[str, str]:
        """Names by id: of people, accounts and every entry of the playbook, and of its levers."""
        label = self.settings.label
        return {
            **{f"values.{name}": label("values", name) for name in VALUES},
            **{f"costs.{name}": label("costs", name) for name in COSTS},
            **{steps[-1]: title for steps, title in self.entries.items()},
            **{
                f"risk.{steps[-1]}": title
                for steps, title in self.entries.items()
                if steps[0] == "risk"
            },
            **self.names,
        }

    def _also(self, figure: Figure) -> Also:
        value = value_of(figure, self.settings, self._titles)
        return Also(
            title=title_of(figure.key),
            value=value,
            is_brief=len(value) <= _BRIEF,
            says=say(DEFINITIONS[figure.key].meaning),
            method=self.links.method(figure.key),
            mark=mark(figure.confidence) if figure.reasons else None,
            override=self.overrides.get(figure.key, ""),
        )

    def _tabulator(self) -> Tabulator:
        return Tabulator(
            account=self.account,
            settings=self.settings,
            links=self.links,
            names=self.names,
            entries=self.entries,
            remarks=self.remarks,
            anchor_of=self.anchor_of,
        )


def _says_it_all(table: InputTable, figure: Figure) -> bool:
    """Whether the table's common evidence is the one thing that lowers the confidence."""
    graded = [one for one in figure.reasons if one.confidence is not None]
    return table.common_grade == "estimate" and all(
        one.grade == "estimate" and not one.stale for one in graded
    )


def _is_odd(figure: Figure) -> bool:
    """Whether an amount is not a year's, which is what the page says of all others."""
    return is_money(figure.unit) and not (figure.unit or "").endswith(" a year")


def _with_inputs_of(figure: Figure, following: Sequence[Figure]) -> Figure:
    """The figure with the inputs of those told with it, each once, less the family itself."""
    own = {figure.key, *(one.key for one in following)}
    inputs = {
        _input_id(one): one
        for source in (figure, *following)
        for one in source.reasons
        if one.name not in own
    }
    return replace(figure, reasons=tuple(inputs.values())) if following else figure


def _input_id(reason: Reason) -> tuple[str, int | None, str]:
    return reason.name, reason.line, str(reason.value)


def what_lowers(figure: Figure) -> str:
    """What keeps the confidence below 1: how many inputs of which kind; empty when nothing does."""
    reasons = figure.reasons
    stale = sum(one.stale for one in reasons)
    opinions = sum(one.grade == "opinion" for one in reasons)
    estimates = sum(one.grade == "estimate" for one in reasons)
    weak = sum(
        one.grade is None and one.confidence is not None and one.confidence < MEDIUM
        for one in reasons
    )
    told = (
        (stale, say_count("{count} past shelf life", "{count} past shelf life", stale)),
        (opinions, say_count("{count} opinion", "{count} opinions", opinions)),
        (estimates, say_count("{count} estimate", "{count} estimates", estimates)),
        (weak, say_count("{count} weak figure", "{count} weak figures", weak)),
    )
    return formats.listed(words for count, words in told if count)
