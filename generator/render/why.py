"""Why a number is what it is: definition, inputs with their lines, confidence, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.enrich import Figure, Reason
from generator.enrich.case import Case
from generator.enrich.definitions import DEFINITIONS
from generator.language import said, say, say_count
from generator.render import formats
from generator.render.change_words import change_sentence
from generator.render.figure_places import why_anchor
from generator.render.inputs import InputTable, Tabulator
from generator.render.links import Links
from generator.render.words import MEDIUM, Mark, is_money, mark, title_of, value_of
from generator.settings import Settings

_WORTH_SHARING = 2
_BRIEF = 24
_MOST = 0.6
"""From this part of another figure's inputs on, that figure is named instead of them."""


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
    mark: Mark | None
    lowers: str
    table: InputTable
    same_as: tuple[tuple[str, str], ...]
    """Anchor and title of figures on the page whose inputs count here too."""
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
    """Empty where it is brief: then it stands beside the first."""
    says: str
    brief: str
    """The value where it has room beside the first; empty for long ones."""
    mark: Mark | None
    override: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A figure that waits for inputs."""

    title: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explainer:
    """Tells the whys of one account's page, each input only once."""

    account: str
    settings: Settings
    links: Links
    names: Mapping[str, str]
    overrides: Mapping[str, str]
    remarks: Mapping[str, str]
    case: Case | None = None
    """Tells what would move a verdict."""
    most: int | None = None
    """How many rows a table of inputs may have; None for all."""
    anchor_of: Callable[[str], str] = why_anchor
    """Where on the page a figure opens."""

    def table(self, reasons: Sequence[Reason]) -> InputTable:
        """Inputs as rows."""
        return self._tabulator().table(reasons)

    def whys(
        self, families: Sequence[Sequence[Figure]], shown: dict[str, Figure]
    ) -> tuple[Why, ...]:
        """Families of figures, the first of each first; `shown` are those already on the page."""
        told = []
        for first, *following in families:
            together = _with_inputs_of(first, following)
            told.append(self._why(together, following, shown))
            shown[first.key] = together
        return tuple(told)

    def _why(self, figure: Figure, following: Sequence[Figure], shown: Mapping[str, Figure]) -> Why:
        definition = DEFINITIONS.get(figure.key)
        own, same_as = _less_what_is_shown(figure, shown)
        table = self._tabulator().table(own)
        exact = figure.value is not None and is_money(figure.unit)
        single = exact and isinstance(figure.value, (int, float))
        return Why(
            key=figure.key,
            anchor=why_anchor(figure.key),
            title=title_of(figure.key),
            value=value_of(figure, self.settings, self.names),
            full=formats.money_full(figure.value) if single else None,
            unit=formats.unit_words((figure.unit or "").removesuffix(" a year"))
            if _is_odd(figure)
            else "",
            says=say(definition.meaning) if definition else "",
            mark=mark(figure.confidence) if figure.reasons else None,
            lowers="" if _says_it_all(table, figure) else what_lowers(figure),
            table=table,
            same_as=tuple((why_anchor(key), title_of(key)) for key in same_as),
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

    def _also(self, figure: Figure) -> Also:
        definition = DEFINITIONS.get(figure.key)
        value = value_of(figure, self.settings, self.names)
        return Also(
            title=title_of(figure.key),
            value="" if len(value) <= _BRIEF else value,
            says=say(definition.meaning) if definition and not _is_word(figure) else "",
            brief=value if len(value) <= _BRIEF else "",
            mark=mark(figure.confidence) if figure.reasons else None,
            override=self.overrides.get(figure.key, ""),
        )

    def _tabulator(self) -> Tabulator:
        return Tabulator(
            account=self.account,
            settings=self.settings,
            links=self.links,
            names=self.names,
            remarks=self.remarks,
            most=self.most,
            anchor_of=self.anchor_of,
        )


def _says_it_all(table: InputTable, figure: Figure) -> bool:
    """Whether the table's common evidence is the one thing that lowers the confidence."""
    graded = [one for one in figure.reasons if one.confidence is not None]
    return table.common_grade == "estimate" and all(
        one.grade == "estimate" and not one.stale for one in graded
    )


def _is_word(figure: Figure) -> bool:
    """Whether it says a word or a list of words, which need no definition beside their title."""
    return isinstance(figure.value, (str, bool, tuple))


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


def _less_what_is_shown(
    figure: Figure, shown: Mapping[str, Figure]
) -> tuple[tuple[Reason, ...], tuple[str, ...]]:
    """The inputs that no earlier figure lists already, and those earlier figures."""
    left = list(figure.reasons)
    same_as: list[str] = []
    for key, other in shown.items():
        theirs = {_input_id(one) for one in other.reasons}
        ours = {_input_id(one) for one in left}
        both = ours & theirs
        is_most = len(both) >= _MOST * len(theirs) or both == ours
        if len(both) >= _WORTH_SHARING and is_most:
            same_as.append(key)
            left = [one for one in left if _input_id(one) not in theirs]
    return tuple(left), tuple(same_as)


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
